"""Options and bounds of the rules on tasks that lack what they speak of."""

import pytest

from ittgen.filters.media import UnseenMedia
from ittgen.filters.missing import MissingArtefact
from ittgen.records import Example


def test_a_long_system_prompt_may_hold_the_text() -> None:
    row = Example("Summarize the following article.", output="Trees.", system="Be brief. " * 10)
    assert MissingArtefact()(row)
    assert MissingArtefact(long_system=10)(row) is None


@pytest.mark.parametrize("blank", ["", "N/A", "<noinput>", "None", "-"])
def test_an_input_that_says_there_is_none_is_none(blank: str) -> None:
    assert MissingArtefact()(Example("Explain the following code.", input=blank, output="It adds."))


def test_unseen_media_names_what_stands_there() -> None:
    said = UnseenMedia()(Example("Describe the picture.", input="[image]", output="A dog."))
    assert said and said.value == "[image]"
