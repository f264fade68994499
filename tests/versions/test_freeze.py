"""A version appears whole or not at all, and only when the rows changed."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Barrier

import pytest

from ittgen.errors import VersionError
from ittgen.records import Example
from ittgen.versions import files
from ittgen.versions.aside import LEFT_BEHIND
from ittgen.versions.dataset import Dataset
from ittgen.versions.folder import folder_name, names, resolve, versions
from ittgen.versions.freeze import Frozen, freeze
from ittgen.versions.manifest import Manifest
from ittgen.versions.verify import verify
from tests.versions.samples import content, example, provenance, rejections, rich


def snapshot(folder: Path, but: str = "manifest.json") -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != but}


def listing(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_version_is_a_folder_of_data_rejects_card_and_manifest(frozen: Frozen, home: Path) -> None:
    assert frozen == Frozen(1, home / "small/v0001", 10, new=True)
    assert listing(home / "small") == ["v0001"]
    assert listing(frozen.path) == ["README.md", "data-00000.jsonl", "manifest.json", "rejected-00000.jsonl"]
    assert verify(frozen.path) == []


def test_rows_stand_in_order_with_the_published_keys_first(frozen: Frozen) -> None:
    rows = [json.loads(line) for line in (frozen.path / "data-00000.jsonl").read_text("utf-8").splitlines()]
    assert [row["instruction"] for row in rows] == [f"Name the number {n}." for n in range(10)]
    assert {tuple(row) for row in rows} == {("id", "instruction", "input", "output", "meta", "provenance")}
    assert rows[0]["meta"] == {"stage": "answer", "generator": "distill"}


def test_optional_columns_are_in_every_row_or_in_none(home: Path) -> None:
    frozen = freeze(home, content([example(1), rich(2)]))
    lines = (frozen.path / "data-00000.jsonl").read_bytes().split(b"\n")[:-1]
    plain, full = (json.loads(line) for line in lines)
    assert list(plain) == list(full)
    assert list(plain["meta"]) == list(full["meta"]) == ["stage", "generator", "epoch", "operation"]
    assert plain["messages"] == [
        {"role": "user", "content": "Name the number 1."},
        {"role": "assistant", "content": "It is 1."},
    ]


def test_the_same_content_makes_the_same_bytes(tmp_path: Path) -> None:
    one, other = (
        freeze(tmp_path / place, content([rich(n) for n in range(5)], rejections())).path for place in ("a", "b")
    )
    assert snapshot(one) == snapshot(other)
    left, right = Manifest.read(one), Manifest.read(other)
    assert replace(left, created="") == replace(right, created="")


def test_the_same_rows_make_no_new_version(frozen: Frozen, home: Path) -> None:
    again = freeze(home, content([example(n) for n in range(10)]))
    assert again == replace(frozen, new=False)
    assert listing(home / "small") == ["v0001"]


@pytest.mark.parametrize("name", ["data-00000.jsonl", "rejected-00000.jsonl", "README.md"])
@pytest.mark.parametrize("cut", [True, False])
def test_the_same_rows_are_written_anew_where_the_newest_version_lost_some(
    frozen: Frozen, home: Path, name: str, cut: bool
) -> None:
    text = (frozen.path / name).read_bytes()
    (frozen.path / name).unlink()
    if cut:
        (frozen.path / name).write_bytes(text[:-1])
    again = freeze(home, content([example(n) for n in range(10)], rejections()))
    assert (again.version, again.new) == (2, True) and verify(again.path) == []


def test_other_rows_make_the_next_version_with_the_last_as_parent(frozen: Frozen, home: Path) -> None:
    second = freeze(home, content([example(n) for n in range(11)]))
    assert (second.version, second.new) == (2, True)
    assert Manifest.read(second.path).parent == 1
    assert Manifest.read(frozen.path).parent is None


def test_a_complete_run_after_a_partial_one_is_a_new_version_though_the_rows_are_the_same(home: Path) -> None:
    rows = [example(1)]
    partial = freeze(home, content(rows, partial="the budget of 1 $ is reached"))
    whole = freeze(home, content(rows))
    assert (partial.version, whole.version, whole.new) == (1, 2, True)


def test_numbers_go_on_after_the_highest_even_where_some_were_deleted(home: Path, frozen: Frozen) -> None:
    frozen.path.rename(home / "small/v0007")
    assert freeze(home, content([example(99)])).version == 8
    assert versions(home, "small") == [7, 8]


def test_a_version_that_appears_meanwhile_is_not_replaced(home: Path) -> None:
    mine, theirs = [example(1)], [example(2)]
    first = True

    def rows() -> Iterator[Example]:
        nonlocal first
        yield from mine
        if not first:  # at the end of the second walk, all but the last steps are done
            freeze(home, content(theirs))
        first = False

    frozen = freeze(home, replace(content(mine), rows=rows))
    assert frozen.version == 2
    assert list(Dataset.open(home, "small@1")) == theirs
    assert list(Dataset.open(home, "small@2")) == mine
    assert Dataset.open(home, "small@2").manifest.parent == 1


def test_versions_made_at_the_same_moment_all_stay(home: Path) -> None:
    """Every thread is held until all have written their rows, so that all of them go for the same number."""
    together = Barrier(6)

    def frozen(number: int) -> Frozen:
        walks = 0

        def rows() -> Iterator[Example]:
            nonlocal walks
            walks += 1
            yield example(number)
            if walks == 2:
                together.wait(timeout=30)

        return freeze(home, replace(content([]), rows=rows))

    with ThreadPoolExecutor(6) as pool:
        made = list(pool.map(frozen, range(6)))
    assert versions(home, "small") == sorted(one.version for one in made) == [1, 2, 3, 4, 5, 6]
    for number, one in enumerate(made):
        data = Dataset.at(one.path)
        assert list(data) == [example(number)]
        assert (data.version, data.manifest.parent) == (one.version, one.version - 1 or None)
    assert listing(home / "small") == [folder_name(number) for number in range(1, 7)]


def test_the_newest_version_is_found_whatever_its_number(home: Path) -> None:
    rows = [example(1)]
    assert freeze(home, content(rows)).new
    (home / "small/v0001").rename(home / "small/v0002")
    assert freeze(home, content(rows)) == Frozen(2, home / "small/v0002", 1, new=False)


def test_a_row_published_by_two_stages_stands_once_and_its_twin_is_kept_as_rejected(home: Path) -> None:
    rows = [example(1), example(2), example(1, provenance=provenance("propose", 5))]
    data = Dataset.at(freeze(home, content(rows)).path)
    assert list(data) == rows[:2]
    (twin,) = data.rejected()
    assert (twin.rule, twin.draft, twin.near) == ("duplicate", replace(rows[2], provenance=None), rows[0].id)
    assert verify(data.path) == []


def test_files_are_split_by_rows_and_by_bytes(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "ROWS_PER_FILE", 4)
    by_rows = freeze(home, content([example(n) for n in range(10)]))
    assert [entry.rows for entry in Manifest.read(by_rows.path).data] == [4, 4, 2]
    monkeypatch.setattr(files, "BYTES_PER_FILE", 1)
    by_bytes = freeze(home, content([example(n) for n in range(3)]))
    assert [entry.rows for entry in Manifest.read(by_bytes.path).data] == [1, 1, 1]
    assert list(Dataset.at(by_rows.path)) == [example(n) for n in range(10)]
    assert verify(by_rows.path) == verify(by_bytes.path) == []


def test_without_rows_nothing_is_made(home: Path) -> None:
    with pytest.raises(VersionError, match="nothing to freeze"):
        freeze(home, content([]))
    assert not home.exists()


def test_an_error_while_rows_are_read_leaves_nothing_behind(home: Path) -> None:
    walks = 0

    def rows() -> Iterator[Example]:
        nonlocal walks
        walks += 1
        yield example(1)
        if walks == 2:
            raise RuntimeError("the journal is gone")

    with pytest.raises(RuntimeError, match="the journal is gone"):
        freeze(home, replace(content([]), rows=rows))
    assert listing(home / "small") == []


def test_a_folder_that_cannot_be_written_is_said_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    with pytest.raises(VersionError, match=r"cannot freeze a version in .*data/small: .*choose another data folder"):
        freeze(tmp_path / "data", content([example(1)]))


@pytest.mark.parametrize("name", ["", "../up", ".hidden", "a/b", "a\n"])
def test_a_name_that_is_no_folder_name_is_refused(home: Path, name: str) -> None:
    with pytest.raises(VersionError, match="cannot name a dataset"):
        freeze(home, content([example(1)], name=name))


# Killed in the middle

FREEZE_AND_HANG = """
import sys
from dataclasses import replace
from pathlib import Path
from tests.versions.samples import content, example
from ittgen.versions.freeze import freeze

