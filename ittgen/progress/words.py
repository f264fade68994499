"""Tables, counts, money and durations as text. Prints nothing and knows no run."""

import math
from collections.abc import Mapping, Sequence


def columns(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A table as text, one line a row: numbers to the right, words to the left, nothing for None.

    >>> print(columns(["stage", "rows"], [["propose", 1200], ["answer", None]]))
    stage     rows
    propose  1,200
    answer
    """
    if not rows:
        return "  ".join(header).rstrip()
    right = [
        all(cell is None or isinstance(cell, (int, float)) for cell in column) for column in zip(*rows, strict=True)
    ]
    cells = [list(header), *([_cell(cell) for cell in row] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    places = list(zip(widths, right, strict=True))
    lines = ([c.rjust(w) if r else c.ljust(w) for c, (w, r) in zip(row, places, strict=True)] for row in cells)
    return "\n".join("  ".join(line).rstrip() for line in lines)


def _cell(value: object) -> str:
    if value is None:
        return ""
    return f"{value:,}" if isinstance(value, (int, float)) else str(value)


def counted(number: int, noun: str) -> str:
    """A number with its noun.

    >>> counted(1, "row"), counted(1200, "row"), counted(3, "retry")
    ('1 row', '1,200 rows', '3 retries')
    """
    if number == 1:
        return f"1 {noun}"
    return f"{number:,} {noun[:-1]}ies" if noun.endswith("ry") else f"{number:,} {noun}s"


def money(dollars: float) -> str:
    """US dollars with two digits that say something.

    >>> money(1234.5), money(0.25), money(0.0004), money(0)
    ('$1,234.50', '$0.25', '$0.0004', '$0.00')
    """
    if dollars <= 0 or dollars >= 0.1:
        return f"${dollars:,.2f}"
    digits = 1 - math.floor(math.log10(dollars))
    return f"${dollars:.{digits}f}".rstrip("0").ljust(5, "0")


def listed(rules: Mapping[str, int]) -> str:
    return ", ".join(f"{rule} {count:,}" for rule, count in rules.items())


def duration(seconds: float) -> str:
    """As "2h 05m", "3m 20s" or "12s"."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes_left = divmod(minutes, 60)
    if hours:
        return f"{hours}h {minutes_left:02}m"
    return f"{minutes}m {rest:02}s" if minutes else f"{rest}s"


def cut(line: str, width: int | None) -> str:
    return line if width is None or len(line) <= width else f"{line[: width - 1]}…"


def packed(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` columns where its parts allow it, broken at its commas."""
    lines = [""]
    for part in text.split(", "):
        fits = len(lines[-1]) + len(part) + 2 <= width
        lines[-1:] = [f"{lines[-1]}, {part}".removeprefix(", ")] if fits else [lines[-1], part]
    return [line for line in lines if line]
