"""Forms without content are told from forms that were asked for, and from content."""

import pytest

from ittgen.filters.heuristics import Empty
from ittgen.filters.hollow import is_hollow
from ittgen.records import Example

HOLES = "The largest prime between   and   is  ."
TABLE = "Month | Mean\n--- | ---\nMay | ......\nJune | .....\nJuly | ...."
CODE = "def count(s):\n    # Your code here...\n    pass\n\ncount('abba')"


@pytest.mark.parametrize(("text", "kind"), [(HOLES, "sentence"), (TABLE, "table"), (CODE, "code")])
def test_what_is_hollow_is_named_unless_the_task_wants_a_form(text: str, kind: str) -> None:
    assert is_hollow(text, "Do it.") == kind
    assert is_hollow(text, "Give a template that people can fill in.") == ""
    said = Empty()(Example("Do it.", output=text))
    assert said and (said.rule, said.value, said.note) == ("empty", kind, "a form without content")


@pytest.mark.parametrize(
    "text", [HOLES.replace("   ", " 2 "), TABLE.replace("......", "12"), CODE.replace("pass", "x = 1")]
)
def test_content_in_the_same_form_passes(text: str) -> None:
    assert is_hollow(text, "Do it.") == ""
