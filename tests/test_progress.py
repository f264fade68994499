"""The progress display, fed with events: what is shown, where, and how often."""

import io
import json
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from ittgen.calls import Usage
from ittgen.errors import UsageError
from ittgen.events import Event, Froze, Meter, SlotCommitted, StageBegan, StageEnded, Stopping
from ittgen.progress import EVERY, Style, columns, counted, display, money
from ittgen.progress import show as showing
from ittgen.progress.board import Board
from ittgen.progress.live import drawn
from ittgen.progress.objects import Objects
from ittgen.progress.plain import Lines

FROZE = Froze("demo", 3, Path("data/demo/v0003"), rows=2, new=True, partial=False)
RULES = {"near-duplicate": 1}
EVENTS: list[Event] = [
    StageBegan("propose", target=2, slots=None, cursor=0, accepted=0, rejected=0),
    SlotCommitted("propose", 0, accepted=1, rejected=1, rules=RULES),
    SlotCommitted("propose", 1, accepted=2, rejected=1, rules={}),
    StageEnded("propose", accepted=2, rejected=1, rules=RULES, finished=True),
    StageBegan("answer", target=None, slots=2, cursor=1, accepted=1, rejected=0),
    SlotCommitted("answer", 1, accepted=2, rejected=0, rules={}),
    StageEnded("answer", accepted=2, rejected=0, rules={}, finished=True),
    FROZE,
]


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def show(events: list[Event], style: Style, meter: Meter | None = None, tick: float = 0.0) -> None:
    clock = Clock()
    with display(meter or Meter(), style, clock) as listener:
        for event in events:
            clock.now += tick
            listener(event)


def test_plain_is_a_line_where_a_stage_begins_and_ends_and_a_funnel(capsys: pytest.CaptureFixture[str]) -> None:
    show(EVENTS, "plain")
    out, err = capsys.readouterr()
    assert out == ""
    lines = err.splitlines()
    calls = "0 calls sent, 0 known, 0 in flight, 0 retries, 0 tokens"
    assert lines[:4] == [
        "propose: begins, 0 of 2 rows",
        f"propose: done, 2 of 2 rows, 67% accepted; {calls}",
        "answer: goes on at 1 of 2 slots, 1 row",
        f"answer: done, 2 of 2 slots, 2 rows, 100% accepted; {calls}",
    ]
    assert lines[4:] == [
        "stage    proposed  rejected  accepted  rejected by rule",
        "propose         3         1         2  near-duplicate 1",
        "answer          2         0         2",
        "demo@3, 2 rows: data/demo/v0003",
    ]


@pytest.mark.parametrize(("tick", "lines"), [(EVERY / 100, 0), (EVERY, 30), (EVERY / 2, 15)])
def test_in_between_there_is_a_line_every_30_seconds(
    capsys: pytest.CaptureFixture[str], tick: float, lines: int
) -> None:
    slots: list[Event] = [SlotCommitted("s", i, accepted=i + 1, rejected=0, rules={}) for i in range(30)]
    show([StageBegan("s", 100, None, 0, 0, 0), *slots], "plain", tick=tick)
    assert capsys.readouterr().err.count("s: at ") == lines


def test_a_stage_counts_its_own_calls_and_dollars_show_when_there_is_a_price(
    capsys: pytest.CaptureFixture[str],
) -> None:
    meter, clock = Meter(sent=10, answered=9, known=4, retries=1, dollars=1.0, usage=Usage(100, 50)), Clock()
    with display(meter, "plain", clock) as listener:
        listener(EVENTS[0])
        meter.sent, meter.known, meter.retries, meter.in_flight = 13, 5, 3, 2
        meter.dollars, meter.usage = 1.25, Usage(1100, 1050)
        meter.places, meter.most = 16, 64
        clock.now = 0.5
        listener(StageEnded("propose", 0, 0, {}, finished=False))
        meter.sent, clock.now = 99, 77.0
    lines = capsys.readouterr().err.splitlines()
    assert lines[1] == (
        "propose: stopped at 0 of 2 rows, nothing yet; "
        "3 calls sent, 1 known, 2 in flight, 16 of 64 places, 2 retries, 2,000 tokens, 4,000 tokens/s, $0.25"
    )
    assert lines[2].split("  ")[-2:] == ["cost, this run", "rejected by rule"] and lines[3].endswith("  $0.25")


