"""The verbs that read versions, on versions made by hand."""

import json
from pathlib import Path
from typing import Any

import pytest

from ittgen.cli.words import verdict
from ittgen.records import Example, Rejection
from ittgen.versions.dataset import Dataset
from ittgen.versions.freeze import freeze
from tests.cli.conftest import Run
from tests.versions.samples import content, example, rejections, rich

FACTS: dict[str, Any] = {
    "seeds": {"name": "general", "sha256": "0" * 64, "rows": 235},
    "stages": [{"name": name, "identity": name * 8, "accepted": 10, "calls": 4} for name in ("propose", "answer")],
}
ROWS = [rich(i) for i in range(10)]


@pytest.fixture
def version(folder: Path) -> Path:
    """small@1, with ten rows and three rejections; then small@2, partial, with one row more."""
    freeze(Path("data"), content(ROWS, rejections(), **FACTS))
    freeze(Path("data"), content([*ROWS, example(99)], rejections(), **FACTS, partial="the budget is reached"))
    return folder / "data" / "small" / "v0002"


def test_ls_lists_the_newest_version_of_every_dataset_or_all_of_one(run: Run, version: Path) -> None:
    freeze(Path("data"), content(ROWS[:2], name="other"))
    lines = [line.split() for line in run("ls").out.splitlines()]
    assert [line[:2] for line in lines[1:]] == [["other@1", "2"], ["small@2", "11"]]
    assert lines[2][-1] == "partial"
    listed = run("ls", "small", "--json").json
    assert [(entry["version"], entry["rows"], entry["rejected"]) for entry in listed] == [(1, 10, 3), (2, 11, 3)]


def test_ls_of_nothing_is_an_empty_table_and_of_an_unknown_name_an_error(run: Run, folder: Path) -> None:
    assert run("ls").code == 0 and run("ls", "--json").json == []
    freeze(Path("data"), content(ROWS))
    done = run("ls", "smal")
    assert done.code == 2 and 'did you mean "small"' in done.err


@pytest.mark.parametrize(
    ("name", "text", "state"),
    [
        ("manifest.json", None, "damaged: manifest.json is missing"),
        ("manifest.json", "{oops", "damaged: manifest.json cannot be read"),
        ("manifest.json", '{"files": []}', "damaged: manifest.json cannot be read"),
        ("data-00000.jsonl", "", "damaged: data-00000.jsonl has 0 bytes"),
    ],
)
def test_ls_marks_a_damaged_version_and_lists_the_others(
    run: Run, version: Path, name: str, text: str | None, state: str
) -> None:
    (version / name).unlink()
    if text is not None:
        (version / name).write_text(text)
    done = run("ls", "small")
    assert done.code == 0, done.err
    good, damaged = done.out.splitlines()[1:]
    assert good.endswith("complete") and damaged.startswith("small@2 ") and state in damaged
    first, second = run("ls", "small", "--json").json
    assert first["state"] == "complete" and (second["version"], second["rows"]) == (2, None)
    assert second["state"].startswith(state)


def test_a_folder_of_versions_that_is_not_there_is_said(run: Run, folder: Path) -> None:
    done = run("ls", "--data", "nodir")
    assert done.code == 2 and done.err.startswith("ittgen: there is no folder nodir")
    shown = run("show", "small", "--data", "nodir")
    assert shown.code == 2 and "there is no such folder" in shown.err


def test_what_is_damaged_is_mended_in_a_way_that_there_is(run: Run, version: Path) -> None:
    (version / "rejected-00000.jsonl").unlink()
    done = run("show", "small")
    assert done.code == 1 and "restore it from a copy, or move the folder away and grow again" in done.err


@pytest.mark.parametrize("verb", [["show"], ["verify"], ["export", "alpaca"], ["rejects"]])
@pytest.mark.parametrize("end", ["", "/"])
def test_a_version_goes_by_its_folder_too(run: Run, version: Path, verb: list[str], end: str) -> None:
    by_name = run(verb[0], "small@1", *verb[1:])
    by_path = run(verb[0], f"data/small/v0001{end}", *verb[1:], "--data", "elsewhere")
    assert by_path.code == 0 and (by_path.out, by_path.err) == (by_name.out, by_name.err)


def test_bytes_that_were_changed_are_not_exported(run: Run, version: Path) -> None:
    text = (version / "data-00000.jsonl").read_bytes()
    (version / "data-00000.jsonl").write_bytes(text.replace(b"Brief", b"brief").replace(b"number", b"Number", 1))
    assert len((version / "data-00000.jsonl").read_bytes()) == len(text)
    for place in ([], ["-o", "rows.json"]):
        done = run("export", "small@2", "alpaca", *place)
        assert (done.code, done.out) == (1, "") and "was changed" in done.err and "verify small@2" in done.err
    assert not Path("rows.json").exists()
    assert run("show", "small@2").code == 0
    assert run("export", "small@1", "alpaca").code == 0


def test_show_sums_up_and_shows_examples(run: Run, version: Path) -> None:
    done = run("show", "small@1", "-n", "2")
    assert done.code == 0 and done.err == ""
    assert "small@1: 10 rows, data/small/v0001" in done.out
    assert ROWS[0].id in done.out and ROWS[5].id in done.out and ROWS[1].id not in done.out
    assert "assistant: 6" in done.out and "user: And then?" in done.out
    shown = run("show", "small", "-n", "1", "--json").json
    assert shown["manifest"]["version"] == 2 and shown["manifest"]["partial"] == "the budget is reached"
    assert [Example.from_json(row) for row in shown["examples"]] == ROWS[:1]


