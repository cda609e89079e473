"""`python -m qios` does what the command `qios` does."""

from qios.cli import main

if __name__ == "__main__":
    main()
