"""Decision for decision and bit for bit the same as rouge-score itself."""

from fractions import Fraction
from functools import cache
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rouge_score.rouge_scorer import RougeScorer
from rouge_score.tokenizers import DefaultTokenizer

from ittgen.dedup.greedy import greedy
from ittgen.dedup.rouge import MANY, Neighbour, rouge_l
from ittgen.text import rouge_tokens
from tests.dedup.ways import BothWays

THRESHOLDS = (0.3, 0.5, 0.7, 0.9)
SCORER = RougeScorer(["rougeL"], use_stemmer=False)
TOKENIZER = DefaultTokenizer(use_stemmer=False)

token_lists = st.lists(st.sampled_from(["a", "b", "c", "d", "the", "of", "2020"]), max_size=25).map(" ".join)


def oracle(candidate: str, existing: str) -> float:
    return float(SCORER.score(target=existing, prediction=candidate)["rougeL"].fmeasure)


def found(existing: str, candidate: str, threshold: float) -> Neighbour | None:
    index = BothWays(threshold)
    index.add("it", existing)
    return index.nearest(candidate)


def made_up_texts(count: int, seed: int) -> list[str]:
    """Instructions from a small grammar; every third is an earlier one with a few words changed, as teachers do."""
    rng = Random(seed)
    parts = [
        ["Write", "Compose", "Draft", "Give me", "Please write", "Suggest", "Create"],
        ["a short", "a funny", "a 3-line", "an honest", "a formal", "one"],
        ["poem", "email", "story", "letter", "summary", "recipe", "Python function", "e-mail to NASA's team"],
        ["about", "that explains", "on the subject of", "concerning", "inspired by"],
        ["rivers", "the year 2020", "a lost dog", "C++ templates", "café culture", "tax law", "winter in Tromsø"],
        ["for children.", "in plain words.", "with two examples!", "", "for a busy reader, no jargon.", "(max. 50)"],
    ]
    texts: list[str] = []
    for number in range(count):
        if number % 3 == 2:
            texts.append(" ".join(w for w in texts[rng.randrange(number)].split() if rng.random() < 0.85))
        else:
            texts.append(" ".join(part[rng.randrange(len(part))] for part in parts).strip())
    return texts


def pairs_at_the_thresholds() -> list[str]:
    """Twenty texts, two and two of which score 0.3, 0.5, 0.7 or 0.9, or the float next to it."""
    texts: list[str] = []
    for common, m, n in ((3, 10, 10), (6, 12, 28), (5, 10, 10), (4, 5, 11), (7, 10, 10), (7, 7, 13), (14, 20, 20)):
        shared = [f"p{common}x{m}s{i}" for i in range(common)]
        texts += [
            " ".join([*shared, *(f"{side}{m}{n}x{i}" for i in range(size - common))])
            for side, size in (("c", m), ("e", n))
        ]
    return [*texts, *(" ".join(f"q{i}" for i in range(start, start + 10)) for start in (0, 1, 40, 43, 80, 85))]


@cache
def scores_with_earlier_texts() -> tuple[list[str], list[list[float]]]:
    texts = [*made_up_texts(280, seed=1), *pairs_at_the_thresholds()]
    Random(4).shuffle(texts)
    return texts, [[oracle(text, earlier) for earlier in texts[:place]] for place, text in enumerate(texts)]


NASTY = [
    "",
    " \t\n",
    "Convert C++ to C#!",
    "don't stop-me now_please",
    "İstanbul ISTANBUL ıI",
    "Straße STRASSE ß ſlow ẞ",
    "K 300 K Å Ω",
    "１２３ ａｂｃ ＡＢＣ",
    "e\u0301cole école ÉCOLE a\u0300\u0301b",
    "٣ ३ ² ½ Ⅷ ⅷ ①",
    "ﬁne ﬂow ǅ ǆ",
    "zero\u200bwidth\u200djoiner\u00adsoft\ufeffbom",
    "line\u2028separator\u2029paragraph\x85next\x0bvertical\x1cfile\x00null",
    "写一首诗 abc 写 Привет мир مرحبا 123 नमस्ते",
    "emoji👩‍👩‍👧text🎉end",
    "half\ud83dpair \udc00low",
    "Σίσυφος ΣΑΣ",
]


