"""Families about writing numbers: Roman numerals, other bases, words, separators."""

from functools import cache
from random import Random

from ittgen.teachers.procedural.families.shared import a_long_number, between, numbers
from ittgen.teachers.procedural.family import Family, Params, choice, lines

_ROMAN = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        "M CM D CD C XC L XL X IX V IV I".split(),
        strict=True,
    )
)
_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()


_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()


_BASES = {"binary": "b", "octal": "o", "hexadecimal": "x"}


def _year(rng: Random, params: Params, label: str) -> str:
    return str(between(rng, 4, 2999))


def _to_roman(text: str, params: Params) -> str:
    (value,) = numbers(text)
    return roman(value)


def roman(value: int) -> str:
    """1994 as "MCMXCIV". Raises ValueError for what cannot be written so."""
    if not 0 < value < 4000:
        raise ValueError(f"no Roman numeral for {value}")
    letters = ""
    for worth, sign in _ROMAN:
        letters += sign * (value // worth)
        value %= worth
    return letters


def _roman_year(rng: Random, params: Params, label: str) -> str:
    return roman(between(rng, 4, 2999))


def _from_roman(text: str, params: Params) -> str:
    worth = [dict(zip("IVXLCDM", (1, 5, 10, 50, 100, 500, 1000), strict=True))[sign] for sign in text]
    following = [*worth[1:], 0]
    return str(sum(-a if a < b else a for a, b in zip(worth, following, strict=True)))


def _to_base(text: str, params: Params) -> str:
    (value,) = numbers(text)
    return format(value, _BASES[params["base"].lower()])


def _byte(rng: Random, params: Params, label: str) -> str:
    return format(between(rng, 5, 255), "b")


def _from_binary(text: str, params: Params) -> str:
    return str(int(text, 2))


def _up_to_999(rng: Random, params: Params, label: str) -> str:
    return str(between(rng, 0, 999))


def _in_words(text: str, params: Params) -> str:
    (value,) = numbers(text)
    return spelled(value)


def spelled(value: int) -> str:
    """A number from 0 to 999 in words: 342 is "three hundred and forty-two". Raises ValueError for any other."""
    if not 0 <= value < 1000:
        raise ValueError(f"{value} is not below one thousand")
    if value < 20:
        return _SMALL[value]
    if value < 100:
        tens, ones = divmod(value, 10)
        return _TENS[tens - 2] + (f"-{_SMALL[ones]}" if ones else "")
    hundreds, rest = divmod(value, 100)
    return f"{_SMALL[hundreds]} hundred" + (f" and {spelled(rest)}" if rest else "")


@cache
def _spellings() -> dict[str, int]:
    return {spelled(value): value for value in range(1000)}


def _spelled_number(rng: Random, params: Params, label: str) -> str:
    return spelled(between(rng, 0, 999))


def _in_digits(text: str, params: Params) -> str:
    if text not in _spellings():
        raise ValueError(f"not a number in words: {text!r}")
    return str(_spellings()[text])


def _grouped(text: str, params: Params) -> str:
    (value,) = numbers(text)
    return f"{value:,}"


FAMILIES = (
    Family(
        "to-roman",
        lines("""
        Convert the number to Roman numerals, as for an inscription above the door of {place}.
        {Who} carves years in stone. How is the given year written in Roman numerals?
        Rewrite an Arabic number from the {record} the way ancient Rome would have written it.
        Which letters out of I, V, X, L, C, D and M represent the edition number printed on the {items}?
        """),
        solve=_to_roman,
        make=_year,
    ),
    Family(
        "from-roman",
        lines("""
        Decode the Roman numeral on the facade of {place} into ordinary digits.
        {Who} found a Roman numeral in an old {record}; which number does it stand for?
        Translate capital letters such as MDCL, stamped on {items}, into a decimal number.
        What year do the Roman letters over the gate mean? {Who} reads digits only.
        """),
        solve=_from_roman,
        make=_roman_year,
    ),
    Family(
        "to-base",
        lines("""
        Express the decimal number in {base} notation without a prefix, as {who} requested.
        What does the serial number of the {items} look like in the {base} system? Use lower-case digits and no prefix.
        Write the given count from {place} in {base} form, digits only.
        {Who} labels {items} in {base}. Convert the decimal label accordingly and omit any prefix.
        """),
        solve=_to_base,
        make=_year,
        params={"base": choice(*_BASES)},
    ),
    Family(
        "from-binary",
        lines("""
        Turn a string of zeros and ones, read from a switch panel at {place}, into a decimal number.
        {Who} received a number in binary. Which decimal number is it?
        Interpret the bits as an unsigned integer in base two and report it in base ten; they come from the {record}.
        What quantity of {items} is meant by a code consisting only of the binary digits 0 and 1?
        """),
        solve=_from_binary,
        make=_byte,
    ),
    Family(
        "number-to-words",
        lines("""
        Spell out the number in English words, in lower case and British style, for a cheque signed by {who}.
        How would somebody at {place} read the given number aloud? Write it in words, with "and" after the hundreds.
        Replace digits by words: the input is a number below one thousand from the {record}, the result looks like \
          "two hundred and six".
        {Who} dictates numbers. Put the given one into small letters, hyphen and "and" included.
        """),
        solve=_in_words,
        make=_up_to_999,
    ),
    Family(
        "words-to-number",
        lines("""
        Change a number written in English words, found in the {record} of {place}, into digits.
        {Who} said a number aloud and it was typed as words; what is it in figures?
        Read the quantity of {items}, which is given in words, and return the numeral.
        Which integer is spelled out in the letter that reached {place}?
        """),
        solve=_in_digits,
        make=_spelled_number,
    ),
    Family(
        "thousands-separator",
        lines("""
        Insert commas as thousands separators into the amount that {place} paid for {items}.
        Make the big number readable for {who} by grouping its digits in threes with commas.
        In the {record} long numbers have no separators. Format the given one in the English style, such as 1,234,567.
        """),
        solve=_grouped,
        make=a_long_number,
    ),
)
