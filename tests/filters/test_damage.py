"""What the rules on damaged texts mend, and into what."""

import pytest

from ittgen.filters.damage import ControlCharacters
from ittgen.filters.escapes import StrayEscapes
from ittgen.filters.mojibake import Mojibake
from ittgen.records import Example, Message


@pytest.mark.parametrize(
    ("rule", "broken", "whole"),
    [
        (ControlCharacters(), "\x1b[1mHel\x00lo\x1b[0m", "Hello"),
        (ControlCharacters(), "\x93Hello\x94", "“Hello”"),
        (Mojibake(), "Le cafÃ© est lÃ\xa0.", "Le café est là."),
        (Mojibake(), "Itâ€™s fine", "It’s fine"),
        (StrayEscapes(), "One.\\n\\nTwo &amp; three.", "One.\n\nTwo & three."),
        (StrayEscapes(), "Un caf\\u00e9", "Un café"),
    ],
)
def test_what_is_certain_is_mended(rule: ControlCharacters | Mojibake | StrayEscapes, broken: str, whole: str) -> None:
    row = Example("Say it.", output=broken, turns=(Message("user", broken),))
    better = rule.mend(row)
    assert rule(row) and rule(better) is None
    assert (better.output, better.turns[0].content) == (whole, whole)


def test_a_lost_character_is_not_mended() -> None:
    row = Example("Name a town.", output="K\ufffdln")
    assert Mojibake().mend(row) is row and Mojibake()(row)
