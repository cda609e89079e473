"""Which column gets its value from which, read from the models' own SQL."""
