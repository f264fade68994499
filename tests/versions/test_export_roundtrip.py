"""What was read from a file comes out of a version again: every field of every row, however odd."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ittgen import api, seeds
from ittgen.recipe import Recipe
from ittgen.records import Example
from ittgen.versions.dataset import Dataset
from ittgen.versions.export import export
from ittgen.versions.freeze import freeze
from tests.versions.samples import content

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)
OURS = {"instruction", "input", "output", "system", "conversations", "messages", "instances"}
names = st.sampled_from(["id", "kind", "stage", "generator", "operation", "extra_json", "fields", "a.b", ""]) | texts
extras = st.dictionaries(names.filter(lambda name: name not in OURS), values, max_size=4)
said = texts.filter(lambda text: text.strip() != "")


@st.composite
def alpaca_rows(draw: st.DrawFn) -> dict[str, Any]:
    system = draw(st.sampled_from([{}, {"system": "Be brief."}, {"system": ""}, {"system": None}]))
    return {"instruction": draw(said), "input": draw(texts), "output": draw(texts), **system, **draw(extras)}


def conversation_rows(
    key: str, who: str, what: str, speakers: Mapping[str, list[str]]
) -> st.SearchStrategy[dict[str, Any]]:
    def turn(role: str, text: st.SearchStrategy[str] = texts) -> st.SearchStrategy[dict[str, Any]]:
        more = st.dictionaries(names.filter(lambda name: name not in {who, what}), values, max_size=2)
        spoken = st.fixed_dictionaries({who: st.sampled_from(speakers[role]), what: text})
        return st.builds(lambda turn, more: more | turn, spoken, more)

    @st.composite
    def rows(draw: st.DrawFn) -> dict[str, Any]:
        system = [draw(turn("system", said))] if draw(st.booleans()) else []
        rest = draw(st.lists(turn("user") | turn("assistant"), max_size=3))
        return {key: [*system, draw(turn("user", said)), draw(turn("assistant")), *rest], **draw(extras)}

    return rows()


SHAREGPT = conversation_rows(
    "conversations", "from", "value", {"system": ["system"], "user": ["human", "user"], "assistant": ["gpt", "bard"]}
)
MESSAGES = conversation_rows(
    "messages", "role", "content", {"system": ["system", "developer"], "user": ["user"], "assistant": ["assistant"]}
)
FORMS = {"alpaca": alpaca_rows(), "sharegpt": SHAREGPT, "messages": MESSAGES}


def published(folder: Path, rows: Iterable[Example]) -> Dataset:
    return Dataset.at(freeze(folder / "data", content(list(rows))).path)


def read(path: Path) -> list[dict[str, Any]]:
    text = path.read_text()
    return json.loads(text) if text.startswith("[") else [json.loads(line) for line in text.split("\n")[:-1]]


@pytest.mark.parametrize("form", FORMS)
@settings(deadline=None, derandomize=True, max_examples=40)
@given(data=st.data())
def test_a_file_read_published_and_exported_is_the_file_again(
    form: str, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    rows = data.draw(st.lists(FORMS[form], min_size=1, max_size=4))
    folder = tmp_path_factory.mktemp("files")
    (folder / "in.json").write_text(json.dumps(rows, ensure_ascii=False))
    pairs = list(zip(seeds.load(folder / "in.json"), rows, strict=True))
    unique = {example.id: (example, row) for example, row in reversed(pairs)}.values()
    export(published(folder, (example for example, _ in unique)), form, folder / "out")
    assert read(folder / "out") == [row for _, row in unique]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("to", ["alpaca", "sharegpt", "messages"])
def test_fields_survive_the_change_to_every_form(tmp_path: Path, form: str, to: str) -> None:
    own = {"id": "r1", "source": {"book": [1, None]}, "checked": None, "operation": "theirs"}
    row: dict[str, Any] = {
        "alpaca": {"instruction": "Sing.", "input": "", "output": "La"},
        "sharegpt": {"conversations": [{"from": "human", "value": "Sing."}, {"from": "gpt", "value": "La"}]},
        "messages": {"messages": [{"role": "user", "content": "Sing."}, {"role": "assistant", "content": "La"}]},
    }[form]
    (tmp_path / "in.json").write_text(json.dumps([row | own]))
    (example,) = seeds.load(tmp_path / "in.json")
    export(
        [replace(example, output="Lo", meta={**example.meta, "epoch": 2, "operation": "ours"})], to, tmp_path / "out"
    )
    (out,) = read(tmp_path / "out")
    assert own | {"epoch": 2} == {key: value for key, value in out.items() if key not in OURS}
    assert "Lo" in str(out) and "La" not in str(out)


def test_a_field_whose_name_the_row_needs_goes_under_fields(tmp_path: Path) -> None:
    row = {"conversations": [{"from": "human", "value": "Sing."}], "output": {"a": 1}, "input": None, "fields": 3}
    (tmp_path / "in.json").write_text(json.dumps([row]))
    export(seeds.load(tmp_path / "in.json"), "alpaca", tmp_path / "out")
    assert read(tmp_path / "out") == [
        {"instruction": "Sing.", "input": "", "output": "", "fields": 3, "fields_": {"output": {"a": 1}}}
    ]


def test_another_system_prompt_stands_in_front_of_the_turns_and_keeps_their_fields(tmp_path: Path) -> None:
    turns = [{"role": "user", "content": "Sing.", "weight": 1}, {"role": "assistant", "content": "La", "weight": 0}]
    (tmp_path / "in.json").write_text(json.dumps([{"messages": turns}]))
    (example,) = seeds.load(tmp_path / "in.json")
    export([replace(example, system="Loud.")], "messages", tmp_path / "out")
    assert read(tmp_path / "out") == [{"messages": [{"role": "system", "content": "Loud."}, *turns]}]


# Re-answering

EXTRAS: list[dict[str, Any]] = [
    {"id": "a1", "source": "book"},
    {"checked": None, "tags": ["a", None, {"b": [0.5, 1]}]},
    {"source": {"book": {"page": 3}}, "epoch": "theirs", "replaced_output": [1]},
    {"text": "2024-01-01", "score": 10**20},
    {},
    {"score": 1.5, "kind": ["odd"], "fields": {"fields": {}}, "odd name\u2028": ""},
]


def test_every_extra_field_of_a_thousand_alpaca_rows_survives_re_answering_and_export(tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [
        {"instruction": f"Add {n} and {n + 1}.", "input": "", "output": "old", **EXTRAS[n % len(EXTRAS)], "n": n}
        for n in range(1000)
    ]
    (tmp_path / "alpaca.json").write_text(json.dumps(rows, indent=2))
    table = {
        "name": "again",
        "seeds": str(tmp_path / "alpaca.json"),
        "teacher": {"use": "procedural", "noise": 0.0},
        "stage": [{"name": "answer", "generator": {"use": "distill", "replace_outputs": True}}],
    }
    version = api.grow(Recipe.of(table), data=tmp_path / "data", journal=tmp_path / "j.sqlite", progress="none")
    version.export(tmp_path / "out.json", "alpaca")
    written = read(tmp_path / "out.json")
    assert [row["n"] for row in written] == list(range(1000))
    assert all(new["output"] not in ("", "old") for new in written)
    assert [{key: new.get(key) for key in old if key != "output"} for old, new in zip(rows, written, strict=True)] == [
        {key: value for key, value in old.items() if key != "output"} for old in rows
    ]