@pytest.mark.parametrize("text", NASTY)
def test_nasty_text_is_cut_into_rouge_scores_tokens(text: str) -> None:
    assert rouge_tokens(text) == TOKENIZER.tokenize(text)


def test_every_single_character_is_cut_as_by_rouge_score() -> None:
    for start in range(0, 0x110000, 0x400):
        text = "x".join(map(chr, range(start, start + 0x400)))
        assert rouge_tokens(text) == TOKENIZER.tokenize(text)


@settings(deadline=None, derandomize=True, max_examples=300)
@given(st.text(max_size=60) | st.text(st.characters(max_codepoint=0x250), max_size=60))
def test_any_text_is_cut_into_rouge_scores_tokens(text: str) -> None:
    assert rouge_tokens(text) == TOKENIZER.tokenize(text)


@settings(deadline=None, derandomize=True, max_examples=300)
@given(token_lists, token_lists)
def test_any_two_token_lists_score_the_same_to_the_last_bit(candidate: str, existing: str) -> None:
    score = oracle(candidate, existing)
    assert rouge_l(candidate, existing) == score == oracle(existing, candidate)
    for threshold in THRESHOLDS:
        assert found(existing, candidate, threshold) == (Neighbour("it", score) if score > threshold else None)


@pytest.mark.parametrize("threshold", THRESHOLDS)
def test_pairs_exactly_at_the_threshold_fall_on_rouge_scores_side(threshold: float) -> None:
    """Every (m, n) up to 40 words whose ROUGE-L is the threshold; rounding puts some above it, some below."""
    share = Fraction(str(threshold)) / 2
    sides = set()
    for m, n in ((m, n) for m in range(1, 41) for n in range(1, 41)):
        common = share * (m + n)
        if common.denominator > 1 or common > min(m, n):
            continue
        shared = [f"s{i}" for i in range(int(common))]
        candidate = " ".join(shared + [f"c{i}" for i in range(m - len(shared))])
        existing = " ".join([f"e{i}" for i in range(n - len(shared))] + shared)
        score = oracle(candidate, existing)
        assert found(existing, candidate, threshold) == (Neighbour("it", score) if score > threshold else None)
        sides.add(score > threshold)
    assert sides == ({False} if threshold == 0.9 else {False, True})


def test_realistic_texts_score_the_same_to_the_last_bit() -> None:
    texts, scores = scores_with_earlier_texts()
    for place, text in enumerate(texts):
        assert [rouge_l(text, earlier) for earlier in texts[:place]] == scores[place]


def by_rouge_score(threshold: float) -> list[Neighbour | None]:
    """The nearest accepted text of each rejected one, every pair of them scored by rouge-score."""
    texts, scores = scores_with_earlier_texts()
    verdicts: list[Neighbour | None] = []
    for place in range(len(texts)):
        near = {i: scores[place][i] for i in range(place) if verdicts[i] is None and scores[place][i] > threshold}
        verdicts.append(max((Neighbour(str(i), s) for i, s in near.items()), key=lambda n: n.score, default=None))
    return verdicts


@pytest.mark.parametrize("threshold", THRESHOLDS)
def test_adding_one_by_one_accepts_what_brute_force_with_rouge_score_accepts(threshold: float) -> None:
    index, texts = BothWays(threshold), scores_with_earlier_texts()[0]
    for place, (text, verdict) in enumerate(zip(texts, by_rouge_score(threshold), strict=True)):
        assert index.nearest(text) == verdict
        if verdict is None:
            index.add(str(place), text)
    assert len(texts) == 300 and 5 < len(index) < 290


@pytest.mark.parametrize("many", [0, MANY], ids=["compiled", "numpy"])
@pytest.mark.parametrize("threshold", THRESHOLDS)
def test_a_greedy_pass_accepts_what_brute_force_with_rouge_score_accepts(threshold: float, many: int) -> None:
    verdicts, said = greedy(scores_with_earlier_texts()[0], threshold, many=many), by_rouge_score(threshold)
    assert verdicts.kept.tolist() == [near is None for near in said]
    assert verdicts.nearest.tolist() == [int(near.id) if near else -1 for near in said]
    assert verdicts.score.tolist() == [near.score if near else 0.0 for near in said]


def test_the_texts_compared_hold_pairs_exactly_at_every_threshold() -> None:
    scores = {round(score, 12) for row in scores_with_earlier_texts()[1] for score in row}
    assert scores >= set(THRESHOLDS)
