"""What became of the records of a file."""

from dataclasses import dataclass

from qios.errors import QiosError


@dataclass(frozen=True)
class RowCounts:
    """Records read, and how many of them were staged, rejected, or repeated from before."""

    read: int = 0
    staged: int = 0
    rejected: int = 0
    repeated: int = 0

    def __add__(self, other: "RowCounts") -> "RowCounts":
        return RowCounts(
            self.read + other.read,
            self.staged + other.staged,
            self.rejected + other.rejected,
            self.repeated + other.repeated,
        )

    def check(self, name: str) -> "RowCounts":
        """These counts, or QiosError where a record of the file `name` is unaccounted for."""
        if min(self.staged, self.rejected, self.repeated) < 0 or self.read != (
            self.staged + self.rejected + self.repeated
        ):
            raise QiosError(
                f"{name}: {self.read} rows read are not {self.staged} staged + {self.rejected} "
                f"rejected + {self.repeated} repeated",
                cure="nothing of the file was kept; this is a defect: report it with these numbers",
            )
        return self
