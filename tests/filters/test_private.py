"""Kinds can be chosen, every text of a row is looked at, and the verdict never repeats what it found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ittgen.filters.private import KINDS, PersonalData
from ittgen.records import Example, Message

ADDRESS = "tabitha.quennell@fastmail.com"


def test_only_the_kinds_named_are_looked_for() -> None:
    row = Example("Write a line.", output=f"Write to {ADDRESS}.")
    assert PersonalData(kinds=("phone", "card"))(row) is None
    assert PersonalData(kinds=("email",))(row) is not None
    with pytest.raises(ValueError, match='no "name"; there are email, phone, card, iban, key'):
        PersonalData(kinds=("name",))


@pytest.mark.parametrize("field", ["instruction", "input", "output", "system", "reasoning"])
def test_every_text_is_looked_at_and_the_secret_is_not_repeated(field: str) -> None:
    said = PersonalData()(Example(**{"instruction": "Go on.", field: f"Ask {ADDRESS}"}))
    assert said is not None and (said.value, said.note) == ("email", f"in the {field}")
    assert ADDRESS not in f"{said.value} {said.limit} {said.note}"


def test_later_turns_are_looked_at() -> None:
    said = PersonalData()(Example("Hi.", output="Hi.", turns=(Message("user", f"I am {ADDRESS}"),)))
    assert said is not None and said.note == "in the turns"


@given(st.text())
def test_no_text_is_too_odd(text: str) -> None:
    assert all(isinstance(found(text), bool) for found in KINDS.values())


@pytest.mark.parametrize("piece", ["a", "1", "a.", "@", "1-", "+1 ", "AB12", "eyJa", "sk-"])
def test_long_texts_are_read_once(piece: str) -> None:
    assert PersonalData()(Example("Go on.", output=piece * (300_000 // len(piece)))) is None
