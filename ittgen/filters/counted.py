"""How many items, lines, sentences, words and rows a text has: the fewest and the most that it may have.

Knows nothing of tasks. A count is a pair (fewest, most): a title may be a line of the poem or not, "well-known" one
word or two. None says that the text cannot be counted so.
"""

import re
from collections import Counter
from typing import NamedTuple

from ittgen.filters.looks import has_any
from ittgen.filters.sentences import CLEAR_END, MAYBE_END

Counted = tuple[int, int]

_MARK = re.compile(
    r"^(?P<blank>[ \t]*)(?:#{1,4} +)?(?P<bold>\*{0,2}_?)"
    r"(?:(?P<number>\d{1,3})(?:\\?[.):．、）]\*{0,2}(?=\s|[^\d\s])| ?[-–] (?=\S))"
    r"|(?P<bullet>[-*•–+▪◦○●·‣➢✓✔]|[①-⑳])\s*(?=\S))"
)
_LOST = re.compile(r"^[ \t]*[)）](?=[ \t]*\S)", re.MULTILINE)
_LOOSE = re.compile(r"(?:\d[\d ]*)?[)）.．]\s*(?=\S)")
"""What is left of the marks of a list when its numbers are lost: " ) Router"."""
_INLINE = re.compile(r"(?:^|\s)\(?(\d{1,2})[.)]\s+(?=\S)")
_TITLE = re.compile(r"^(?:#{1,6} .*|\*\*[^*]+\*\*:?|.*[:：]|[\"“«]?title\b.*|\W+)$", re.IGNORECASE)
_MOST_BEFORE = 30
"""Words before a list of bullets: after more of them it may be another list than the one asked for."""
_MANY_WORDS = 14
"""A line of so many words, set apart before or after a poem, is talk about it."""


class Line(NamedTuple):
    """A line with the mark of a list, as far as it has one."""

    indent: int
    number: int
    """0 for none"""
    bullet: str
    text: str


def marked(text: str) -> list[Line]:
    """The lines of a text that are not blank, with their marks."""
    return [_line(line) for line in text.splitlines() if line.strip()]


def _line(line: str) -> Line:
    found = _MARK.match(line)
    if not found:
        return Line(len(line) - len(line.lstrip()), 0, "", line.strip())
    bullet = found["bullet"] or ""
    if bullet in ("*", "-", "–", "+", "·") and line[found.end() - 1] not in " \t":
        return Line(len(found["blank"]), 0, "", line.strip())
    return Line(len(found["blank"]), int(found["number"] or 0), bullet, line[found.end() :].strip())


def items(text: str) -> int:
    """How many items the one list in a text has, 0 where there is none or it is not plainly one list.

    Numbered from 1 without a gap, or bullets of one kind without headings between them; what is nested is not counted.
    """
    lines = marked(text)
    numbered = [line for line in lines if line.number]
    if len(numbered) > 1:
        return _numbered(numbered)
    return _bulleted(lines) or (_numbered_within(text) if len(lines) == 1 else 0)


def begins_list(text: str) -> bool:
    """Whether the first line of a text is an item of a list."""
    return bool(_MARK.match(text.lstrip("\r\n").split("\n", 1)[0]))


def _numbered(lines: list[Line]) -> int:
    outer = min(line.indent for line in lines)
    numbers = [line.number for line in lines if line.indent <= outer + 1]
    whole = numbers == list(range(1, len(numbers) + 1)) or (set(numbers) == {1} and len(numbers) > 2)
    return len(numbers) if whole and len(numbers) > 1 else 0


