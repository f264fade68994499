"""What is stored stays stored, is there before anybody is told, and reads back in the order it was committed."""

import asyncio
import json
import math
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ittgen.calls import Request, Response, Usage
from ittgen.errors import JournalError, Stopped, UsageError
from ittgen.journal import Journal
from ittgen.records import Example, Message, Rejection
from ittgen.schema import MIGRATIONS
from ittgen.steps import PAGE, Outcome, Progress
from ittgen.text import canonical

STAGE = "5" * 64


def request(text: str, sample: int = 0) -> Request:
    return Request("m", (Message("user", text),), sample=sample, label=f"propose/{text}")


def answer(text: str, prompt: int = 0, completion: int = 0) -> Response:
    return Response(text, usage=Usage(prompt, completion), model="m-1", request_id="r", latency=0.25)


def rows(*numbers: int) -> list[Example]:
    return [Example(f"Task {n}", output=str(n)) for n in numbers]


def counted(journal: Journal) -> list[str]:
    """Every statement from now on."""
    said: list[str] = []
    journal._db.set_trace_callback(said.append)
    return said


def in_another_process(script: str, path: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", script, str(path)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def acknowledged(process: subprocess.Popen[str], n: int) -> list[str]:
    assert process.stdout
    return [process.stdout.readline().strip() for _ in range(n)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "journal.sqlite"


@pytest.fixture
def journal(path: Path) -> Iterator[Journal]:
    with Journal.open(path) as journal:
        yield journal


# Answers


async def test_an_answer_reads_back_as_it_was_stored(journal: Journal) -> None:
    said = Response(
        "Ja \u2028 \x00 ok", "length", Usage(3, 4, 1, 2, True), "hm", [{"id": "x"}], None, "m", "r", 1.5, ""
    )
    await journal.store(request("a"), said)
    assert journal.answer(request("a").key) == said
    assert journal.exchange(request("a").key) == (request("a").to_json(), said)
    assert journal.answer(request("a", sample=1).key) is None and journal.exchange("?") is None


async def test_an_answer_is_on_file_before_store_returns(journal: Journal, path: Path) -> None:
    with Journal.read(path) as reader:
        for n in range(3):
            assert reader.answer(request(str(n)).key) is None
            await journal.store(request(str(n)), answer(str(n)))
            assert reader.answer(request(str(n)).key) == answer(str(n))


async def test_answers_of_one_turn_of_the_loop_share_one_transaction(journal: Journal) -> None:
    said = counted(journal)
    await asyncio.gather(*(journal.store(request(str(n)), answer(str(n))) for n in range(40)))
    assert said.count("BEGIN IMMEDIATE ") + said.count("BEGIN IMMEDIATE") == 1
    await journal.store(request("later"), answer("later"))
    assert said.count("COMMIT") == 2
    assert all(journal.answer(request(str(n)).key) == answer(str(n)) for n in range(40))


async def test_the_first_answer_to_a_request_stays(journal: Journal) -> None:
    await journal.store(request("a"), answer("first"))
    await asyncio.gather(journal.store(request("a"), answer("second")), journal.store(request("b"), answer("b")))
    assert journal.answer(request("a").key) == answer("first")
    assert journal.answer(request("b").key) == answer("b")


async def test_an_answer_whose_caller_is_gone_is_stored_all_the_same(journal: Journal) -> None:
    task = asyncio.create_task(journal.store(request("a"), answer("a")))
    other = asyncio.create_task(journal.store(request("b"), answer("b")))
    await asyncio.sleep(0)
    task.cancel()
    await other
    assert task.cancelled() or task.cancelling()
    assert journal.answer(request("a").key) == answer("a")


async def test_requests_are_trusted_where_their_like_was_answered(journal: Journal) -> None:
    like = Request("m", (Message("user", "a"),), {"temperature": 0.7, "stop": ["é\n"]}, {"type": "object"})
    await journal.store(replace(like, sample=1), Response("no", "error"))
    assert not journal.trusts(like)
    await journal.store(replace(like, sample=2), answer("yes"))
    assert journal.trusts(like) and journal.trusts(replace(like, messages=(Message("user", "b"),)))
    for change in ({"model": "n"}, {"sampling": {}}, {"schema": None}, {"teacher": {"kind": "x"}}):
        assert not journal.trusts(replace(like, **change))  # type: ignore[arg-type]  # one field of its own type each


async def test_an_answer_that_cannot_be_written_as_json_fails_alone(journal: Journal) -> None:
    odd = Response("x", logprobs=math.nan)
    stores = [journal.store(request("odd"), odd), journal.store(request("good"), answer("good"))]
    first, second = await asyncio.wait_for(asyncio.gather(*stores, return_exceptions=True), 5)
    assert isinstance(first, ValueError) and second is None
    assert journal.answer(request("good").key) == answer("good")


async def test_an_answer_with_half_a_surrogate_pair_is_stored(journal: Journal) -> None:
    odd = Response("x", tool_calls=[{"arguments": "\ud83d!"}])
    await asyncio.wait_for(journal.store(request("odd"), odd), 5)
    assert journal.answer(request("odd").key) == Response("x", tool_calls=[{"arguments": "\ufffd!"}])


# When the disk is full, or the file read-only


def fill(journal: Journal) -> None:
    pages = journal._db.execute("PRAGMA page_count").fetchone()[0]
    journal._db.execute(f"PRAGMA max_page_count = {pages}")


def make_room(journal: Journal) -> None:
    journal._db.execute("PRAGMA max_page_count = 1000000")


async def test_a_full_disk_stops_the_run_and_everything_before_stays(journal: Journal) -> None:
    await journal.store(request("before"), answer("before"))
    fill(journal)
    stores = (journal.store(request(str(n)), answer("x" * 20_000)) for n in range(3))
    said = await asyncio.gather(*stores, return_exceptions=True)
    assert [type(error) for error in said] == [Stopped] * 3
    assert "journal.sqlite" in str(said[0]) and "full" in str(said[0]) and "run again" in str(said[0])
    make_room(journal)
    assert journal.answer(request("0").key) is None
    await journal.store(request("0"), answer("0"))
    assert journal.answer(request("before").key) == answer("before")
    assert journal.answer(request("0").key) == answer("0")


def test_a_slot_that_does_not_fit_leaves_no_half_of_itself(journal: Journal) -> None:
    journal.begin(STAGE, "d", "propose", {})
    journal.commit(STAGE, Outcome(0, rows(0), [], []), 0)
    fill(journal)
    large = [Example(f"Task {n}", output="x" * 5_000) for n in range(9)]
    with pytest.raises(Stopped):
        journal.commit(STAGE, Outcome(1, large, [Rejection("y", "length")], ["k"]), 1)
    make_room(journal)
    assert journal.progress(STAGE) == Progress(1, 1, 0)
    journal.commit(STAGE, Outcome(1, rows(1), [], []), 1)
    assert journal.progress(STAGE) == Progress(2, 2, 0)


async def test_a_journal_that_became_read_only_stops_the_run(journal: Journal) -> None:
    journal.begin(STAGE, "d", "propose", {})
    journal._db.execute("PRAGMA query_only = ON")
    with pytest.raises(Stopped, match=r"journal .*journal\.sqlite: .*readonly.*run again"):
        await journal.store(request("a"), answer("a"))
    with pytest.raises(Stopped):
        journal.commit(STAGE, Outcome(0, rows(0), [], []), 0)
    journal._db.execute("PRAGMA query_only = OFF")
    await journal.store(request("a"), answer("a"))


# Killed


STORING = """
import asyncio, sys
from pathlib import Path
from ittgen.calls import Request, Response
from ittgen.journal import Journal
from ittgen.steps import Outcome
from ittgen.records import Example, Message

async def store(journal, name):
    request = Request("m", (Message("user", name),))
    await journal.store(request, Response("x" * 3000 + name))
    print(request.key, flush=True)

async def main():
    with Journal.open(Path(sys.argv[1])) as journal:
        journal.begin("s", "d", "propose", {})
        for turn in range(10**6):
            await asyncio.gather(*(store(journal, f"{turn}/{n}") for n in range(4)))
            journal.commit("s", Outcome(turn, [Example(f"Task {turn}")], [], []), turn)

asyncio.run(main())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9")
@pytest.mark.parametrize("answers", [1, 6, 90])
def test_a_killed_process_keeps_every_answer_it_was_told_of(path: Path, answers: int) -> None:
    with in_another_process(STORING, path) as process:
        known = acknowledged(process, answers)
        process.send_signal(signal.SIGKILL)
        assert process.stdout
        known += process.stdout.read().split("\n")
    whole = [key for key in known if len(key) == 64]
    assert len(whole) >= answers
    with Journal.open(path) as journal:
        assert journal._db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert all(journal.answer(key) for key in whole)
        progress = journal.progress("s")
        assert progress.cursor == progress.accepted
        assert [row.instruction for row in journal.rows("s")] == [f"Task {n}" for n in range(progress.cursor)]
        journal.commit("s", Outcome(progress.cursor, rows(1), [], []), progress.accepted)


# Stages


def test_a_stage_goes_on_where_it_was_when_the_journal_was_closed(path: Path) -> None:
    rejected = Rejection(Example("Task 1"), "length", value=2, limit=4)
    with Journal.open(path) as journal:
        assert journal.begin(STAGE, "d", "propose", {"seed": 1}) == Progress()
        journal.commit(STAGE, Outcome(0, rows(0, 1), [rejected], ["k1", "k2"]), 0)
        journal.commit(STAGE, Outcome(1, [], [rejected], ["k3"]), 2)
    with Journal.open(path) as journal:
        assert journal.begin(STAGE, "d", "propose", {"seed": 1}) == Progress(2, 2, 2)
        assert journal.outcome(STAGE, 0) == Outcome(0, rows(0, 1), [rejected], ["k1", "k2"])
        journal.commit(STAGE, Outcome(2, rows(2), [], []), 2)
        assert list(journal.rows(STAGE)) == rows(0, 1, 2)
        assert journal.progress("another") == Progress()


def test_a_slot_is_committed_once(journal: Journal) -> None:
    journal.begin(STAGE, "d", "propose", {})
    journal.commit(STAGE, Outcome(0, rows(0), [Rejection("x", "r")], ["k"]), 0)
    with pytest.raises(sqlite3.IntegrityError):
        journal.commit(STAGE, Outcome(0, rows(1), [Rejection("x", "r")], ["k"]), 1)
    assert journal.progress(STAGE) == Progress(1, 1, 1)
    journal.commit(STAGE, Outcome(1, rows(1), [], []), 1)


@settings(deadline=None, derandomize=True, max_examples=25)
@given(accepted=st.lists(st.integers(0, 3), max_size=12))
def test_visible_counts_the_rows_of_the_first_slots(
    accepted: list[int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    with Journal.open(tmp_path_factory.mktemp("j") / "j.sqlite") as journal:
        journal.begin(STAGE, "d", "propose", {})
        sizes = [0]
        for slot, n in enumerate(accepted):
            journal.commit(STAGE, Outcome(slot, rows(*range(sizes[-1], sizes[-1] + n)), [], []), sizes[-1])
            sizes.append(sizes[-1] + n)
        assert [journal.visible(STAGE, slots) for slots in range(len(sizes))] == sizes
        assert journal.visible("another", 5) == 0


def test_rows_are_a_sequence_read_page_by_page(journal: Journal) -> None:
    n = 2 * PAGE + 3
    journal.begin(STAGE, "d", "propose", {})
    journal.commit(STAGE, Outcome(0, rows(*range(n)), [], []), 0)
    all_rows, some = journal.rows(STAGE), journal.rows(STAGE, PAGE + 1)
    assert len(all_rows) == n and list(all_rows) == rows(*range(n))
    assert len(some) == PAGE + 1 and list(some) == rows(*range(PAGE + 1))
    assert (all_rows[0], all_rows[-1]) == (*rows(0), *rows(n - 1))
    assert some[-1] == rows(PAGE)[0]
    assert list(all_rows[7:1:-2]) == rows(7, 5, 3) and list(some[PAGE:]) == rows(PAGE)
    for beyond in (PAGE + 1, -PAGE - 2):
        with pytest.raises(IndexError):
            some[beyond]
    assert list(journal.rows("another")) == [] and not journal.rows("another")


def test_rows_keep_their_length_while_more_are_committed(journal: Journal) -> None:
    journal.begin(STAGE, "d", "propose", {})
    journal.commit(STAGE, Outcome(0, rows(0, 1), [], []), 0)
    seen = journal.rows(STAGE, 2)
    journal.commit(STAGE, Outcome(1, rows(2), [], []), 2)
    assert list(seen) == rows(0, 1)


def test_an_accepted_row_is_found_by_its_id(journal: Journal) -> None:
    for stage in (STAGE, "other"):
        journal.begin(stage, "d", "propose", {})
    journal.commit(STAGE, Outcome(0, rows(0, 1), [], []), 0)
    example = rows(1)[0]
    assert journal.find(STAGE, example.id) == example
    assert journal.find("other", example.id) is None and journal.find(STAGE, "?") is None


def test_rejections_come_in_slot_order_and_are_counted_by_rule(journal: Journal) -> None:
    journal.begin(STAGE, "d", "propose", {})
    verdicts = [Rejection("b", "zebra"), Rejection("a", "apple"), Rejection("c", "apple"), Rejection("d", "bee")]
    journal.commit(STAGE, Outcome(0, [], verdicts[:3], []), 0)
    journal.commit(STAGE, Outcome(1, [], verdicts[3:], []), 0)
    assert list(journal.rejections(STAGE)) == verdicts
    assert list(journal.rules(STAGE).items()) == [("apple", 2), ("bee", 1), ("zebra", 1)]


async def test_an_answer_that_two_slots_share_is_paid_once(journal: Journal) -> None:
    journal.begin(STAGE, "d", "propose", {})
    for text, prompt, completion in (("a", 10, 1), ("b", 20, 2), ("unused", 500, 500)):
        await journal.store(request(text), answer(text, prompt, completion))
    a, b = request("a").key, request("b").key
    journal.commit(STAGE, Outcome(0, [], [], [a, b]), 0)
    journal.commit(STAGE, Outcome(1, [], [], [a, "gone"]), 0)
    assert list(journal.accounts.spent(STAGE)) == [(0, "{}", "", Usage(10, 1)), (0, "{}", "", Usage(20, 2))]
    assert list(journal.accounts.spent("another")) == []


async def test_what_was_spent_is_told_by_teacher_under_its_identity_as_canonical_json(journal: Journal) -> None:
    identity = {"kind": "é", "noise": 1e-07, "share": 0.15, "path": 'a/b"\\', "deep": {"z": [1, None], "a": True}}
    journal.begin(STAGE, "d", "propose", {})
    keys = []
    for text, teacher in (("a", identity), ("b", {}), ("c", identity)):
        asked = Request("m", (Message("user", text),), teacher=teacher)
        await journal.store(asked, answer(text, 1, 2))
        keys.append(asked.key)
    journal.commit(STAGE, Outcome(0, [], [], keys), 0)
    assert [bill[1] for bill in journal.accounts.spent(STAGE)] == [canonical(identity), "{}", canonical(identity)]
    assert sorted(journal.accounts.models(STAGE)) == sorted([(canonical(identity), "m-1", ""), ("{}", "m-1", "")])


async def test_who_asked_a_stored_request_is_remembered(journal: Journal) -> None:
    await journal.store(request("a"), answer("a"))
    assert (journal.label(request("a").key), journal.label("?")) == ("propose/a", "")


def test_an_accepted_row_is_found_over_all_stages(journal: Journal) -> None:
    for stage, name, row in (("1", "propose", 0), ("2", "evolve", 1), ("3", "answer", 0)):
        journal.begin(stage, "d", name, {})
        journal.commit(stage, Outcome(0, rows(row), [], []), 0)
    assert journal.accepted(rows(1)[0].id) == ("evolve", rows(1)[0])
    assert journal.accepted(rows(0)[0].id) == ("propose", rows(0)[0])
    said = counted(journal)
    assert journal.accepted("?") is None
    plan = journal._db.execute(f"EXPLAIN QUERY PLAN {said[0]}").fetchall()
    assert not [step for *_, step in plan if step.startswith("SCAN accepted")], "one row of millions is found by index"


# Opening


WRITING = """
import asyncio, sys
from pathlib import Path
from ittgen.calls import Request, Response
from ittgen.journal import Journal
from ittgen.steps import Outcome
from ittgen.records import Example, Message

async def main():
    with Journal.open(Path(sys.argv[1])) as journal:
        journal.begin("s", "d", "propose", {})
        for slot, line in enumerate(sys.stdin):
            await journal.store(Request("m", (Message("user", line.strip()),)), Response(line.strip()))
            journal.commit("s", Outcome(slot, [Example(line.strip())], [], []), slot)
            print("done", flush=True)

asyncio.run(main())
"""


def test_a_journal_is_read_while_another_process_writes(path: Path) -> None:
    with in_another_process(WRITING, path) as process:
        assert process.stdin
        reader = None
        for n, word in enumerate(["one", "two", "three"], 1):
            process.stdin.write(f"{word}\n")
            process.stdin.flush()
            assert acknowledged(process, 1) == ["done"]
            reader = reader or Journal.read(path)
            assert reader.answer(Request("m", (Message("user", word),)).key) == Response(word)
            assert reader.progress("s") == Progress(n, n, 0)
        process.stdin.close()
    assert reader
    with reader:
        assert [row.instruction for row in reader.rows("s")] == ["one", "two", "three"]


def test_a_journal_open_for_reading_cannot_be_written(path: Path) -> None:
    Journal.open(path).close()
    with Journal.read(path) as journal, pytest.raises(Stopped, match="readonly"):
        journal.begin(STAGE, "d", "propose", {})


def test_reading_makes_no_file(tmp_path: Path) -> None:
    with pytest.raises(JournalError, match=r"none\.sqlite: there is none"):
        Journal.read(tmp_path / "none.sqlite")
    assert list(tmp_path.iterdir()) == []


def test_a_journal_of_a_newer_ittgen_is_refused_and_let_go(path: Path) -> None:
    Journal.open(path).close()
    db = sqlite3.connect(path)
    db.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    db.close()
    for opened in (Journal.open, Journal.read):
        with pytest.raises(JournalError, match=r"journal\.sqlite: written by a newer ittgen \(schema 2\); upgrade"):
            opened(path)
    db = sqlite3.connect(path)
    db.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
    db.close()
    Journal.open(path).close()


def test_a_file_that_is_no_database_is_refused_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "notes.sqlite"
    path.write_text("dear diary " * 100)
    for opened in (Journal.open, Journal.read):
        with pytest.raises(JournalError, match=r"notes\.sqlite: file is not a database"):
            opened(path)
    assert path.read_text().startswith("dear diary")


def test_a_database_that_is_no_journal_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite"
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE friends (name)")
    db.close()
    with pytest.raises(JournalError, match=r"other\.sqlite"):
        Journal.read(path)


def test_an_empty_file_is_no_journal_to_read_and_becomes_one_when_opened(tmp_path: Path) -> None:
    path = tmp_path / "empty.sqlite"
    path.touch()
    with pytest.raises(JournalError, match=r"empty\.sqlite"):
        Journal.read(path)
    Journal.open(path).close()
    Journal.read(path).close()


def test_a_folder_in_the_way_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    for path in (tmp_path / "file" / "j.sqlite", tmp_path / "folder"):
        with pytest.raises(JournalError, match=f"journal {path}"):
            Journal.open(path)


def test_a_durable_journal_waits_for_the_disk(path: Path) -> None:
    with Journal.open(path, durable=True) as journal:
        assert journal._db.execute("PRAGMA synchronous").fetchone()[0] == 2
    with Journal.open(path) as journal:
        assert journal._db.execute("PRAGMA synchronous").fetchone()[0] == 1
        assert journal._db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"


async def test_what_is_stored_is_plain_json(journal: Journal, path: Path) -> None:
    await journal.store(request("a"), answer("é"))
    db = sqlite3.connect(path)
    key, label, asked, said = db.execute("SELECT key, label, request, response FROM answers").fetchone()
    db.close()
    assert (key, label) == (request("a").key, "propose/a")
    assert json.loads(asked)["messages"] == [{"role": "user", "content": "a"}]
    assert json.loads(said)["text"] == "é" and "é" in said


@pytest.mark.parametrize("error", [UsageError, JournalError])
def test_a_new_journal_without_an_answer_is_not_left_by_wrong_input(path: Path, error: type[UsageError]) -> None:
    with pytest.raises(error), Journal.open(path):
        raise error("wrong")
    assert not path.parent.exists()


async def test_a_journal_with_an_answer_and_one_that_was_there_stay_whatever_is_wrong(path: Path) -> None:
    with pytest.raises(UsageError), Journal.open(path) as journal:
        await journal.store(request("a"), answer("A"))
        raise UsageError("wrong")
    assert path.exists()
    other = path.with_name("other.sqlite")
    Journal.open(other).close()
    with pytest.raises(UsageError), Journal.open(other):
        raise UsageError("wrong")
    assert other.exists()
