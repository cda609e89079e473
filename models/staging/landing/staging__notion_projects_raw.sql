{{ declared_table() }}