home, stop = Path(sys.argv[1]), int(sys.argv[2])
walks = 0

def rows():
    global walks
    walks += 1
    for number in range(5000):
        if walks == 2 and number == stop:
            print("writing", flush=True)
            sys.stdin.read()
        yield example(number)

freeze(home, replace(content([]), rows=rows))
"""


def killed_while_freezing(home: Path, stop: int) -> None:
    command = [sys.executable, "-c", FREEZE_AND_HANG, str(home), str(stop)]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=root) as process:
        assert process.stdout and process.stdout.readline() == b"writing\n"
        process.send_signal(signal.SIGKILL)
        process.wait()


def test_a_kill_in_the_middle_leaves_no_version_and_the_next_freeze_clears_up(home: Path) -> None:
    killed_while_freezing(home, stop=4000)
    (left,) = listing(home / "small")
    assert left.startswith(".tmp-")
    assert (home / "small" / left / "data-00000.jsonl").stat().st_size > 0
    assert names(home) == versions(home, "small") == []
    with pytest.raises(VersionError, match="no dataset"):
        resolve(home, "small")
    assert freeze(home, content([example(1)])).version == 1
    assert listing(home / "small") == ["v0001"]


def test_only_folders_that_nobody_writes_to_are_cleared_away(home: Path) -> None:
    (home / "small").mkdir(parents=True)
    killed_while_freezing(home, stop=1)
    (dead,) = listing(home / "small")
    _, pid, host, _ = dead.split("-")
    living = f".tmp-{os.getpid()}-{host}-1"
    old = f".tmp-{os.getpid()}-{host}-2"
    elsewhere = f".tmp-{pid}-0000beef-3"
    for name in (living, old, elsewhere):
        (home / "small" / name).mkdir()
    os.utime(home / "small" / old, (1.0, LEFT_BEHIND))
    freeze(home, content([example(1)]))
    assert listing(home / "small") == sorted([living, elsewhere, "v0001"])
