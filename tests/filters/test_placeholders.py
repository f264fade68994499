"""Marks in brackets are placeholders by the words that they are made of."""

import pytest

from ittgen.filters.placeholders import inner, is_placeholder


@pytest.mark.parametrize("text", ["[x y]", "(x y)", "<x y>", "{x y}", "（x y）", "【x y】", "[[x y]]", " <x y/> "])
def test_what_stands_in_brackets_of_any_kind_is_read(text: str) -> None:
    assert inner(text) == "x y"


@pytest.mark.parametrize("text", ["x (y)", "(x) y", "", "[" + "x" * 200 + "]", "x"])
def test_a_text_with_anything_around_its_brackets_is_none(text: str) -> None:
    assert inner(text) == ""


def test_a_word_of_the_task_may_stand_in_a_placeholder() -> None:
    assert is_placeholder("[Limerick goes here]", "Write a limerick.")
    assert not is_placeholder("[Limerick goes here]", "Write a poem.")


@pytest.mark.parametrize("text", ["(42)", "[0, 1]", "(he laughs)", "<b>", "{}", "(a)", "[Paris]", "（三）"])
def test_what_says_something_is_no_placeholder(text: str) -> None:
    assert not is_placeholder(text, "Answer the question.")
