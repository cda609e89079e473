{{ promoted_links() }}
