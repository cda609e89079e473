"""Corrections: a person's value for one column of one row, kept as a row of core.corrections.

It is set at once and stands after every later import until it is withdrawn: the macro corrected()
puts it into the rows that an import is about to write, so that plain `dbt build` heeds it too.
"""
