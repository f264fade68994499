"""What became of a file's rows, in numbers. Knows no rows."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from ittgen.text import JSON


@dataclass(frozen=True, slots=True)
class Differs:
    """A decision that rouge-score would not have made."""

    rows: tuple[Mapping[str, JSON], Mapping[str, JSON]]
    """The two: file, line, text."""
    ours: float | None
    """Our score; None for two kept rows, whose score is at most the threshold."""
    theirs: float


@dataclass(frozen=True, slots=True)
class Checked:
    """What rouge-score says of decisions drawn at random."""

    rejections: int
    kept_pairs: int
    too_long: int
    """Pairs drawn and passed over: rouge-score would take minutes for each."""
    differs: Sequence[Differs]


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a file's rows."""

    file: str
    field: str
    threshold: float
    tokens: str
    method: str
    rows: int
    kept: int
    without_tokens: int
    """Kept as well: they are near to nothing."""
    blank_lines: int
    against: Mapping[str, int]
    """Rows of each further file."""
    seconds: float
    """Reading, deciding, checking and writing."""
    checked: Checked | None

    @property
    def rejected(self) -> int:
        return self.rows - self.kept

    @property
    def approximate(self) -> bool:
        """Whether a near-duplicate may have been missed."""
        return self.method != "exact"

    @property
    def good(self) -> bool:
        """Whether no decision was found that rouge-score would not have made."""
        return not (self.checked and self.checked.differs)

    def to_json(self) -> dict[str, JSON]:
        made = {"rejected": self.rejected, "approximate": self.approximate}
        return {**asdict(self), **made, "rows_per_second": round(self.rows / max(self.seconds, 1e-9))}
