"""What the bench measures: a module for each part, found by its name, with `bench(folder, rows)`.

The first line of a part's docstring is what `scripts/bench.py --help` says of it. folder: where it
may write. rows: how many rows the large parts take.
"""
