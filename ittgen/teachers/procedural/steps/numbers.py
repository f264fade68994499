"""Steps for answers that are one whole number: further arithmetic, facts about it, ways to write it."""

from collections.abc import Callable
from math import isqrt
from random import Random

from ittgen.teachers.procedural.families.numerals import spelled
from ittgen.teachers.procedural.families.shared import between
from ittgen.teachers.procedural.family import Params, lines
from ittgen.teachers.procedural.steps.step import Step

LARGEST = 10**9
"""Beyond it no step computes on."""
_MANY_DIVISORS = 10**6

_NUMBERS = {"n": r"\d{1,4}", "m": r"\d{1,4}"}


def whole(answer: str) -> int:
    """The answer as a number. Raises ValueError where it is none, or too large to go on with."""
    if not answer.removeprefix("-").isdecimal() or not answer.isascii() or abs(value := int(answer)) > LARGEST:
        raise ValueError(f"not a whole number: {answer[:40]!r}")
    return value


def _computed(rule: Callable[[int, int, int], int]) -> Callable[[str, Params], str]:
    """The rule for (value, n, m) as a step's `apply`."""

    def apply(answer: str, params: Params) -> str:
        try:
            return str(rule(whole(answer), int(params.get("n", 0)), int(params.get("m", 0))))
        except ZeroDivisionError:
            raise ValueError("a division by zero") from None

    return apply


def _drawn(first: tuple[int, int], second: tuple[int, int]) -> Callable[[Random, str], Params]:
    def draw(rng: Random, answer: str) -> Params:
        whole(answer)
        return {"n": str(between(rng, *first)), "m": str(between(rng, *second))}

    return draw


def _one(low: int, high: int) -> Callable[[Random, str], Params]:
    def draw(rng: Random, answer: str) -> Params:
        whole(answer)
        return {"n": str(between(rng, low, high))}

    return draw


def _digit_sum(value: int) -> int:
    return sum(map(int, str(abs(value))))


def _prime(value: int) -> str:
    return "yes" if value > 1 and all(value % d for d in range(2, isqrt(value) + 1)) else "no"


def _divisors(value: int) -> int:
    if not 0 < value <= _MANY_DIVISORS:
        raise ValueError(f"no count of divisors for {value}")
    return sum(2 - (d * d == value) for d in range(1, isqrt(value) + 1) if value % d == 0)


def _in_words(answer: str, params: Params) -> str:
    return spelled(whole(answer))


def _unit(answer: str, params: Params) -> str:
    return f"{whole(answer)} {params['unit']}"


def _units(rng: Random, answer: str) -> Params:
    units = ("sealed crates", "wooden pallets", "loyalty points", "museum tokens", "garden tiles", "signal flags")
    whole(answer)
    return {"unit": units[between(rng, 0, len(units) - 1)]}


def _padded(answer: str, params: Params) -> str:
    value = whole(answer)
    if value < 0:
        raise ValueError("only numbers without a sign are padded")
    return f"{value:0{params['n']}d}"


def _spaced(answer: str, params: Params) -> str:
    return f"{whole(answer):,}".replace(",", " ")