def _bulleted(lines: list[Line]) -> int:
    """Between the first and the last bullet no line but what is nested or goes on, and all of one kind."""
    places = [n for n, line in enumerate(lines) if line.bullet]
    if len(places) < 2 or places[0] > 2:
        return 0
    outer = min(lines[n].indent for n in places)
    tops = [n for n in places if lines[n].indent <= outer + 1]
    kinds = {"①" if lines[n].bullet >= "①" and lines[n].bullet <= "⑳" else lines[n].bullet for n in tops}
    between = lines[tops[0] : tops[-1]]
    plain = all(line.bullet or line.indent > outer for line in between)
    if sum(len(line.text.split()) for line in lines[: tops[0]]) > _MOST_BEFORE:
        return 0
    return len(tops) if plain and len(kinds) == 1 and len(tops) > 1 and len(lines) - tops[-1] < 8 else 0


def _numbered_within(text: str) -> int:
    numbers = [int(n) for n in _INLINE.findall(text)]
    return len(numbers) if len(numbers) > 1 and numbers == list(range(1, len(numbers) + 1)) else 0


def damaged(text: str) -> int:
    """How many lines a list has where each has a mark, and some have lost their number; else 0."""
    lines = [line for line in text.splitlines() if line.strip()]
    lost = _LOST.search(text) and all(_LOOSE.match(line.lstrip()) or _MARK.match(line) for line in lines)
    return len(lines) if lost else 0


def remains(text: str) -> int:
    """How many lines a list has whose marks are damaged, at most; 0 where most lines have none."""
    lines = [line for line in text.splitlines() if line.strip()]
    marks = sum(bool(_LOOSE.match(line.lstrip()) or _MARK.match(line)) for line in lines)
    return len(lines) if len(lines) > 2 and marks >= 0.7 * len(lines) else 0


