"""Decisions in a spreadsheet: what waits goes out as a table, and comes back with decisions.

cells tells how a text stands in a cell, entries what is known of each item, write makes the file,
read gives its lines back, and take_back checks every line and applies all of them or none.
"""
