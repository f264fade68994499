"""What is found is named, and labels that a task asked for are no leak."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ittgen.filters.announcing import LONGEST, Preamble
from ittgen.filters.leaks import SelfPrompting
from ittgen.filters.markers import ChatMarkers
from ittgen.filters.merged import MergedInstructions
from ittgen.records import Example


@pytest.mark.parametrize("mark", ["<|im_end|>", "<|eot_id|>", "[INST]", "<</SYS>>", "<end_of_turn>", "<｜User｜>"])
@pytest.mark.parametrize("field", ["instruction", "input", "output"])
def test_a_mark_is_found_in_every_field_and_named(mark: str, field: str) -> None:
    texts = {"instruction": "Name a river.", "input": "", "output": "The Nile."}
    row = Example(**(texts | {field: f"{texts[field]} {mark}"}))
    verdict = ChatMarkers()(row)
    assert verdict is not None
    assert (verdict.rule, verdict.value) == ("chat-markers", mark)


def test_the_label_of_the_invented_turn_is_the_value() -> None:
    verdict = SelfPrompting()(Example("Name a river.", output="The Nile.\n\nUser: A lake?\nAssistant: Chad."))
    assert verdict is not None
    assert verdict.value == "User:"


def test_the_label_of_the_next_item_is_the_value() -> None:
    verdict = MergedInstructions()(Example("Name a river.", output="The Nile.\n12. Instruction: Name a lake."))
    assert verdict is not None
    assert verdict.value == "12. Instruction:"


def test_a_preamble_is_measured() -> None:
    text = "Sure, here is the poem:"
    verdict = Preamble()(Example("Write a poem.", output=text))
    assert verdict is not None
    assert (verdict.value, verdict.limit) == (len(text), LONGEST)


def test_what_is_long_is_no_preamble() -> None:
    assert Preamble()(Example("Write a poem.", output="Sure, here is the poem " + "of rain " * 40 + ":")) is None


@pytest.mark.parametrize(
    "text",
    [
        "\nTask: x" * 60_000,
        "\n\nUser: x" * 50_000,
        "<|a_" * 100_000,
        "<|" + "a" * 400_000,
        "# a " * 100_000,
        "\n" * 400_000,
    ],
)
def test_a_huge_field_gets_its_verdict_without_going_over_it_again_and_again(text: str) -> None:
    """With quadratic work this would take hours."""
    row = Example("Name a river.", output=text)
    for rule in (SelfPrompting(), ChatMarkers(), MergedInstructions(), Preamble()):
        assert rule(row) == rule(row)


@settings(deadline=None, derandomize=True, max_examples=200)
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_gets_the_same_verdict_twice(task: str, output: str) -> None:
    example = Example(task, output=output)
    for rule in (SelfPrompting(), ChatMarkers(), MergedInstructions(), Preamble()):
        assert rule(example) == rule(example)
