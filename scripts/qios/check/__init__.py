"""`qios check`: the registry, the code and the live database held against the rules."""
