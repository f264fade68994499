"""What the index promises beside rouge-score's decisions, which `test_rouge_oracle` compares; in both its ways."""

import subprocess
import sys
from math import nextafter
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ittgen.dedup import shelves
from ittgen.dedup.lcs import fmeasure
from ittgen.dedup.rouge import Neighbour, RougeIndex, rouge_l
from tests.dedup.ways import BothWays


def index_of(*texts: str, threshold: float = 0.7) -> BothWays:
    index = BothWays(threshold)
    for number, text in enumerate(texts):
        index.add(str(number), text)
    return index


def by_brute_force(texts: list[str], candidate: str, threshold: float) -> Neighbour | None:
    scores = [rouge_l(candidate, text) for text in texts]
    best = max(scores, default=0.0)
    return Neighbour(str(scores.index(best)), best) if best > threshold else None


def words(rng: Random, vocabulary: int, size: int) -> str:
    """Made-up text in which a few words are frequent, as in real text."""
    return " ".join(f"w{int(vocabulary ** rng.random())}" for _ in range(size))


@pytest.mark.parametrize("threshold", [0.0, 1.0, -0.1, 1.7, 70, float("nan")])
def test_a_threshold_outside_0_and_1_is_refused(threshold: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        RougeIndex(threshold)


def test_the_largest_score_is_found_wherever_it_was_added() -> None:
    index = index_of("a b c d e f g h x y", "a b c d e f g h i x", "a b c d e f g z x y")
    assert index.nearest("a b c d e f g h i j") == Neighbour("1", pytest.approx(0.9))


def test_of_equal_scores_the_earliest_added_wins() -> None:
    assert index_of("a b c d x", "a b c d y", "z a b c d").nearest("a b c d e") == Neighbour("0", pytest.approx(0.8))


def test_equal_scores_at_different_lengths_go_to_the_earliest_too() -> None:
    candidate, shorter, longer = "a b c d e f", "a b c d", "a b c d e f x y z"
    assert rouge_l(candidate, shorter) == rouge_l(candidate, longer) == 0.8
    assert index_of(shorter, longer).nearest(candidate) == Neighbour("0", 0.8)
    assert index_of(longer, shorter).nearest(candidate) == Neighbour("0", 0.8)


def test_an_earlier_equal_wins_though_a_later_one_promised_more() -> None:
    """The second shares more words with the candidate, out of order, and is therefore measured first."""
    index = index_of("a b c d e f g h x y", "b a c d e f g h i z")
    assert index.nearest("a b c d e f g h i j") == Neighbour("0", 0.8000000000000002)


def test_a_score_at_the_threshold_is_not_above_it() -> None:
    assert rouge_l("a b c d e f g x y z", "a b c d e f g h i j") == 0.7
    assert index_of("a b c d e f g h i j").nearest("a b c d e f g x y z") is None


def test_rounding_lifts_half_of_the_pairs_at_exactly_seven_tenths_over_the_threshold() -> None:
    near = index_of("a b c d e f g h i j k l m").nearest("a b c d e f g")
    assert near == Neighbour("0", 0.7000000000000001)
    exact = [(m, n) for m in range(1, 41) for n in range(1, 41) if 7 * (m + n) % 20 == 0]
    scores = [fmeasure(7 * (m + n) // 20, m, n) for m, n in exact if 7 * (m + n) // 20 <= min(m, n)]
    assert (len(scores), sum(score > 0.7 for score in scores)) == (40, 24)


def test_no_bound_loses_a_pair_that_rounding_alone_lifts_over_the_threshold() -> None:
    """28 of 29 and 51 words are 7/10, less than this threshold, and come out as 0.7000000000000002, more than it."""
    shared = [f"s{i}" for i in range(28)]
    existing = " ".join(shared + [f"e{i}" for i in range(23)])
    near = index_of(existing, threshold=nextafter(0.7, 1)).nearest(" ".join([*shared, "c"]))
    assert near == Neighbour("0", 0.7000000000000002)


def test_texts_of_the_last_length_within_reach_are_found() -> None:
    """A text and the longest, or shortest, other that holds all of its words, or none but them, and is near enough."""
    words = [f"w{i}" for i in range(600)]
    for size in range(1, 200):
        longest = max(n for n in range(size, 600) if fmeasure(size, n, size) > 0.7)
        text, other = " ".join(words[:size]), " ".join(words[:longest])
        for existing, candidate in ((text, other), (other, text)):
            assert index_of(existing).nearest(candidate) == Neighbour("0", fmeasure(size, longest, size))


def test_what_is_measured_is_the_order_of_words_not_the_bag() -> None:
    assert index_of("e d c b a").nearest("a b c d e") is None


def test_repeated_words_count_as_often_as_both_texts_have_them() -> None:
    index = index_of("no no no no no no no no no yes")
    assert index.nearest("no yes") is None
    assert index.nearest("no no no no no no no no yes yes") == Neighbour("0", pytest.approx(0.9))


def test_a_text_without_tokens_is_counted_and_never_near() -> None:
    index = index_of("", "写一首关于春天的诗", "?!")
    assert len(index) == 3
    assert [index.nearest(text) for text in ("", "写一首关于春天的诗", "?!", "name a river")] == [None] * 4
    assert rouge_l("", "") == rouge_l("a", "") == rouge_l("", "a") == 0


def test_an_empty_index_has_no_neighbours() -> None:
    assert RougeIndex().nearest("Name three rivers.") is None
    assert len(RougeIndex()) == 0


def test_words_no_text_has_count_in_the_length() -> None:
    index = index_of("a b c d")
    assert index.nearest("a b c d new") == Neighbour("0", rouge_l("a b c d new", "a b c d"))
    assert index.nearest("a b c d five new words here now") is None


def test_looking_changes_nothing() -> None:
    index = index_of("a b c d e")
    first = [index.nearest("a b c d x") for _ in range(3)]
    index.nearest("never seen words altogether")
    assert first == [index.nearest("a b c d x")] * 3
    assert len(index) == 1


def test_ancestors_are_passed_over_and_the_next_nearest_is_found() -> None:
    index = index_of("a b c d e f g h", "a b c d e f g x", "a b c d e f x y")
    child = "a b c d e f g h"
    assert index.nearest(child) == Neighbour("0", 1.0)
    assert index.nearest(child, without={"0"}) == Neighbour("1", rouge_l(child, "a b c d e f g x"))
    assert index.nearest(child, without={"0", "1", "2"}) is None


@settings(deadline=None, derandomize=True, max_examples=150)
@given(
    st.lists(st.lists(st.sampled_from("abcdef"), max_size=12).map(" ".join), max_size=40),
    st.lists(st.sampled_from("abcdefg"), max_size=12).map(" ".join),
    st.floats(0.01, 0.99),
)
def test_the_nearest_is_brute_forces_for_any_threshold(texts: list[str], candidate: str, threshold: float) -> None:
    assert index_of(*texts, threshold=threshold).nearest(candidate) == by_brute_force(texts, candidate, threshold)


@pytest.mark.parametrize("threshold", [1e-300, 0.05, 0.3, 0.7, 0.95, 1 - 1e-12])
def test_texts_of_all_lengths_are_found_as_by_brute_force(threshold: float) -> None:
    """From 1 to 700 words: every width of signature, most of them with bits that coincide."""
    rng = Random(11)
    texts = [words(rng, 60, int(700 ** rng.random())) for _ in range(120)]
    changed = [" ".join(w for w in text.split() if rng.random() < 0.75) for text in texts[::4]]
    index = index_of(*texts, threshold=threshold)
    for candidate in texts[:5] + changed:
        assert index.nearest(candidate) == by_brute_force(texts, candidate, threshold)


def test_ten_thousand_words_are_added_and_found() -> None:
    rng = Random(3)
    texts = [words(rng, 20_000, 10_000) for _ in range(4)]
    index = index_of("short text here", *texts)
    copy = " ".join(word for word in texts[2].split() if rng.random() < 0.9)
    near = index.nearest(copy)
    assert near is not None
    assert (near.id, near.score > 0.9) == ("3", True)


def test_few_pairs_of_unrelated_texts_need_their_subsequence(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bounds are what makes it quick: counted, not timed."""
    measured = []

    def counted(*arguments: object) -> int:
        measured.append(arguments)
        return real(*arguments)  # type: ignore[arg-type]  # passed on as they came

    real = shelves.lcs_against
    monkeypatch.setattr(shelves, "lcs_against", counted)
    rng = Random(5)
    index = RougeIndex()
    for number in range(2_000):
        index.add(str(number), words(rng, 3_000, 12 + rng.randrange(16)))
    for _ in range(100):
        assert index.nearest(words(rng, 3_000, 20)) is None
    assert len(measured) < 100


def test_an_index_that_outgrows_numpy_goes_on_as_if_nothing_had_happened() -> None:
    rng = Random(9)
    texts = [words(rng, 300, 3 + rng.randrange(20)) for _ in range(300)]
    small, switching = RougeIndex(0.4), RougeIndex(0.4, many=150)
    for number, text in enumerate(texts):
        assert switching.nearest(text) == small.nearest(text)
        small.add(str(number), text)
        switching.add(str(number), text)
    assert len(switching) == 300
    assert switching.nearest(texts[7], without={"7"}) == small.nearest(texts[7], without={"7"})


def test_pages_fill_and_grow_without_losing_a_row() -> None:
    """3,000 rows of two lengths and one of 3,000 words: full pages, new ones, arrays made longer."""
    rng = Random(2)
    texts = [f"task {number} {words(rng, 5_000, 10 + number % 2)}" for number in range(3_000)]
    index = RougeIndex(0.95, many=0)
    for number, text in enumerate([*texts, words(rng, 5_000, 3_000)]):
        index.add(str(number), text)
    for number in range(0, 3_000, 37):
        assert index.nearest(texts[number]) == Neighbour(str(number), 1.0)


def test_unicode_tokens_tell_apart_what_rouge_cannot() -> None:
    for tokens, near in (("rouge", Neighbour("0", 1.0)), ("unicode", None)):
        index = BothWays(0.7, tokens)
        index.add("0", "Convert C++ to C#")
        assert index.nearest("Convert C to C") == near
    for tokens, near in (("rouge", None), ("unicode", Neighbour("0", 1.0))):
        index = BothWays(0.7, tokens)
        index.add("0", "写一首关于春天的诗")
        assert index.nearest("写一首关于春天的诗") == near


def test_unknown_tokens_are_refused_and_the_known_named() -> None:
    with pytest.raises(ValueError, match='"letters" are not known; there are rouge and unicode'):
        RougeIndex(0.7, "letters")


def test_neither_rouge_score_nor_a_compiler_is_imported_for_a_few_rows() -> None:
    code = """
import sys
from ittgen.dedup.greedy import greedy
from ittgen.dedup.rouge import RougeIndex
RougeIndex().add("a", "Name three rivers.")
greedy(["Name three rivers."] * 100, 0.7)
print({"rouge_score", "nltk", "absl", "pandas", "numba"} & set(sys.modules))
"""
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "set()"
