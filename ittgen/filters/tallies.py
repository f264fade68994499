"""How many items, lines, sentences, words or paragraphs a text has. Pure; says 0 where nobody could tell."""

import re
from collections.abc import Callable, Mapping

_ITEM = re.compile(
    r"^[ \t]*(?:#{1,4}[ \t]*|\*\*|[-*•][ \t]+)?(\d{1,3})(?:[.)）][ \t]+|[．、][ \t]*|[.)）](?=[^\W\d])"
    r"|[ \t]*[:-][ \t]+)\**\S",
    re.MULTILINE,
)
_BULLET = re.compile(r"^([ \t]*)([-*•–‣◦●])[ \t]+\S", re.MULTILINE)
_STOPS = re.compile(r"[.!?…。！？।؟]+[\"'”’»」』)\]]*(?=\s|$|[^\x00-\x7f])")
_ABBREVIATED = re.compile(
    r"\b(?:[A-Za-z]|Mr|Mrs|Ms|Dr|Prof|St|vs|etc|e\.g|i\.e|z\.B|d\.h|usw|bzw|No|Nr|approx|Inc|Ltd|p\.ex|Sr|Jr|ca)\.\Z",
    re.IGNORECASE,
)
_EAST = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_PARTS = re.compile(
    r"\s*(?:[,;，、；،/|&+•]|\b(?:and|or|und|sowie|oder|et|ou|y|e|o|и|или|en|of|i|oraz|och|og|a|și|és|ve|và|dan|with"
    r"|then)\b|\s[-–—]\s|和|以及|と)\s*"
)
_TITLE = re.compile(r"\W*(?:title|titel|titre|título)\b|[#*\"“]", re.IGNORECASE)
_FEW = 12
"""Words up to which people count them one by one, and may leave articles out."""
_SMALL = frozenset("a an the and or of".split())


def items(text: str) -> int:
    """How many items the one list in a text has, 0 where there is none or it is not plainly one list.

    Numbered from 1 without a gap, whatever stands below the numbers; else bullets, those at the least depth. A line
    before the list and one behind it are no items.
    """
    numbers = [int(n) for n in _ITEM.findall(text)]
    if len(numbers) > 1:
        return len(numbers) if numbers == list(range(1, len(numbers) + 1)) else 0
    return _bullets(text)


def _bullets(text: str) -> int:
    rows = [line for line in text.splitlines() if line.strip()]
    places = [place for place, line in enumerate(rows) if _BULLET.match(line)]
    if len(places) < 2 or not _is_introduced(rows[: places[0]]):
        return 0
    found = [_BULLET.match(row) for row in rows[places[0] : places[-1] + 1]]
    depths = [len(match[1]) for match in found if match]
    if len({match[2] for match in found if match}) > 1 or None in found:
        return 0
    return sum(depth < min(depths) + 2 for depth in depths)


def _is_introduced(before: list[str]) -> bool:
    """Nothing stands before the list, or one short line that announces it."""
    return not before or (len(before) == 1 and len(before[0]) < 160 and before[0].rstrip()[-1:] in ":：。.")


def pieces(text: str) -> int:
    """The most items a short line can hold: what commas, semicolons and "and" divide; 0 for sentences."""
    line = text.strip().rstrip(".。")
    if not line or "\n" in line or len(line) > 200 or re.search(r"[.:!?。：]", line):
        return 0
    if not any(map(str.isalpha, line)):
        return 0
    parts = _PARTS.split(line)
    short = all(len(part.split()) < 4 and len(part) < 30 for part in parts)
    return len([part for part in parts if part]) if short else 0


def lines(text: str) -> tuple[int, int]:
    """(least, most) lines of verse or prose: an introduction, a title or a signature may be left out."""
    blocks = [
        [line for line in block.splitlines() if line.strip(" \t-*_#")] for block in re.split(r"\n\s*\n", text.strip())
    ]
    written = [line for block in blocks for line in block]
    if len(written) == 1:
        written = written[0].split(" / ")
    first = written[0] if written else ""
    titled = len(written) > 1 and (
        first.rstrip().endswith((":", "：")) or bool(_TITLE.match(first)) or (len(blocks) > 1 and len(blocks[0]) == 1)
    )
    signed = len(written) > 1 and written[-1].lstrip()[:1] in "-–—("
    return len(written) - titled - signed, len(written)


def sentences(text: str) -> tuple[int, int]:
    """(least, most) sentences; where the marks are those of the East or of India, they are sure."""
    plain = text.strip()
    ends = [found for found in _STOPS.finditer(plain) if not _ABBREVIATED.search(plain[: found.end()])]
    open_end = bool(plain) and not (ends and ends[-1].end() == len(plain))
    count = len(ends) + open_end
    return (count, count) if _EAST.search(plain) else (count - (count > 2), count + (count > 2))


def words(text: str) -> tuple[int, int]:
    """(least, most) words, with and without articles, and with what hyphens join taken apart."""
    whole = [word for word in text.split() if any(map(str.isalnum, word))]
    apart = sum(len([part for part in re.split(r"[-–—/]", word) if any(map(str.isalnum, part))]) for word in whole)
    bare = sum(word.strip(".,;:!?").lower() not in _SMALL for word in whole)
    return bare if bare <= _FEW else len(whole), max(apart, len(whole))


def paragraphs(text: str) -> tuple[int, int]:
    """(least, most): blank lines part them, or every line end where there is no blank line; a title may be one."""
    parts = [part for part in re.split(r"\n\s*\n", text.strip()) if part.strip()]
    most = len(parts) if len(parts) > 1 else len(text.strip().splitlines())
    titled = sum(len(part.split()) < 12 for part in parts)
    return len(parts) - titled, most


def characters(text: str) -> tuple[int, int]:
    """(least, most): letters of the East alone, or everything."""
    east = len(_EAST.findall(text))
    return (east, len(text.strip())) if east else (len(text.strip()), len(text.strip()))


TALLIES: Mapping[str, Callable[[str], tuple[int, int]]] = {
    "words": words,
    "sentences": sentences,
    "lines": lines,
    "paragraphs": paragraphs,
    "characters": characters,
}
"""Unit -> what counts it."""
