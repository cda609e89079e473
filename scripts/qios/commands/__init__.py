"""The command line, one module per command group: parse, call, print; the work is elsewhere."""