@pytest.mark.parametrize(("places", "most", "shown"), [(0, 0, False), (64, 64, False), (63, 64, True), (1, 2, True)])
def test_places_are_told_while_there_are_fewer_than_asked_for(places: int, most: int, shown: bool) -> None:
    board = Board(Meter(places=places, most=most), Clock())
    board.see(EVENTS[0])
    assert (f"{places} of {most} places" in board.calls(board.stages[0])) == shown


def test_the_speed_is_that_of_the_stage_in_this_run(capsys: pytest.CaptureFixture[str]) -> None:
    meter, clock = Meter(usage=Usage(5_000, 5_000)), Clock()
    with display(meter, "json", clock) as listener:
        clock.now = 10.0
        listener(StageBegan("propose", target=100, slots=None, cursor=7, accepted=20, rejected=20))
        clock.now, meter.usage, meter.dollars = 12.0, Usage(5_500, 5_250), 0.5
        listener(SlotCommitted("propose", 7, accepted=40, rejected=40, rules=RULES))
        listener(StageEnded("propose", accepted=40, rejected=40, rules=RULES, finished=False))
        clock.now = 99.0
        listener(Stopping("enough"))
    began, committed, ended, after = (json.loads(line)["progress"] for line in capsys.readouterr().err.splitlines())
    assert began["tokens_per_second"] is None and began["seconds_left"] is None
    assert committed == {
        "stage": "propose", "accepted": 40, "rejected": 40, "target": 100, "slots": None, "cursor": 8,
        "acceptance": 0.5, "seconds_left": 6.0, "tokens_per_second": 375.0, "dollars": 0.5,
    }  # fmt: skip
    assert ended["tokens_per_second"] == after["tokens_per_second"] == 375.0, "its time is over"
    assert ended["seconds_left"] is None


def test_lines_in_between_tell_the_time_to_go(capsys: pytest.CaptureFixture[str]) -> None:
    slots: list[Event] = [SlotCommitted("s", i, accepted=i + 1, rejected=i + 1, rules={}) for i in range(2)]
    show([StageBegan("s", 12, None, 0, 0, 0), *slots], "plain", tick=EVERY)
    assert "s: at 2 of 12 rows, 50% accepted, 5m 00s to go; " in capsys.readouterr().err


def test_a_stop_is_said_while_calls_are_in_flight_and_not_after(capsys: pytest.CaptureFixture[str]) -> None:
    words = "at 0 of 2 rows, nothing yet; 0 calls sent, 0 known, 2 in flight, 0 retries, 0 tokens; stopping when"
    show([EVENTS[0], Stopping("enough")], "plain", Meter(in_flight=2))
    assert words in capsys.readouterr().err
    show([EVENTS[0], Stopping("enough")], "plain", Meter())
    assert "stopping" not in capsys.readouterr().err


def test_json_is_one_object_an_event_with_the_meter_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    show([*EVENTS, Stopping("enough")], "json", Meter(sent=7, usage=Usage(5, 6)))
    out, err = capsys.readouterr()
    lines: list[dict[str, Any]] = [json.loads(line) for line in err.splitlines()]
    assert out == "" and len(lines) == len(EVENTS) + 1
    assert lines[1]["event"] == "slot-committed" and lines[1]["rules"] == RULES and lines[1]["accepted"] == 1
    assert lines[1]["meter"]["sent"] == 7 and lines[1]["meter"]["completion_tokens"] == 6
    assert lines[7]["event"] == "froze" and lines[7]["path"] == "data/demo/v0003"
    assert lines[8].keys() == {"event", "reason", "progress", "meter"}
    assert (lines[8]["event"], lines[8]["reason"]) == ("stopping", "enough")


def test_none_is_silent(capsys: pytest.CaptureFixture[str]) -> None:
    show(EVENTS, "none")
    assert capsys.readouterr() == ("", "")


def test_without_a_terminal_auto_is_plain(capsys: pytest.CaptureFixture[str]) -> None:
    show(EVENTS, "auto")
    auto = capsys.readouterr().err
    show(EVENTS, "plain")
    assert auto == capsys.readouterr().err
    assert "\x1b" not in auto