def test_rejects_counts_by_stage_and_rule(run: Run, version: Path) -> None:
    lines = [line.split() for line in run("rejects", "small").out.splitlines()[1:]]
    assert lines == [["propose", "near-duplicate", "1"], ["propose", "unparsed", "1"], ["answer", "length", "1"]]
    assert run("rejects", "small", "--json").json[0] == {"stage": "propose", "rule": "near-duplicate", "count": 1}


def test_rejects_of_a_rule_shows_the_drafts_with_what_was_measured(run: Run, version: Path) -> None:
    out = run("rejects", "small", "--rule", "near-duplicate").out
    assert f"near-duplicate, value 0.81, limit 0.7, near {example(1).id}" in out
    assert "Name the number 901." in out and "903" not in out
    assert len(run("rejects", "small", "--rule", "length", "--json").json) == 1


def test_a_verdict_is_one_line_whatever_was_measured() -> None:
    rejection = Rejection("reply", "conflicting-outputs", value="3 x 14\n5 x 17", limit=1, note="seen\nbefore")
    assert verdict(rejection) == 'conflicting-outputs, two outputs for the input 3 x 14 5 x 17, limit 1, "seen before"'


def test_a_rule_that_nothing_broke_is_said_to_have_none(run: Run, version: Path) -> None:
    done = run("rejects", "small", "--rule", "lenght", "--json")
    assert done.code == 0 and done.json == []
    assert "near-duplicate" in done.err and "length" in done.err


def test_a_sample_of_rejects_is_the_same_every_time_and_as_large_as_asked(run: Run, version: Path) -> None:
    first = run("rejects", "small", "--sample", "2", "--json").json
    assert len(first) == 2 and first == run("rejects", "small", "--sample", "2", "--json").json
    assert len(run("rejects", "small", "--sample", "50", "--json").json) == 3


def test_verify_says_yes_by_0_and_no_by_1(run: Run, version: Path) -> None:
    done = run("verify", "small")
    assert (done.code, done.out) == (0, "")
    assert run("verify", "small", "--json").json == {"path": "data/small/v0002", "faults": []}
    with (version / "data-00000.jsonl").open("a") as file:
        file.write("{}\n")
    done = run("verify", "small")
    assert done.code == 1 and "data/small/v0002/data-00000.jsonl: " in done.out
    damaged = run("verify", "small@2", "--json")
    assert damaged.code == 1 and damaged.json["faults"][0]["file"] == "data-00000.jsonl"
    assert run("verify", "small@1").code == 0


def test_export_writes_to_stdout_or_to_a_file_that_it_does_not_overwrite(run: Run, version: Path) -> None:
    done = run("export", "small@1", "alpaca")
    assert len(done.json) == 10 and done.json[3]["instruction"] == ROWS[3].instruction
    assert run("export", "small@1", "messages", "-o", "rows.jsonl").code == 0
    written = Path("rows.jsonl").read_text()
    assert written == run("export", "small@1", "messages").out
    assert json.loads(written.split("\n")[0])["messages"][0] == {"role": "system", "content": "Be brief."}
    again = run("export", "small@2", "messages", "-o", "rows.jsonl")
    assert (
        again.code == 2
        and "exists" in again.err
        and "--force" in again.err
        and Path("rows.jsonl").read_text() == written
    )
    assert run("export", "small@2", "messages", "-o", "rows.jsonl", "--force").code == 0
    assert len(Path("rows.jsonl").read_text().split("\n")) == 12
    assert len(run("export", "small@2", "sharegpt").json) == 11
    assert run("export", "small@2", "csv").code == 2


def test_why_tells_a_row_and_names_rows_that_begin_like_an_unknown_one(run: Run, version: Path) -> None:
    done = run("why", "small@1", ROWS[0].id)
    assert done.code == 0 and ROWS[0].id in done.out
    assert run("why", "small@1", ROWS[0].id, "--json").json["row"]["id"] == ROWS[0].id
    unknown = run("why", "small@1", ROWS[0].id[:4] + "0" * 12)
    assert unknown.code == 2 and ROWS[0].id in unknown.err


@pytest.mark.parametrize("verb", ["show", "rejects", "verify", "export"])
def test_a_version_that_is_not_there_is_wrong_usage(run: Run, version: Path, verb: str) -> None:
    rest = ["alpaca"] if verb == "export" else []
    done = run(verb, "small@7", *rest)
    assert done.code == 2 and "versions: 1, 2" in done.err


def test_a_version_with_a_file_missing_is_damaged(run: Run, version: Path) -> None:
    (version / "data-00000.jsonl").unlink()
    done = run("show", "small")
    assert done.code == 1 and done.err.startswith("ittgen: ") and "verify small@2" in done.err


def test_versions_may_live_elsewhere(run: Run, folder: Path) -> None:
    freeze(Path("else/where"), content(ROWS))
    assert run("ls", "--data", "else/where", "--json").json[0]["path"] == "else/where/small/v0001"
    assert len(Dataset.open(Path("else/where"), "small")) == 10
