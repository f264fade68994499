"""Equations of plain numbers in a text: where they stand and whether they hold. Knows nothing of examples or tasks.

Only what cannot be read otherwise counts as an equation: numbers and + - * / ^ on one side at least, no letters but the
names of what is counted ("3 apples + 4 apples = 7 apples"). "1,234" and "1.234" are read both ways, and an equation is
false only where no reading makes it true.
"""

import operator
import re
from collections.abc import Iterator
from typing import NamedTuple

from ittgen.filters.reckoning import NUMBER, holds
from ittgen.filters.spoken import says_equal, spoken

_THING = (
    r"(?: ?\([^\W\d_][^()\d=+*/]{0,14}\)| ?[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]{1,4}"
    r"| ?(?:kg|km|cm|mm|ml|m|g|l|h|min|€)(?:/[a-z]{1,4})?(?![^\W\d_])|/[^\W\d_]{2,15}| [^\W\d_]{3,15}(?:/[^\W\d_]+)?)"
)
"""What a number is of: "(元)", "kg", "apples"."""
_SIGN = "[-−–+*/×÷·⋅∙^]"


def _side(number: str) -> str:
    """Numbers with signs between them and brackets around, as a pattern."""
    open_, close = r"[( ]*(?:[-−] ?[( ]*)?", "[) ]*"
    return f"{open_}{number}{close}(?:{_SIGN}{open_}{number}{close})*"