def test_a_run_that_stops_is_summed_up_as_well_and_one_that_never_began_is_not(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(RuntimeError), display(Meter(), "plain") as listener:
        listener(EVENTS[0])
        listener(EVENTS[1])
        raise RuntimeError
    assert capsys.readouterr().err.splitlines()[-1].split() == ["propose", "2", "1", "1"]
    with pytest.raises(RuntimeError), display(Meter(), "plain"):
        raise RuntimeError
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("new", "partial", "line"),
    [
        (True, True, "demo@3, 2 rows, partial: data/demo/v0003"),
        (False, False, "demo@3 has these 2 rows already: data/demo/v0003"),
    ],
)
def test_the_last_line_says_what_was_frozen(
    capsys: pytest.CaptureFixture[str], new: bool, partial: bool, line: str
) -> None:
    show([*EVENTS[:-1], Froze("demo", 3, FROZE.path, 2, new, partial)], "plain")
    assert capsys.readouterr().err.splitlines()[-1] == line


def test_an_unknown_style_names_the_nearest() -> None:
    with pytest.raises(UsageError, match=r'"plian".*did you mean "plain"'):
        display(Meter(), "plian")  # type: ignore[arg-type]  # as a program might


def on_a_terminal(monkeypatch: pytest.MonkeyPatch, act: Callable[[], None]) -> str:
    """What `act` writes to stderr when that is a terminal."""
    master, slave = os.openpty()
    pieces: list[bytes] = []

    def read() -> None:
        try:
            while piece := os.read(master, 65536):
                pieces.append(piece)
        except OSError:  # Linux says so when the other side is closed
            return

    reader = threading.Thread(target=read)
    reader.start()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")
    with monkeypatch.context() as patch, os.fdopen(slave, "w") as stderr:
        patch.setattr(sys, "stderr", stderr)
        act()
    reader.join()
    os.close(master)
    return b"".join(pieces).decode()


def test_on_a_terminal_a_table_lives_and_makes_room_for_the_funnel(monkeypatch: pytest.MonkeyPatch) -> None:
    text = on_a_terminal(monkeypatch, lambda: show(EVENTS, "auto", Meter(sent=5), tick=60.0))
    assert "\x1b[" in text and "━" in text
    assert "2 of 2 rows" in text and "67% accepted" in text and "0 calls sent" in text
    assert "demo@3, 2 rows: data/demo/v0003" in text.splitlines()[-1]


def test_a_terminal_shows_the_time_to_go(monkeypatch: pytest.MonkeyPatch) -> None:
    events: list[Event] = [
        StageBegan("propose", target=220, slots=None, cursor=5, accepted=20, rejected=0),
        SlotCommitted("propose", 5, accepted=120, rejected=0, rules={}),
    ]
    text = on_a_terminal(monkeypatch, lambda: show(events, "auto", tick=200.0))
    assert "3m 20s to go" in text  # 100 rows took 200 s, 100 are left


def test_a_dumb_terminal_gets_plain_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    def act() -> None:
        os.environ["TERM"] = "dumb"
        show(EVENTS, "auto")

    assert "\x1b" not in on_a_terminal(monkeypatch, act)


def test_columns_put_numbers_right_and_words_left() -> None:
    table = columns(["stage", "rows", "share"], [["propose", 1200, 0.5], ["answer", None, None]])
    assert table == "stage     rows  share\npropose  1,200    0.5\nanswer"
    assert columns(["a", "b"], []) == "a  b"


@pytest.mark.parametrize("width", [40, 50, 60, 80, 100, 120])
@pytest.mark.parametrize("stopping", [False, True])
def test_the_live_table_has_no_line_that_the_terminal_would_wrap(width: int, stopping: bool) -> None:
    meter, clock = Meter(), Clock()
    board = Board(meter, clock)
    board.see(StageBegan("propose", target=20_000, slots=None, cursor=0, accepted=0, rejected=0))
    board.see(StageBegan("instances-and-more", target=None, slots=20_000, cursor=0, accepted=0, rejected=0))
    meter.sent, meter.known, meter.in_flight, meter.retries = 123_456, 12_345, 64, 1_234
    meter.dollars, meter.usage = 1234.5, Usage(123_456_789, 98_765_432)
    meter.places, meter.most = 128, 512
    clock.now = 9_999.0
    board.see(SlotCommitted("instances-and-more", 11_111, accepted=10_000, rejected=2_000, rules={}))
    if stopping:
        board.see(Stopping("enough"))
    console = Console(width=300, file=io.StringIO(), force_terminal=True, color_system=None)
    with console.capture() as capture:
        console.print(drawn(board, width))
    lines = [line.rstrip() for line in capture.get().splitlines()]
    assert max(map(len, lines)) <= width, lines
    assert "222,222,221 tokens" in " ".join(lines) and "20,000 slots" in " ".join(lines)
    assert "22,224 tokens/s" in " ".join(lines) and "128 of 512 places" in " ".join(lines)
    assert any("stopping when" in line for line in lines) == stopping
    assert ("to go" in " ".join(lines)) == (width > 60)


