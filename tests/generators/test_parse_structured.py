"""Tags, JSON and scores: what is read out of a reply, what is left alone, and that nothing is ever made up."""

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ittgen.generators.parse import json_reply, pair_scores, score, tagged
from ittgen.generators.parse_structured import thought_and_said

quick = settings(deadline=None, derandomize=True, max_examples=120)

SCORE = {"type": "object", "properties": {"score": {"type": "integer"}}, "required": ["score"]}
BITS = (
    '{|}|[|]|"|:|,|"score"|8|1.5|null|true|\n|```|```json\n|\\|<a>|</a>|<b>|</b>|Score|score: |Rating: |/10| out of 10|'
    "First: |Second: |A: |B: |**|7-8|4/5|80%| | and |I'd give it a |<think>|</think>|-3|½|８|\ud800|\u2028|8,5|(1-10)"
).split("|")
scraps = st.lists(st.sampled_from(BITS), max_size=25).map("".join)
replies = st.one_of(scraps, st.text(max_size=60))


@given(replies)
@quick
def test_no_reply_raises_and_a_score_is_a_number_of_the_reply(reply: str) -> None:
    tagged(reply, ["a", "b"])
    json_reply(reply, {})
    pair_scores(reply)
    found = score(reply, 1, 10)
    assert found is None or 1 <= found <= 10
    assert found is None or any(
        found == float(n.replace(",", ".")) for n in re.findall(r"\d+(?:[.,]\d+)?|\.\d+", reply)
    )


@pytest.mark.parametrize("bit", ["[", '{"a":', "{", "[1,", '{"a" ', '["', '"', "```\n", "<a>", "1 ", "out of ", "( "])
def test_a_hostile_reply_takes_no_long_time(bit: str) -> None:
    for reply in (bit * 6_000, f"8{bit * 6_000}x"):  # quadratic reading would take minutes
        assert json_reply(reply, SCORE) is None and tagged(reply, ["a", "b"]) is None
        score(reply, 1, 10)
        pair_scores(reply)


contents = st.text(st.characters(codec="utf-8", exclude_characters="<\r\n"), max_size=40)
inner = st.lists(contents, min_size=1, max_size=3).map("\n".join)


@given(inner, inner, st.booleans(), st.sampled_from(["", "Sure!\n", "```xml\n"]), st.sampled_from(["", "\n", "\r\n"]))
@quick
def test_what_stands_between_tags_comes_out_exactly(why: str, answer: str, turned: bool, talk: str, end: str) -> None:
    pieces = [f"<why>{end}{why}{end}</why>", f"<answer>{end}{answer}{end}</answer>"]
    reply = talk + "\n".join(reversed(pieces) if turned else pieces)
    assert tagged(reply, ["why", "answer"]) == {
        "why": why if end else why.removeprefix("\n").removesuffix("\n"),
        "answer": answer if end else answer.removeprefix("\n").removesuffix("\n"),
    }


TAGGED = {
    "one line break each": ("<a>\n\n x \n\n</a><b></b>", {"a": "\n x \n", "b": ""}),
    "markup inside": ("<a>1 < 2 <i>x</i></a><b>```\n<c>\n```</b>", {"a": "1 < 2 <i>x</i>", "b": "```\n<c>\n```"}),
    "one around the other": ("<a>x <b>y</b></a>", {"a": "x <b>y</b>", "b": "y"}),
    "around both": ("<reply><a>x</a><b>y</b></reply>", {"a": "x", "b": "y"}),
    "a tag only mentioned": ("<a>then <b> follows</a><b>y</b>", {"a": "then <b> follows", "b": "y"}),
    "both mentioned": ("<a>use <b> and </b></a><b>y</b>", {"a": "use <b> and </b>", "b": "y"}),
    "mentioned before": ("I use <a> and <b> tags.\n<a >x</a><b>y</b>", {"a": "x", "b": "y"}),
    "other case": ("<A>x</A><B>y</B>", {"a": "x", "b": "y"}),
    "case as given first": ("<a><A>x</A></a><b>y</b>", {"a": "<A>x</A>", "b": "y"}),
    "thinking aloud": ("<think><a>0</a></think><a>x</a><b>y</b>", {"a": "x", "b": "y"}),
    "one missing": ("<a>x</a>", None),
    "one not closed": ("<a>x</a><b>y", None),
    "one twice": ("<a>x</a><b>y</b><b>z</b>", None),
    "crossed": ("<a>x<b>y</a>z</b>", None),
    "closed twice": ("<a>x</a></a><b>y</b>", None),
    "a likeness": ("<ab>x</ab><b>y</b>", None),
    "nothing": ("", None),
}


@pytest.mark.parametrize("reply, parts", TAGGED.values(), ids=TAGGED)
def test_tags_are_read_where_each_is_there_once(reply: str, parts: dict[str, str] | None) -> None:
    assert tagged(reply, ["a", "b"]) == parts


