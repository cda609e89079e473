{{ promoted() }}
