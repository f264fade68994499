"""Seed files of both forms load as they are, nothing they say is lost, and a bad line is named."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ittgen import resources, seeds
from ittgen.errors import SeedError
from ittgen.records import Example
from ittgen.text import JSON

GOOD = '{"instruction": "Name three rivers."}'


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "s.jsonl"


def loaded(path: Path, *lines: object) -> list[Example]:
    path.write_text("".join(f"{line if isinstance(line, str) else json.dumps(line)}\n" for line in lines))
    return seeds.load(path)


# The two forms


def test_a_line_of_the_self_instruct_form_becomes_an_example(path: Path) -> None:
    line = {
        "id": "seed_task_0",
        "name": "rivers",
        "instruction": "Name a river in the country.",
        "instances": [{"input": "Chile", "output": "the Maipo"}],
        "is_classification": False,
    }
    meta = {"id": "seed_task_0", "name": "rivers", "is_classification": False}
    assert loaded(path, line) == [Example("Name a river in the country.", "Chile", "the Maipo", meta=meta)]


def test_a_flat_line_becomes_an_example(path: Path) -> None:
    full = {"instruction": "Add.", "input": "1 2", "output": "3"}
    assert loaded(path, full, {"instruction": "Sing."}) == [Example("Add.", "1 2", "3"), Example("Sing.")]


@pytest.mark.parametrize("extra", [{"operation": "q"}, {"tags": ["a", {"b": None}], "score": 0.5}, {"text": "é\u2028"}])
def test_fields_we_do_not_know_are_kept(path: Path, extra: dict[str, JSON]) -> None:
    flat, nested = loaded(path, {"instruction": "x", **extra}, {"instruction": "x", "instances": [], **extra})
    assert flat.meta == nested.meta == {"fields": extra}


@pytest.mark.parametrize("own", [{"id": 7}, {"name": "rivers", "kind": "qa"}, {"is_classification": True}])
def test_what_a_seed_says_of_itself_keeps_its_name(path: Path, own: dict[str, JSON]) -> None:
    flat, nested = loaded(path, {"instruction": "x", **own}, {"instruction": "x", "instances": [], **own})
    assert flat.meta == nested.meta == own


@pytest.mark.parametrize(
    "instances",
    [
        [{"input": "a", "output": "1"}, {"input": "b", "output": "2"}],
        [{"input": "a", "output": "1", "source": "book"}],
    ],
)
def test_instances_that_do_not_fit_into_an_example_are_kept_whole(path: Path, instances: list[dict[str, str]]) -> None:
    (seed,) = loaded(path, {"instruction": "x", "instances": instances})
    assert (seed.input, seed.output) == ("a", "1")
    assert seed.meta == {"instances": instances}


def test_a_task_without_an_answer_has_no_output(path: Path) -> None:
    for line in ({"instruction": "x", "instances": []}, {"instruction": "x", "instances": [{}]}):
        assert loaded(path, line) == [Example("x")]


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
lines = st.fixed_dictionaries(
    {"instruction": texts.filter(lambda text: text.strip() != "")},
    optional={
        "instances": st.lists(st.fixed_dictionaries({"input": texts, "output": texts}), max_size=3),
        "id": texts,
        "is_classification": st.booleans(),
        "extra": st.recursive(
            st.none() | st.integers() | texts, lambda inner: st.lists(inner) | st.dictionaries(texts, inner)
        ),
    },
)


@settings(deadline=None, derandomize=True, max_examples=100)
@given(rows=st.lists(lines, min_size=1, max_size=4), escaped=st.booleans(), crlf=st.booleans(), bom=st.booleans())
def test_nothing_a_seed_file_says_is_lost(
    rows: list[dict[str, JSON]], escaped: bool, crlf: bool, bom: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    end = b"\r\n" if crlf else b"\n"
    path = tmp_path_factory.mktemp("seeds") / "s.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" * bom + b"".join(json.dumps(r, ensure_ascii=escaped).encode() + end for r in rows))
    for seed, row in zip(seeds.load(path), rows, strict=True):
        assert seed.instruction == row["instruction"]
        instances = row.get("instances") or []
        assert isinstance(instances, list)
        assert seed.meta.get("instances", [{"input": seed.input, "output": seed.output}] * len(instances)) == instances
        own = {k: v for k, v in seed.meta.items() if k not in ("instances", "fields")}
        assert own == {k: v for k, v in row.items() if k in ("id", "is_classification")}
        assert seed.meta.get("fields", {}) == {k: v for k, v in row.items() if k == "extra"}


# Bytes


def test_a_byte_order_mark_windows_line_ends_and_blank_lines_do_no_harm(path: Path) -> None:
    path.write_bytes(b'\xef\xbb\xbf{"instruction": "a"}\r\n\r\n   \r\n{"instruction": "b"}')
    assert [seed.instruction for seed in seeds.load(path)] == ["a", "b"]
    assert [number for number, _ in seeds.numbered(path)] == [1, 4]


def test_line_separators_inside_a_text_end_no_line(path: Path) -> None:
    text = "a\u2028b\u0085c\x0bd"
    path.write_text(json.dumps({"instruction": text}, ensure_ascii=False))
    assert seeds.load(path) == [Example(text)]


# What is wrong

BAD = {
    "half a line": (b'{"instruction": "a"', "not JSON: Expecting ',' delimiter"),
    "two values": (b'{"instruction": "a"} {}', "not JSON: Extra data"),
    "no object": (b'["a"]', "a seed is a JSON object with an instruction, not list"),
    "a bare word": (b'"a"', "a seed is a JSON object with an instruction, not str"),
    "no instruction": (b'{"instances": []}', '"instruction" is missing'),
    "an empty instruction": (b'{"instruction": " \\n"}', '"instruction" is empty'),
    "an instruction that is no text": (b'{"instruction": 3}', '"instruction" must be text, not 3'),
    "an input that is no text": (b'{"instruction": "a", "input": ["b"]}', "\"input\" must be text, not ['b']"),
    "instances that are no list": (b'{"instruction": "a", "instances": {}}', '"instances" must be a list of {"input"'),
    "an instance that is no object": (b'{"instruction": "a", "instances": ["b"]}', '"instances" must be a list'),
    "an instance whose output is no text": (b'{"instruction": "a", "instances": [{"output": 1}]}', '"output" must be'),
    "a later instance whose output is no text": (
        b'{"instruction": "a", "instances": [{"output": "1"}, {"output": 1}]}',
        '"output" must be text, not 1',
    ),
    "another encoding": ('{"instruction": "é"}'.encode("latin-1"), "not UTF-8"),
    "NaN": (b'{"instruction": "a", "x": NaN}', "no text or number that can be stored"),
    "half a surrogate pair": (b'{"instruction": "\\ud83d"}', "no text or number that can be stored"),
}


@pytest.mark.parametrize(("line", "said"), BAD.values(), ids=BAD.keys())
def test_a_bad_line_is_named_and_hides_no_other(path: Path, line: bytes, said: str) -> None:
    path.write_bytes(GOOD.encode() + b"\n\n" + line + b"\n" + GOOD.encode() + b"\n")
    with pytest.raises(SeedError) as error:
        seeds.load(path)
    assert str(error.value).startswith(f"seeds {path}, line 3: ") and said in str(error.value)
    numbers, read = zip(*seeds.numbered(path), strict=True)
    assert numbers == (1, 3, 4)
    assert (read[0], read[2]) == (Example("Name three rivers."), Example("Name three rivers."))
    assert str(read[1]) == str(error.value)


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf"])
def test_a_file_without_a_task_is_refused(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(SeedError, match=r"seeds .*s\.jsonl: the file holds no task"):
        seeds.load(path)


def test_a_file_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(SeedError, match=r"none\.jsonl: No such file"):
        seeds.load(tmp_path / "none.jsonl")
    with pytest.raises(SeedError, match="Is a directory"):
        seeds.load(tmp_path)


# Finding


def test_a_set_beside_the_recipe_comes_before_the_packaged_one(tmp_path: Path) -> None:
    packaged = tmp_path / "packaged"
    for folder in (packaged, tmp_path / "seeds"):
        folder.mkdir()
        (folder / "general.jsonl").write_text(GOOD)
    (packaged / "code.jsonl").write_text(GOOD)
    assert seeds.locate("general", tmp_path, packaged) == tmp_path / "seeds" / "general.jsonl"
    assert seeds.locate("code", tmp_path, packaged) == packaged / "code.jsonl"
    assert seeds.locate("seeds/general.jsonl", tmp_path, packaged) == tmp_path / "seeds" / "general.jsonl"
    with pytest.raises(SeedError, match=r'there is no set "genral" in .* or .*packaged \(did you mean "general"\?\)'):
        seeds.locate("genral", tmp_path, packaged)
    with pytest.raises(SeedError, match=r"other\.jsonl: no such file"):
        seeds.locate("other.jsonl", tmp_path, packaged)


def test_every_packaged_set_loads() -> None:
    sets = list(resources.seeds().glob("*.jsonl"))
    assert sets
    for path in sets:
        assert all(seed.output for seed in seeds.load(path))
        assert path.with_suffix(".md").is_file()
