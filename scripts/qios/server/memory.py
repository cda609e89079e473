"""How much of the machine's memory the private server takes for its pages."""

from pathlib import Path

import psutil

LEAST_MB, MOST_MB = 128, 2048
SHARE = 8
LIMITS = (  # of the container, by version 2 and 1 of control groups; `max` is none
    Path("/sys/fs/cgroup/memory.max"),
    Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"),
)


def shared_buffers() -> str:
    """An eighth of the memory, within limits.

    A large import writes into indexes whose order is random: where they do not fit in here, each
    row waits for pages that are written out and read again, and twice the rows take far more than
    twice the time. The memory is taken only when pages fill it.
    """
    megabytes = min(psutil.virtual_memory().total, *_limits()) // SHARE // 2**20
    return f"{min(max(megabytes, LEAST_MB), MOST_MB)}MB"


def _limits() -> list[int]:
    found = [path.read_text("ascii").strip() for path in LIMITS if path.is_file()]
    return [int(text) for text in found if text.isdecimal()] or [2**63]
