"""The rules that need no database: a module for each group of sections."""
