"""The bit-parallel length equals the table's."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ittgen.dedup.lcs import lcs_against, lcs_length, positions

tokens = st.lists(st.integers(0, 5), max_size=40) | st.lists(st.integers(0, 10**9), max_size=90)


def by_table(a: list[int], b: list[int]) -> int:
    above = [0] * (len(b) + 1)
    for x in a:
        row = [0]
        for j, y in enumerate(b):
            row.append(above[j] + 1 if x == y else max(above[j + 1], row[j]))
        above = row
    return above[-1]


@pytest.mark.parametrize(
    ("a", "b", "length"),
    [
        ([], [], 0),
        ([1], [], 0),
        ([], [1], 0),
        ([1, 2, 3], [1, 2, 3], 3),
        ([1, 2, 3], [3, 2, 1], 1),
        ([1, 1, 1], [1, 1], 2),
        ([1, 2, 3, 4, 5], [9, 2, 9, 4, 9], 2),
        ([1, 2], [3, 4], 0),
    ],
)
def test_small_cases_counted_by_hand(a: list[int], b: list[int], length: int) -> None:
    assert lcs_length(a, b) == length


@settings(deadline=None, derandomize=True, max_examples=300)
@given(tokens, tokens)
def test_any_two_lists_have_the_length_the_table_gives(a: list[int], b: list[int]) -> None:
    assert lcs_length(a, b) == by_table(a, b) == lcs_length(b, a)


@settings(deadline=None, derandomize=True, max_examples=100)
@given(tokens, st.data())
def test_a_list_contains_every_list_made_by_leaving_tokens_out(a: list[int], data: st.DataObject) -> None:
    kept = [token for token in a if data.draw(st.booleans())]
    assert lcs_length(a, kept) == len(kept)


def test_one_set_of_positions_serves_many_lists() -> None:
    a, others = [1, 2, 3, 2, 1], [[2, 2], [1, 1, 1], [3, 1], [5]]
    where = positions(a)
    assert [lcs_against(where, len(a), b) for b in others] == [2, 2, 2, 0]
    assert where == {1: 0b10001, 2: 0b01010, 3: 0b00100}


def test_ten_thousand_tokens_are_no_trouble() -> None:
    rng = Random(7)
    a = [rng.randrange(3_000) for _ in range(10_000)]
    b = [token for token in a if rng.random() < 0.8]
    assert lcs_length(a, b) == len(b)
    assert lcs_length(a, a[5_000:] + a[:5_000]) >= 5_000
