"""What several families need: numbers and words in a text, lists of them to make, exact rounding."""

import re
from fractions import Fraction
from random import Random

from ittgen.chance import below, pick, sample
from ittgen.teachers.procedural.family import Params
from ittgen.teachers.procedural.topics import ADJECTIVES, NOUNS, PLACES, VERBS

LARGEST = 9_999_999

_WHOLE = re.compile(r"-?\d+")


def numbers(text: str) -> list[int]:
    """Every whole number in a text, in order; ValueError when there is none, or one too large to work with."""
    found = [int(number) for number in _WHOLE.findall(text)]
    if not found or max(map(abs, found)) > LARGEST:
        raise ValueError(f"no number, or a number beyond {LARGEST}")
    return found


def pair(text: str) -> tuple[int, int]:
    """The first two whole numbers in a text."""
    first, second, *_ = numbers(text)
    return first, second


def between(rng: Random, low: int, high: int) -> int:
    """A whole number from low to high, both included."""
    return low + below(rng, high - low + 1)


def listed(values: list[int]) -> str:
    """`[3, 1]` as "3, 1"."""
    return ", ".join(map(str, values))


def several(rng: Random, low: int, high: int, at_least: int = 5, at_most: int = 9) -> list[int]:
    """Between at_least and at_most different whole numbers."""
    count = between(rng, at_least, at_most)
    return [low + i for i in sample(rng, high - low + 1, count)]


def nouns(rng: Random, at_least: int, at_most: int) -> list[str]:
    """Different nouns."""
    return [NOUNS[i] for i in sample(rng, len(NOUNS), between(rng, at_least, at_most))]


def a_noun(rng: Random, params: Params, label: str) -> str:
    """An input that is one noun."""
    return pick(rng, NOUNS)


def a_long_number(rng: Random, params: Params, label: str) -> str:
    """An input that is a number of four to seven digits."""
    return str(between(rng, 1000, 9_999_999))


def phrase(rng: Random) -> str:
    """A clause without capital and full stop: "the quiet falcon guards the old kettle near the harbor"."""
    subject, other = nouns(rng, 2, 2)
    start = f"the {pick(rng, ADJECTIVES)} {subject} {pick(rng, VERBS)} the {pick(rng, ADJECTIVES)} {other}"
    return f"{start} {pick(rng, PLACES)}" if rng.random() < 0.5 else start


def sentence(rng: Random) -> str:
    """A phrase with capital and full stop."""
    return phrase(rng).capitalize() + "."


def rounded(value: Fraction, places: int) -> str:
    """A non-negative number with so many decimal places, halves rounded up.

    >>> rounded(Fraction(25, 2), 0), rounded(Fraction(2, 3), 2)
    ('13', '0.67')
    """
    scaled = (2 * value * 10**places + 1) // 2
    if not places:
        return str(scaled)
    head, tail = divmod(scaled, 10**places)
    return f"{head}.{tail:0{places}d}"


def shortest(value: Fraction) -> str:
    """A number with a finite decimal expansion, without superfluous zeros: `Fraction(5, 2)` is "2.5"."""
    text = rounded(value, 6)
    return text.rstrip("0").rstrip(".")


def cents(text: str) -> list[int]:
    """Every amount with two decimal places in a text, in cents."""
    found = [int(whole) * 100 + int(rest) for whole, rest in re.findall(r"(\d+)\.(\d\d)", text)]
    if not found:
        raise ValueError(f"no amount in {text!r}")
    return found


def money(amount: int) -> str:
    """Cents as an amount: 1205 is "12.05"."""
    return f"{amount // 100}.{amount % 100:02d}"