@pytest.mark.parametrize("width", [50, 60, 80])
def test_the_sum_on_a_narrow_terminal_has_every_rule_below_its_stage_and_no_line_too_long(width: int) -> None:
    board = Board(Meter(dollars=1.0), Clock())
    rules = {f"rule-number-{n}": n for n in range(9)}
    for event in (EVENTS[0], StageEnded("propose", 2, 900, rules, finished=True), *EVENTS[4:7]):
        board.see(event)
    head, first, *below, last = board.funnel(width).splitlines()
    assert max(map(len, [head, first, *below, last])) <= width
    assert "cost" in head and first.startswith("propose ") and last.startswith("answer ")
    assert all(line.startswith("    ") for line in below) and len(below) > 1
    assert " ".join(line.strip() for line in below).replace(",", "") == "rejected by rule: " + " ".join(
        f"{rule} {count}" for rule, count in rules.items()
    )


def test_the_sum_is_one_line_a_stage_where_there_is_room() -> None:
    board = Board(Meter(), Clock())
    for event in EVENTS:
        board.see(event)
    assert board.funnel(len("propose         3         1         2  near-duplicate 1")) == board.funnel()


def test_a_stage_that_is_whole_is_done_though_the_run_stops(capsys: pytest.CaptureFixture[str]) -> None:
    slots = StageBegan("answer", target=None, slots=2, cursor=0, accepted=0, rejected=0)
    rows = StageBegan("propose", target=2, slots=None, cursor=0, accepted=0, rejected=0)
    for began, cursor, accepted in ((slots, 2, 0), (slots, 1, 1), (rows, 9, 2), (rows, 9, 1)):
        committed = SlotCommitted(began.stage, cursor - 1, accepted, 0, {})
        show([began, committed, StageEnded(began.stage, accepted, 0, {}, finished=False)], "plain")
    said = [line.split(", ")[0] for line in capsys.readouterr().err.splitlines() if "begins" not in line]
    ends = [line for line in said if "done" in line or "stopped" in line]
    assert ends == [
        "answer: done",
        "answer: stopped at 1 of 2 slots",
        "propose: done",
        "propose: stopped at 1 of 2 rows",
    ]


def test_retries_are_said_once_a_stage(capsys: pytest.CaptureFixture[str]) -> None:
    meter = Meter()
    with display(meter, "plain") as listener:
        listener(EVENTS[0])
        meter.retries = 1
        listener(EVENTS[1])
        meter.retries = 5
        listener(EVENTS[2])
        assert capsys.readouterr().err.splitlines()[1:] == ["propose: the server is busy or away: 1 retry so far"]


def test_retries_are_said_while_nothing_is_committed(monkeypatch: pytest.MonkeyPatch) -> None:
    said, lines = threading.Event(), list[str]()

    def write(line: str) -> None:
        lines.append(line)
        if "busy" in line:
            said.set()

    monkeypatch.setattr(showing, "_to_stderr", write)
    monkeypatch.setattr(showing, "LOOK", 0.001)
    meter = Meter()
    with display(meter, "plain") as listener:
        listener(EVENTS[0])
        meter.retries = 3
        assert said.wait(10)
    assert sum("busy" in line for line in lines) == 1


