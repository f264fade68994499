"""Whatever is done to a version's files, verify says which file and what."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from ittgen.versions.files import write_text
from ittgen.versions.freeze import Frozen
from ittgen.versions.manifest import FILE, Manifest, digest_of, seal_of
from ittgen.versions.verify import MOST_LINES, Fault, verify

DATA = "data-00000.jsonl"
REJECTED = "rejected-00000.jsonl"


def edit(path: Path, change: Callable[[list[bytes]], list[bytes]]) -> None:
    """Change a file's lines."""
    path.write_bytes(b"".join(change(path.read_bytes().splitlines(keepends=True))))


def resign(folder: Path, **facts: object) -> None:
    """Make the manifest's checksums and sums fit the files, as a careful forger would."""
    manifest = Manifest.read(folder).to_json()
    entries = []
    for entry in manifest["files"]:
        again = write_text(folder / entry["name"], (folder / entry["name"]).read_bytes().decode())
        lines = (folder / entry["name"]).read_bytes().count(b"\n")
        entries.append({"name": again.name, "sha256": again.sha256, "bytes": again.bytes, "rows": lines})
    signed = Manifest.from_json({**manifest, "files": entries})
    rows = sum(entry.rows for entry in signed.data)
    text = {**signed.to_json(), "digest": digest_of(signed.files), "rows": rows, **facts}
    (folder / FILE).write_text(json.dumps({**text, "seal": seal_of(text)}))


def faults(folder: Path) -> list[tuple[str, str]]:
    return [(fault.file, fault.what) for fault in verify(folder)]


def test_a_fresh_version_is_sound(frozen: Frozen) -> None:
    assert verify(frozen.path) == []
    resign(frozen.path)
    assert verify(frozen.path) == []


@pytest.mark.parametrize("name", [DATA, REJECTED, "README.md"])
def test_one_changed_byte_is_found_in_any_file(frozen: Frozen, name: str) -> None:
    text = (frozen.path / name).read_bytes()
    (frozen.path / name).write_bytes(text.replace(b"number", b"Number", 1) if name != "README.md" else b"X" + text[1:])
    assert (name, "was changed") in [(file, what[:11]) for file, what in faults(frozen.path)]


def test_a_missing_file_is_found(frozen: Frozen) -> None:
    (frozen.path / DATA).unlink()
    (frozen.path / "README.md").unlink()
    assert verify(frozen.path) == [Fault(DATA, "is missing"), Fault("README.md", "is missing")]


def test_an_extra_file_is_found(frozen: Frozen) -> None:
    (frozen.path / "data-00001.jsonl").write_text("{}\n")
    assert verify(frozen.path) == [Fault("data-00001.jsonl", "is not in the manifest")]


def test_a_truncated_line_is_found_with_its_number(frozen: Frozen) -> None:
    text = (frozen.path / DATA).read_bytes()
    (frozen.path / DATA).write_bytes(text[:-20])
    assert faults(frozen.path) == [
        (DATA, f"has {len(text) - 20:,} bytes, not {len(text):,}"),
        (DATA, "line 10: is cut off: it has no line end"),
    ]


def test_a_lost_line_is_found(frozen: Frozen) -> None:
    edit(frozen.path / DATA, lambda lines: lines[:4] + lines[5:])
    assert (DATA, "has 9 lines, not 10") in faults(frozen.path)


@pytest.mark.parametrize("name", [DATA, REJECTED])
def test_a_line_that_is_not_json_or_not_ours_is_found_with_its_number(frozen: Frozen, name: str) -> None:
    edit(frozen.path / name, lambda lines: [b"{oops\n", b'{"id": "a"}\n', b"[]\n", *lines[3:]])
    what = [what for file, what in faults(frozen.path) if what.startswith("line")]
    assert [text.split(":")[0] for text in what] == ["line 1", "line 2", "line 3"]
    assert "not JSON" in what[0]
    assert " of ours" in what[1] and " of ours" in what[2]


def test_a_changed_row_is_found_even_where_the_checksums_were_made_to_fit(frozen: Frozen) -> None:
    edit(frozen.path / DATA, lambda lines: [lines[0].replace(b"It is 0.", b"It is 7."), *lines[1:]])
    resign(frozen.path)
    ((file, what),) = faults(frozen.path)
    assert file == DATA
    assert what.startswith("line 1: its id is ") and "but its content makes" in what


