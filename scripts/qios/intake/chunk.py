"""Some records of a file: those that are rows, and those that are refused."""

from collections.abc import Container, Sequence
from dataclasses import dataclass, field


@dataclass
class Rejected:
    """A record that is not staged, with frictionless-like reason codes.

    `cells` is what was read; where the record could not be split into cells, `line` is its text.
    Neither is shown in a repr, which ends up in logs.
    """

    row_number: int
    line_number: int
    reasons: tuple[str, ...]
    detail: str
    cells: list[str] = field(default_factory=list, repr=False)
    line: str | None = field(default=None, repr=False)


BETWEEN_CELLS = "\x7f"  # DEL: hardly any text has it, and JSON leaves it as it is


@dataclass
class Chunk:
    """Some records in file order. numbers, lines and rows run in step.

    numbers: 1-based record numbers after the header, lines: 1-based physical lines they start on.
    shape_certain is False behind a record that could not be read: quotes may be out of step there.
    repeated: numbers of records not given, since another file of the same export holds them.
    """

    numbers: Sequence[int]
    lines: Sequence[int]
    rows: list[list[str]] = field(repr=False)
    rejected: list[Rejected]
    shape_certain: bool = True
    repeated: list[int] = field(default_factory=list)
    _joined: list[str] | None = field(default=None, repr=False, compare=False)

    def joined(self) -> list[str]:
        """Each row as one text, BETWEEN_CELLS between its cells.

        It is kept for the next who asks: whoever changes a cell after that calls `changed`.
        """
        if self._joined is None:
            self._joined = list(map(BETWEEN_CELLS.join, self.rows))
        return self._joined

    def changed(self) -> None:
        """Tell that a cell is no longer as it was."""
        self._joined = None

    def keep(self, numbers: Container[int]) -> None:
        """Drop every record whose number is not among these."""
        stay = [index for index, number in enumerate(self.numbers) if number in numbers]
        self._keep_rows(stay)
        self.rejected = [record for record in self.rejected if record.row_number in numbers]
        self.repeated = [number for number in self.repeated if number in numbers]

    def set_aside(self, why: dict[int, tuple[tuple[str, ...], str]]) -> None:
        """Move rows to `rejected`: index in `rows` -> (reason codes, detail)."""
        for index, (reasons, detail) in why.items():
            self.rejected.append(
                Rejected(self.numbers[index], self.lines[index], reasons, detail, self.rows[index])
            )
        self._keep_rows([index for index in range(len(self.rows)) if index not in why])

    def _keep_rows(self, stay: list[int]) -> None:
        self.numbers = [self.numbers[index] for index in stay]
        self.lines = [self.lines[index] for index in stay]
        self.rows = [self.rows[index] for index in stay]
        self.changed()
