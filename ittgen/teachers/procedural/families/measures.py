"""Families about quantities: units, temperatures, areas, volumes, coins, shares, prices."""

from fractions import Fraction
from random import Random

from ittgen.chance import pick
from ittgen.teachers.procedural.families.shared import between, cents, money, numbers, pair, rounded, shortest
from ittgen.teachers.procedural.family import Family, Params, choice, lines

_FACTORS = {
    ("kilometres", "metres"): Fraction(1000),
    ("metres", "kilometres"): Fraction(1, 1000),
    ("metres", "centimetres"): Fraction(100),
    ("millimetres", "centimetres"): Fraction(1, 10),
    ("kilograms", "grams"): Fraction(1000),
    ("grams", "kilograms"): Fraction(1, 1000),
    ("litres", "millilitres"): Fraction(1000),
    ("millilitres", "litres"): Fraction(1, 1000),
    ("feet", "inches"): Fraction(12),
    ("hours", "minutes"): Fraction(60),
    ("days", "hours"): Fraction(24),
    ("dozens", "single pieces"): Fraction(12),
    ("inches", "centimetres"): Fraction(254, 100),
}
_COINS = ((200, "2 euros"), (100, "1 euro"), (50, "50 cents"), (20, "20 cents"), (10, "10 cents"), (5, "5 cents"))


def _quantity(rng: Random, params: Params, label: str) -> str:
    unit = params["units"].lower().split(" to ")[0]
    return f"{between(rng, 3, 480)} {unit}"


def _converted(text: str, params: Params) -> str:
    source, target = params["units"].lower().split(" to ")
    (value,) = numbers(text)
    return f"{shortest(value * _FACTORS[source, target])} {target}"


def _celsius(rng: Random, params: Params, label: str) -> str:
    return f"{between(rng, -4, 9) * 5} C"


def _fahrenheit(text: str, params: Params) -> str:
    (value,) = numbers(text)
    return f"{value * 9 // 5 + 32} F"


def _sides(rng: Random, params: Params, label: str) -> str:
    return f"Length: {between(rng, 4, 60)} m\nWidth: {between(rng, 3, 45)} m"


def _area(text: str, params: Params) -> str:
    length, width = pair(text)
    return f"{length * width} square metres"


def _perimeter(text: str, params: Params) -> str:
    length, width = pair(text)
    return f"{2 * (length + width)} m"


def _box(rng: Random, params: Params, label: str) -> str:
    return f"{between(rng, 5, 60)} cm x {between(rng, 5, 40)} cm x {between(rng, 2, 30)} cm"


def _volume(text: str, params: Params) -> str:
    a, b, c = numbers(text)
    return f"{a * b * c} cubic centimetres"


def _amount(rng: Random, params: Params, label: str) -> str:
    return money(between(rng, 5, 199) * 5)


def _coins(text: str, params: Params) -> str:
    (rest,) = cents(text)
    used = []
    for worth, name in _COINS:
        if count := rest // worth:
            used.append(f"{count} x {name}")
        rest %= worth
    return ", ".join(used)


def _receipt(rng: Random, params: Params, label: str) -> str:
    price = between(rng, 120, 1900)
    return f"Price: {money(price)}\nPaid: {money((price // 500 + between(rng, 1, 3)) * 500)}"


def _change(text: str, params: Params) -> str:
    price, paid = cents(text)
    return money(paid - price)


def _prices(rng: Random, params: Params, label: str) -> str:
    return ", ".join(money(between(rng, 45, 2950)) for _ in range(between(rng, 3, 6)))


def _sum(text: str, params: Params) -> str:
    return money(sum(cents(text)))


def _part(rng: Random, params: Params, label: str) -> str:
    total = between(rng, 20, 400)
    return f"{between(rng, 3, total - 2)} out of {total}"


def _percentage(text: str, params: Params) -> str:
    part, total = pair(text)
    return f"{rounded(Fraction(100 * part, total), 1)}%"


def _offers(rng: Random, params: Params, label: str) -> str:
    first, second = between(rng, 2, 9), between(rng, 10, 19)
    cheap = between(rng, 80, 400)
    return (
        f"A: {first} for {money(first * cheap)}\nB: {second} for {money(second * (cheap + pick(rng, (-9, -5, 4, 7))))}"
    )


def _unit_prices(text: str, params: Params) -> str:
    (first, a), (second, b) = ((numbers(line)[0], cents(line)[0]) for line in text.splitlines())
    return f"A: {money(a // first)}, B: {money(b // second)}"


def _recipe(rng: Random, params: Params, label: str) -> str:
    rows = ((2, 9, " eggs"), (1, 12, "0 g flour"), (1, 8, "0 ml milk"), (1, 6, "0 g butter"), (1, 9, "0 g sugar"))
    return "\n".join(f"{between(rng, low, high)}{rest}" for low, high, rest in rows[: between(rng, 3, 5)])


