"""One process per journal, and a killed one leaves it free."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ittgen.errors import JournalError
from ittgen.locks import hold, holder

HOLDING = """
import sys
from pathlib import Path
from ittgen.locks import hold

held = hold(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.readline()
held.release()
print("released", flush=True)
sys.stdin.readline()
"""


def holding(path: Path) -> subprocess.Popen[str]:
    """Another process that has the lock by now."""
    command = [sys.executable, "-c", HOLDING, str(path)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout and process.stdout.readline() == "held\n"
    return process


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "journal.sqlite"


def test_a_second_process_is_refused_and_told_who_holds_the_journal(path: Path) -> None:
    with holding(path) as process:
        with pytest.raises(JournalError) as refused:
            hold(path)
        assert f"journal {path}: process {process.pid} on " in str(refused.value)
        assert "since 20" in str(refused.value) and "--journal" in str(refused.value)
        process.communicate("\n\n")


def test_a_released_lock_is_free_at_once(path: Path) -> None:
    with holding(path) as process:
        assert process.stdin and process.stdout
        process.stdin.write("\n")
        process.stdin.flush()
        assert process.stdout.readline() == "released\n"
        hold(path).release()
        process.communicate("\n")


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9")
def test_a_killed_process_leaves_the_lock_free_and_its_note_is_written_over(path: Path) -> None:
    with holding(path) as process:
        process.send_signal(signal.SIGKILL)
        process.wait()
        held = hold(path)
        with pytest.raises(JournalError) as refused:
            hold(path)
        assert f"process {process.pid} " not in str(refused.value)
        held.release()


def test_the_same_process_cannot_take_it_twice_but_can_take_it_again(path: Path) -> None:
    held = hold(path)
    with pytest.raises(JournalError):
        hold(path)
    held.release()
    hold(path).release()


def test_without_a_readable_note_the_message_says_so_much_less(path: Path) -> None:
    held = hold(path)
    note = path.with_name("journal.sqlite.holder")
    for text in ("", "{}", json.dumps({"pid": 1})):
        note.write_text(text)
        with pytest.raises(JournalError, match="another process is using it"):
            hold(path)
    held.release()


def test_journals_side_by_side_do_not_hinder_each_other(path: Path) -> None:
    first, second = hold(path), hold(path.with_name("other.sqlite"))
    first.release()
    second.release()


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(JournalError, match=r"journal .*file/j\.sqlite: cannot be written: "):
        hold(tmp_path / "file" / "j.sqlite")


def test_who_holds_a_journal_can_be_asked_without_taking_it(path: Path) -> None:
    assert holder(path) == ""
    with holding(path) as process:
        assert holder(path).startswith(f"process {process.pid} on ")
        process.kill()
        process.wait()
        assert holder(path) == ""


def test_a_refused_file_has_nothing_beside_it(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("dear diary " * 100)
    with pytest.raises(JournalError, match="not a database"):
        hold(path)
    with pytest.raises(JournalError, match="is a folder"):
        hold(path.parent)
    assert list(path.parent.iterdir()) == [path] and list(path.parent.parent.iterdir()) == [path.parent]
