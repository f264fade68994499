"""Placeholders are told from short right answers; a placeholder for the input is mended once and for all."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ittgen.filters.emptiness import stands_for_nothing
from ittgen.filters.heuristics import Empty
from ittgen.filters.noinput import NoInput
from ittgen.records import Example


def test_the_input_is_emptied_and_nothing_else_is_touched() -> None:
    row = Example("Name a river.", input="<noinput>", output="Nile", system="Be short.", meta={"kind": "x"})
    mended = NoInput().mend(row)
    assert (mended.instruction, mended.input, mended.output) == ("Name a river.", "", "Nile")
    assert (mended.system, mended.meta) == (row.system, row.meta)
    assert mended.id != row.id


def test_no_row_is_rejected_for_a_placeholder() -> None:
    assert NoInput()(Example("Name a river.", input="<noinput>", output="Nile")) is None


@pytest.mark.parametrize("text", ["", "some text", "0", "no", "None of them came to dinner.", "x" * 500])
def test_an_example_with_a_real_input_is_the_same_object(text: str) -> None:
    row = Example("Look at this.", input=text, output="fine")
    assert NoInput().mend(row) is row


@settings(deadline=None, derandomize=True, max_examples=300)
@given(st.text(max_size=30), st.sampled_from(["<noinput>", "N/A", "none", "", "无输入", "[no input]", "\u200b"]))
def test_mending_twice_is_mending_once(task: str, text: str) -> None:
    once = NoInput().mend(Example(task, input=text, output="x"))
    assert NoInput().mend(once) is once


def test_a_placeholder_is_the_value_of_the_rejection() -> None:
    verdict = Empty()(Example("Write a poem.", output=" N/A\n"))
    assert verdict is not None
    assert (verdict.rule, verdict.value, verdict.note) == ("empty", "N/A", "a placeholder instead of a text")


def test_a_placeholder_in_another_field_is_found_there() -> None:
    row = Example("Write a poem.", reasoning="N/A", output="Roses are red.")
    assert Empty()(row) is None
    assert Empty(field="reasoning")(row) is not None


@pytest.mark.parametrize("word", ["None", "null", "N/A", "<nooutput>", "[image]", "nothing"])
def test_a_word_that_the_task_names_is_an_answer(word: str) -> None:
    assert stands_for_nothing(word, "Write a poem.")
    assert not stands_for_nothing(word, f"Write a poem or, if you cannot, {word}.")
