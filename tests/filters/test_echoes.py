"""Loops are found by their length, in every script, and the patience for them can be changed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ittgen.filters.echoes import Repetition
from ittgen.filters.loops import loops, repeated, stutter, units
from ittgen.records import Example


def said(output: str, task: str = "Describe the sea.") -> Example:
    return Example(task, output=output)


@pytest.mark.parametrize(
    ("phrase", "times"),
    [
        ("the sea is deep ", 9),
        ("deep and blue and ", 8),
        ("sea ", 20),
        ("海很深。", 12),
        ("ทะเล", 10),
        ("البحر عميق. ", 8),
    ],
)
def test_a_loop_is_counted_and_named(phrase: str, times: int) -> None:
    verdict = Repetition()(said(phrase * times))
    assert verdict is not None
    assert verdict.rule == "repetition"
    assert verdict.value == times
    assert verdict.limit <= times  # type: ignore[operator]
    assert verdict.note.startswith('"')


def test_twice_the_patience_lets_twice_as_much_pass() -> None:
    row = said("The waves come in and go. " * 6)
    assert Repetition()(row) is not None
    assert Repetition(patience=2)(row) is None
    assert Repetition(patience=2)(said("The waves come in and go. " * 12)) is not None


@pytest.mark.parametrize("patience", [0, -1, float("nan")])
def test_patience_is_above_zero(patience: float) -> None:
    with pytest.raises(ValueError, match="above 0"):
        Repetition(patience=patience)


def test_a_task_that_asks_for_repetition_gets_four_times_as_much_and_no_more() -> None:
    line = "Row the boat along the stream. "
    assert Repetition()(said(line * 8, "Write a song.")) is None
    assert Repetition()(said(line * 40, "Write a song.")) is not None


def test_a_loop_at_the_end_of_a_very_long_text_is_found() -> None:
    text = " ".join(f"w{n}x{n % 7}" for n in range(60_000))
    assert Repetition()(said(text)) is None
    assert Repetition()(said(text + " and so on it goes" * 30)) is not None


def test_a_phrase_with_the_same_words_in_it_twice_is_one_loop() -> None:
    found = units("It is good for the air. It is good for the land. " * 6)
    assert max(loop.times for loop in loops(found)) == 6


def test_what_never_comes_again_has_no_loops() -> None:
    found = units("One word after another, each of them new here.")
    assert list(loops(found)) == []
    assert repeated(found, 2) == 0


@pytest.mark.parametrize("word", ["a" * 60, "ha" * 40, "g" + "o" * 90, "a" * 90 + "rgh"])
def test_a_word_that_stutters_is_found(word: str) -> None:
    assert stutter(["a", word]) == word


@pytest.mark.parametrize(
    "word", ["a" * 20, "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz", "1" * 90]
)
def test_long_words_and_numbers_do_not_stutter(word: str) -> None:
    assert stutter([word]) == ""


@settings(deadline=None, derandomize=True, max_examples=200)
@given(st.text(max_size=60), st.text(max_size=60), st.integers(1, 30))
def test_any_text_gets_the_same_verdict_twice(task: str, output: str, times: int) -> None:
    example = Example(task, output=output * times)
    assert Repetition()(example) == Repetition()(example)
