"""A numbered list of instructions, as models really write it: where each item begins and ends.

The prompt leaves the item `first` open, so a reply may begin inside that item, repeat its number, or number anew.
"""

import re
from itertools import pairwise

from ittgen.generators import parse_marks as marks
from ittgen.generators.parse_marks import Mark
from ittgen.generators.parse_talk import is_refusal, unopened
from ittgen.generators.parse_text import Pieces, Place, Reply, in_code, read, rebold, unclosed, unruled, unwrapped

_BULLET = re.compile(r"(?P<indent>[ \t]*)[-*+•][ \t]+")
_HEADING = re.compile(r"\s*(?:#{1,6}[ \t]+\S.*|\*\*[^*]+\*\*:?)\s*")
_OTHER_FORM = re.compile(r"\s*(?:[\[{]\s*[\"{\[]|\|)")
"""JSON or a table: a list, but none that this parser reads."""
_LABEL = re.compile(
    r"(?P<bold>\*\*|__|)(?:instruction|task)[ ]?\d*(?:[:：](?P=bold)|(?P=bold)[:：])[ \t]*(?=\S)", re.IGNORECASE
)
_FEWEST_ELSEWHERE = 3
"""A list that begins at a number nobody asked for must have this many items to be one."""
_MANY = 5
"""Items, and words in each on average, that make a list below an unknown text one of the reply's own."""


def list_pieces(text: str, finish_reason: str, first: int) -> Pieces[str]:
    """The instructions of a reply, in order."""
    reply = read(text, finish_reason)
    tops = top_marks(reply, first)
    if not tops and (inner := unwrapped(text)) is not None:
        within = read(inner, finish_reason)
        reply, tops = (within, found) if (found := top_marks(within, first)) else (reply, [])
    return _numbered(reply, tops, _begins_inside(reply, tops[0], first)) if tops else _unnumbered(reply)


def top_marks(reply: Reply, first: int) -> list[Mark]:
    """The marks that begin items, or none where the reply has no list of its own."""
    found = marks.find(reply)
    strong = [mark for mark in found if mark.strong]
    weak = [
        [mark for mark in found if mark.style == style] for style in sorted({m.style for m in found if not m.strong})
    ]
    lists = [tops for tops in (_list(reply, strong, first), *(_list(reply, same, first) for same in weak)) if tops]
    lists = [tops for tops in lists if tops[0].strong or len(tops) > 1 or _is_sure(reply, tops[0], first)]
    return min(lists, key=lambda tops: (tops[0].number not in (first, first + 1), not tops[0].strong), default=[])


def _is_sure(reply: Reply, mark: Mark, first: int) -> bool:
    """Whether a single mark of a weak style is one: "10 - 3" may well be content, "#10" with the very number is not."""
    if mark.style in (":", "-"):
        return mark.number == first and not _is_item(_head(reply, mark))
    return mark.number in (first, first + 1)


def _list(reply: Reply, found: list[Mark], first: int) -> list[Mark]:
    """The best list these marks make: one that goes on from `first`, else one that begins at 1, else a long one."""
    starts = [i for i, mark in enumerate(found) if mark.number in (first, first + 1)]
    anew = next((i for i, mark in enumerate(found) if mark.number == 1), None)
    if anew is not None and (not starts or anew < starts[0]):
        tops = _sequence(reply, found, anew)
        starts = [i for i in starts if found[i].indent < tops[0].indent + marks.FAR]
        if starts and found[starts[0]] not in tops:
            return _sequence(reply, found, starts[0])
        return tops if starts or not _is_item(_head(reply, tops[0])) or _is_long(reply, tops) else []
    if starts:
        return _sequence(reply, found, starts[0])
    return _list_from_elsewhere(reply, found)


def _is_long(reply: Reply, tops: list[Mark]) -> bool:
    """Whether so many and so long items stand apart from what is above them that they are no list inside an item."""
    said = len(reply.between(tops[0].start, reply.end).split())
    apart = not reply.lines[tops[0].line - 1].strip()
    return apart and len(tops) >= _MANY and said >= len(tops) * _MANY


