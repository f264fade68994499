"""Rows of anybody's file: which stay, and that they stay as they are."""

import json
from itertools import combinations
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest
from rouge_score.rouge_scorer import RougeScorer

from ittgen.dedup import minhash
from ittgen.dedup.greedy import Verdicts, greedy
from ittgen.dedup.minhash import Bands, approximate, bands
from ittgen.dedupfile import Report, Task, dedup
from ittgen.dedupfile.check import check
from ittgen.dedupfile.rows import Rows
from ittgen.errors import UsageError

A = "Name three rivers in Europe that flow north."
NEAR_A = "Name three rivers in Asia that flow north."
B = "Write a poem about winter."


def lines(path: Path) -> list[bytes]:
    return path.read_bytes().splitlines(keepends=True)


def write(path: Path, *rows: object) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
    return path


def tasks(*texts: str) -> list[dict[str, str]]:
    return [{"instruction": text} for text in texts]


def ran(folder: Path, **options: Any) -> tuple[Report, list[bytes], list[Any]]:
    """(report, lines kept, rejects) of `folder/data.jsonl`."""
    report = dedup(Task(folder / "data.jsonl", **options), folder / "kept", folder / "rejects")
    return report, lines(folder / "kept"), [json.loads(line) for line in lines(folder / "rejects")]


def texts_alike(count: int, seed: int) -> list[str]:
    rng = Random(seed)
    texts: list[str] = []
    for number in range(count):
        if number % 3 == 2:
            texts.append(" ".join(w for w in texts[rng.randrange(number)].split() if rng.random() < 0.9))
        else:
            texts.append(" ".join(f"w{int(300 ** rng.random())}" for _ in range(rng.randrange(4, 25))))
    return texts


def test_a_row_near_to_an_earlier_one_is_rejected_and_names_it(tmp_path: Path) -> None:
    write(tmp_path / "data.jsonl", *tasks(A, B, NEAR_A))
    report, kept, rejects = ran(tmp_path)
    assert [json.loads(line)["instruction"] for line in kept] == [A, B]
    assert rejects == [{"line": 3, "row": {"instruction": NEAR_A}, "near": {"line": 1}, "score": 0.875}]
    assert (report.rows, report.kept, report.rejected, report.good) == (3, 2, 1, True)


def test_lines_are_copied_byte_for_byte_whatever_is_odd_about_them(tmp_path: Path) -> None:
    odd = [
        b'\xef\xbb\xbf{"instruction": "Say  hello", "n": 1.0e2, "n": 2}\r\n',
        b' {"b":1 ,"instruction":"caf\\u00e9 \\ud83d au lait", "a":12345678901234567890.10}\t\n',
        '{"instruction": "Line\u2028separators \u0085 are no line ends"}\n'.encode(),
        b'{"instruction": "The last one has no line feed", "x": NaN}',
    ]
    (tmp_path / "data.jsonl").write_bytes(b"".join(odd))
    report, _, _ = ran(tmp_path)
    assert (tmp_path / "kept").read_bytes() == (tmp_path / "data.jsonl").read_bytes()
    assert (tmp_path / "rejects").read_bytes() == b"" and report.kept == 4


def test_a_rejected_row_stands_in_its_line_as_it_was(tmp_path: Path) -> None:
    row = b'{"instruction":"Say hello","n":1.0e2,"n":2,"half":"\\ud83d"}'
    (tmp_path / "data.jsonl").write_bytes(b'{"instruction": "Say hello"}\r\n' + row + b" \r\n")
    ran(tmp_path)
    (line,) = lines(tmp_path / "rejects")
    assert line == b'{"line": 2, "row": ' + row + b', "near": {"line": 1}, "score": 1.0}\n'


def test_blank_lines_are_no_rows_and_count_in_line_numbers(tmp_path: Path) -> None:
    rows = "\n".join(["", json.dumps({"instruction": A}), " \r", "", json.dumps({"instruction": A})])
    (tmp_path / "data.jsonl").write_text(rows, newline="")
    report, kept, rejects = ran(tmp_path)
    assert (report.rows, report.blank_lines, len(kept)) == (2, 3, 1)
    assert (rejects[0]["line"], rejects[0]["near"]) == (5, {"line": 2})


def test_rows_near_to_another_files_are_rejected_and_name_file_and_line(tmp_path: Path) -> None:
    write(tmp_path / "data.jsonl", *tasks(A, "Explain gravity to a child of five.", "Explain gravity to a child."))
    write(tmp_path / "one.jsonl", *tasks(B, B, B))
    write(tmp_path / "two.jsonl", *tasks("Count to ten.", NEAR_A))
    report, kept, rejects = ran(tmp_path, against=(tmp_path / "one.jsonl", tmp_path / "two.jsonl"))
    assert [(r["line"], r["near"]) for r in rejects] == [
        (1, {"file": str(tmp_path / "two.jsonl"), "line": 2}),
        (3, {"line": 2}),
    ]
    assert list(report.against.values()) == [3, 2] and len(kept) == 1


