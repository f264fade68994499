"""One spelling for one value, digests that never change, and text that can always be stored."""

import json
import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ittgen.text import canonical, digest, rouge_tokens, sha256, well_formed, words

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)
any_text = st.text(st.characters(exclude_categories=()), max_size=30)


@pytest.mark.parametrize(
    ("value", "spelling"),
    [
        ({"b": 1, "a": "é"}, '{"a":"é","b":1}'),
        ([1, 2.5, True, None], "[1,2.5,true,null]"),
        ((1, "x"), '[1,"x"]'),
        ('写 \n"\\/\u2028😀', '"写 \\n\\"\\\\/\u2028😀"'),
        ({}, "{}"),
        ({"a": {"d": 1, "c": 2}}, '{"a":{"c":2,"d":1}}'),
    ],
)
def test_a_value_has_one_spelling(value: Any, spelling: str) -> None:
    assert canonical(value) == spelling


@settings(deadline=None, derandomize=True)
@given(values)
def test_the_spelling_reads_back_as_the_value_and_keeps_its_spelling(value: Any) -> None:
    assert json.loads(canonical(value)) == value
    assert canonical(json.loads(canonical(value))) == canonical(value)


@settings(deadline=None, derandomize=True)
@given(st.dictionaries(st.text(max_size=4), values, max_size=6))
def test_the_order_in_which_a_table_was_filled_does_not_show(table: dict[str, Any]) -> None:
    assert digest(dict(reversed(table.items()))) == digest(table)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, [math.nan]])
def test_numbers_that_json_does_not_have_are_refused(value: Any) -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        canonical(value)


@pytest.mark.parametrize("value", [{1, 2}, b"x", object()])
def test_values_that_json_does_not_have_are_refused(value: Any) -> None:
    with pytest.raises(TypeError):
        digest(value)


def test_digests_are_the_same_for_ever() -> None:
    """Ids of rows and keys of paid answers are digests: a change here loses both."""
    assert sha256(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert digest({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
    assert (
        digest({"b": [1, 2.5, None, True], "a": "Größe 写 😀"})
        == "8a5d91e1d1152f0fc93f6d947680f682487710ccfc29207c2f3a0249c06a0d0b"
    )


def test_values_that_differ_have_digests_that_differ() -> None:
    differing = ["", None, 0, False, 0.5, [], {}, "0", [[]], [""], ["", ""], {"": ""}, ["a", "b"], ["ab"], ["b", "a"]]
    assert len({digest(value) for value in differing}) == len(differing)


@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        ("\ud83d\ude00", "😀"),
        ("a\ud83d", "a\ufffd"),
        ("\ud83d b", "\ufffd b"),
        ("\ude00\ud83d", "\ufffd\ufffd"),
        ("\ud83d\ud83d\ude00", "\ufffd😀"),
        ("\ufeffwith a byte order mark", "\ufeffwith a byte order mark"),
        ("plain, é, 写, 😀, \x00", "plain, é, 写, 😀, \x00"),
        ("", ""),
    ],
)
def test_half_surrogate_pairs_are_joined_or_replaced(text: str, repaired: str) -> None:
    assert well_formed(text) == repaired


@settings(deadline=None, derandomize=True)
@given(any_text)
def test_any_text_can_be_hashed_once_it_is_well_formed(text: str) -> None:
    repaired = well_formed(text)
    assert digest(repaired) == digest(json.loads(canonical(repaired)))
    assert well_formed(repaired) == repaired
    assert repaired == text or any("\ud800" <= character <= "\udfff" for character in text)


def test_text_that_is_not_well_formed_cannot_be_hashed() -> None:
    with pytest.raises(UnicodeEncodeError):
        digest("\ud83d")


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Convert C++ to C#!", ["convert", "c", "to", "c"]),
        ("don't e-mail 3.14%", ["don", "t", "e", "mail", "3", "14"]),
        ("naïve café", ["na", "ve", "caf"]),
        ("İstanbul", ["i", "stanbul"]),
        ("K", ["k"]),
        ("写一首诗", []),
        ("１２ ²", []),
        ("snake_case\u200bword", ["snake", "case", "word"]),
        ("", []),
    ],
)
def test_rouge_tokens_are_runs_of_ascii_letters_and_digits(text: str, tokens: list[str]) -> None:
    assert rouge_tokens(text) == tokens


def test_words_are_what_white_space_separates() -> None:
    assert words("  One,\ttwo\u3000three\n\nfour-five ") == ["One,", "two", "three", "four-five"]
    assert words(" \n") == []
