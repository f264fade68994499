"""Families about one or two numbers: divisors, fractions, sequences, digits."""

from collections.abc import Callable
from itertools import pairwise
from math import gcd, isqrt
from random import Random

from ittgen.chance import pick
from ittgen.teachers.procedural.families.shared import a_long_number, between, listed, numbers, pair
from ittgen.teachers.procedural.family import Family, Params, choice, lines


def _two(rng: Random, params: Params, label: str) -> str:
    common = between(rng, 2, 9)
    first = between(rng, 2, 12)
    return f"{common * first} and {common * (first + between(rng, 1, 7))}"


def _common(text: str, params: Params) -> str:
    first, second = pair(text)
    divisor = gcd(first, second)
    return str(divisor if params["what"].lower() == "greatest common divisor" else first * second // divisor)


def _composite(rng: Random, params: Params, label: str) -> str:
    return str(between(rng, 2, 12) * between(rng, 3, 30))


def _factors(text: str, params: Params) -> str:
    (rest,) = numbers(text)
    found, divisor = [], 2
    while divisor * divisor <= rest:
        if rest % divisor:
            divisor += 1
        else:
            found.append(divisor)
            rest //= divisor
    return " x ".join(map(str, [*found, rest]))


def _divisors(text: str, params: Params) -> str:
    (value,) = numbers(text)
    small = [i for i in range(1, isqrt(value) + 1) if value % i == 0]
    return listed(sorted({*small, *(value // i for i in small)}))


def _fraction(rng: Random, params: Params, label: str) -> str:
    common, top = between(rng, 2, 9), between(rng, 1, 11)
    return f"{common * top}/{common * (top + between(rng, 1, 9))}"


def _lowest(text: str, params: Params) -> str:
    top, bottom = pair(text)
    divisor = gcd(top, bottom)
    return f"{top // divisor}/{bottom // divisor}"


def _sequence(rng: Random, params: Params, label: str) -> str:
    start, step = between(rng, 1, 30), between(rng, 2, 13)
    rules: tuple[Callable[[int], int], ...] = (
        lambda i: start + i * step,
        lambda i: start + 200 - i * step,
        lambda i: start * (2 + step % 2) ** i,
        lambda i: start + i * (i + 1) * (1 + step % 3),
    )
    rule = pick(rng, rules)
    return listed([rule(i) for i in range(5)])


def _next(text: str, params: Params) -> str:
    values = numbers(text)
    if all(a * values[1] == b * values[0] for a, b in pairwise(values)):
        return str(values[-1] * values[1] // values[0])
    first = [b - a for a, b in pairwise(values)]
    return str(values[-1] + 2 * first[-1] - first[-2])


def _digits(text: str, params: Params) -> str:
    (value,) = numbers(text)
    return str(sum(map(int, str(value))))


FAMILIES = (
    Family(
        "gcd-lcm",
        lines("""
        Find the {what} of the two numbers that {who} wrote down.
        What is the {what} of a pair of positive integers taken from the {record} of {place}?
        {Who} plans equal groups of {items} and therefore needs the {what} of two numbers.
        State the {what} of the given pair, which came up when {items} were counted at {place}.
        """),
        solve=_common,
        make=_two,
        params={"what": choice("greatest common divisor", "least common multiple")},
    ),
    Family(
        "prime-factors",
        lines("""
        Write the number as a product of primes in rising order, like 2 x 2 x 3; it is the count of {items} at {place}.
        {Who} likes prime numbers. Into which primes does the given member number split? Join them with x, smallest \
          first.
        Decompose a whole number from the {record} into its prime factors, separated by x and sorted.
        Which primes, repeated as often as necessary and joined by x, multiply to the locker number used by {who}?
        """),
        solve=_factors,
        make=_composite,
    ),
    Family(
        "divisors",
        lines("""
        List all divisors of the number of {items} that {who} ordered, smallest first.
        In which row lengths can {place} set up the given number of chairs without a gap? Name every possibility, \
          rising.
        Which positive integers divide the given entry of the {record} without remainder? Enumerate them upwards.
        {Who} wants to share out {items} evenly; find each group size that works for the given number, including 1 \
          and the number itself.
        """),
        solve=_divisors,
        make=_composite,
    ),
    Family(
        "lowest-terms",
        lines("""
        Reduce the fraction that {who} noted to lowest terms.
        Cancel as far as possible: the input is the share of {items} already sold at {place}, written as a fraction.
        Which irreducible fraction equals the one standing in the {record} of {place}?
        Simplify a fraction so that numerator and denominator have no common factor left; {who} needs it for a recipe.
        """),
        solve=_lowest,
        make=_fraction,
    ),
    Family(
        "next-in-sequence",
        lines("""
        Continue the sequence with one more number; {who} made it up with a simple rule.
        Which number comes next in the row that a child chalked on the wall of {place}?
        Five numbers in the {record} follow a regular pattern. Predict the sixth.
        {Who} hides a rule in a series of integers: work it out and supply the following term.
        """),
        solve=_next,
        make=_sequence,
    ),
    Family(
        "digit-sum",
        lines("""
        Add up the digits of the number printed on the {items}.
        {Who} computes check values by summing all decimal digits of an article number; do the same for the given one.
        What is the cross sum of a long number copied from the {record} of {place}?
        """),
        solve=_digits,
        make=a_long_number,
    ),
)
