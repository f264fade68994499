"""Options and bounds of the rules on tasks that lack what they speak of."""

import pytest

from ittgen.filters.missing import MissingArtefact
from ittgen.records import Example


def test_a_long_system_prompt_may_hold_the_text() -> None:
    row = Example("Summarize the following article.", output="Trees.", system="Be brief. " * 10)
    assert MissingArtefact()(row)
    assert MissingArtefact(long_system=10)(row) is None


@pytest.mark.parametrize("blank", ["", "N/A", "<noinput>", "None", "-"])
def test_an_input_that_says_there_is_none_is_none(blank: str) -> None:
    assert MissingArtefact()(Example("Explain the following code.", input=blank, output="It adds."))


def test_value_is_what_points_or_what_stands_in_its_place() -> None:
    said = MissingArtefact()(Example("Explain the following code.", output="It adds."))
    assert said and (said.value, said.note) == ("the following code", "there is no input")
    said = MissingArtefact()(Example("Summarize the text.", input="[paste text here]", output="It is on trees."))
    assert said and (said.value, said.note) == ("[paste text here]", "the input does not hold it")