def _list_from_elsewhere(reply: Reply, found: list[Mark]) -> list[Mark]:
    tops = _sequence(reply, found, 0) if found else []
    fewest = 2 if tops and tops[0].number == 2 else _FEWEST_ELSEWHERE
    return tops if len(tops) >= fewest else []


def _sequence(reply: Reply, found: list[Mark], start: int) -> list[Mark]:
    def introduced(mark: Mark) -> bool:
        return reply.before(mark.line).rstrip().rstrip("*_").endswith((":", "："))

    return [found[i] for i in marks.sequence(found, start, introduced)]


def _head(reply: Reply, mark: Mark) -> str:
    return reply.between((0, 0), mark.start)


def _is_item(head: str) -> bool:
    """Whether the text above the first number is an item itself: the rest of the one that the prompt left open."""
    said = unopened(head).strip()
    return bool(said) and not is_refusal(said) and not _HEADING.fullmatch(said)


def _begins_inside(reply: Reply, mark: Mark, first: int) -> bool:
    return mark.number != first and mark.number in (first + 1, 2) and _is_item(_head(reply, mark))


def _numbered(reply: Reply, tops: list[Mark], inside: bool) -> Pieces[str]:
    bounds = [*(mark.start for mark in tops), reply.end]
    texts = [_item(reply, mark, stop) for mark, (_, stop) in zip(tops, pairwise(bounds), strict=True)]
    if inside:
        texts.insert(0, _tidy(unopened(_head(reply, tops[0])), last=False))
    return _pieces(texts, reply.cut)


def _item(reply: Reply, mark: Mark, stop: Place) -> str:
    last = stop == reply.end
    text = _tidy(rebold(reply.between(mark.text, stop).rstrip(), mark.bold), last=last)
    return unclosed(text, loose=True) if last and not reply.cut else text


def _tidy(text: str, *, last: bool) -> str:
    text = unruled(text.strip(), last=False)
    label = _LABEL.match(text)
    text = text[label.end() :] if label else text
    return text if last else _without_heading(text)


def _without_heading(text: str) -> str:
    """The item without a heading at its end: it announces the items that follow."""
    kept, _, tail = text.rpartition("\n\n")
    announces = kept.strip() and _HEADING.fullmatch(tail) and not in_code(tail, kept)
    return unruled(kept, last=False) if announces else text


def _unnumbered(reply: Reply) -> Pieces[str]:
    """The items of a bulleted list; else the reply is the one item that the prompt left open, unless it is no task."""
    if items := _bulleted(reply):
        return _pieces(items, reply.cut)
    text = unopened(reply.between((0, 0), reply.end))
    if is_refusal(text) or _OTHER_FORM.match(text) or _HEADING.fullmatch(text.strip()):
        return Pieces([])
    return _pieces([_tidy(text, last=True) if reply.cut else unclosed(_tidy(text, last=True), loose=True)], reply.cut)


def _bulleted(reply: Reply) -> list[str]:
    """What bullets set apart, where nothing but a preamble comes before the first one."""
    bullets = [(i, m) for i, line in enumerate(reply.lines) if not reply.code[i] and (m := _BULLET.match(line))]
    if not bullets:
        return []
    margin = bullets[0][1]["indent"]
    tops = [(i, m.end()) for i, m in bullets if m["indent"] == margin]
    if len(tops) < 2 or _is_item(reply.between((0, 0), (tops[0][0], 0))):
        return []
    stops = [*((line, 0) for line, _ in tops[1:]), reply.end]
    texts = [_tidy(reply.between(start, stop), last=stop == reply.end) for start, stop in zip(tops, stops, strict=True)]
    return [*texts[:-1], texts[-1] if reply.cut else unclosed(texts[-1], loose=True)]


def _pieces(texts: list[str], cut: bool) -> Pieces[str]:
    """The texts that say something; where the reply was cut off, the last one is the piece it broke off in."""
    whole = texts[:-1] if cut else texts
    return Pieces([text for text in whole if text], cut=texts[-1] if cut and texts else "")
