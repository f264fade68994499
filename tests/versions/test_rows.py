"""What is frozen is read back equal, whatever a seed file or a generator put into it."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ittgen.records import Example, Message, Provenance
from ittgen.text import JSON
from ittgen.versions.rows import line, to_example, to_row
from ittgen.versions.shape import learn
from tests.versions.samples import example, rich

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
scalars = st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats(allow_nan=False, allow_infinity=False)
values: st.SearchStrategy[JSON] = st.recursive(
    scalars | texts | st.just("2024-01-01"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)
keys = st.sampled_from(["stage", "stage_", "generator", "extra_json", "id", "a", "b", "", "_type", "x y"]) | texts
bags = st.dictionaries(keys, values, max_size=4)
provenances = st.none() | st.builds(
    Provenance,
    stage=texts,
    generator=texts,
    slot=st.integers(0, 9),
    parents=st.lists(texts, max_size=2).map(tuple),
    root=texts,
    prompts=st.lists(st.tuples(texts, texts), max_size=2).map(tuple),
    requests=st.lists(texts, max_size=2).map(tuple),
    teacher=bags,
)
turns = st.lists(st.builds(Message, st.sampled_from(["user", "assistant"]), texts), max_size=2).map(tuple)
examples = st.builds(
    Example,
    instruction=texts,
    input=texts,
    output=texts,
    reasoning=texts,
    system=texts,
    turns=turns,
    scores=st.dictionaries(keys, st.floats(allow_nan=False, allow_infinity=False) | st.integers(0, 5), max_size=2),
    meta=bags,
    provenance=provenances,
)


@settings(deadline=None, derandomize=True, max_examples=150)
@given(st.lists(examples, min_size=1, max_size=4))
def test_any_examples_come_back_from_their_rows(frozen: list[Example]) -> None:
    shape = learn(frozen)
    lines = [line(to_row(one, shape)) for one in frozen]
    assert all(text.count(b"\n") == 1 for text in lines)
    rows = [json.loads(text) for text in lines]
    assert [to_example(row) for row in rows] == frozen
    assert [to_example(row).id for row in rows] == [row["id"] for row in rows]


@settings(deadline=None, derandomize=True, max_examples=100)
@given(st.lists(examples, min_size=1, max_size=4))
def test_all_rows_have_the_keys_that_the_columns_name(frozen: list[Example]) -> None:
    shape = learn(frozen)
    names = [column["name"] for column in shape.columns]
    meta = [column["name"] for column in next(c["struct"] for c in shape.columns if c["name"] == "meta")]
    for one in frozen:
        row = to_row(one, shape)
        assert list(row) == names
        assert list(row["meta"]) == meta


@pytest.mark.parametrize(
    ("seen", "kind"),
    [
        (["a", "b"], "string"),
        ([True], "bool"),
        ([1, 2], "int64"),
        ([1, 2.5], "float64"),
        ([2.5, 1], "float64"),
        ([["a"], []], "list:string"),
        ([[], [1], [2.5]], "list:float64"),
        ([[]], "list:string"),
        ([True, 1], None),
        (["a", 1], None),
        (["a", ["a"]], None),
        ([1, [1.5]], None),
        (["a", None], None),
        ([[None]], None),
        ([[[1]]], None),
        ([{}], None),
        ([2**53 + 1], None),
        (["a", "2024-01-01"], None),
        ([["2024-01-01T00:00:00Z"]], None),
        (["a", 1, "b"], None),
    ],
)
def test_a_key_is_a_column_only_where_one_type_holds_all_of_its_values(seen: list[JSON], kind: str | None) -> None:
    shape = learn([Example("x", meta={"key": value}) for value in seen])
    assert shape.meta.kinds.get("key") == kind
    assert shape.meta.extra == (kind is None)


def test_a_seeds_own_stage_is_kept_beside_the_engines() -> None:
    mine = example(1, meta={"stage": "mine", "stage_": "mine too"})
    row = to_row(mine, learn([mine]))
    assert row["meta"] == {"stage": "answer", "generator": "distill", "stage_": "mine", "stage__": "mine too"}
    assert to_example(row) == mine


def test_line_separators_and_emoji_are_written_as_they_are() -> None:
    text = line(to_row(rich(1), learn([rich(1)]))).decode()
    assert "\u2028" in text and "🌲" in text and "zwölf" in text
