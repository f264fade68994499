"""Equations of plain numbers in a text: where they stand and whether they hold. Knows nothing of examples or tasks.

Only what cannot be read otherwise counts as an equation: numbers and + - * / ^ on one side at least, no letters, no
units in between. "1,234" and "1.234" are read both ways, and an equation is false only where no reading makes it true.
"""

import re
from collections.abc import Iterator

from ittgen.filters.reckoning import NUMBER, holds

_NUMBER = "[-−]?" + NUMBER
_SIDE = rf"[( ]*{_NUMBER}[) ]*(?:[-−–+*/×÷·⋅∙^][( ]*{_NUMBER}[) ]*)*"
_AT_END = re.compile(_SIDE + r"$")
_AT_START = re.compile(_SIDE)
_EQUALS = re.compile(r"(?<![=!<>:+\-*/~≈≠])=(?![=>~])")
_FENCED = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`", re.DOTALL)
_SAID = re.compile(r"\d (?:equals|is) \d")
_UNIT = re.compile(r" [^\W\d_]")
_LIST_MARK = re.compile(r"^\s*(?:[-*•>#]+|\(?\w{1,3}[.)])\s+")
_WIDE = str.maketrans("＝＋－×÷（）／．，[]", "=+-*/()/.,()") | {ord("²"): "^2", ord("³"): "^3"}
_IN_BRACKETS = re.compile(r"(?<=\d)[ ]?\([ ]?[^\W\d][^\d()=+*/]{0,14}\)")
"""A unit behind a number, "38(元)" or "12 (apples)": no part of a sum."""
_SPOKEN = (
    (re.compile(r"(?<=\d) x (?=\d)"), " * "),
    (re.compile(r"(?<=\d) ?\\times ?(?=\d)"), " * "),
    (re.compile(r"(?<=\d) ?\\cdot ?(?=\d)"), " * "),
    (re.compile(r"(?<=\d) ?\\div ?(?=\d)"), " / "),
    (re.compile(r"(?<=\d) plus (?=\d)"), " + "),
    (re.compile(r"(?<=\d) minus (?=\d)"), " - "),
    (re.compile(r"(?<=\d) (?:times|multiplied by) (?=\d)"), " * "),
    (re.compile(r"(?<=\d) divided by (?=\d)"), " / "),
    (re.compile(r"(?<=\d) equals (?=\d)"), " = "),
    (re.compile(r"(?<=\d) is (?=\d+(?:[.,]\d+)?\s*(?:[.,;!]\s|[.,;!]?$))"), " = "),
    (re.compile(r"(?<=[\d)]) ?\*\* ?(?=[\d(])"), "^"),
    (re.compile(r"\*\*|\\[()\[\]]"), ""),
)
_REMAINDER = re.compile(
    r"\s*[,;(]?\s*(?:r\b|r\d|rem|rest|reste|resto|余|餘|あまり|ост|with a|mod|\(mod)", re.IGNORECASE
)
_SCALE = re.compile(
    r"\s*(?:[kKmM]\b|thousand|million|billion|trillion|mil\b|millones|mio|mrd|tausend|mille|lakh|crore|тыс|млн|万|億|亿)",
    re.IGNORECASE,
)
_OF_SOMETHING = frozenset(
    "of log ln sin cos tan sqrt root mod times plus minus by over per half twice square cube version "
    "de von des du der base".split()
)
_OTHER_WORLDS = re.compile(
    r"\b(?:mod(?:ul[oa])?|binary|hex(?:adecimal)?|octal|base|clock|xor)\b|≡|≠|≈|∠|√", re.IGNORECASE
)
MOST = 200
"""Equations looked at in one text; a text with more is a table, and its first lines tell."""
REACH = 80
"""Characters on either side of an equals sign."""


def false_sums(text: str) -> Iterator[tuple[str, str]]:
    """(equation, its line) of each one that no reading makes true, code left out.

    >>> [equation for equation, _ in false_sums("So 12 * 3 = 38 and 2 + 2 = 4.")]
    ['12 * 3 = 38']
    """
    stated = "=" in text or "＝" in text or _SAID.search(text)
    plain = spoken(_FENCED.sub(" ", text)) if stated else ""
    left = MOST
    for line in plain.splitlines():
        if left > 0 and "=" in line and not _OTHER_WORLDS.search(line):
            found = list(_equations(line, left))
            left -= len(found)
            yield from ((f"{a} = {b}", line) for a, b in found if not holds(a, b))


def spoken(text: str) -> str:
    """The text with "12 times 3 equals 36" and "12 × 3 ＝ 36" in signs."""
    text = _IN_BRACKETS.sub(" ", text.translate(_WIDE))
    for pattern, sign in _SPOKEN:
        text = pattern.sub(sign, text)
    return text


def lone_sum(text: str) -> str:
    """The one sum of plain numbers in a text, or "" where there are other numbers apart from it."""
    found = [m for m in _AT_START.finditer(spoken(text)) if m[0].strip()]
    return found[0][0].strip() if len(found) == 1 and _operators(found[0][0]) else ""


def _equations(line: str, most: int) -> Iterator[tuple[str, str]]:
    body = _LIST_MARK.sub("", line)
    for sign in list(_EQUALS.finditer(body))[:most]:
        before, after = body[max(0, sign.start() - REACH) : sign.start()], body[sign.end() : sign.end() + REACH]
        left, right = _AT_END.search(before.rstrip()), _AT_START.match(after)
        if left and right:
            start = before[: left.end() - len(left[0].lstrip())]
            rest = after[len(right[0].rstrip()) :]
            a, b = left[0].strip(), right[0].strip()
            called = a.startswith("(") and start[-1:].strip()
            one_unit = b == "1" and _UNIT.match(rest)
            if (
                (_operators(a) or _operators(b))
                and not (one_unit or called)
                and _fits(start, rest, sign.start() > REACH)
            ):
                yield a, b


def _fits(before: str, after: str, cut: bool) -> bool:
    return _begins(before, cut) and _ends(after) and not _quoted(before, after)


def _begins(before: str, cut: bool) -> bool:
    """Whether an expression may begin after this text: after a word or a stop, not after a sign, a unit or a name."""
    if not before.strip():
        return not cut
    if before.rstrip().endswith("="):
        return True
    last = re.search(r"([^\W\d_]+)\s*$", before)
    if not last:
        return before[-1] in "\"'“”«»„‘、。，：" or (before.rstrip()[-1] in ".,:;!?—|⇒→$&" and before[-1] in " $")
    word = last[1].lower()
    if not word.isascii() and word[-1] > "\u2e80":
        return word[-1] not in "第的号方根个個"
    return before[-1] == " " and len(word) > 1 and word not in _OF_SOMETHING


def _ends(after: str) -> bool:
    """Whether an expression may end before this text: not in the middle of a number, a longer sum or "thousand"."""
    if _SCALE.match(after) or _REMAINDER.match(after):
        return False
    near = after.lstrip(" ")
    if near[:1] and (near[0] in "+-−–*/×÷^(!√_{\\%°²³&" or near[0].isdigit()):
        return False
    return not (after[:1].isalpha() and after[0].isascii()) and not re.match(r"[:.,]\d", after)


def _quoted(before: str, after: str) -> bool:
    return before.rstrip()[-1:] in tuple("\"'“„«‘「") and after.lstrip(" .")[:1] in tuple("\"'”“»’」")


def _operators(side: str) -> int:
    """How many signs stand between the numbers of a side."""
    return len(re.findall(r"(?<=[\d)%€ ])[-−–+*/×÷·⋅∙^](?=[\s(\d$€£¥₹−-])", side))
