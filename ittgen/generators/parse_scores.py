"""The scores that judges give, in the many ways they write them; None wherever a reading is not certain.

A judge writes other numbers too: what it counted, what the answer claims, the scale. A number is a score where its line
says so ("Score: 8"), where it has the first or the last line to itself, or where a sentence gives it ("I'd give it a 7
out of 10"). A range, a sum or another scale is no score. Everything is pure and no text raises.
"""

import re
from collections.abc import Sequence

from ittgen.generators.parse_figures import CONTEXT, MARKUP, Figure, figures
from ittgen.generators.parse_structured import thought_and_said

_TO = r"(?:[:：=|→]|[-–—]+>?(?=\s)|\b(?:is|of)\b(?:\s?[:：=])?|\bwould\s+be\b)"
_LABEL = re.compile(
    rf"""(?<!\w)(?P<words>(?:[^\W\d]{{1,20}}[ ]){{0,3}})(?:scores?|ratings?|grade|评分|得分|分数)
    (?:\s+(?:for|of)\s+(?:this|the)\s+\w{{1,20}})?{MARKUP}(?P<to>{_TO})?{MARKUP}$""",
    re.IGNORECASE | re.VERBOSE,
)
_HEADING = re.compile(
    rf"""(?<!\w)(?P<words>)(?:final|overall|total|points|marks?|evaluation|verdict|quality|answer\ quality)
    {MARKUP}(?P<to>[:：=|]){MARKUP}$""",
    re.IGNORECASE | re.VERBOSE,
)
_HINT = re.compile(r"scor|rating|grade|final|overall|total|point|mark|evalu|verd|quality|评分|得分|分数", re.IGNORECASE)
_ALL_OF_IT = re.compile(
    r"(?:(?:final|overall|total|my|the|your|its|this|quality|answer|response|so|thus|therefore) )*", re.IGNORECASE
)
_FINAL = re.compile(r"\b(?:final|overall|total)\b", re.IGNORECASE)
_BULLET = re.compile(r"[\s*_#>`{\[(|•-]{0,12}[\"'“]?(?:\d{1,2}[.)]\s+)?[*_\s]{0,6}")
_QUOTED = re.compile(r"[\"'“‘«`]\s*$")
_KEY = re.compile(r"\w[\"'”]\s?[:：=]")
"""A label in quotation marks of its own, as in JSON."""
_GIVES = re.compile(
    r"""(?:\bI(?:['’]d|['’]ll|\ would|\ will)?\ (?:give|rate|score|assign|award|grade|say)\b
      | \b(?:deserves|merits|earns)\b | \bthis\ is\ an?\b)[^.!?\d]{0,50}?(?<!\w)[*_\[(]{0,4}$""",
    re.IGNORECASE | re.VERBOSE,
)
_CLAIMED = re.compile(r"\b(?:says|said|claim(?:s|ed)?|demand(?:s|ed)?|ask(?:s|ed)?|calls itself)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"[.!?。！？](?:\s|$)")
_TAGGED = re.compile(r"<(score|rating|first|second)\s?>\s{0,3}([^<>\n]{1,20}?)\s{0,3}</\1\s?>", re.IGNORECASE)
_BOXED = re.compile(r"\$?\\boxed\s?\{([^{}\n]{1,20})\}\$?")


def score(text: str, low: float, high: float) -> float | None:
    """The one score of a reply, between `low` and `high`; None where there is none, or more than one, or another scale.

    A label at the start of a line wins, "final" and "overall" before others and the last line before the rest; then
    a number that has the last or the first line to itself; then labels and givings inside sentences, if all agree.

    >>> score("Two of 3 facts are right.\\nScore: 8,5/10", 1, 10), score("Score: 4/5", 1, 10), score("7 or 8", 1, 10)
    (8.5, None, None)
    """
    lines = reply_lines(text)
    last = len(lines) - 1
    found = list(figures(lines, high))
    own = [figure for figure in found if not _is_claimed(figure)]
    for group in (
        _decisive(found, last),
        [figure for figure in found if figure.line == last and figure.is_alone],
        [figure for figure in found if figure.line == 0 and (figure.is_alone or figure.leads)],
        [figure for figure in own if _is_labelled_inside(figure)],
        [figure for figure in own if _GIVES.search(figure.before) and figure.ends_a_phrase],
        [figure for figure in own if figure.scale == high and figure.ends_a_phrase],
    ):
        if group:
            return _agreed({_within(figure, low, high) for figure in group})
    return None


def reply_lines(text: str) -> list[str]:
    """The lines that are not blank; a label that stands alone is joined to the number below it."""
    joined: list[str] = []
    said = _BOXED.sub(r"\1", _TAGGED.sub(r"\1: \2", thought_and_said(text)[1]))
    for line in (line.strip() for line in said.splitlines()):
        if joined and _is_label(joined[-1]) and _is_figure(line):
            joined[-1] += f" {line}"
        elif line:
            joined.append(line)
    return joined


def _is_label(line: str) -> bool:
    label = _label(f"{line} ") if len(line) < CONTEXT else None
    return bool(label and _BULLET.fullmatch(line[: label.start()]))


def _is_figure(line: str) -> bool:
    return len(line) < CONTEXT and any(figure.is_alone for figure in figures([line]))


def _label(before: str) -> re.Match[str] | None:
    return (_LABEL.search(before) or _HEADING.search(before)) if _HINT.search(before) else None


def _decisive(found: Sequence[Figure], last: int) -> list[Figure]:
    """The numbers whose line begins with a label that speaks of the whole answer."""
    labelled = [(figure, label) for figure in found if (label := _label(figure.before)) and _begins(figure, label)]
    final = [figure for figure, label in labelled if _FINAL.search(label[0])]
    chosen = final or [figure for figure, _ in labelled]
    if any(figure.line == last - 1 for figure in chosen):  # two in a row are no second thought
        return chosen
    return [figure for figure in chosen if figure.line == last][-1:] or chosen


def _is_claimed(figure: Figure) -> bool:
    """Whether its sentence tells what somebody else says, such as the answer about itself."""
    return bool(_CLAIMED.search(_SENTENCE.split(figure.before)[-1]))


def _begins(figure: Figure, label: re.Match[str]) -> bool:
    """Whether the line begins with the label, and the label with no word that narrows it, such as "clarity"."""
    ahead = figure.before[: label.start()] if figure.start < CONTEXT else figure.before
    return bool(_BULLET.fullmatch(ahead) and _ALL_OF_IT.fullmatch(label["words"]))


def _is_labelled_inside(figure: Figure) -> bool:
    """Whether a label somewhere in the line leads to the number; one in quotation marks is somebody else's."""
    label = _LABEL.search(figure.before) if _HINT.search(figure.before) else None
    if not label or not label["to"]:
        return False
    return bool(_KEY.search(label[0]) or not _QUOTED.search(figure.before[: label.start()]))


def _within(figure: Figure, low: float, high: float) -> float | None:
    """The value, if nothing makes it doubtful."""
    sure = figure.scale in (None, high) and not figure.is_one_of_several
    return figure.value if sure and low <= figure.value <= high else None


def _agreed(values: set[float | None]) -> float | None:
    """The value, if there is only one."""
    return next(iter(values)) if len(values) == 1 else None
