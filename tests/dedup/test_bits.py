"""The compiled loops by themselves: bounds that never say too little, lengths that agree with `lcs`."""

from collections import Counter
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from ittgen.dedup import bits, compiled
from ittgen.dedup.lcs import fmeasure, lcs_length

tokens = st.lists(st.integers(0, 5), max_size=40) | st.lists(st.integers(0, 2**31 - 1), max_size=300)
Work = tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.uint64], NDArray[np.bool_]]


def numbers(of: list[int]) -> NDArray[np.int32]:
    return np.array(of, dtype=np.int32)


def work() -> Work:
    return (
        np.empty(2_048, dtype=np.int32), np.empty(2_048, dtype=np.int32),
        np.empty(bits.CELLS, dtype=np.uint64), np.empty(1_024, dtype=np.bool_),
    )  # fmt: skip


def signed(of: list[int], words: int) -> tuple[int, int]:
    """The signature as one whole number, and its spare."""
    signature = np.empty(words, dtype=np.uint64)
    spare = bits.sign(numbers(of), signature, work())
    return int.from_bytes(signature.tobytes(), "little"), spare


@settings(deadline=None, derandomize=True, max_examples=300)
@given(tokens, tokens)
def test_the_compiled_length_is_the_interpreted_one(a: list[int], b: list[int]) -> None:
    assert bits.common(numbers(a), numbers(b), 0.0, work()) == lcs_length(a, b)


@pytest.mark.parametrize("vocabulary", [2, 5, 40, 400])
def test_lists_of_many_blocks_have_the_interpreted_length(vocabulary: int) -> None:
    rng = Random(vocabulary)
    for size in (60, 64, 65, 127, 128, 129, 500, 800):
        a, b = ([rng.randrange(vocabulary) for _ in range(size - rng.randrange(40))] for _ in range(2))
        assert bits.common(numbers(a), numbers(b), 0.0, work()) == lcs_length(a, b)


@settings(deadline=None, derandomize=True, max_examples=300)
@given(tokens, st.randoms(use_true_random=False), st.floats(0, 300))
def test_a_length_that_is_given_up_is_below_what_was_asked_for(a: list[int], chance: object, least: float) -> None:
    b = [token for token in a if chance.random() < 0.7] + a[:3]  # type: ignore[attr-defined]  # a Random
    found, true = bits.common(numbers(a), numbers(b), least, work()), lcs_length(a, b)
    assert found == true or (found < least and true < least)


@settings(deadline=None, derandomize=True, max_examples=300)
@given(tokens, tokens, st.sampled_from([4, 8, 64]))
def test_signatures_never_show_fewer_tokens_in_common_than_there_are(a: list[int], b: list[int], words: int) -> None:
    (first, spare), (second, other) = signed(a, words), signed(b, words)
    assert first.bit_count() + spare == len(a)
    assert (first & second).bit_count() + min(spare, other) >= (Counter(a) & Counter(b)).total()


def test_scores_are_rouge_scores_to_the_last_bit() -> None:
    cases = [(c, m, n) for m in range(1, 30) for n in range(1, 30) for c in range(min(m, n) + 1)]
    assert [bits.fmeasure(*case) for case in cases] == [fmeasure(*case) for case in cases]


def test_every_file_of_compiled_code_is_part_of_the_digest_that_names_its_cache() -> None:
    folder = Path(compiled.__file__).parent
    using = {path.name for path in folder.glob("*.py") if "from numba" in path.read_text()}
    assert using == set(compiled.SOURCES)


@pytest.mark.parametrize("vocabulary", [3, 30, 1_000])
def test_long_lists_that_are_given_up_are_below_what_was_asked_for(vocabulary: int) -> None:
    """Around the length itself, where leaving out places too far apart would show."""
    rng, room = Random(vocabulary), bits.work_for(1_600)
    for size in (300, 700, 1_500):
        a = [int(vocabulary ** rng.random()) for _ in range(size)]
        b = [token if rng.random() < 0.8 else rng.randrange(2 * vocabulary) for token in a if rng.random() < 0.9]
        for one, other in ((a, b), (b, a), (a, b[90:] + b[:90])):
            true = lcs_length(one, other)
            for least in (0.0, true - 0.5, true, true + 0.5, true + 1, true * 1.1, 2.0 * size):
                found = bits.common(numbers(one), numbers(other), float(least), room)
                assert found == true if true >= least else found < least
