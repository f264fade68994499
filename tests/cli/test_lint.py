"""`ittgen lint`: what goes where, exit codes, and that bad input changes nothing."""

import json
import os
from pathlib import Path

import pytest

from tests.cli.conftest import Run

GOOD = {"instruction": "Name a prime number.", "input": "", "output": "7"}
ROWS = [GOOD, GOOD | {"input": "N/A"}, GOOD | {"output": ""}]
RULES = ["--rules", "no-input,empty"]


@pytest.fixture
def data(folder: Path) -> Path:
    (folder / "data.jsonl").write_text("".join(json.dumps(row) + "\n" for row in ROWS))
    return folder / "data.jsonl"


def state(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_a_table_by_rule_with_examples(run: Run, data: Path) -> None:
    done = run("lint", "data.jsonl", *RULES)
    assert done.code == 1 and done.out.splitlines()[0].split() == ["rule", "rows", "share", "can", "be", "mended"]
    assert done.out.splitlines()[1].split() == ["empty", "1", "33.3%", "0"] and "\n    line 3: 0\n" in done.out
    assert done.err.startswith("data.jsonl: 3 rows (alpaca): 1 without a finding, 1 that --fix can mend, 1 that cannot")


def test_a_clean_file_prints_nothing_and_exits_with_0(run: Run, folder: Path) -> None:
    (folder / "data.jsonl").write_text(json.dumps(GOOD) + "\n")
    done = run("lint", "data.jsonl", *RULES)
    assert (done.code, done.out) == (0, "") and "1 row (alpaca): 1 without a finding" in done.err


def test_json_is_one_line_a_row(run: Run, data: Path) -> None:
    done = run("lint", "data.jsonl", *RULES, "--json")
    rows = [json.loads(line) for line in done.out.splitlines()]
    assert done.code == 1 and [(row["line"], row["keep"]) for row in rows] == [(1, True), (2, True), (3, False)]
    assert rows[1]["fixed"] == GOOD and [rule["rule"] for rule in rows[2]["rules"]] == ["empty"]
    assert set(rows[2]["rules"][0]) == {"rule", "value", "limit", "note"}


def test_fix_writes_what_is_kept_and_rejects_what_is_not(run: Run, data: Path, folder: Path) -> None:
    done = run("lint", "data.jsonl", *RULES, "--fix", "-o", "out.jsonl", "--rejects", "rejects.jsonl")
    assert done.code == 1 and "1 mended, 1 left out" in done.err
    assert [json.loads(line) for line in (folder / "out.jsonl").read_text().splitlines()] == [GOOD, GOOD]
    assert json.loads((folder / "rejects.jsonl").read_text())["row"] == ROWS[2]
    again = run("lint", "out.jsonl", *RULES, "--fix", "-o", "twice.jsonl")
    assert again.code == 0 and (folder / "twice.jsonl").read_bytes() == (folder / "out.jsonl").read_bytes()


def test_what_exists_is_overwritten_only_by_force(run: Run, data: Path, folder: Path) -> None:
    (folder / "out.jsonl").write_text("mine")
    before = state(folder)
    done = run("lint", "data.jsonl", *RULES, "--fix", "-o", "out.jsonl")
    assert done.code == 2 and "out.jsonl exists" in done.err and "--force" in done.err and state(folder) == before
    assert run("lint", "data.jsonl", *RULES, "--fix", "-o", "out.jsonl", "--force").code == 1
    assert (folder / "out.jsonl").read_text().count("\n") == 2


def test_a_rule_of_ones_own_lies_beside(run: Run, data: Path, folder: Path) -> None:
    (folder / "my_lint_rules.py").write_text(
        "from dataclasses import dataclass\nfrom ittgen import Rejection\n@dataclass(frozen=True)\nclass Seven:\n"
        "    def __call__(self, example):\n"
        "        return Rejection(example, 'seven') if example.output == '7' else None\n"
    )
    done = run("lint", "data.jsonl", "--rules", "my_lint_rules:Seven", "--json")
    assert [len(json.loads(line)["rules"]) for line in done.out.splitlines()] == [1, 1, 0]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'{"instruction": "x", "output": "y"}\n{"instruction": \n', "line 2: not JSON: Expecting value"),
        (b'{"instruction": "x", "output": "y"}\n\n["x"]\n', "line 3: not a JSON object but list"),
        (
            b'{"prompt": "x", "completion": "y"}\n',
            'line 1: in no known format: tried alpaca (no "instruction"), sharegpt (no "conversations"), messages '
            '(no "messages"); the row\'s fields are prompt, completion',
        ),
        (
            b'{"instruction": "x", "output": "y"}\n{"conversations": []}\n',
            'line 2: a row of "conversations" in a file whose rows have "instruction"',
        ),
        (
            b'{"instruction": "x"}\n{"instrution": "x"}\n',
            'line 2: no "instruction", which alpaca rows have (did you mean',
        ),
        (b'{"instruction": "Na\xefve"}\n', "line 1: not UTF-8"),
        (b'{"instruction": ' + b"[" * 100_000 + b"\n", "line 1: no JSON that can be read"),
        (b'[{"instruction": "x", "output": "y"}, {"instr]', "row 2: not JSON"),
        (b'[{"instruction": "x", "output": "y"} {}]', 'row 1: "," or "]" must follow, not {'),
        (b'[{"instruction": "x", "output": "y"}] x', "after row 1: something follows the array's end"),
        (b'[{"instruction": "x", "output": "y"},', "row 2: not JSON"),
        (b'[{"instruction": "\xff"}]', "not UTF-8"),
        (b"[[]]", "row 1: not a JSON object but list"),
        (b"[]", "there is no row in it"),
        (b"[", "row 1: not JSON"),
        (b"", "there is no row in it"),
        (b"\xef\xbb\xbf\n \r\n", "there is no row in it"),
    ],
)
def test_a_file_that_is_wrong(run: Run, folder: Path, content: bytes, message: str) -> None:
    (folder / "bad.jsonl").write_bytes(content)
    before = state(folder)
    done = run("lint", "bad.jsonl", *RULES, "--fix", "-o", "out.jsonl", "--rejects", "rejects.jsonl", "--json")
    assert done.code == 2 and done.out == "" and done.err.count("\n") == 1
    assert done.err.startswith("ittgen: bad.jsonl") and message in done.err
    assert state(folder) == before


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["data.jsonl", "--rules", "emty"], 'there is no rule "emty" (did you mean "empty"?)'),
        (["data.jsonl", "--rules", ""], "no rule to ask"),
        (["data.jsonl", "--rules", "score"], 'filter "score" needs the option'),
        (["data.jsonl", "--format", "sharegpt"], 'line 1: in no known format: tried sharegpt (no "conversations")'),
        (["data.jsonl", "--fix"], "--fix needs -o OUT"),
        (["data.jsonl", "-o", "out.jsonl"], "-o goes with --fix"),
        (["data.jsonl", "--fix", "-o", "data.jsonl", "--force"], "cannot write data.jsonl: it is read"),
        (["data.jsonl", "--fix", "-o", "soft.jsonl", "--force"], "cannot write soft.jsonl: it is read"),
        (["data.jsonl", "--fix", "-o", "new", "--rejects", "./new"], "cannot write both kept and rejected rows"),
        (["data.jsonl", "--fix", "-o", "no/where"], "there is no folder no"),
        (["data.jsonl", "--rejects", "there"], "cannot write there: it is a folder"),
        (["gone.jsonl"], "gone.jsonl: No such file or directory"),
        (["."], "Is a directory"),
    ],
)
def test_what_cannot_be_done_is_refused(run: Run, data: Path, folder: Path, args: list[str], message: str) -> None:
    (folder / "soft.jsonl").symlink_to(data)
    (folder / "there").mkdir()
    before = state(folder)
    done = run("lint", *args, *([] if "--rules" in args else RULES))
    assert (done.code, done.out) == (2, "") and message in done.err and done.err.count("\n") == 1
    assert state(folder) == before


def test_another_word_for_the_format_is_wrong_usage(run: Run, data: Path) -> None:
    done = run("lint", "data.jsonl", "--format", "parquet")
    assert done.code == 2 and "Usage:" in done.err


def test_rows_may_come_through_a_pipe(run: Run, data: Path, folder: Path) -> None:
    read, write = os.pipe()
    os.write(write, data.read_bytes())
    os.close(write)
    try:
        done = run("lint", f"/dev/fd/{read}", *RULES)
    finally:
        os.close(read)
    assert done.code == 1 and "3 rows (alpaca)" in done.err


def test_what_is_shown_of_a_row_cannot_steer_a_terminal(run: Run, folder: Path) -> None:
    (folder / "data.jsonl").write_text(json.dumps({"instruction": "\x1b[31mred", "output": ""}) + "\n")
    assert "\x1b" not in run("lint", "data.jsonl", *RULES).out
