"""Classification by rules about numbers; every label is named in the instruction and is drawn as often."""

from random import Random

from ittgen.chance import pick, shuffled
from ittgen.teachers.procedural.families.shared import between, cents, listed, money, numbers, several
from ittgen.teachers.procedural.family import Family, Params, always, lines, whole

_PRIMES = tuple(n for n in range(2, 400) if all(n % d for d in range(2, int(n**0.5) + 1)))


def _even_or_odd(rng: Random, params: Params, label: str) -> str:
    return str(2 * between(rng, 5, 4999) + (label == "odd"))


def _parity(text: str, params: Params) -> str:
    (value,) = numbers(text)
    return "odd" if value % 2 else "even"


def _prime_or_not(rng: Random, params: Params, label: str) -> str:
    return str(pick(rng, _PRIMES) if label == "prime" else between(rng, 2, 19) * between(rng, 2, 20))


def _primality(text: str, params: Params) -> str:
    (value,) = numbers(text)
    return "prime" if value > 1 and all(value % d for d in range(2, int(value**0.5) + 1)) else "composite"


def _sides(rng: Random, params: Params, label: str) -> str:
    equal = between(rng, 6, 40)
    third = equal - between(rng, 1, 4)
    wanted = {"equilateral": [equal] * 3, "isosceles": [equal, equal, third]}
    return listed(shuffled(rng, wanted.get(label, [equal, third, equal + between(rng, 1, third - 1)])))


def _triangle(text: str, params: Params) -> str:
    return ("equilateral", "isosceles", "scalene")[len(set(numbers(text))) - 1]


def _angles(rng: Random, params: Params, label: str) -> str:
    if label == "acute":
        first, second = between(rng, 50, 85), between(rng, 48, 60)
    else:
        first = 90 if label == "right" else between(rng, 91, 140)
        second = between(rng, 12, 36)
    return ", ".join(f"{angle} degrees" for angle in shuffled(rng, [first, second, 180 - first - second]))


def _by_angle(text: str, params: Params) -> str:
    widest = max(numbers(text))
    return "right" if widest == 90 else "obtuse" if widest > 90 else "acute"


def _reading(rng: Random, params: Params, label: str) -> str:
    low, high = int(params["low"]), int(params["high"])
    edges = {"low": (low - 25, low - 1), "high": (high + 1, high + 30)}
    return str(between(rng, *edges.get(label, (low, high))))


def _band(text: str, params: Params) -> str:
    (value,) = numbers(text)
    return "low" if value < int(params["low"]) else "high" if value > int(params["high"]) else "normal"


def _divisible(rng: Random, params: Params, label: str) -> str:
    n = int(params["n"])
    return str(n * between(rng, 4, 90) + (0 if label == "yes" else between(rng, 1, n - 1)))


def _divides(text: str, params: Params) -> str:
    (value,) = numbers(text)
    return "no" if value % int(params["n"]) else "yes"


def _series(rng: Random, params: Params, label: str) -> str:
    values = sorted(several(rng, 3, 90, 5, 7))
    if label == "rising":
        return listed(values)
    if label == "falling":
        return listed(values[::-1])
    return listed([values[1], values[0], *values[2:]])


def _trend(text: str, params: Params) -> str:
    values = numbers(text)
    if values == sorted(values):
        return "rising"
    return "falling" if values == sorted(values, reverse=True) else "mixed"


def _purchases(rng: Random, params: Params, label: str) -> str:
    limit, count = int(params["n"]) * 100, between(rng, 3, 5)
    low, high = (
        (limit // count, limit // count + 900) if label == "too expensive" else (limit // count // 3, limit // count)
    )
    return ", ".join(money(between(rng, low + 1, high)) for _ in range(count))


def _affordable(text: str, params: Params) -> str:
    return "affordable" if sum(cents(text)) <= int(params["n"]) * 100 else "too expensive"


FAMILIES = (
    Family(
        "even-odd",
        lines("""
        Is the number of {items} even or odd?
        {Who} seats guests by parity. Label the given table number as even or odd.
        Classify an entry of the {record} with one word, even or odd.
        Tell odd from even house numbers along the street of {place}; one number is given.
        """),
        solve=_parity,
        make=_even_or_odd,
        labels=always("even", "odd"),
    ),
    Family(
        "prime",
        lines("""
        Decide whether the member number is prime or composite; prime ones win {items}.
        {Who} asks of a positive integer above one: prime or composite?
        Assign the label prime or the label composite to a count taken from the {record} of {place}.
        Prime or composite? Judge the number of chairs that {place} ordered.
        """),
        solve=_primality,
        make=_prime_or_not,
        labels=always("prime", "composite"),
    ),
    Family(
        "triangle-sides",
        lines("""
        Given three side lengths measured at {place}, say whether the triangle is equilateral, isosceles or scalene.
        {Who} folds triangles from paper. Equilateral, isosceles or scalene: what describes the one with the given \
          sides best?
        Classify a triangular flag by its sides with the most specific of the words equilateral, isosceles and \
          scalene, for the {record}.
        """),
        solve=_triangle,
        make=_sides,
        labels=always("equilateral", "isosceles", "scalene"),
    ),
    Family(
        "triangle-angles",
        lines("""
        From its three angles, is a triangle on the roof of {place} acute, right or obtuse?
        {Who} sorts triangles by their largest angle into acute, right and obtuse ones. Where does the given one go?
        Choose one label, acute, right or obtuse, for the triangle whose angles stand in the {record}.
        """),
        solve=_by_angle,
        make=_angles,
        labels=always("acute", "right", "obtuse"),
    ),
    Family(
        "band",
        lines("""
        Rate the reading: low if it is under {low}, high if over {high}, normal otherwise. {Who} reads one value at \
          a time.
        A sensor at {place} should stay between {low} and {high}, both included. Is the given value low, normal or high?
        Mark the figure in the {record} as low (below {low}), normal or high (above {high}).
        For {counts}, anything less than {low} counts as low and anything more than {high} as high; the rest is \
          normal. Classify the number.
        """),
        solve=_band,
        make=_reading,
        params={"low": whole(30, 60), "high": whole(70, 120)},
        labels=always("low", "normal", "high"),
    ),
    Family(
        "divisible-by",
        lines("""
        Can the given number of {items} be divided by {n} without remainder? Answer yes or no.
        {Who} makes {n} equal piles. Say yes if the number allows it and no if something would be left.
        Is the figure from the {record} a multiple of {n}, yes or no?
        """),
        solve=_divides,
        make=_divisible,
        params={"n": whole(3, 13)},
        labels=always("yes", "no"),
    ),
    Family(
        "trend",
        lines("""
        Do the {counts} form a rising, a falling or a mixed series? One word suffices.
        {Who} compares neighbouring values: call the list rising if each is larger than the one before, falling if \
          each is smaller, else mixed.
        Label the development recorded by {place} as rising, falling or mixed.
        """),
        solve=_trend,
        make=_series,
        labels=always("rising", "falling", "mixed"),
    ),
    Family(
        "budget",
        lines("""
        {Who} may spend {n} euros. Is a basket with the listed prices affordable or too expensive?
        With {n} euros in the cash box of {place}, judge the purchase of several {items}: affordable or too expensive?
        Label the shopping list "affordable" if its sum does not exceed {n} euros, otherwise "too expensive"; the \
          prices are from the {record}.
        """),
        solve=_affordable,
        make=_purchases,
        params={"n": whole(20, 90, 5)},
        labels=always("affordable", "too expensive"),
    ),
)
