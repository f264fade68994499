"""An echo of the task and an input given back are found; where that can be right, it is computed or let pass."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ittgen.filters.returned import PromptEcho, SameAsInput
from ittgen.filters.unchanged import may_stay
from ittgen.records import Example


def test_an_echo_is_found_whatever_its_case_and_signs() -> None:
    row = Example("Explain how a kettle works!", output="explain, how a KETTLE works")
    verdict = PromptEcho()(row)
    assert verdict is not None
    assert (verdict.rule, verdict.value, verdict.draft) == ("prompt-echo", 1.0, row)


def test_a_short_task_is_never_an_echo() -> None:
    assert PromptEcho()(Example("Say hello", output="Say hello")) is None


def test_nearly_the_same_words_are_an_echo_where_they_begin_as_the_task_does() -> None:
    task = "Write a SQL query that returns the number of orders per customer for the year 2022."
    said = PromptEcho()(Example(task, output=task.replace("a SQL", "an SQL")))
    assert said is not None and isinstance(said.value, float) and 0.86 <= said.value < 1
    assert PromptEcho()(Example(task, output=f"SELECT 1; -- {task}")) is None


@pytest.mark.parametrize(
    ("given", "output", "caught"),
    [
        ("The same.", "The same.", True),
        (" The same.\n", "The same. ", True),
        ("同じ文です。", "同じ文です。", True),
        ("The same.", "the same", True),
        ("The same.", "The same. And more.", False),
        ("", "", False),
        ("  ", " ", False),
        ("", "Answer", False),
        ("Text", "", False),
    ],
)
def test_only_an_output_that_repeats_a_real_input_is_caught(given: str, output: str, caught: bool) -> None:
    said = SameAsInput()(Example("Put it in other words.", input=given, output=output))
    assert (said is not None and said.rule == "output-equals-input") == caught


@pytest.mark.parametrize(
    ("task", "sorted_", "jumbled"),
    [
        ("Sort the words alphabetically.", "ant, bee, cat", "bee, cat, ant"),
        ("Put the numbers in ascending order.", "2, 9, 10", "10, 2, 9"),
        ("Rank the prices from high to low.", "9.5; 3; 1.25", "3; 9.5; 1.25"),
        ("Ordena alfabéticamente estas palabras.", "abeja, burro, cabra", "burro, abeja, cabra"),
        ("Write the word backwards.", "level", "lever"),
        ("Write it in upper case.", "NATO", "NaTo"),
    ],
)
def test_whether_nothing_had_to_change_is_computed(task: str, sorted_: str, jumbled: str) -> None:
    assert may_stay(task, sorted_) and not may_stay(task, jumbled)


def test_a_text_in_the_instruction_is_an_input_too() -> None:
    task = "Shorten this: The boat left the harbour at noon with all of its crew."
    assert SameAsInput()(Example(task, output="The boat left the harbour at noon with all of its crew."))
    assert SameAsInput()(Example(task, output="The boat left at noon.")) is None


def test_what_was_given_with_a_question_is_not_its_answer() -> None:
    text = " ".join(f"Fact {n} about lifts is that they go up {n} floors." for n in range(6))
    assert SameAsInput()(Example("Are lifts safe?", text, text.replace("Fact 3", "fact three")))
    assert SameAsInput()(Example("Add the missing capitals.", text, text.replace("Fact 3", "fact three"))) is None


@settings(deadline=None, derandomize=True, max_examples=200)
@given(st.text(max_size=60), st.text(max_size=60), st.integers(1, 30))
def test_any_text_gets_the_same_verdict_twice(task: str, output: str, times: int) -> None:
    example = Example(task, input=output, output=output * times)
    for rule in (PromptEcho(), SameAsInput()):
        assert rule(example) == rule(example)
