"""Password exports: what of them may be kept in the database, and the way of their values into an
encrypted KeePass file. No value of them ever reaches the database.
"""
