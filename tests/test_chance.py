"""Seeded choices: the same for ever, fair, and as cheap as what is drawn."""

from collections import Counter
from collections.abc import Sequence
from random import Random
from typing import overload

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ittgen.chance import below, pick, sample, seeded, shuffled

GOLDEN_FIRST = 0.06321399137794004
GOLDEN_BELOW = [6, 21, 6, 13, 75, 14, 49, 41]
GOLDEN_SAMPLE = [27, 11, 43, 18, 9, 47, 10, 32]
GOLDEN_ALL = [1, 0, 4, 2, 3]
GOLDEN_SHUFFLED = "adbgfehc"
GOLDEN_PICKS = list("cbbeedfb")


class Counted(Random):
    """Counts how often it was asked."""

    asked = 0

    def random(self) -> float:
        self.asked += 1
        return super().random()


class Fixed(Random):
    """Always the number it is given."""

    value = 0.0

    def random(self) -> float:
        return self.value


class Huge(Sequence[int]):
    """A thousand billion rows, of which one can be read at a time."""

    @overload
    def __getitem__(self, place: int) -> int: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[int]: ...
    def __getitem__(self, place: int | slice) -> int | Sequence[int]:
        assert isinstance(place, int)
        return place

    def __len__(self) -> int:
        return 10**12


def test_the_sequences_are_the_same_for_ever() -> None:
    """A change here changes every dataset that is grown again; nothing may change these numbers."""
    assert [seeded(42, "propose", 7, "human").random() for _ in range(2)] == [GOLDEN_FIRST] * 2
    rng = seeded(42, "propose", 7, "human")
    assert [below(rng, 100) for _ in range(8)] == GOLDEN_BELOW
    assert sample(seeded("a"), 100, 8) == GOLDEN_SAMPLE
    assert sample(seeded("b"), 5, 5) == GOLDEN_ALL
    assert "".join(shuffled(seeded(1, 2.5, None, True, ["x"]), "abcdefgh")) == GOLDEN_SHUFFLED
    assert [pick(seeded("pick", i), "abcdef") for i in range(8)] == GOLDEN_PICKS


def test_chance_depends_on_every_part_and_on_their_order() -> None:
    parts = [
        (42, "a", 1),
        (43, "a", 1),
        (42, "b", 1),
        (42, "a", 2),
        ("a", 42, 1),
        (42, "a", "1"),
        (42, "a1"),
        (42, "a"),
    ]
    assert len({seeded(*part).random() for part in parts}) == len(parts)
    assert seeded(42, "a", 1).random() == seeded(42, "a", 1).random()


@settings(deadline=None, derandomize=True)
@given(st.integers(), st.integers(0, 1_000), st.integers(0, 60))
def test_a_sample_is_of_different_positions_below_n(seed: int, n: int, k: int) -> None:
    drawn = sample(seeded(seed), n, k)
    assert len(drawn) == len(set(drawn)) == min(k, n)
    assert all(0 <= position < n for position in drawn)


@settings(deadline=None, derandomize=True)
@given(st.integers(), st.integers(0, 40))
def test_the_first_drawn_do_not_depend_on_how_many_are_drawn(seed: int, k: int) -> None:
    assert sample(seeded(seed), 40, 40)[:k] == sample(seeded(seed), 40, k)


def test_every_ordered_sample_is_equally_likely() -> None:
    """60,000 draws of 3 from 5: each of the 60 outcomes 1,000 times, give or take (chi-squared, 59 degrees)."""
    rng, draws = Random(1), 60_000
    counts = Counter(tuple(sample(rng, 5, 3)) for _ in range(draws))
    assert len(counts) == 60
    assert sum((count - 1_000) ** 2 / 1_000 for count in counts.values()) < 98.3  # exceeded once in a thousand


def test_every_position_of_a_large_pool_is_equally_likely() -> None:
    rng = Random(2)
    counts = Counter(position // 100 for _ in range(10_000) for position in sample(rng, 1_000, 4))
    assert sum((counts[part] - 4_000) ** 2 / 4_000 for part in range(10)) < 27.9  # exceeded once in a thousand


def test_drawing_two_of_a_thousand_billion_asks_twice() -> None:
    rng = Counted(5)
    assert len(sample(rng, 10**12, 2)) == rng.asked == 2
    assert pick(rng, Huge()) in range(10**12)
    assert rng.asked == 3


def test_all_are_drawn_where_there_are_fewer() -> None:
    assert sorted(sample(Random(0), 3, 10)) == [0, 1, 2]
    assert sample(Random(0), 0, 10) == sample(Random(0), 10, 0) == []


@pytest.mark.parametrize("n", [1, 2, 3, 10, 2**31 - 1, 10**12, 2**52 + 1, 2**53])
def test_the_ends_of_the_range_are_met_and_kept(n: int) -> None:
    rng = Fixed()
    assert below(rng, n) == 0
    rng.value = 1 - 2**-53
    assert below(rng, n) == n - 1


def test_picking_from_nothing_is_an_error() -> None:
    with pytest.raises(IndexError):
        pick(Random(0), [])


def test_shuffling_keeps_the_items_and_the_list_given() -> None:
    items = list("aabbccdd")
    mixed = shuffled(Random(4), items)
    assert items == list("aabbccdd")
    assert sorted(mixed) == items != mixed
