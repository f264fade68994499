"""Decision for decision and bit for bit the same as rouge-score itself."""

from fractions import Fraction
from functools import cache
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rouge_score.rouge_scorer import RougeScorer
from rouge_score.tokenizers import DefaultTokenizer

from ittgen.dedup.rouge import Neighbour, RougeIndex, rouge_l
from ittgen.text import rouge_tokens

THRESHOLDS = (0.3, 0.5, 0.7, 0.9)
SCORER = RougeScorer(["rougeL"], use_stemmer=False)
TOKENIZER = DefaultTokenizer(use_stemmer=False)

token_lists = st.lists(st.sampled_from(["a", "b", "c", "d", "the", "of", "2020"]), max_size=25).map(" ".join)


def oracle(candidate: str, existing: str) -> float:
    return float(SCORER.score(target=existing, prediction=candidate)["rougeL"].fmeasure)


def found(existing: str, candidate: str, threshold: float) -> Neighbour | None:
    index = RougeIndex(threshold)
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


@cache
def scores_with_earlier_texts() -> tuple[list[str], list[list[float]]]:
    texts = made_up_texts(150, seed=1)
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


@pytest.mark.parametrize("threshold", THRESHOLDS)
def test_a_greedy_pass_accepts_what_brute_force_with_rouge_score_accepts(threshold: float) -> None:
    texts, scores = scores_with_earlier_texts()
    index, accepted = RougeIndex(threshold), []
    for place, text in enumerate(texts):
        best = max((scores[place][i] for i in accepted), default=0.0)
        nearest = next((Neighbour(str(i), best) for i in accepted if scores[place][i] == best > threshold), None)
        assert index.nearest(text) == nearest
        if nearest is None:
            index.add(str(place), text)
            accepted.append(place)
    assert 5 < len(accepted) < len(texts)
