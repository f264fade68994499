"""`ittgen dedup`: what goes where, exit codes, and that bad input changes nothing."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run

A, NEAR, B = "Name three rivers in Europe.", "Name three rivers in Asia.", "Write a poem about winter."
ROWS = "".join(json.dumps({"instruction": text}) + "\n" for text in (A, B, NEAR))


@pytest.fixture
def data(folder: Path) -> Path:
    (folder / "data.jsonl").write_text(ROWS)
    return folder / "data.jsonl"


def state(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_kept_rows_go_to_stdout_and_talk_to_stderr(run: Run, data: Path) -> None:
    done = run("dedup", "data.jsonl")
    assert done.code == 0 and done.out == "".join(ROWS.splitlines(keepends=True)[:2])
    assert done.err.startswith("data.jsonl: 3 rows: 2 kept, 1 rejected; ") and done.err.count("\n") == 1


def test_files_are_written_where_they_are_named(run: Run, data: Path, folder: Path) -> None:
    done = run("dedup", "data.jsonl", "-o", "kept.jsonl", "--rejects", "rejects.jsonl")
    assert (done.code, done.out) == (0, "")
    assert (folder / "kept.jsonl").read_text() == "".join(ROWS.splitlines(keepends=True)[:2])
    reject = json.loads((folder / "rejects.jsonl").read_text())
    assert reject["near"] == {"line": 1} and reject["row"]["instruction"] == NEAR
    assert set(state(folder)) == {"data.jsonl", "kept.jsonl", "rejects.jsonl"}


def test_json_is_the_summary_and_kept_rows_need_o(run: Run, data: Path, folder: Path) -> None:
    (folder / "seen.jsonl").write_text(ROWS)
    summary = run("dedup", "data.jsonl", "--json", "--check", "5", "--against", "seen.jsonl").json
    assert (summary["rows"], summary["kept"], summary["rejected"], summary["approximate"]) == (3, 0, 3, False)
    assert summary["against"] == {"seen.jsonl": 3} and summary["checked"]["differs"] == []
    assert set(state(folder)) == {"data.jsonl", "seen.jsonl"}


def test_minhash_says_that_it_is_approximate(run: Run, data: Path) -> None:
    assert "(approximate: minhash may miss some)" in run("dedup", "data.jsonl", "--method", "minhash").err
    assert run("dedup", "data.jsonl", "--method", "minhash", "--json").json["approximate"] is True


def test_minhash_without_its_package_says_how_to_install_it(
    run: Run, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "rensa", None)
    done = run("dedup", "data.jsonl", "--method", "minhash")
    assert done.code == 2 and "pip install 'ittgen[minhash]'" in done.err and done.out == ""


def test_a_check_that_fails_shows_the_pair_exits_with_1_and_writes_nothing(
    run: Run, data: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """rouge-score is made to differ by other tokens than the index has."""
    monkeypatch.setattr("ittgen.dedupfile.check.tokenizer", lambda name: list)
    done = run("dedup", "data.jsonl", "--check", "5", "-o", "kept.jsonl")
    assert done.code == 1 and "rouge-score says " in done.err and "nothing was written" in done.err
    assert f"data.jsonl, line 3: {NEAR!r}" in done.err and f"data.jsonl, line 1: {A!r}" in done.err
    assert set(state(folder)) == {"data.jsonl"}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'{"instruction": "x"}\n{"instruction": \n', "line 2: not JSON: Expecting value"),
        (b'{"instruction": "x"}\n\n["x"]\n', "line 3: a list, not a JSON object"),
        (b'{"instrution": "x"}\n', 'line 1: there is no field "instruction" (did you mean "instrution"?)'),
        (b'{"instruction": ["x"]}\n', 'line 1: "instruction" is a list, not text'),
        (b'{"instruction": null}\n', 'line 1: "instruction" is null, not text'),
        (b'{"instruction": "Na\xefve"}\n', "line 1: not UTF-8"),
        (b'{"instruction": "\xed\xa0\x80"}\n', "line 1: not UTF-8"),
        (b'{"instruction": ' + b"[" * 100_000 + b"\n", "line 1: no JSON that can be read"),
        (b'{"n": ' + b"9" * 5_000 + b"}\n", "line 1: no JSON that can be read"),
        (b"", "there is no row in it"),
        (b"\xef\xbb\xbf\n \r\n", "there is no row in it"),
    ],
    ids=[
        "no JSON",
        "no object",
        "no field",
        "list",
        "null",
        "Latin-1",
        "surrogate",
        "deep",
        "digits",
        "empty",
        "blank",
    ],
)
@pytest.mark.parametrize("place", ["FILE", "--against"])
def test_a_file_that_is_wrong(run: Run, data: Path, folder: Path, content: bytes, message: str, place: str) -> None:
    (folder / "bad.jsonl").write_bytes(content)
    (folder / "kept.jsonl").write_text("as it was")
    before = state(folder)
    args = ["bad.jsonl"] if place == "FILE" else ["data.jsonl", "--against", "bad.jsonl"]
    done = run("dedup", *args, "-o", "kept.jsonl", "--rejects", "rejects.jsonl")
    assert done.code == 2 and done.out == "" and done.err.count("\n") == 1
    assert done.err.startswith("ittgen: bad.jsonl") and message in done.err
    assert state(folder) == before


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["data.jsonl", "--threshold", "1"], "between 0 and 1, both excluded: 1.0"),
        (["data.jsonl", "--threshold", "0"], "between 0 and 1, both excluded: 0.0"),
        (["data.jsonl", "--threshold", "nan"], "between 0 and 1, both excluded: nan"),
        (["gone.jsonl"], "gone.jsonl: No such file or directory"),
        (["."], "Is a directory"),
        (["data.jsonl", "--against", "gone.jsonl"], "gone.jsonl: No such file"),
        (["data.jsonl", "--against", "./data.jsonl"], "cannot be compared against itself"),
        (["data.jsonl", "--against", "hard.jsonl"], "hard.jsonl: the file cannot be compared against itself"),
        (["data.jsonl", "--against", "soft.jsonl"], "soft.jsonl: the file cannot be compared against itself"),
        (["data.jsonl", "-o", "hard.jsonl"], "cannot write hard.jsonl: it is read (data.jsonl)"),
        (["data.jsonl", "--rejects", "data.jsonl"], "cannot write data.jsonl: it is read"),
        (["data.jsonl", "-o", "new", "--rejects", "./new"], "cannot write both kept and rejected rows"),
        (["data.jsonl", "-o", "no/where"], "there is no folder no"),
        (["data.jsonl", "-o", "there"], "cannot write there: it is a folder"),
        (["pipe"], "save it as a file first"),
        (["data.jsonl", "--field", "text"], 'there is no field "text" (known: instruction)'),
    ],
)
def test_what_cannot_be_done_is_refused(run: Run, data: Path, folder: Path, args: list[str], message: str) -> None:
    (folder / "hard.jsonl").hardlink_to(data)
    (folder / "soft.jsonl").symlink_to(data)
    (folder / "there").mkdir()
    os.mkfifo(folder / "pipe")
    before = state(folder)
    done = run("dedup", *args)
    assert (done.code, done.out) == (2, "") and message in done.err and done.err.count("\n") == 1
    assert state(folder) == before


def test_other_words_for_tokens_and_method_are_wrong_usage(run: Run, data: Path) -> None:
    for args in (["--tokens", "words"], ["--method", "fast"], ["--check", "-1"]):
        done = run("dedup", "data.jsonl", *args)
        assert done.code == 2 and "Usage:" in done.err


def process(folder: Path, *args: str, **more: object) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run([sys.executable, "-m", "ittgen", "dedup", *args], cwd=folder, stderr=subprocess.PIPE, **more)  # type: ignore[call-overload, no-any-return]


def test_bytes_pass_through_a_real_process_unchanged(data: Path, folder: Path) -> None:
    row = b'{"instruction": "caf\xc3\xa9 \\ud83d \xe2\x80\xa8"}\r\n'
    data.write_bytes(row)
    done = process(folder, "data.jsonl", stdout=subprocess.PIPE, env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert (done.returncode, done.stdout) == (0, row)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_a_full_disk_is_no_bug(data: Path, folder: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = process(folder, "data.jsonl", stdout=full)
    assert done.returncode == 1 and done.stderr.endswith(b"cannot write to stdout: No space left on device\n")
    done = process(folder, "data.jsonl", "-o", "/dev/full", stdout=subprocess.PIPE)
    assert (done.returncode, done.stderr) == (
        2,
        b"ittgen: cannot write /dev/full: No space left on device; name another file\n",
    )


def test_a_reader_who_leaves_ends_it_quietly(data: Path, folder: Path) -> None:
    data.write_text(ROWS + "".join(json.dumps({"instruction": f"w{i} x{i} y{i}"}) + "\n" for i in range(3_000)))
    read, write = os.pipe()
    os.close(read)
    try:
        done = process(folder, "data.jsonl", stdout=write)
    finally:
        os.close(write)
    assert done.returncode == 141 and b"Traceback" not in done.stderr and b"bug" not in done.stderr


def test_on_a_terminal_there_is_a_bar_and_then_the_summary(data: Path, folder: Path) -> None:
    data.write_text("".join(json.dumps({"instruction": f"w{i} x{i} y{i}"}) + "\n" for i in range(2_000)))
    main, side = pty.openpty()
    command = [sys.executable, "-m", "ittgen", "dedup", "data.jsonl", "-o", "kept.jsonl"]
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "100"}
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=side, env=environment) as running:
        os.close(side)
        shown = b""
        while block := _read(main):
            shown += block
    os.close(main)
    assert running.returncode == 0
    assert b"reading data.jsonl" in shown and b"2,000 rows: 2,000 kept, 0 rejected" in shown


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # Linux, when the other side is closed
        return b""