def test_rows_without_a_token_are_kept_and_counted(tmp_path: Path) -> None:
    write(tmp_path / "data.jsonl", *tasks("🎉🎉", "🎉🎉", "", "写一首诗", "写一首诗"))
    report, kept, _ = ran(tmp_path)
    assert (len(kept), report.without_tokens) == (4, 3)
    report, kept, _ = ran(tmp_path, tokens="rouge")
    assert (len(kept), report.without_tokens) == (5, 5)


@pytest.mark.parametrize("field", ["messages.1.content", "a.b"])
def test_a_field_may_lie_inside_the_row_or_have_a_dot_in_its_name(tmp_path: Path, field: str) -> None:
    rows = [{"messages": [{"role": "system"}, {"content": text}], "a.b": text, "a": {"b": 5}} for text in (A, B, A)]
    write(tmp_path / "data.jsonl", *rows)
    assert ran(tmp_path, field=field)[0].rejected == 1


@pytest.mark.parametrize("method", ["exact", "minhash"])
@pytest.mark.parametrize("tokens", ["rouge", "unicode"])
def test_every_decision_passes_rouge_scores_check(tmp_path: Path, method: str, tokens: str) -> None:
    write(tmp_path / "data.jsonl", *tasks(*texts_alike(150, seed=3)))
    report, _, rejects = ran(tmp_path, method=method, tokens=tokens, check=1_000)
    assert report.checked and not report.checked.differs and report.good
    assert report.checked.rejections == len(rejects) > 20 and report.checked.kept_pairs == 1_000
    assert report.approximate == (method == "minhash")


def test_what_the_file_says_is_what_rouge_score_decides(tmp_path: Path) -> None:
    texts = texts_alike(120, seed=4)
    write(tmp_path / "data.jsonl", *tasks(*texts))
    _, _, rejects = ran(tmp_path, tokens="rouge", threshold=0.5)
    scorer, kept = RougeScorer(["rougeL"]), list[int]()
    expected = []
    for row, text in enumerate(texts):
        scores = [scorer.score(texts[earlier], text)["rougeL"].fmeasure for earlier in kept]
        if max(scores, default=0) > 0.5:
            near = kept[scores.index(max(scores))]
            expected.append((row + 1, near + 1, max(scores)))
        else:
            kept.append(row)
    assert [(r["line"], r["near"]["line"], r["score"]) for r in rejects] == expected


@pytest.mark.parametrize("field", ["score", "nearest", "kept"])
def test_the_check_finds_a_decision_that_is_wrong(tmp_path: Path, field: str) -> None:
    path = write(tmp_path / "data.jsonl", *tasks(A, B, NEAR_A))
    verdicts = greedy([A, B, NEAR_A], 0.7)
    value = {"score": 0.8750000000000001, "nearest": 1, "kept": True}[field]
    getattr(verdicts, field)[2] = value
    with Rows(path, "instruction") as rows:
        list(rows.texts(lambda *_: None))
        checked = check([rows], verdicts, 0.7, "unicode", 20, lambda *_: None)
    assert checked.differs
    found = checked.differs[0]
    assert {row["line"] for row in found.rows} == ({2, 3} if field == "nearest" else {1, 3})
    assert found.ours == {"score": 0.8750000000000001, "nearest": 0.875, "kept": None}[field]


def test_the_check_passes_over_what_rouge_score_cannot_score_in_time(tmp_path: Path) -> None:
    long = " ".join(map(str, range(5_000)))
    write(tmp_path / "data.jsonl", *tasks(long, long, A, A))
    report, _, _ = ran(tmp_path, check=1)
    assert report.rejected == 2
    report, _, _ = ran(tmp_path, check=2)
    assert report.checked and (report.checked.rejections, report.checked.too_long) == (1, 1)


@pytest.mark.parametrize("threshold", [0.3, 0.7, 0.9])
def test_minhash_rejects_nothing_wrongly_and_names_a_row_kept_before(threshold: float) -> None:
    texts = texts_alike(300, seed=5)
    exact, found = greedy(texts, threshold), approximate(texts[50:], threshold, against=texts[:50])
    scorer = RougeScorer(["rougeL"])
    assert (~found.kept).sum() > 5
    for row in np.flatnonzero(~found.kept):
        near = int(found.nearest[row]) + (0 if found.beyond[row] else 50)
        assert scorer.score(texts[near], texts[row + 50])["rougeL"].fmeasure == found.score[row] > threshold
        assert near < row + 50 and (found.beyond[row] or found.kept[near - 50])
    assert not exact.kept.all()