def _scaled(text: str, params: Params) -> str:
    factor = {"double": 2, "triple": 3, "quadruple": 4}[params["times"].lower()]
    rows = (line.split(" ", 1) for line in text.splitlines())
    return "\n".join(f"{int(count) * factor} {what}" for count, what in rows)


FAMILIES = (
    Family(
        "convert-units",
        lines("""
        Convert the quantity from {units}; it was read off the {record}.
        {Who} measures differently: restate the given value by going from {units}.
        Express the amount in the other unit, changing {units}, so that {place} can print it on the {items}.
        The supplier of {items} insists on another unit. Recalculate the given figure from {units}.
        """),
        solve=_converted,
        make=_quantity,
        params={"units": choice(*(" to ".join(units) for units in _FACTORS))},
    ),
    Family(
        "fahrenheit",
        lines("""
        An American guest at {place} asks how warm that is: turn degrees Celsius into Fahrenheit.
        {Who} noted a temperature in Celsius. Which value would a Fahrenheit thermometer show?
        Multiply by nine fifths and add thirty-two to change the Celsius reading in the {record} to Fahrenheit.
        """),
        solve=_fahrenheit,
        make=_celsius,
    ),
    Family(
        "area",
        lines("""
        What floor space does a rectangular room at {place} have, given length and width in metres?
        {Who} lays carpet over a whole rectangle. Compute its area from the two sides.
        Find the area of the site described in the {record} by its length and its width.
        """),
        solve=_area,
        make=_sides,
    ),
    Family(
        "perimeter",
        lines("""
        How many metres of rope enclose a rectangular yard of {place} whose length and width are given?
        {Who} walks once around a rectangle. From length and width, work out the distance.
        Determine the perimeter of the rectangle entered in the {record} with its two sides.
        """),
        solve=_perimeter,
        make=_sides,
    ),
    Family(
        "volume",
        lines("""
        Calculate how much a carton for {items} holds, in cubic centimetres, from its three inner edges.
        {Who} knows the three edges of a crate. What is its volume?
        Multiply out the dimensions listed in the {record} to get the volume of the parcel that {place} sends.
        """),
        solve=_volume,
        make=_box,
    ),
    Family(
        "fewest-coins",
        lines("""
        Pay out the amount in euros with as few coins as possible, no banknotes, written like 1 x 50 cents; the till \
          belongs to {place}.
        {Who} hands back the given sum in coins from 2 euros down to 5 cents and wants to use the smallest number of \
          them. Which coins?
        Break an amount from the {record} down into the fewest euro coins, largest first, in the form 2 x 20 cents.
        """),
        solve=_coins,
        make=_amount,
    ),
    Family(
        "change-from-receipt",
        lines("""
        How much money does the customer of {place} get back, according to price and amount paid?
        From the price of the {items} and the sum handed over, compute the change with two decimals.
        {Who} knows what was due and what was paid. State the difference to be returned.
        """),
        solve=_change,
        make=_receipt,
    ),
    Family(
        "sum-of-prices",
        lines("""
        Total the prices of several {items} to the cent.
        What does everything on the slip from {place} cost together?
        {Who} bought a handful of things at the listed prices; add them up and write the sum with two decimals.
        Check the {record} by summing the amounts separated by commas.
        """),
        solve=_sum,
        make=_prices,
    ),
    Family(
        "percentage",
        lines("""
        Express the ratio as a percentage with one decimal: so many {items} out of all were returned.
        {Who} counted a part and the whole. Which percentage is that, to one decimal place?
        What share in percent, rounded to one decimal, do the positive replies have among all replies that {place} \
          received?
        Convert "x out of y" from the {record} into per cent with one digit after the point.
        """),
        solve=_percentage,
        make=_part,
    ),
    Family(
        "unit-prices",
        lines("""
        Two shops, A and B, sell {items} in packs of different size. Give the price of a single piece for each as \
          "A: 1.00, B: 2.00".
        {Who} compares offers A and B. What does one item cost in each, in the form "A: 1.00, B: 2.00"?
        For the purchase of {place}, divide pack price by pack size for both offers and report them as "A: 1.00, B: \
          2.00".
        """),
        solve=_unit_prices,
        make=_offers,
    ),
    Family(
        "scale-recipe",
        lines("""
        Twice the guests or more? To {times} the recipe for a feast at {place}, rewrite every quantity.
        {Who} expects a crowd, so {times} all amounts in the list of ingredients, one per line.
        Please {times} the ingredients below a pancake recipe from the {record} and keep their order and units.
        """),
        solve=_scaled,
        make=_recipe,
        params={"times": choice("double", "triple", "quadruple")},
    ),
)