def test_the_last_error_is_named_where_calls_are_retried(capsys: pytest.CaptureFixture[str]) -> None:
    meter, clock = Meter(), Clock()
    with display(meter, "plain", clock) as listener:
        listener(EVENTS[0])
        meter.retries, meter.trouble = 6, "http://gpu-1:8000: cannot connect:\nconnection refused " + "x" * 999
        listener(EVENTS[1])
        clock.now += EVERY
        listener(EVENTS[1])
        meter.retries, meter.trouble = 7, "http://gpu-2:8000: too busy"
        clock.now += EVERY
        listener(EVENTS[1])
    first, still, new = capsys.readouterr().err.splitlines()[1:4]
    named = "propose: the server is busy or away: 6 retries so far; last error: http://gpu-1:8000: cannot connect: conn"
    assert first.startswith(named) and len(first) < 250
    assert "6 retries" in still and "last error" not in still, "nothing has happened since"
    assert "7 retries" in new and new.endswith("; last error: http://gpu-2:8000: too busy")


def test_the_live_table_names_the_last_error() -> None:
    meter = Meter()
    board = Board(meter, Clock())
    board.see(EVENTS[0])
    meter.retries, meter.trouble = 2, "http://gpu-1:8000: cannot connect: connection refused " + "x" * 99
    console = Console(width=300, file=io.StringIO(), force_terminal=True, color_system=None)
    with console.capture() as capture:
        console.print(drawn(board, 80))
    lines = capture.get().splitlines()
    assert any(line.startswith("last error: http://gpu-1:8000: cannot connect: ") for line in lines)
    assert max(len(line.rstrip()) for line in lines) <= 80


class Written:
    """Lines as they are written, and a way to wait for one of them."""

    def __init__(self, wanted: str, times: int) -> None:
        self.lines = list[str]()
        self.wanted, self.times = wanted, times
        self.enough = threading.Event()

    def __call__(self, line: str) -> None:
        self.lines.append(line)
        if sum(self.wanted in line for line in self.lines) == self.times:
            self.enough.set()


class Rushing(Clock):
    """Half of EVERY passes between two looks."""

    def __call__(self) -> float:
        self.now += EVERY / 2
        return self.now


@pytest.mark.parametrize(("style", "wanted"), [("plain", "propose: at 0 of 2 rows"), ("json", '"event": "meter"')])
def test_a_stage_speaks_though_nothing_happens(monkeypatch: pytest.MonkeyPatch, style: Style, wanted: str) -> None:
    written = Written(wanted, times=2)
    monkeypatch.setattr(showing, "_to_stderr", written)
    monkeypatch.setattr(showing, "LOOK", 0.001)
    with display(Meter(in_flight=3), style, Rushing()) as listener:
        listener(EVENTS[0])
        assert written.enough.wait(10)
    assert "3 in flight" in written.lines[1] or '"in_flight": 3' in written.lines[1]


def test_lines_keep_silent_before_their_time_and_once_the_stage_is_over() -> None:
    clock, written = Clock(), Written("", 0)
    board = Board(Meter(), clock)
    for speaker in (Lines(board, written), Objects(board, written)):
        speaker(EVENTS[0])
        before = len(written.lines)
        clock.now += EVERY - 1
        speaker.look()
        assert len(written.lines) == before
        clock.now += 1
        speaker.look()
        speaker.look()
        assert len(written.lines) == before + 1
    lines = Lines(board, written)
    lines(EVENTS[3])
    before = len(written.lines)
    clock.now += 10 * EVERY
    lines.look()
    assert len(written.lines) == before


def test_json_tells_of_the_first_retries_at_once_and_then_in_its_time() -> None:
    meter, clock, written = Meter(), Clock(), Written("", 0)
    objects = Objects(Board(meter, clock), written)
    objects(EVENTS[0])
    meter.retries, meter.trouble = 1, "http://gpu-1:8000: too busy"
    objects.look()
    meter.retries = 2
    objects.look()
    told = [json.loads(line) for line in written.lines]
    assert [line["event"] for line in told] == ["stage-began", "meter"]
    assert told[1].keys() == {"event", "progress", "meter"} and told[1]["progress"]["stage"] == "propose"
    assert (told[1]["meter"]["retries"], told[1]["meter"]["trouble"]) == (1, "http://gpu-1:8000: too busy")


def test_one_is_singular_and_cents_have_digits_enough() -> None:
    assert [counted(1, "row"), counted(2, "row"), counted(0, "retry")] == ["1 row", "2 rows", "0 retries"]
    assert [money(0.0004), money(0.00123), money(0.25), money(1234.5), money(0)] == [
        "$0.0004", "$0.0012", "$0.25", "$1,234.50", "$0.00",
    ]  # fmt: skip
