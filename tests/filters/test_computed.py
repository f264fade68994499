"""Sums are computed exactly and read in every way, formats are parsed; nothing is slow."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ittgen.filters.computed import BrokenFormat, WrongArithmetic
from ittgen.filters.counts import WrongCount
from ittgen.filters.parsed import broken_csv, broken_json, broken_python, broken_xml
from ittgen.filters.reckoning import continental, english, holds, value
from ittgen.records import Example

ALL = (WrongArithmetic(), BrokenFormat(), WrongCount())
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


def test_numbers_are_read_the_english_and_the_continental_way() -> None:
    assert (english("1,234.5"), continental("1.234,5")) == (Fraction("1234.5"), Fraction("1234.5"))
    assert (english("1.234,5"), continental("1,234.5")) == (None, None)
    assert (english("1.234"), continental("1.234")) == (Fraction("1.234"), Fraction(1234))
    assert english("१२") == 12


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
    ("check", "text"),
    [
        (broken_json, "[" * 100_000),
        (broken_python, "(" * 5_000 + ")" * 5_000),
        (broken_python, "x = '\\d'"),
        (broken_xml, "<a>" + "&nbsp;" + "</a>"),
        (broken_csv, ""),
        (broken_csv, "a,b\n1,2"),
    ],
)
def test_what_nobody_can_decide_parses(check: object, text: str) -> None:
    assert callable(check) and check(text) == ""


def test_only_the_formats_named_are_read() -> None:
    row = Example("Return a JSON object.", output='{"a": 1,}')
    assert BrokenFormat()(row) is not None
    assert BrokenFormat(formats=("xml",))(row) is None
    with pytest.raises(ValueError, match='no "yaml"; there are json, xml, csv, python'):
        BrokenFormat(formats=("yaml",))


@given(st.text(), st.text())
def test_no_text_is_too_odd(instruction: str, output: str) -> None:
    example = Example(instruction, output=output)
    assert [rule(example) for rule in ALL] == [rule(example) for rule in ALL]


@pytest.mark.parametrize(
    "piece", ["1+1", "=1", "1 = 1 + ", "(", "9", "a, ", "1. a\n", "{", "```json\n", "<a>", '"', " "]
)
def test_long_texts_are_read_once(piece: str) -> None:
    text = piece * (300_000 // len(piece))
    for rule in ALL:
        rule(Example("Return five JSON items in Python, XML and CSV in at most 5 words.", output=text))


@pytest.mark.parametrize(
    ("task", "output", "caught"),
    [
        ("Write a function that squares n.", "def square(n):\nreturn n * n", True),
        ("Write a function that squares n.", "```python\ndef square(n):\nreturn n * n\n```", True),
        ("Write a function.", "Here it is: ``` python def add(a, b): c = a + b return c ```", True),
        ("Gib es als JSON aus.", "{“name”: “Ann”}", True),
        ("Produis un fichier XML.", "<list><item>Salt & pepper</item></list>", True),
        ("Give me an XML snippet.", "<list><item>Salt</item>", True),
        ("Write a function that squares n.", "def square(n)\n  n * n\nend", False),
        ("Show the head of a Python function.", "def square(n):", False),
        ("Give me an XML snippet.", "<item>Salt</item><item>Oil</item>", False),
        ("What is XML?", "A markup language: <a> opens an element.", False),
    ],
)
def test_what_begins_like_a_format_that_was_wanted_has_to_be_it(task: str, output: str, caught: bool) -> None:
    assert bool(BrokenFormat()(Example(task, output=output))) == caught


@pytest.mark.parametrize(
    "text", ["3 × 12 = 38(元)", "10/12 − 3/12 = 8/12", "[(1-2)^2 + (4-2)^2] = 7", "210 - 20 = 180（元）"]
)
def test_units_in_brackets_and_fractions_are_read(text: str) -> None:
    said = WrongArithmetic()(Example("怎么算？", output=f"因为 {text}。"))
    assert said is not None


@pytest.mark.parametrize("text", ["3 × 12 = 36(元)", "10/12 − 3/12 = 7/12", "5/6 = 10/12", "7/3 = 2.33", "f(2) = 4"])
def test_what_is_right_in_brackets_and_fractions_is_kept(text: str) -> None:
    assert WrongArithmetic()(Example("怎么算？", output=f"因为 {text}。")) is None
