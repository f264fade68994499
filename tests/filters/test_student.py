"""The whole row counts, by an estimate or by a tokenizer that is named; one that is missing says what to do."""

import pytest

from ittgen.errors import PluginError
from ittgen.filters.student import StudentLength
from ittgen.records import Example, Message


def test_the_estimate_is_a_quarter_of_the_bytes_of_all_texts() -> None:
    row = Example("abcd", input="efg", output="hij", system="klm", turns=(Message("user", "nop"),))
    said = StudentLength(max_tokens=4)(row)
    assert said is not None and (said.value, said.limit, said.note) == (5, 4, "estimated")
    assert StudentLength(max_tokens=5)(row) is None


def test_a_tokenizer_may_be_a_function_that_gives_tokens_or_their_number() -> None:
    row = Example("one two", output="three four five")
    said = StudentLength(max_tokens=4, tokenizer="ittgen.text:words")(row)
    assert said is not None and (said.value, said.note) == (5, "")
    assert StudentLength(max_tokens=4, min_tokens=1, tokenizer="ittgen.text:rouge_tokens")(row) is not None
    assert StudentLength(max_tokens=23, min_tokens=23, tokenizer="builtins:len")(row) is None


@pytest.mark.parametrize(
    ("tokenizer", "said"),
    [("ittgen.text:nothing", "cannot load"), ("nowhere_at_all:f", "cannot load"), ("builtins:iter", "it must give")],
)
def test_a_tokenizer_that_is_none_says_so(tokenizer: str, said: str) -> None:
    with pytest.raises(PluginError, match=said):
        StudentLength(tokenizer=tokenizer)(Example("Go on."))


def test_bounds_that_let_nothing_pass_are_refused() -> None:
    with pytest.raises(ValueError, match="5 to 4"):
        StudentLength(min_tokens=5, max_tokens=4)
