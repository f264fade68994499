"""Computing a sum of plain numbers exactly, and whether a stated result is that sum as far as its digits tell.

Knows nothing of texts or examples. "1.234" is read both ways, the English and the continental, and a result is wrong
only where no reading makes it right. Rounding and cutting at the last digit shown are right.
"""

import re
import unicodedata
from collections.abc import Callable
from fractions import Fraction

NUMBER = r"[$€£¥₹]?(?:\d+(?:[.,'\u00a0\u202f]\d+)*|(?<![\d.,])\.\d+)(?: ?[%€])?"
"""One number as people write it, with a sign of money or per cent."""

Reading = Callable[[str], Fraction | None]

_TOKEN = re.compile(rf"{NUMBER}|[-−–+*/×÷·⋅∙^()]")
_ENGLISH = re.compile(r"\d{1,3}(?:[,'\u00a0\u202f]\d{2,3})*[,'\u00a0\u202f]\d{3}|\d+")
_CONTINENTAL = re.compile(r"\d{1,3}(?:[.'\u00a0\u202f]\d{3})+|\d+")
_SIGN = re.compile(r"(?<=[\d)%€])\s*[-−–+*/×÷·⋅∙^]\s*(?=[\d($€£¥.])")
_DATE = re.compile(r"\d[-–/]\d+[-–/]\d")
_EXACT = 9
"""Places: what has more comes from a computer, which rounds in its own way."""
_LONGEST = 30
"""Digits of a number and size of an exponent: beyond them nobody states exact results."""


def holds(left: str, right: str, goes_on: bool = False) -> bool:
    """Whether two sides are equal in some reading; True where they cannot be read.

    In "x = 2/4 = 2" the second equation goes on from the first: 2/4 is a number there, no score.

    >>> holds("12 * 3", "36"), holds("12 * 3", "38"), holds("2 / 3", "0.67"), holds("1,5 * 2", "3")
    (True, False, True, True)
    """
    if _DATE.search(left) or (not goes_on and _a_scale(left, right)) or _bits(left, right):
        return True
    could_read = False
    for read in (english, continental):
        a, b = value(left, read), value(right, read)
        if a is not None and b is not None:
            could_read = True
            if _near(a, b, left, right, read):
                return True
    return not could_read


def value(side: str, read: Reading) -> Fraction | None:
    """The value of one side, or None where it cannot be told."""
    tokens = [token.strip() for token in _TOKEN.findall(side)]
    if len(re.findall(r"\d+", side)) > 40 or any(len(token) > _LONGEST for token in tokens):
        return None
    try:
        found, rest = _sum(tokens, read)
    except (ValueError, ZeroDivisionError):
        return None
    return None if rest else found


def english(number: str) -> Fraction | None:
    """ "1,234.5" as in English; None where it is no such number."""
    return _read(number, ".", _ENGLISH)


def continental(number: str) -> Fraction | None:
    """ "1.234,5" as in most of Europe; None where it is no such number."""
    return _read(number, ",", _CONTINENTAL)


def _read(number: str, point: str, whole_part: re.Pattern[str]) -> Fraction | None:
    if number.isascii() and number.isdecimal():
        return Fraction(int(number))  # the usual case; reading a text takes four times as long
    whole, _, part = (f"0{number}" if number[0] == "." else number).partition(point)
    if not whole_part.fullmatch(whole) or (part and not part.isdecimal()):
        return None
    return Fraction(f"{''.join(map(_digit, whole))}.{''.join(map(_digit, part)) or 0}")


def _digit(character: str) -> str:
    """An Arabic or Indian digit as one that `Fraction` reads; "" for what groups digits."""
    return str(unicodedata.decimal(character)) if character.isdecimal() else ""


# A sum, from the loosest sign to the tightest: each gives the value and the tokens left over


def _sum(tokens: list[str], read: Reading) -> tuple[Fraction, list[str]]:
    found, rest = _product(tokens, read)
    while rest and rest[0] in "+-−–":
        more, after = _product(rest[1:], read)
        if any("%" in token for token in tokens):
            raise ValueError("100 + 10% is 110 to a shop and 100.1 to a mathematician")
        found, rest = (found + more if rest[0] == "+" else found - more), after
    return found, rest


def _product(tokens: list[str], read: Reading) -> tuple[Fraction, list[str]]:
    found, rest = _power(tokens, read)
    while rest and rest[0] in "*/×÷·⋅∙":
        more, after = _power(rest[1:], read)
        found, rest = (found / more if rest[0] in "/÷" else found * more), after
    return found, rest


