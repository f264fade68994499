"""Wishes are read in many languages, and what they wish for is counted in every way that people count it."""

import pytest

from ittgen.filters.counted import MANY, Count, Length, announced, asked, length_of
from ittgen.filters.counts import WrongCount
from ittgen.filters.tallies import items, lines, paragraphs, pieces, sentences, words
from ittgen.records import Example


@pytest.mark.parametrize(
    ("task", "wish"),
    [
        ("List five fruits.", Count(5, 5)),
        ("Give at least 3 reasons.", Count(3, MANY)),
        ("Name up to 4 rivers.", Count(0, 4)),
        ("Come up with a list of 10 names for a cat.", Count(10, 10)),
        ("Noem vijf zoogdieren.", Count(5, 5)),
        ("Enumeră patru râuri.", Count(4, 4)),
        ("Wymień trzy rzeki.", Count(3, 3)),
        ("اكتب ثلاث نصائح.", Count(3, 3)),
        ("川の名前を三つ挙げてください。", Count(3, 3)),
        ("강 이름 세 가지를 말해 줘.", Count(3, 3)),
        ("列出三个城市。", Count(3, 3)),
        ("Name an island.", Count(1, 1)),
    ],
)
def test_a_wish_is_a_number_of_things_and_its_bounds(task: str, wish: Count) -> None:
    assert asked(task) == wish


@pytest.mark.parametrize(
    "task",
    [
        "Write 500 words.",
        "Name 2 cats and 3 dogs.",
        "Why are there five?",
        "",
        "Identify the tense of the sentence.",
        "Give two reasons for each.",
        "列出60的因数",
        "Write an algorithm to add numbers.",
        "Name a few rivers.",
    ],
)
def test_what_is_no_wish_for_a_number_of_things_is_none(task: str) -> None:
    assert asked(task) is None


@pytest.mark.parametrize(
    ("task", "length"),
    [
        ("Use at most 50 words.", Length("words", "most", 50)),
        ("Write a four-line poem.", Length("lines", "about", 4)),
        ("Answer in exactly two sentences.", Length("sentences", "exactly", 2)),
        ("Write a haiku about snow.", Length("lines", "exactly", 3)),
        ("Beschreibe es in höchstens 20 Wörtern.", Length("words", "most", 20)),
        ("写一段5句话的段落。", Length("sentences", "about", 5)),
        ("Summarise the first 100 words.", None),
        ("Use 100 to 200 words.", None),
        ("Use 5 words or 2 lines.", None),
        ("Describe the sea.", None),
    ],
)
def test_a_length_has_a_unit_a_kind_and_a_number(task: str, length: Length | None) -> None:
    assert length_of(task) == length


def test_items_are_counted_only_in_one_plain_list() -> None:
    assert (items("1. a\n2. b\n3. c"), items("- a\n- b"), items("1、甲\n2、乙")) == (3, 2, 2)
    assert (items("- a\n  - b\n- c"), items("Two of them:\n- a\n- b"), items("1) a\n2) b")) == (2, 2, 2)
    assert (items("1. a\n3. b"), items("1. a\n2. b\n1. c"), items("3.5 m\n2.1 m"), items("- a\ntext\n- b")) == (0,) * 4
    assert (pieces("Nile, Rhine and Po."), pieces("Rome: a city"), pieces(""), pieces("****")) == (3, 0, 0, 0)


def test_what_people_may_leave_out_is_counted_with_it_and_without() -> None:
    assert words("A well-known fact and the truth") == (3, 7)
    assert sentences("He met Dr. Li. She left.") == (2, 2)
    assert lines("The Sea\n\nIt is wide\nIt is deep") == (2, 3)
    assert lines("It is wide\nIt is deep\n") == (2, 2)
    assert paragraphs("Title\n\nOne is here, and it is long enough to be a paragraph of its own.") == (1, 2)


def test_an_announced_number_is_found_with_its_list() -> None:
    said = announced("Hier zijn vijf tips:\n1. a")
    assert said == (5, 20) and announced("Here are some tips on sleep:\n1. a") is None


@pytest.mark.parametrize("count", [45, 50, 57])
def test_a_limit_of_length_has_slack(count: int) -> None:
    rule, task = WrongCount(), "Describe the sea in no more than 50 words."
    assert rule(Example(task, output=" ".join(["wave"] * count))) is None
    said = rule(Example(task, output=" ".join(["wave"] * (count + 25))))
    assert said is not None and (said.value, said.limit) == (count + 25, 50)
