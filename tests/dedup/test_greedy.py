"""Many rows at once: the same verdicts as one by one, whatever decides them and on however many threads."""

from collections.abc import Iterator
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ittgen.dedup.greedy import Verdicts, greedy
from ittgen.dedup.rouge import RougeIndex

NUMPY, COMPILED = 10**9, 0
"""Values of `many`: rows up to which numpy does it."""

rows_of_few_words = st.lists(st.lists(st.sampled_from("abcdef"), max_size=14).map(" ".join), max_size=30)


def one_by_one(rows: list[str], threshold: float, against: list[str]) -> list[tuple[int, bool, float]]:
    """(nearest, whether in `against`, score) of each row, from an index asked and added to row by row."""
    index, verdicts = RougeIndex(threshold, many=NUMPY), []
    for number, text in enumerate(against):
        index.add(f"-{number}", text)
    for number, text in enumerate(rows):
        near = index.nearest(text)
        verdicts.append((abs(int(near.id)), near.id[0] == "-", near.score) if near else (-1, False, 0.0))
        if near is None:
            index.add(str(number), text)
    return verdicts


def told(verdicts: Verdicts) -> list[tuple[int, bool, float]]:
    assert verdicts.kept.tolist() == (verdicts.nearest < 0).tolist()
    return list(zip(verdicts.nearest.tolist(), verdicts.beyond.tolist(), verdicts.score.tolist(), strict=True))


def same(first: Verdicts, second: Verdicts) -> bool:
    return all(np.array_equal(getattr(first, name), getattr(second, name)) for name in Verdicts.__slots__)


def realistic(count: int, seed: int) -> list[str]:
    """Rows of 5 to 30 words, some of them long, a quarter of them an earlier one changed a little or not at all."""
    rng, rows = Random(seed), list[str]()
    for number in range(count):
        if rows and number % 4 == 0:
            words = rng.choice(rows).split()
            rows.append(" ".join(word for word in words if rng.random() < rng.choice((1, 0.9, 0.75))))
        else:
            size = 5 + rng.randrange(26) if number % 200 else 60 + rng.randrange(400)
            rows.append(" ".join(f"w{int(2_000 ** rng.random())}" for _ in range(size)))
    return rows


@settings(deadline=None, derandomize=True, max_examples=100)
@given(rows_of_few_words, st.sampled_from([0.3, 0.5, 0.7, 0.9]), rows_of_few_words)
def test_any_rows_get_the_verdicts_of_one_by_one(rows: list[str], threshold: float, against: list[str]) -> None:
    expected = one_by_one(rows, threshold, against)
    assert told(greedy(rows, threshold, against=against, many=NUMPY)) == expected
    assert told(greedy(rows, threshold, against=against, many=COMPILED, threads=1)) == expected


@pytest.mark.parametrize("threshold", [0.3, 0.7])
def test_the_number_of_threads_decides_nothing(threshold: float) -> None:
    """Several blocks and tiles, pages that fill, arrays that grow."""
    rows = realistic(2_500, seed=1)
    alone = greedy(rows, threshold, many=COMPILED, threads=1)
    assert same(alone, greedy(rows, threshold, many=NUMPY))
    assert all(same(alone, greedy(rows, threshold, many=COMPILED, threads=n)) for n in (None, 2, 5))
    assert 500 < alone.kept.sum() < 2_400


def test_rows_of_against_come_first_and_are_numbered_apart() -> None:
    rows, against = ["a b c d e", "v w x y z", "v w x y q"], ["no row is like this", "a b c d f", "a b c d f"]
    for many in (NUMPY, COMPILED):
        verdicts = greedy(rows, 0.7, against=against, many=many)
        assert verdicts.kept.tolist() == [False, True, False]
        assert verdicts.nearest.tolist() == [1, -1, 1]
        assert verdicts.beyond.tolist() == [True, False, False]
        assert verdicts.score.tolist() == pytest.approx([0.8, 0.0, 0.8])


def test_a_row_without_tokens_is_kept_and_told_apart() -> None:
    rows = ["🎉", "name a river", "", "🎉", "name a river"]
    for many in (NUMPY, COMPILED):
        verdicts = greedy(rows, 0.5, tokens="unicode", against=["🎉", ""], many=many)
        assert verdicts.kept.tolist() == [True, True, True, True, False]
        assert verdicts.bare.tolist() == [True, False, True, True, False]


@pytest.mark.parametrize("rows", [[], ["", "?!"]], ids=["none", "without tokens"])
def test_nothing_to_compare_is_no_trouble(rows: list[str]) -> None:
    for many in (NUMPY, COMPILED, -1):
        verdicts = greedy(rows, 0.5, many=many)
        assert verdicts.kept.tolist() == [True] * len(rows)


def test_texts_are_read_once_and_in_order() -> None:
    def read(texts: list[str]) -> Iterator[str]:
        yield from texts

    rows = realistic(200, seed=3)
    verdicts = greedy(read(rows), 0.6, against=read(rows[:20]), many=COMPILED)
    assert same(verdicts, greedy(rows, 0.6, against=rows[:20], many=NUMPY))


def test_progress_is_told_up_to_the_last_row() -> None:
    said: list[tuple[int, int]] = []
    greedy(realistic(1_300, seed=2), 0.7, many=COMPILED, told=lambda decided, of: said.append((decided, of)))
    assert said == sorted(said) and len(said) > 1
    assert said[-1] == (1_300, 1_300)


@pytest.mark.parametrize("threshold", [0.0, 1.0, -0.1, 70, float("nan")])
def test_a_threshold_outside_0_and_1_is_refused_before_anything_is_read(threshold: float) -> None:
    def unread() -> Iterator[str]:
        raise AssertionError("read")
        yield

    with pytest.raises(ValueError, match="between 0 and 1"):
        greedy(unread(), threshold)
    with pytest.raises(ValueError, match='"letters"'):
        greedy(unread(), 0.7, tokens="letters")


def test_rows_of_a_hundred_thousand_words_are_decided_like_others() -> None:
    """One row, the same with every tenth word changed, and one of other words: compiled, though they are but four."""
    rng = Random(6)
    first = [f"w{int(30_000 ** rng.random())}" for _ in range(100_000)]
    second = [word if place % 10 else "new" for place, word in enumerate(first)]
    third = [f"v{int(30_000 ** rng.random())}" for _ in range(100_000)]
    verdicts = greedy([" ".join(words) for words in (first, second, third, first)], 0.7)
    assert verdicts.nearest.tolist() == [-1, 0, -1, 0]
    assert verdicts.score.tolist() == [0.0, pytest.approx(0.9, abs=1e-4), 0.0, 1.0]