json_values = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(-(10**9), 10**9), st.text(st.characters(codec="utf-8"), max_size=12)
    ),
    lambda inside: st.one_of(st.lists(inside, max_size=3), st.dictionaries(st.text('ab{["`\\\n', max_size=3), inside)),
    max_leaves=8,
)
AROUND = [
    "{}",
    "Sure! {}\nGood luck.",
    "```json\n{}\n```",
    "See [x] and {{y}}:\n\n```\n{}\n```\n",
    "<think>{{}}</think>{}",
]


@given(
    st.dictionaries(st.sampled_from("abc"), json_values, min_size=1),
    st.sampled_from(AROUND),
    st.sampled_from([None, 2]),
)
@quick
def test_json_is_found_as_it_stands_whatever_is_around_it(value: object, around: str, indent: int | None) -> None:
    schema = {"type": "object", "minProperties": 1}
    assert json_reply(around.format(json.dumps(value, indent=indent)), schema) == value


JSON_REPLIES = {
    "plain": ('{"score": 8}', {"score": 8}),
    "fenced": ('```json\n{"score": 8}\n```', {"score": 8}),
    "fence never closed": ('```json\n{"score": 8}', {"score": 8}),
    "tildes": ('~~~\n{"score": 8}\n~~~', {"score": 8}),
    "prose": ('Both {a, b} and [c] hold, so {"score": 8}, I think.', {"score": 8}),
    "a label in brackets": ('[Result: {"score": 8}]', {"score": 8}),
    "two, one valid": ('{"score": 8} {"other": 1}', {"score": 8}),
    "the last valid one": ('At first {"score": 3}, but then {"score": 8}.', {"score": 8}),
    "the fence before prose": ('```\n{"score": 8}\n```\nnot {"score": 3}', {"score": 8}),
    "thinking aloud": ('<think>{"score": 3}</think>\n{"score": 8}', {"score": 8}),
    "line breaks of code kept": ('{"score": 1, "code": "a:\\n  b"}', {"score": 1, "code": "a:\n  b"}),
    "a comma too many": ('{"score": 8,}', None),
    "single quotes": ("{'score': 8}", None),
    "a comment": ('{"score": 8 // good\n}', None),
    "a raw line break": ('{"score": 8, "why": "a\nb"}', None),
    "inside a broken value": ('{"all": {"score": 8}, "and"', None),
    "inside a truncated list": ('[{"score": 8}, {"sco', None),
    "inside another value": ('{"result": {"score": 8}}', None),
    "a template": ('{{"score": 8}}', None),
    "as text": ('"{\\"score\\": 8}"', None),
    "another type": ('{"score": "8"}', None),
    "not a number": ('{"score": 8, "x": NaN}', None),
    "too large": ('{"score": 8, "x": 1e999}', None),
    "half an emoji": ('{"score": 8, "x": ["\\ud83d"]}', None),
    "a key twice": ('{"score": 3, "score": 8}', None),
    "nested beyond reason": ("[" * 5000 + "]" * 5000, None),
    "nothing": (" ", None),
}


@pytest.mark.parametrize("reply, value", JSON_REPLIES.values(), ids=JSON_REPLIES)
def test_json_is_taken_as_it_stands_or_not_at_all(reply: str, value: object) -> None:
    assert json_reply(reply, SCORE) == value


def test_a_number_or_word_counts_only_as_the_whole_reply_or_in_a_fence() -> None:
    number, word = {"type": "integer"}, {"enum": ["yes", "no"]}
    assert (json_reply("8", number), json_reply("```\n8\n```", number), json_reply("It is 8", number)) == (8, 8, None)
    assert (json_reply('"yes"', word), json_reply('I say "yes"', word)) == ("yes", None)


@pytest.mark.parametrize("schema", [[1], {"type": "text"}, {"$ref": "https://x.example/y"}, {"pattern": "("}, "object"])
def test_what_is_no_schema_is_an_error_of_who_wrote_it(schema: object) -> None:
    with pytest.raises(ValueError, match=r"schema"):
        json_reply('"a"', schema)  # type: ignore[arg-type]  # the point of the test


@pytest.mark.parametrize(
    "text, pair",
    [
        ("<think>\na\n</think>\n\nb", ("a", "\n\nb")),
        ("a</think>\nb", ("a", "\nb")),
        ("<think>a", ("", "<think>a")),
        ("Write `</think>` here", ("", "Write `</think>` here")),
        ("b", ("", "b")),
    ],
)
def test_thoughts_are_told_from_what_was_said(text: str, pair: tuple[str, str]) -> None:
    assert thought_and_said(text) == (pair if pair[1] != "<think>a" else ("a", ""))
