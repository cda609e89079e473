"""A process that takes text out of documents: it may crash or be stopped without harm to the rest.

On stdin come requests: a line of JSON (method, encoding, size) and so many bytes. On stdout go the
answers: a line of JSON for each page, and one with `end` and a reason code or none. Nothing of a
document is written anywhere else.
"""

import io
import json
import resource
import sys
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from typing import Any

from qios.content.text import MODULES, UnreadableError

MEMORY_BYTES = 4 << 30


def main() -> None:
    """Answer requests until stdin ends."""
    with suppress(ValueError, OSError):
        # The memory of a crashed process would hold the document.
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    answers = sys.stdout
    sys.stdout = sys.stderr  # what a library prints is no answer
    while line := sys.stdin.buffer.readline():
        for answer in _answers(json.loads(line)):
            print(json.dumps(answer), file=answers)
        answers.flush()


def _answers(request: dict[str, Any]) -> Iterator[dict[str, Any]]:
    content = io.BytesIO(sys.stdin.buffer.read(request["size"]))
    method = request["method"]
    module = import_module(f"qios.content.text.{MODULES.get(method, method)}")
    error = None
    try:
        for page in module.pages(content, request["encoding"]):
            yield {"text": page.text, "needs_ocr": page.needs_ocr}
    except UnreadableError as unreadable:
        error = unreadable.code
    except Exception:
        error = "damaged"
    yield {"end": True, "error": error}


if __name__ == "__main__":
    main()