def _power(tokens: list[str], read: Reading) -> tuple[Fraction, list[str]]:
    found, rest = _atom(tokens, read)
    if not rest or rest[0] != "^":
        return found, rest
    exponent, after = _power(rest[1:], read)
    if exponent.denominator != 1 or abs(exponent) > _LONGEST:
        raise ValueError("a root or a large power")
    return found ** int(exponent), after


def _atom(tokens: list[str], read: Reading) -> tuple[Fraction, list[str]]:
    if not tokens:
        raise ValueError("a sign without a number")
    first, rest = tokens[0], tokens[1:]
    if first in "-−":
        found, rest = _power(rest, read)
        return -found, rest
    if first == "(":
        return _inside(rest, read)
    return _number(first, read), rest


def _inside(tokens: list[str], read: Reading) -> tuple[Fraction, list[str]]:
    found, rest = _sum(tokens, read)
    if rest[:1] != [")"]:
        raise ValueError("a bracket is left open")
    return found, rest[1:]


def _number(token: str, read: Reading) -> Fraction:
    found = read(token.strip("$€£¥₹% "))
    if found is None:
        raise ValueError(f"no number in this reading: {token}")
    return found / 100 if token.endswith("%") else found


# As far as the digits tell


def _near(a: Fraction, b: Fraction, left: str, right: str, read: Reading) -> bool:
    """Equal, or as near as the digits shown and those left out of the operands allow."""
    if a == b or (right.endswith("%") and a == b * 100):
        return True
    ways = [(a, b), (a, b * 100)] if right.endswith("%") and "%" not in left else [(a, b)]
    return any(abs(x - y) <= max(_room(x, left, right, read), _room(y, right, left, read)) for x, y in ways)


def _room(size: Fraction, side: str, other: str, read: Reading) -> Fraction:
    """How far the other side may be from the sum of this one: it rounds when it is one number, not when it is a sum."""
    if _SIGN.search(other) and not (_places(side, read) or _places(other, read)):
        return Fraction(0)
    if _SIGN.search(other) and not _SIGN.search(side):
        return Fraction(0)
    return _slack(size, side, other, read)


def _slack(size: Fraction, side: str, other: str, read: Reading) -> Fraction:
    """How far a result may be from the sum: a unit of its last place, more where the operands were rounded."""
    places = max(_places(side, read), _places(other, read))
    if _places(other, read) > _EXACT:
        return abs(size) / 1_000_000_000
    unit = Fraction(1, 10 ** min(_places(other, read), _LONGEST)) / (100 if "%" in other else 1)
    if (re.search(r"[/÷]", side) and not re.search(r"[/÷]", other)) or (places and re.search(r"[*×·⋅∙^]", side)):
        inexact = abs(size) / 200 if places else Fraction(0)
        return max(unit if _places(other, read) else unit / 2, inexact)
    if places:
        return unit * len(re.findall(r"\d+(?:[.,]\d+)?", side)) / 2
    return abs(size) / 100 if re.search(r"0[.,']?00\D*$", other) and abs(size) >= 10_000 else Fraction(0)


def _places(side: str, read: Reading) -> int:
    """Digits behind the point, of the number that has the fewest but some; 0 where all are whole."""
    point = "." if read is english else ","
    parts = [m[1] for m in re.finditer(rf"\{point}(\d+)(?![\d.,])", side)]
    return min((len(part) for part in parts), default=0)


def _a_scale(left: str, right: str) -> bool:
    """ "90 - 100 = 4.0" is a range, "1/100 = 1" a scale and "2-1 = 3" a score: no sum is meant."""
    pair = re.fullmatch(r"([\d.,]+)( ?)([-−–/])( ?)([\d.,]+)", left)
    if not pair:
        return False
    low, high = value(pair[1], english), value(pair[5], english)
    if low is None or high is None:
        return not pair[2]
    if pair[3] == "/":
        return not pair[2] and right.isdigit() and low < high
    return low <= high or (not pair[2] and max(low, high) < 10)


def _bits(left: str, right: str) -> bool:
    """Whether it is a sum of binary numbers, and true."""
    digits = "".join(re.findall(r"\d", left + right))
    return set(digits) <= {"0", "1"} and value(left, binary) == value(right, binary) is not None


def binary(number: str) -> Fraction | None:
    """ "1001" as nine; None where it is no such number."""
    return Fraction(int(number, 2)) if set(number) <= {"0", "1"} and number else None
