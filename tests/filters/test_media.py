"""What the rule on unseen media says."""

from ittgen.filters.media import UnseenMedia
from ittgen.records import Example


def test_unseen_media_names_what_stands_there() -> None:
    said = UnseenMedia()(Example("Describe the picture.", input="[image]", output="A dog."))
    assert said and said.value == "[image]"
