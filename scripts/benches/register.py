"""`qios register` of 20,000 files of 0.5 to 32 KB / sha256sum over them"""

import random
from pathlib import Path

from benches.measure import Timing, compare, fresh_database, qios, run

FILES = 20_000


def bench(folder: Path, _rows: int) -> None:
    chance = random.Random(1)  # noqa: S311 - nothing secret
    for n in range(FILES):
        path = folder / "small" / f"{n // 500:03}" / f"note_{n}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(chance.randbytes(chance.choice((500, 2_000, 8_000, 32_000))))

    def ours() -> Timing:
        return qios("register", folder / "small", database=fresh_database("registering_bench"))

    def theirs() -> Timing:
        return run("sh", "-c", f"find '{folder}/small' -type f -print0 | xargs -0 sha256sum")

    compare(f"register {FILES:,} small files / sha256sum", ours, theirs, 2.0)