def test_minhash_finds_nearly_all_that_the_exact_index_finds() -> None:
    texts = texts_alike(600, seed=6)
    exact, found = greedy(texts, 0.7), approximate(texts, 0.7)
    assert (~found.kept).sum() >= 0.9 * (~exact.kept).sum() > 50


def test_minhash_blocks_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = texts_alike(100, seed=7)
    whole = approximate(texts, 0.5)
    monkeypatch.setattr(minhash, "_BLOCK", 7)
    apart = approximate(iter(texts), 0.5)
    assert all(np.array_equal(getattr(whole, name), getattr(apart, name)) for name in Verdicts.__slots__)


@pytest.mark.parametrize("threshold", [0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99])
def test_bands_find_three_in_four_of_the_hardest_pairs_where_they_can(threshold: float) -> None:
    shape, shared = bands(threshold), threshold / (2 - threshold)
    assert shape == Bands(160, 1) or 1 - (1 - shared**shape.width) ** shape.count >= 0.75
    assert shape.count * shape.width <= 160


def test_a_repeated_word_counts_as_often_as_it_is_there_for_minhash_too() -> None:
    marks = [minhash._marks(text.split()) for text in ("no no yes", "no yes", "yes no no")]
    assert set(marks[0]) == set(marks[2]) != set(marks[1])
    assert all(len(set(m)) == len(m) for m in marks)


@pytest.mark.parametrize("change", ["+row", "shorter", "same size"])
def test_a_file_that_changes_while_it_is_read_is_told_and_nothing_is_written(tmp_path: Path, change: str) -> None:
    path = write(tmp_path / "data.jsonl", *tasks(*texts_alike(1_000, seed=8), A, B))
    content = path.read_bytes()

    def told(what: str, done: int, of: int) -> None:
        changed = {"+row": content + b'{"instruction": "x"}\n', "shorter": content[:-1], "same size": content}[change]
        path.write_bytes(changed)

    with pytest.raises(UsageError, match="was changed while it was read"):
        dedup(Task(path), tmp_path / "kept", None, told)
    assert [p.name for p in tmp_path.iterdir()] == ["data.jsonl"]


def test_what_is_told_ends_at_the_whole(tmp_path: Path) -> None:
    write(tmp_path / "data.jsonl", *tasks(*texts_alike(2_500, seed=9)))
    heard = dict[str, tuple[int, int]]()
    dedup(Task(tmp_path / "data.jsonl"), told=lambda what, done, of: heard.update({what: (done, of)}))
    assert any(what.startswith("reading ") for what in heard) and "writing" in heard
    assert all(0 < done <= of for done, of in heard.values())


def test_outputs_replace_what_was_there_through_links_and_leave_nothing_beside(tmp_path: Path) -> None:
    write(tmp_path / "data.jsonl", *tasks(A, B))
    (tmp_path / "real").write_text("old")
    (tmp_path / "kept").symlink_to(tmp_path / "real")
    ran(tmp_path)
    assert (tmp_path / "kept").is_symlink() and len(lines(tmp_path / "real")) == 2
    assert {p.name for p in tmp_path.iterdir()} == {"data.jsonl", "real", "kept", "rejects"}


def test_a_device_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    write(tmp_path / "data.jsonl", *tasks(A, B, A))
    null = Path("/dev/null")
    report = dedup(Task(tmp_path / "data.jsonl"), null, null)
    assert report.rejected == 1 and null.is_char_device()


def test_all_pairs_of_kept_rows_are_apart(tmp_path: Path) -> None:
    write(tmp_path / "data.jsonl", *tasks(*texts_alike(60, seed=10)))
    _, kept, _ = ran(tmp_path, tokens="rouge")
    texts = [json.loads(line)["instruction"] for line in kept]
    scorer = RougeScorer(["rougeL"])
    assert all(scorer.score(one, other)["rougeL"].fmeasure <= 0.7 for one, other in combinations(texts, 2))


def test_minhash_scores_long_rows_as_the_exact_index_does() -> None:
    rng, texts = Random(3), list[str]()
    for size in (200, 400, 900):
        words = [f"w{int(3_000 ** rng.random())}" for _ in range(size)]
        texts += [" ".join(word for word in words if rng.random() < share) for share in (1, 0.9, 0.9)]
    exact, found = greedy(texts, 0.5), approximate(texts, 0.5)
    assert found.nearest.tolist() == exact.nearest.tolist() and found.score.tolist() == exact.score.tolist()
