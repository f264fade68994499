"""How texts are cut, by `rouge` and by `unicode`."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ittgen.dedup.tokens import TOKENS, tokenizer, unicode_tokens
from ittgen.text import rouge_tokens

plain = st.text("abcXYZ 0123456789 ,;:!?'\"()[]{}\n\t`_", max_size=60)


@settings(deadline=None, derandomize=True, max_examples=500)
@given(plain)
def test_plain_ascii_words_are_cut_as_by_rouge(text: str) -> None:
    assert unicode_tokens(text) == rouge_tokens(text)


@pytest.mark.parametrize(
    "text",
    [
        "Don't stop-me now, please... (or do)!",
        "Well-known e.g. in the U.S.: step-by-step - or so. The end.",
        "Use snake_case; and/or 'quotes', \"both\" [sic] {x}.",
        "From 2019-2020, pages 3-5, in 1999. Then: 1. first 2. second",
        "- a list\n- of **bold** and *slanted* items\n* and more",
        "# A title\n## Another --- with a rule",
        "",
    ],
)
def test_sentence_punctuation_is_dropped_as_by_rouge(text: str) -> None:
    assert unicode_tokens(text) == rouge_tokens(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("C++", "C"), ("C#", "C"), ("C++", "C#"), (".NET", "NET"), ("F#", "F"), ("A+", "A"), ("C++17", "C17"),
        ("a < b", "a > b"), ("a<b", "a<=b"), ("a == b", "a != b"), ("a -> b", "a > b"), ("-5", "5"), ("(-5)", "(5)"),
        ("3.14", "3 14"), ("1.2.3", "123"), (".5", "5"), ("5 - 3", "5 + 3"), ("5 * 3", "5 / 3"), ("2*3", "23"),
        ("1/2", "1 2"), ("50%", "50"), ("$20", "€20"), ("x^2", "x2"), ("10²", "102"), ("x ≤ y", "x ≥ y"),
        ("a & b", "a | b"), ("−5", "5"), ("你好", "好你"), ("Привет", "Пока"), ("किताब", "कताब"), ("αβ", "βα"),
    ],
)  # fmt: skip
def test_what_means_something_else_is_cut_into_other_tokens(one: str, other: str) -> None:
    assert unicode_tokens(one) != unicode_tokens(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("CAFÉ", "cafe\u0301"), ("Straße", "STRASSE"), ("ＡＢＣ　１２３", "abc 123"), ("ﬁne", "FINE"),
        ("ﾊﾝｶｸ", "ハンカク"), ("ΣΊΣΥΦΟΣ", "Σίσυφος"), ("“quoted” — so", '"quoted" - so'),
        ("−5", "-5"), ("½", "1/2"), ("x²", "x^2"), ("Java™", "java"), ("co\u00adoperate", "cooperate"),
        ("可以\u200b吗？", "可以吗?"), ("Name a river 🎉", "name a river"),
    ],
)  # fmt: skip
def test_what_means_the_same_is_cut_into_the_same_tokens(one: str, other: str) -> None:
    assert unicode_tokens(one) == unicode_tokens(other)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Convert C++ to C#!", ["convert", "c++", "to", "c#"]),
        ("写一首关于春天的诗。", [*"写一首关于春天的诗"]),
        ("カタカナとABC", [*"カタカナと", "abc"]),
        ("iPhone手机", ["iphone", "手", "机"]),
        ("한국어 문장", ["한국어", "문장"]),
        ("नमस्ते दुनिया", ["नमस्ते", "दुनिया"]),
        ("สวัสดี", ["ส", "วั", "ส", "ดี"]),
        ("ខ្មែរ", ["ខ្", "មែ", "រ"]),
        ("Напиши стихи", ["напиши", "стихи"]),
        ("اكتب قصيدة", ["اكتب", "قصيدة"]),
        ("f(x) = -0.5 * x^2 <= 3.14", ["f", "x", "=", "-0.5", "*", "x", "^", "2", "<=", "3.14"]),
        ("ASP.NET and .NET", ["asp", "net", "and", ".net"]),
        ("half\ud83dpair", ["half", "pair"]),
    ],
)
def test_texts_of_all_kinds_are_cut_as_expected(text: str, tokens: list[str]) -> None:
    assert unicode_tokens(text) == tokens


@pytest.mark.parametrize("text", ["🎉", "👩‍👩‍👧 🇪🇺 ☃️", "?!…—", " \n", "。、「」", "\u200b\ufeff"])
def test_emoji_and_punctuation_alone_are_no_tokens(text: str) -> None:
    assert unicode_tokens(text) == []


@settings(deadline=None, derandomize=True, max_examples=300)
@given(st.text(max_size=40))
def test_any_text_is_cut_and_blanks_around_it_do_not_matter(text: str) -> None:
    tokens = unicode_tokens(text)
    assert all(tokens)
    assert unicode_tokens(f"  {text}\n") == tokens


@settings(deadline=None, derandomize=True, max_examples=200)
@given(st.text("abc C++#.<>=-5 3/*%$é写", max_size=30))
def test_an_ascii_text_is_cut_alike_when_another_script_follows(text: str) -> None:
    """Two patterns, one for ASCII alone: they must agree."""
    assert unicode_tokens(f"{text} 写") == [*unicode_tokens(text), "写"]


def test_a_tokenizer_is_found_by_name_and_an_unknown_name_refused() -> None:
    assert {name: tokenizer(name) for name in TOKENS} == {"rouge": rouge_tokens, "unicode": unicode_tokens}
    with pytest.raises(ValueError, match='tokens "letters" are not known; there are rouge and unicode'):
        tokenizer("letters")