_AT_END = re.compile(_side(f"{NUMBER}(?:{_THING})?") + "$")
_AT_START = re.compile(_side(f"{NUMBER}(?:{_THING}(?= *(?:{_SIGN}(?![a-z])|=)))?"))
_PLAIN = re.compile(_side(NUMBER))
_OF_WHAT = re.compile(rf"(?<=[\d%)])({_THING})")
_NEXT = re.compile(rf"({_THING})(?![a-zA-Zа-я])")
_EQUALS = re.compile(r"(?<![=!<>:+\-*/~≈≠])=(?![=>~])")
_FENCED = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`", re.DOTALL)
_UNIT = re.compile(r" [^\W\d_]")
_PLAIN_SUM = re.compile(r"(?<![^\s(])(\d{1,9}) ([-+*×]) (\d{1,9}) = (\d{1,12})(?![^\s.,;)]|[.,]\d| ?[-−–+*/×÷·^%=!])")
_OF_TWO = {"+": operator.add, "-": operator.sub, "*": operator.mul, "×": operator.mul}
_LIST_MARK = re.compile(r"^\s*(?:[-*•>#]+|\(?\w{1,3}[.)])\s+")
_REMAINDER = re.compile(
    r"\s*[,;(]?\s*(?:r\b|r\d|rem|rest|reste|resto|余|餘|あまり|ост|with a|mod|\(mod)", re.IGNORECASE
)
_SCALE = re.compile(
    r"\s*(?:[kKmM]\b|thousand|million|billion|trillion|mil\b|millones|mio|mrd|tausend|mille|lakh|crore|тыс|млн|万|億|亿)",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r" ?\([^\W\d_][^()\d=+*/]{0,14}\)")
_OF_SOMETHING = frozenset(
    "of log ln sin cos tan sqrt root mod times plus minus by over per half twice square cube version "
    "de von des du der base".split()
)
_SAYS_IS = frozenset("is are equals means ist sind est sont es son são jest это är er".split())
"""Words between a sum and the same sum in other signs: "15% of 260 is 0.15 * 260 = 39"."""
_NO_THINGS = frozenset(
    "squared cubed factorial choose dozen hundred thousand million billion half quarter pairs percent point points mod "
    "pi sin cos tan log sqrt root rad deg dozens hundreds tens ones remainder and or to then with "
    "十 百 千 万 億 亿 个百分点 倍 的 와 と".split()
)
_OTHER_WORLDS = re.compile(
    r"\b(?:mod(?:ul[oa])?|binary|hex(?:adecimal)?|octal|base[ -](?:\d|two|eight|ten|twelve|sixteen)|clock|xor)\b|≡|≠"
    r"|∠|√",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[,;:.!?，。；：！？](?:\s|$)|[，。；：！？]")
MOST = 200
"""Equations looked at in one text; a text with more is a table, and its first lines tell."""
REACH = 80
"""Characters on either side of an equals sign."""


class Equation(NamedTuple):
    """An equation as it stands in a line."""

    said: str
    clause: str
    """the part of the line between commas and stops that it stands in"""
    line: str


def false_sums(text: str) -> Iterator[Equation]:
    """Each equation that no reading makes true, code left out.

    >>> [equation.said for equation in false_sums("So 12 * 3 = 38 and 2 + 2 = 4.")]
    ['12 * 3 = 38']
    """
    plain = spoken(_FENCED.sub(" ", text)) if _may_be_false(text) else ""
    left = MOST
    for line in plain.splitlines():
        if left > 0 and "=" in line and not _OTHER_WORLDS.search(line):
            found = list(_equations(line, left))
            left -= len(found)
            yield from (
                Equation(f"{a} = {b}", clause, line) for a, b, clause, goes_on in found if not holds(a, b, goes_on)
            )


def _may_be_false(text: str) -> bool:
    """A quick look: not every equals sign is that of a plain sum of two whole numbers which is true."""
    if says_equal(text):
        return True
    found = _PLAIN_SUM.findall(text) if "=" in text else []
    return len(found) < text.count("=") or any(_OF_TWO[sign](int(a), int(b)) != int(c) for a, sign, b, c in found)


def lone_sum(text: str) -> str:
    """The one sum of plain numbers in a text, or "" where there are other numbers apart from it."""
    found = [m for m in _PLAIN.finditer(spoken(text)) if m[0].strip()]
    return found[0][0].strip() if len(found) == 1 and _operators(found[0][0]) else ""


def _equations(line: str, most: int) -> Iterator[tuple[str, str, str, bool]]:
    """(left side, right side, clause, whether the left side is itself equal to something before it)"""
    body = _LIST_MARK.sub("", line)
    for sign in list(_EQUALS.finditer(body))[:most]:
        before, after = body[max(0, sign.start() - REACH) : sign.start()], body[sign.end() : sign.end() + REACH]
        sides = _sides(before, after, sign.start() > REACH)
        if sides:
            a, b, goes_on = sides
            end = _CLAUSE.search(after)
            yield a, b, f"{_CLAUSE.split(before)[-1]}={after[: end.end() if end else None]}", goes_on


def _sides(before: str, after: str, cut: bool) -> tuple[str, str, bool] | None:
    """The sides without what they are of, and whether the equation goes on; None for none, or one of two measures."""
    left, right = _AT_END.search(before.rstrip()), _AT_START.match(after)
    if not left or not right:
        return None
    start = before[: left.end() - len(left[0].lstrip())]
    rest = after[len(right[0].rstrip()) :]
    (a, of), (b, into) = _bare(left[0]), _bare(right[0])
    called = a.startswith("(") and start[-1:].strip()
    one_unit = b == "1" and _UNIT.match(rest)
    if not (_operators(a) or _operators(b)) or one_unit or called or not _fits(start, rest, cut):
        return None
    goes_on = start.rstrip().endswith("=")
    named = not _operators(a) and not goes_on and start.rstrip()[-1:].isalpha()
    return None if named or (of and not _of_one_kind(a, of, into + _next(rest))) else (a, b, goes_on)


def _bare(side: str) -> tuple[str, list[str]]:
    """(the side without words, the words in it)"""
    things = [found.strip(" ()/").lower() for found in _OF_WHAT.findall(side)]
    return _OF_WHAT.sub("", side).strip(), things


def _next(rest: str) -> list[str]:
    found = _NEXT.match(rest)
    return [found[1].strip(" ()/").lower()] if found else []


def _of_one_kind(side: str, of: list[str], into: list[str]) -> bool:
    """Whether nothing is converted: apples plus apples are apples, hours times km/h are km."""
    if not _NO_THINGS.isdisjoint(of) or not _NO_THINGS.isdisjoint(into):
        return False
    kinds = {_stem(thing) for thing in of}
    alike = len(kinds) == 1 or not re.search(r"[-−–+]", side)
    return alike and all(any(_alike(_stem(kind), _stem(thing)) for kind in of) for thing in into)


def _alike(kind: str, thing: str) -> bool:
    """ "km" is what is left of "km/h"; a word of Chinese or Japanese may go on without a blank."""
    return kind.startswith(thing) or (thing > "\u2e80" and thing.startswith(kind))


def _stem(thing: str) -> str:
    """ "apple" for "apples", "яблок" for "яблока"."""
    return thing[:-1] if len(thing) > 3 and thing[-1] in "sаыиеa" else thing


def _fits(before: str, after: str, cut: bool) -> bool:
    return _begins(before, cut) and _ends(after) and not _quoted(before, after)


def _begins(before: str, cut: bool) -> bool:
    """Whether an expression may begin after this text: after a word or a stop, not after a sign, a unit or a name."""
    if not before.strip():
        return not cut
    if before.rstrip().endswith("="):
        return True
    last = re.search(r"(\d ?)?([^\W\d_]+)\s*$", before)
    if not last:
        return before[-1] in "\"'“”«»„‘、。，：" or (before.rstrip()[-1] in ".,:;!?—|⇒→$&" and before[-1] in " $")
    word = last[2].lower()
    if not word.isascii() and word[-1] > "\u2e80":
        return word[-1] not in "第的号方根个個"
    after_word = before[-1] == " " and (len(word) > 1 or not word.isascii()) and word not in _OF_SOMETHING
    return after_word and (not last[1] or word in _SAYS_IS)


def _ends(after: str) -> bool:
    """Whether an expression may end before this text: not in the middle of a number, a longer sum or "thousand"."""
    if _SCALE.match(after) or _REMAINDER.match(after):
        return False
    near = after.lstrip(" ")
    if _BRACKETED.match(after):
        return True
    if near[:1] and (near[0] in "+-−–*/×÷^(!√_{\\%°²³&" or near[0].isdigit()):
        return False
    if re.match(r" ?[^\W\d_]+ \d", after):
        return False
    return not (after[:1].isalpha() and after[0].isascii()) and not re.match(r"[:.,]\d", after)


def _quoted(before: str, after: str) -> bool:
    return before.rstrip()[-1:] in tuple("\"'“„«‘「") and after.lstrip(" .")[:1] in tuple("\"'”“»’」")


def _operators(side: str) -> int:
    """How many signs stand between the numbers of a side."""
    return len(re.findall(r"(?<=[\d)%€ ])[-−–+*/×÷·⋅∙^](?=[\s(\d$€£¥₹−-])", side))
