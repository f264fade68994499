"""Sums are computed exactly and read in every way, in signs and in words; totals are the sum of what is above them."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ittgen.filters.arithmetic import WrongArithmetic
from ittgen.filters.reckoning import continental, english, holds, value
from ittgen.filters.spoken import spoken
from ittgen.filters.sums import false_sums
from ittgen.filters.totals import false_total
from ittgen.records import Example

SIGNS = {"+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b}


@given(st.integers(100, 9999), st.integers(2, 99), st.sampled_from(sorted(SIGNS)), st.integers(1, 50))
def test_a_true_sum_is_kept_and_a_false_one_is_caught(a: int, b: int, sign: str, off: int) -> None:
    right = SIGNS[sign](a, b)
    wrong = right + off
    assert WrongArithmetic()(Example("How many?", output=f"That makes {a} {sign} {b} = {right} of them.")) is None
    said = WrongArithmetic()(Example("How many?", output=f"That makes {a} {sign} {b} = {wrong} of them."))
    near = right >= 10_000 and wrong % 100 == 0
    assert near or (said is not None and said.value == f"{a} {sign} {b} = {wrong}")


@given(st.integers(1, 10_000), st.integers(1, 999), st.integers(1, 6))
def test_a_quotient_rounded_anywhere_is_kept(a: int, b: int, places: int) -> None:
    assert holds(f"{a} / {b}", f"{a / b:.{places}f}")


@given(st.integers(1, 40), st.integers(2, 40), st.integers(1, 40), st.integers(2, 40))
def test_fractions_are_added_exactly(a: int, b: int, c: int, d: int) -> None:
    total = Fraction(a, b) + Fraction(c, d)
    said = f"{a}/{b} + {c}/{d} = {total.numerator}/{total.denominator}"
    assert list(false_sums(said)) == []
    off = f"{a}/{b} + {c}/{d} = {total.numerator + 1}/{total.denominator}"
    assert total.denominator == 1 or len(list(false_sums(off))) == 1


def test_numbers_are_read_the_english_and_the_continental_way() -> None:
    assert (english("1,234.5"), continental("1.234,5")) == (Fraction("1234.5"), Fraction("1234.5"))
    assert (english("1.234,5"), continental("1,234.5")) == (None, None)
    assert (english("1.234"), continental("1.234")) == (Fraction("1.234"), Fraction(1234))
    assert (english("१२"), english(".5")) == (12, Fraction(1, 2))


@pytest.mark.parametrize(
    ("side", "expected"),
    [("2 + 3 * 4", 14), ("(2 + 3) * 4", 20), ("2^3^2", 512), ("-3 + 4", 1), ("50%", Fraction(1, 2)), ("$4 × 2", 8)],
)
def test_signs_bind_as_in_school(side: str, expected: Fraction) -> None:
    assert value(side, english) == expected


@pytest.mark.parametrize("side", ["1 / 0", "9^999", "(1 + 2", "1 +", "", "100 + 10%", "1.2.3", "9" * 40])
def test_what_cannot_be_told_has_no_value_and_is_never_wrong(side: str) -> None:
    assert value(side, english) is None
    assert holds(side, "7")


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("12 times 3 equals 36", "12 * 3 = 36"),
        ("12 mal 3 ist 36.", "12 * 3 = 36."),
        ("12 乘以 3 等于 36", "12 * 3 = 36"),
        ("20% of 150 is 30.", "20% * 150 = 30."),
        ("150的20%是30。", "20% * 150 = 30。"),
        (r"\frac{3}{4} \times 2", "((3)/(4)) * 2"),
        ("2½ ＋ 1", "(2+1/2) + 1"),
        ("3 × 4\n= 12", "3 × 4 = 12".replace("×", "*")),
    ],
)
def test_sums_in_words_and_wide_signs_are_put_in_plain_ones(said: str, plain: str) -> None:
    assert spoken(said).replace("×", "*") == plain


@pytest.mark.parametrize(
    "said",
    [
        "20 minutes × 3 = 1 hour",
        "7 days + 7 days = 2 weeks",
        "1 hour 30 minutes + 45 minutes = 2 hours 15 minutes",
        "2 pi * 3 = 18.85",
        "0.1 + 0.2 = 0.30000000000000004",
        "2 H2 + 1 O2 = 2 H2O",
    ],
)
def test_conversions_and_names_are_no_sums(said: str) -> None:
    assert list(false_sums(said)) == []


def test_a_total_is_the_sum_of_its_column_or_explained_otherwise() -> None:
    assert false_total("| a | $ |\n|---|---|\n| b | 20 |\n| c | 30 |\n| Total | 60 |") == "20 + 30 = 60"
    assert false_total("| a | $ |\n|---|---|\n| b | 20 |\n| c | 30 |\n| Total | 50 |") == ""
    assert false_total("Rent: $700\nFood: $250\nTotal: $1,000") == "700 + 250 = 1,000"
    assert false_total("Length: 4\nWidth: 5\nTotal: 20") == ""
    assert false_total("Income: $700\nFood: $250\nTotal: $450") == ""


@given(st.text())
def test_no_text_is_too_odd(output: str) -> None:
    rule = WrongArithmetic()
    assert rule(Example("What is 3 * 4?", output=output)) == rule(Example("What is 3 * 4?", output=output))


@pytest.mark.parametrize("piece", ["1+1", "=1", "1 = 1 + ", "(", "9", "1 apple + ", "1 is 1, ", "Total: 1\n", "½", " "])
def test_long_texts_are_read_once(piece: str) -> None:
    WrongArithmetic()(Example("Add up.", output=piece * (300_000 // len(piece))))
