"""A version reads like a sequence, streams, and says what is wrong."""

import tracemalloc
from dataclasses import replace
from pathlib import Path

import pytest

from ittgen.errors import DamagedError, VersionError
from ittgen.records import Example
from ittgen.versions import files
from ittgen.versions.dataset import Dataset
from ittgen.versions.freeze import Frozen, freeze
from tests.versions.samples import content, example, provenance, rejections, rich


@pytest.fixture
def split(home: Path, monkeypatch: pytest.MonkeyPatch) -> Dataset:
    """Ten rows over three files."""
    monkeypatch.setattr(files, "ROWS_PER_FILE", 4)
    return Dataset.at(freeze(home, content([rich(n) for n in range(10)], rejections())).path)


ROWS = [rich(n) for n in range(10)]


def test_it_is_the_sequence_that_was_frozen(split: Dataset) -> None:
    assert len(split) == 10
    assert list(split) == ROWS
    assert [split[i] for i in range(-10, 10)] == ROWS + ROWS
    assert split[2:9:3] == ROWS[2:9:3]
    assert split[::-1] == ROWS[::-1]
    assert ROWS[3] in split
    with pytest.raises(IndexError):
        split[10]


def test_names_and_versions_open_it(frozen: Frozen, home: Path) -> None:
    data = Dataset.open(home, "small@1")
    assert (data.name, data.version, data.ref, data.path) == ("small", 1, "small@1", frozen.path)
    assert repr(data).startswith("Dataset(small@1: 10 rows, 3 rejected; ")


def test_a_row_is_found_by_its_id(split: Dataset) -> None:
    assert split.find(ROWS[9].id) == ROWS[9]


def test_an_id_that_is_not_there_is_told_one_that_begins_like_it(split: Dataset) -> None:
    wrong = ROWS[4].id[:-1] + "-"
    with pytest.raises(VersionError, match=f'small@1 has no row "{wrong}" \\(did you mean "{ROWS[4].id}"'):
        split.find(wrong)
    with pytest.raises(VersionError, match=r'small@1 has no row "zzz"$'):
        split.find("zzz")


def test_rejections_come_back_all_or_by_rule(split: Dataset) -> None:
    assert list(split.rejected()) == rejections()
    assert list(split.rejected("near-duplicate")) == rejections()[:1]
    lengths = split.rejected("length")
    assert (len(lengths), lengths[-1]) == (1, rejections()[2])
    assert list(split.rejected("unheard-of")) == []
    assert split.rules == {"length": 1, "near-duplicate": 1, "unparsed": 1}


def test_without_rejections_there_is_no_file_and_an_empty_list(home: Path) -> None:
    data = Dataset.at(freeze(home, content([example(1)])).path)
    assert list(data.rejected()) == []
    assert not list(data.path.glob("rejected-*"))


def test_a_diff_names_what_only_one_version_has(home: Path) -> None:
    freeze(home, content([example(n) for n in range(5)], rejections()))
    moved = example(9, provenance=provenance("propose"))
    newer = Dataset.at(freeze(home, content([*(example(n) for n in range(2, 6)), moved], rejections()[:1])).path)
    changed = newer.diff("small@1")
    assert (changed.old, changed.new, changed.kept, bool(changed)) == ("small@1", "small@2", 3, True)
    assert changed.added == (example(5).id, moved.id)
    assert changed.removed == (example(0).id, example(1).id)
    answers, proposals = changed.stages["answer"], changed.stages["propose"]
    assert (answers.before, answers.after, answers.added, answers.removed) == (5, 4, 1, 2)
    assert (proposals.before, proposals.after, proposals.added) == (0, 1, 1)
    assert (changed.rules["unparsed"].before, changed.rules["unparsed"].after) == (1, 0)
    assert not newer.diff(newer)


def test_a_file_that_is_shorter_than_its_manifest_says_is_refused_at_once(split: Dataset) -> None:
    path = split.path / "data-00001.jsonl"
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(DamagedError, match=r"data-00001.jsonl has .* bytes, not .*ittgen verify small@1"):
        Dataset.at(split.path)
    path.unlink()
    with pytest.raises(DamagedError, match=r"data-00001.jsonl is missing"):
        Dataset.at(split.path)


def test_a_line_that_cannot_be_read_is_named(split: Dataset) -> None:
    path = split.path / "data-00001.jsonl"
    lines = path.read_bytes().split(b"\n")
    lines[1] = b"?" * len(lines[1])
    path.write_bytes(b"\n".join(lines))
    damaged = Dataset.at(split.path)
    with pytest.raises(DamagedError, match=r"data-00001.jsonl, line 2: not JSON"):
        list(damaged)
    assert damaged[6] == ROWS[6]
    lines[1] = b"{}" + b" " * (len(lines[1]) - 2)
    path.write_bytes(b"\n".join(lines))
    with pytest.raises(DamagedError, match=r"data-00001.jsonl, byte \d+: not a line of ours"):
        damaged[5]


def test_a_folder_without_manifest_is_no_version(split: Dataset, home: Path) -> None:
    (split.path / "manifest.json").unlink()
    with pytest.raises(DamagedError, match="is missing; restore it from a copy, or move the folder away"):
        Dataset.open(home, "small")


def test_memory_stays_flat_while_it_is_frozen_and_read(home: Path) -> None:
    def peak(rows: int) -> int:
        source = replace(content([]), rows=lambda: (example(n, input="x" * 2000) for n in range(rows)))
        tracemalloc.start()
        for one in Dataset.at(freeze(home, source).path):
            assert isinstance(one, Example)
        size = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return size

    assert peak(2000) - peak(200) < 1800 * 200  # ids are kept while freezing; the rows, 2 kB each, are not
