"""Speed as ratios taken in one run, against the plainest thing that does the same job.

    .venv/bin/python scripts/bench.py [PART…] [--rows N]

Without a part all of them, in some twenty minutes; --help lists them. Uses a private server and
state folder of its own and removes them at the end.
"""

import argparse
import importlib
import pkgutil

import benches
from benches.measure import private_home

TOOLS = (*("address_books", "contacts", "febrl", "households", "measure", "pairs", "two_exports"),)


def main() -> None:
    names = sorted({found.name for found in pkgutil.iter_modules(benches.__path__)} - {*TOOLS})
    parts = {name: importlib.import_module(f"benches.{name}") for name in names}
    parser = argparse.ArgumentParser(
        description=__doc__.splitlines()[0],
        epilog="\n".join(f"{name:<10} {part.__doc__}" for name, part in parts.items()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("parts", nargs="*", choices=[*parts, []])
    parser.add_argument("--rows", type=int, default=1_000_000, help="of the large parts")
    wanted = parser.parse_args()
    with private_home() as folder:
        for name in wanted.parts or parts:
            parts[name].bench(folder, wanted.rows)


if __name__ == "__main__":
    main()