def test_a_doubled_id_is_found_even_where_the_checksums_were_made_to_fit(frozen: Frozen) -> None:
    edit(frozen.path / DATA, lambda lines: [*lines, lines[2]])
    resign(frozen.path)
    ((file, what),) = faults(frozen.path)
    assert file == DATA
    assert what.startswith("line 11: its id ") and what.endswith("stands in an earlier line already")


def test_a_wrong_digest_and_wrong_counts_are_found(frozen: Frozen) -> None:
    resign(frozen.path, digest="0" * 64, rows=11)
    assert [(file, what.split(",")[0]) for file, what in faults(frozen.path)] == [
        (FILE, f"its digest is {'0' * 64}"),
        (FILE, "says 11 rows"),
    ]


def test_counts_by_stage_and_rule_that_the_files_do_not_bear_out_are_found(frozen: Frozen) -> None:
    stages = [dict(stage) for stage in Manifest.read(frozen.path).stages]
    stages[0]["rejected"] = {"near-duplicate": 5}
    stages[1]["rows"] = 9
    resign(frozen.path, stages=stages)
    assert faults(frozen.path) == [
        (FILE, 'stage "answer": says 9 rows, but the files have 10'),
        (
            FILE,
            "stage \"propose\": says {'near-duplicate': 5} rejected, "
            "but the files have {'near-duplicate': 1, 'unparsed': 1}",
        ),
    ]


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"files": 3}', '{"files": [{"name": "x"}]}', "{oops"])
def test_a_manifest_that_cannot_be_read_is_the_fault(frozen: Frozen, text: str) -> None:
    (frozen.path / FILE).write_text(text)
    ((file, what),) = faults(frozen.path)
    assert file == FILE
    assert "cannot be read" in what


@pytest.mark.parametrize(
    ("field", "value"),
    [("notice", ""), ("cost", 0.5), ("recipe", {}), ("partial", "no"), ("seal", ""), ("cost", float("nan"))],
)
def test_a_changed_field_of_the_manifest_is_found(frozen: Frozen, field: str, value: object) -> None:
    fields = json.loads((frozen.path / FILE).read_bytes()) | {"notice": "for testing"}
    fields["seal"] = seal_of(fields)
    (frozen.path / FILE).write_text(json.dumps(fields))
    assert verify(frozen.path) == []
    (frozen.path / FILE).write_text(json.dumps(fields | {field: value}))
    ((file, what),) = faults(frozen.path)
    assert file == FILE and "was changed" in what


def test_a_field_that_is_taken_out_of_the_manifest_is_found_and_another_spacing_is_no_fault(frozen: Frozen) -> None:
    fields = json.loads((frozen.path / FILE).read_bytes())
    (frozen.path / FILE).write_text(json.dumps(dict(reversed(fields.items())), indent=7))
    assert verify(frozen.path) == []
    del fields["licences"]
    (frozen.path / FILE).write_text(json.dumps(fields))
    assert len(verify(frozen.path)) == 1


@pytest.mark.parametrize(("field", "value"), [("stages", 3), ("rows", "ten"), ("version", None), ("stages", ["x"])])
def test_a_manifest_with_another_kind_of_value_cannot_be_read(frozen: Frozen, field: str, value: object) -> None:
    fields = json.loads((frozen.path / FILE).read_bytes())
    (frozen.path / FILE).write_text(json.dumps(fields | {field: value}))
    ((file, what),) = faults(frozen.path)
    assert file == FILE and "cannot be read" in what


def test_a_missing_manifest_is_the_fault(frozen: Frozen) -> None:
    (frozen.path / FILE).unlink()
    ((file, what),) = faults(frozen.path)
    assert (file, "is missing" in what) == (FILE, True)


def test_many_faulty_lines_are_counted_not_listed(frozen: Frozen) -> None:
    edit(frozen.path / DATA, lambda lines: [b"?\n"] * (MOST_LINES + 5))
    listed = [what for _, what in faults(frozen.path) if "line" in what]
    assert listed[-1] == "and 5 more lines are faulty"
    assert sum(what.startswith("line ") for what in listed) == MOST_LINES