REASONING = (
    Step(
        "remainder",
        ("reasoning",),
        "value",
        lines("""
        Then multiply the result by {n}, and go on with only the remainder that is left on division by {m}.
        Take {n} times the number found and replace it by what remains after dividing that product by {m}.
        """),
        _computed(lambda value, n, m: value * n % m),
        _NUMBERS,
        _drawn((3, 19), (23, 97)),
    ),
    Step(
        "square",
        ("reasoning",),
        "value",
        lines("""
        Now square the number found, subtract {n} from the square, and use the difference as the new result.
        Multiply the result by itself, take {n} away from the product, and let that be the new result.
        """),
        _computed(lambda value, n, m: value * value - n),
        _NUMBERS,
        _one(2, 99),
    ),
    Step(
        "digit-sum",
        ("reasoning",),
        "value",
        lines("""
        Next add up the decimal digits of the result, and multiply the sum of these digits by {n}.
        From the number found, form the sum of its decimal digits and carry on with {n} times that sum.
        """),
        _computed(lambda value, n, m: _digit_sum(value) * n),
        _NUMBERS,
        _one(3, 29),
    ),
    Step(
        "odd-or-even",
        ("reasoning",),
        "value",
        lines("""
        If the number so far is even, halve it; if it is odd, triple it and add {n} to that.
        Go on as follows: an even result is divided by two, an odd one is tripled and increased by {n}.
        """),
        _computed(lambda value, n, m: 3 * value + n if value % 2 else value // 2),
        _NUMBERS,
        _one(2, 60),
    ),
    Step(
        "distance",
        ("reasoning",),
        "value",
        lines("""
        Determine how far the result lies from {n}, without a sign, and multiply this distance by {m}.
        Find the gap between the number so far and {n}, ignoring its sign, and take {m} times this gap.
        """),
        _computed(lambda value, n, m: abs(value - n) * m),
        _NUMBERS,
        _drawn((100, 999), (2, 15)),
    ),
    Step(
        "next-multiple",
        ("reasoning",),
        "value",
        lines("""
        Round the result up to the nearest multiple of {n}, unless it is one already, and then subtract {m}.
        Continue with the smallest multiple of {n} that is not below the number found, reduced by {m}.
        """),
        _computed(lambda value, n, m: -(-value // n) * n - m),
        _NUMBERS,
        _drawn((6, 45), (1, 5)),
    ),
)


def _line(name: str, fact: Callable[[int], object], *texts: str) -> Step:
    return Step(
        f"line {name}", ("deepen",), "line", texts, lambda answer, params: f"{name}: {fact(whole(answer))}", {}, _whole
    )


def _whole(rng: Random, answer: str) -> Params:
    whole(answer)
    return {}


DEEPER = (
    _line(
        "prime",
        _prime,
        'Examine the number further and add a line "prime: yes" or "prime: no" below the answer.',
        'Below the answer, state on its own line as "prime: yes" or "prime: no" whether the number is prime.',
    ),
    _line(
        "digit sum",
        _digit_sum,
        'Below the answer, add a line that begins with "digit sum:" and gives the sum of its digits.',
        'Also look at the digits of the number and report their total on a further line after "digit sum:".',
    ),
    _line(
        "square",
        lambda value: value * value,
        'Add one more line below the answer that starts with "square:" and gives the number multiplied by itself.',
        'Discuss the number further by stating, on a line below that begins with "square:", its second power.',
    ),
    _line(
        "divisors",
        _divisors,
        'On a further line that begins with "divisors:", say how many positive divisors the number has.',
        'Go deeper: below the answer, after "divisors:", give the count of positive whole numbers that divide it.',
    ),
    _line(
        "binary",
        lambda value: format(value, "b"),
        'Add a line below the answer that begins with "binary:" and shows the number in base two.',
        'Also give the number in the binary system, on a further line below the answer after "binary:".',
    ),
)

FORMS = (
    Step(
        "in words",
        ("constraints",),
        "form",
        lines("""
        Write the final number in English words, in small letters and with hyphens and "and" where they belong.
        As a further requirement, spell the final number out in lower-case British English instead of using digits.
        """),
        _in_words,
        {},
        _whole,
    ),
    Step(
        "padded",
        ("constraints",),
        "form",
        lines("""
        Write the final number with at least {n} digits, putting zeros in front of it where it is shorter.
        The final number must fill at least {n} places, so pad it with leading zeros if needed.
        """),
        _padded,
        _NUMBERS,
        _one(4, 12),
    ),
    Step(
        "grouped",
        ("constraints",),
        "form",
        lines("""
        Separate groups of three digits in the final number by a blank, from the right, as in 1 234 567.
        The final number has to be written with blanks as thousands separators, the way 98 765 is written.
        """),
        _spaced,
        {},
        _whole,
    ),
    Step(
        "unit",
        ("concretize",),
        "form",
        lines("""
        To be specific, the final number counts {unit}, so write it followed by a blank and these words.
        More precisely, we speak of {unit} here: put exactly these two words after the final number.
        """),
        _unit,
        {"unit": "[a-z]+ [a-z]+"},
        _units,
    ),
)

STEPS = (*REASONING, *DEEPER, *FORMS)