def short_lines(text: str) -> int:
    """How many lines a text has, where each is a few words without a mark, a comma or an end; else 0."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if lines and lines[0][-1] in ":：":
        lines = lines[1:]
    plain = all(
        len(line.split()) < 7 and len(line) < 60 and not re.search(r"[,;:.!?。，、：|]", line) for line in lines
    )
    return len(lines) if len(lines) > 1 and plain else 0


_PIECE = re.compile(
    r"\s*(?:[,;，、；،/|&+•]|\b(?:and|or|und|sowie|oder|et|ou|y|e|o|u|ed|en|of|i|oraz|lub|og|och|eller|ja|ve|veya|và|dan|atau"
    r"|și|sau|a|и|или|та|й|і|with|then)\b|\s[-–—]\s|和|以及|及|与|と|और|या|و|ו)\s*"
)


def pieces(text: str) -> int:
    """The most items a short line can hold: what commas, semicolons and "and" divide; 0 for sentences."""
    line = text.strip().rstrip(".。!।")
    if not line or "\n" in line or len(line) > 200 or re.search(r"[.:!?。：]", line):
        return 0
    parts = _PIECE.split(line)
    short = all(len(part.split()) < 4 and len(part) < 30 for part in parts)
    return len([part for part in parts if part]) if short else 0


_LAST_JOINT = re.compile(
    r",?\s+(?:and|or|und|oder|sowie|et|ou|y|e|o|ed|en|of|i|oraz|og|och|ja|ve|và|dan|și|и|или|та|і)\s+(?=[^,]{2,40}$)"
)


def enumerated(text: str) -> int:
    """How many things the one sentence of a text names in a row: "Among them are A, B, C and D."; 0 for other texts."""
    line = text.strip()
    if "\n" in line or len(line) > 400 or line[-1:] not in ".!" or re.search(r"[.!?:;()]\s", line):
        return 0
    parts = _LAST_JOINT.sub(",", line[:-1].rstrip()).split(",")
    if (
        len(parts) < 3
        or len(parts[0].split()) == 3
        or any(len(part.split()) > 2 or not part.strip() for part in parts[1:])
    ):
        return 0
    return len(parts) if not any(map(_PIECE.search, (f" {part.strip()} " for part in parts[1:]))) else 0


# Lines, stanzas and paragraphs


def blocks(text: str) -> list[list[str]]:
    """The lines of a text that are not blank, in blocks between blank lines."""
    found = [
        [line.strip() for line in block.splitlines() if line.strip()] for block in re.split(r"\n\s*\n", text.strip())
    ]
    return [block for block in found if block]


def poem(text: str) -> list[list[str]]:
    """The blocks of a text without a title before and talk about it after."""
    found = blocks(text)
    while len(found) > 1 and len(found[0]) == 1 and (_TITLE.match(found[0][0]) or len(found[1]) > 1):
        found = found[1:]
    while len(found) > 1 and len(found[-1]) == 1 and (len(found[-1][0].split()) > _MANY_WORDS or len(found[0]) > 1):
        found = found[:-1]
    if found and len(found[0]) > 2 and _TITLE.match(found[0][0]):
        found[0] = found[0][1:]
    return found


def lines(text: str) -> Counted | None:
    """Lines of a poem with and without what may be its title; none where all stands in one line."""
    whole, bare = sum(map(len, blocks(text))), sum(map(len, poem(text)))
    return (bare, whole) if whole > 1 else None


def stanzas(text: str) -> Counted | None:
    """Blocks of lines; None where nothing parts them."""
    found = poem(text)
    return (len(found), len(blocks(text))) if len(found) > 1 and all(len(block) > 1 for block in found) else None


def paragraphs(text: str) -> Counted | None:
    """Blocks of prose; without headings and other short lines at the least, every line at the most."""
    found = blocks(text)
    prose = [block for block in found if len(" ".join(block).split()) > 12]
    return (
        (min(len(prose), len(found)), sum(map(len, found)))
        if prose and not any(_MARK.match(b[0]) for b in found)
        else None
    )


# Sentences, words, characters


def sentences(text: str) -> Counted:
    """Sentences that clearly are some, and all that may be: lines without a full stop, abbreviations, halves."""
    bare = text.strip()
    clear = len(CLEAR_END.findall(bare)) + 1
    return clear, max(clear, len([part for part in MAYBE_END.split(bare) if part and part.strip()]))


def words(text: str, strictly: bool = False) -> Counted:
    """Words between blanks, and the parts of words with hyphens; a list of commas may have as many as they part."""
    found = [word for word in text.split() if any(map(str.isalnum, word))]
    joints = sum(len(re.findall(r"(?<=\w)[-–—/…]+(?=\w)", word)) for word in found)
    parted = not strictly and has_any(text, ",、;")
    listed = pieces(text) if parted else len(found)
    loose = sum(not any(map(str.isalpha, word)) for word in found)
    return min(listed or len(found), len(found) - loose), len(found) + joints


_EAST = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


def han(text: str) -> Counted:
    """Characters of Chinese and Japanese; at most all signs."""
    return len(_EAST.findall(text)), len(re.sub(r"\s", "", text))


_LABEL = re.compile(r"^[^\W\d_][\w ]{2,30}[:：]\s+(?=\S+$)|[\"'“”`*]")


def single(text: str) -> str:
    """The one word of an answer, without a label and quotes around it: "Password: B3aK7p9"; "" for other texts."""
    bare = _LABEL.sub("", text.strip())
    return bare if len(bare.split()) == 1 else ""


def characters(text: str) -> Counted:
    """All characters; at least those without a stop at the end."""
    bare = text.strip()
    return len(bare.rstrip(".。!")), len(bare)


# Tables

_RULE = re.compile(r"^[\s|:+=-]*-[\s|:+=-]*$")


def table(text: str) -> tuple[int, int, int] | None:
    """(columns, fewest rows, most rows) of the one table of a text: with its heading at the most; None for no table."""
    lines = [line for line in text.splitlines() if line.count("|") > 0]
    rows = [line for line in lines if not _RULE.match(line)]
    if len(rows) < 2 or len(lines) == len(rows) or len(lines) < 0.6 * len([n for n in text.splitlines() if n.strip()]):
        return None
    widths = Counter(len(row.strip().strip("|").split("|")) for row in rows)
    filled = [row for row in rows[1:] if any(map(str.isalnum, row))]
    return widths.most_common(1)[0][0], len(filled), len(rows)
