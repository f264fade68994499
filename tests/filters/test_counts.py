"""Wishes are read in many languages, and what they wish for is counted in every way that people count it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ittgen.filters.counted import enumerated, items, lines, paragraphs, pieces, sentences, table, words
from ittgen.filters.counts import WrongCount
from ittgen.filters.promises import promised
from ittgen.filters.wishes import Wish, wishes
from ittgen.records import Example


@pytest.mark.parametrize(
    ("task", "wish"),
    [
        ("List five fruits.", Wish("item", 5, "bare")),
        ("Give at least 3 reasons.", Wish("item", 3, "least")),
        ("Name up to 4 rivers.", Wish("item", 4, "most")),
        ("Come up with a list of 10 names for a cat.", Wish("item", 10, "bare")),
        ("What are three ways to save water?", Wish("item", 3, "bare")),
        ("Noem vijf zoogdieren.", Wish("item", 5, "bare")),
        ("Enumeră patru râuri.", Wish("item", 4, "bare")),
        ("Wymień trzy rzeki.", Wish("item", 3, "bare")),
        ("Nævn to byer.", Wish("item", 2, "bare")),
        ("Bana üç kitap önerin.", Wish("item", 3, "bare")),
        ("यात्रा के लिए पाँच सुझाव दीजिए।", Wish("item", 5, "bare")),
        ("اكتب ثلاث نصائح.", Wish("item", 3, "bare")),
        ("川の名前を三つ挙げてください。", Wish("item", 3, "bare")),
        ("강 이름 세 가지를 말해 줘.", Wish("item", 3, "bare")),
        ("列出三个城市。", Wish("item", 3, "bare")),
        ("บอกวิธีประหยัดน้ำ 4 วิธี", Wish("item", 4, "bare")),
        ("Use at most 50 words.", Wish("word", 50, "most")),
        ("Write a four-line poem.", Wish("line", 4, "bare")),
        ("Schreibe ein vierzeiliges Gedicht.", Wish("line", 4, "bare")),
        ("Answer in exactly two sentences.", Wish("sentence", 2, "exactly")),
        ("Write a haiku about snow.", Wish("line", 3, "bare")),
        ("Beschreibe es in höchstens 20 Wörtern.", Wish("word", 20, "most")),
        ("写一段5句话的段落。", Wish("sentence", 5, "bare")),
        ("100字以内で要約してください。", Wish("han", 100, "most")),
        ("Make a table of 15 items.", Wish("row", 15, "bare")),
        ("Generate a password with more than 8 characters.", Wish("character", 9, "least")),
    ],
)
def test_a_wish_has_a_unit_a_number_and_a_bound(task: str, wish: Wish) -> None:
    assert wishes(task) == [wish]


@pytest.mark.parametrize(
    "task",
    [
        "Name 2 cats and 3 dogs.",
        "Why are there five?",
        "",
        "Identify the tense of the sentence.",
        "Give two reasons for each.",
        "列出60的因数",
        "Summarise the first 100 words.",
        "Explain the difference between two variables.",
        "List 3 to 5 tips.",
        "What is 3 + 4?",
        "Write a dialogue between two characters.",
        "दो संख्याओं का योग बताइए।",
    ],
)
def test_a_number_that_counts_nothing_wanted_is_no_wish(task: str) -> None:
    assert [wish for wish in wishes(task) if wish.unit != "character"] == []


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("here are five tips:", 5),
        ("hier zijn vijf tips:", 5),
        ("voici trois idées :", 3),
        ("以下是三个建议：", 3),
        ("here are some tips for 3 days:", 0),
        ("mix two cups of flour:", 0),
        ("to replace an existing configuration:", 0),
    ],
)
def test_a_promise_has_a_number(line: str, number: int) -> None:
    assert promised(line) == number


def test_items_are_counted_only_in_one_plain_list() -> None:
    assert (items("1. a\n2. b\n3. c"), items("- a\n- b"), items("1、甲\n2、乙")) == (3, 2, 2)
    assert (items("- a\n  - b\n- c"), items("Two of them:\n- a\n- b"), items("1) a\n2) b")) == (2, 2, 2)
    assert (items("1. a\n3. b"), items("1. a\n2. b\n1. c"), items("3.5 m\n2.1 m"), items("- a\ntext\n- b")) == (0,) * 4
    assert (pieces("Nile, Rhine and Po."), pieces("Rome: a city"), pieces("")) == (3, 0, 0)
    assert (enumerated("Among them are Rome, Paris, Bonn and Oslo."), enumerated("In short, it rains a lot here.")) == (
        4,
        0,
    )


def test_what_people_may_leave_out_is_counted_with_it_and_without() -> None:
    assert words("A well-known fact and the truth") == (6, 7)
    assert sentences("He met Dr. Lind. She left, e.g. by bus.") == (2, 4)
    assert lines("The Sea\n\nIt is wide\nIt is deep") == (2, 3)
    assert lines("It is wide\nIt is deep\n") == (2, 2)
    assert paragraphs("Title\n\nOne is here, and it is long enough to be a paragraph of its own.") == (1, 2)
    assert table("| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |") == (2, 2, 3)


@pytest.mark.parametrize("count", [45, 50, 57])
def test_a_limit_of_length_has_slack(count: int) -> None:
    rule, task = WrongCount(), "Describe the sea in no more than 50 words."
    assert rule(Example(task, output=" ".join(["wave"] * count))) is None
    said = rule(Example(task, output=" ".join(["wave"] * (count + 25))))
    assert said is not None and (said.value, said.limit) == (count + 25, 50)


@given(st.text(), st.text())
def test_no_text_is_too_odd(instruction: str, output: str) -> None:
    example = Example(instruction, output=output)
    assert WrongCount()(example) == WrongCount()(example)


@pytest.mark.parametrize(
    "piece", ["a, ", "1. a\n", "- a\n", "five tips ", "5 ", "三", '"', " ", "a\n\n", "Here are two:\n"]
)
def test_long_texts_are_read_once(piece: str) -> None:
    text = piece * (300_000 // len(piece))
    for task in ("List five items in at most 5 words.", "Write a haiku.", text):
        WrongCount()(Example(task, output=text))


@pytest.mark.parametrize(
    "output", ["\n" * 200_000 + "x", " " * 200_000 + "x", "." * 200_000 + "x", " \n" * 100_000 + "x"]
)
@pytest.mark.parametrize("task", ["Name five fruits.", "Write exactly three sentences about the sea."])
def test_a_huge_field_is_counted_without_going_over_it_again_and_again(task: str, output: str) -> None:
    """With quadratic work this would take minutes."""
    row = Example(task, output=output)
    assert WrongCount()(row) == WrongCount()(row)
