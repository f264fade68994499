"""What was found in a file, in numbers. Knows no rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ittgen.linting.chunks import Tally


@dataclass(frozen=True, slots=True)
class Found:
    """What one rule found."""

    rule: str
    rows: int
    mended: int
    """Rows where it mended what it found."""
    examples: Sequence[tuple[int, str, str]]
    """The first few: line, what was found, what the row says."""


@dataclass(frozen=True, slots=True)
class Report:
    """What was found in a file's rows."""

    file: str
    format: str
    unit: str
    """What rows are counted by: "line" or "row"."""
    rows: int
    mended: int
    """Rows that are good once mended."""
    rejected: int
    blank_lines: int
    found: Sequence[Found]
    """Every rule that found something, the most frequent first."""
    seconds: float

    @property
    def clean(self) -> bool:
        return not self.found

    @property
    def good(self) -> int:
        """Rows in which nothing was found."""
        return self.rows - self.mended - self.rejected


def report(about: Mapping[str, str], tally: Tally, blank: int, seconds: float) -> Report:
    """The report of a tally; `about` is file, format and unit."""
    order = sorted(tally.found.items(), key=lambda item: (-item[1], item[0]))
    found = [Found(rule, rows, tally.fixable[rule], tally.examples[rule]) for rule, rows in order]
    return Report(
        **about,
        rows=tally.rows,
        mended=tally.mended,
        rejected=tally.rejected,
        blank_lines=blank,
        found=found,
        seconds=seconds,
    )
