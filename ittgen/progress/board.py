"""What the events told so far, in numbers and in words. Prints nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from ittgen.events import Event, Froze, Meter, SlotCommitted, StageBegan, StageEnded, Stopping
from ittgen.progress.words import columns, counted, cut, duration, listed, money


@dataclass(slots=True)
class StageLine:
    """One stage as far as the events told."""

    stage: str
    target: int | None
    slots: int | None
    cursor: int
    accepted: int
    rejected: int
    before: Meter
    """The run's meter when the stage began."""
    after: Meter | None = None
    """The run's meter when the stage ended."""
    since: float = 0.0
    """Clock when the stage began."""
    start: int = 0
    """`done` when the stage began."""
    rules: Mapping[str, int] = field(default_factory=dict)

    @property
    def done(self) -> int:
        """Rows where the stage has a target, else slots."""
        return self.cursor if self.target is None else self.accepted

    @property
    def total(self) -> int | None:
        return self.slots if self.target is None else self.target

    @property
    def amount(self) -> str:
        """As "120 of 400 rows", or "12 of 40 slots, 30 rows" where there is no target."""
        of = f" of {self.total:,}" if self.total is not None else ""
        if self.target:
            return f"{self.done:,}{of} rows"
        return f"{self.done:,}{of} slots, {counted(self.accepted, 'row')}"

    @property
    def acceptance(self) -> str:
        drafts = self.accepted + self.rejected
        return f"{self.accepted / drafts:.0%} accepted" if drafts else "nothing yet"

    def remaining(self, now: float) -> str:
        """Time to go by the pace of this run so far; empty while there is none."""
        if self.total is None or self.done <= self.start or self.after:
            return ""
        return duration((self.total - self.done) * (now - self.since) / (self.done - self.start))


class Board:
    """Everything the events told so far."""

    def __init__(self, meter: Meter, clock: Callable[[], float]) -> None:
        self.meter, self.clock = meter, clock
        self.stages: list[StageLine] = []
        self.froze: Froze | None = None
        self.stopping = False

    def see(self, event: Event) -> None:
        """Take an event in."""
        if isinstance(event, StageBegan):
            self._begin(event)
        elif isinstance(event, SlotCommitted):
            line = self.stages[-1]
            line.cursor, line.accepted, line.rejected = event.slot + 1, event.accepted, event.rejected
        elif isinstance(event, StageEnded):
            line = self.stages[-1]
            line.rules, line.after = event.rules, replace(self.meter)
        elif isinstance(event, Stopping):
            self.stopping = True
        elif isinstance(event, Froze):
            self.froze = event

    def _begin(self, event: StageBegan) -> None:
        done = (event.cursor, event.accepted, event.rejected)
        line = StageLine(event.stage, event.target, event.slots, *done, replace(self.meter), since=self.clock())
        line.start = line.done
        self.stages.append(line)

    def calls(self, line: StageLine) -> str:
        """What a stage asked in this run: "80 calls sent, 12 known, 4 in flight, 0 retries, 52,310 tokens"."""
        now, before = line.after or self.meter, line.before
        dollars = f", {money(now.dollars - before.dollars)}" if now.dollars else ""
        return (
            f"{counted(now.sent - before.sent, 'call')} sent, {now.known - before.known:,} known, "
            f"{now.in_flight:,} in flight, {counted(now.retries - before.retries, 'retry')}, "
            f"{counted(_tokens(now) - _tokens(before), 'token')}{dollars}"
        )

    def landing(self) -> str:
        """What is waited for once the run is told to stop; empty before, and when all have landed."""
        return "stopping when those in flight have landed" if self.stopping and self.meter.in_flight else ""

    def trouble(self) -> str:
        """How often calls of the stage at work failed and are sent again; empty where none did."""
        retries = self.meter.retries - self.stages[-1].before.retries if self.stages else 0
        return f"the server is busy or away: {counted(retries, 'retry')} so far" if retries else ""

    def funnel(self, width: int | None = None) -> str:
        """From drafts proposed to rows accepted, a line for each stage; then the version, where there is one.

        width: columns of the terminal, where the rules must not run over its edge.
        """
        rows = [
            (line.stage, line.accepted + line.rejected, line.rejected, line.accepted, listed(line.rules))
            for line in self.stages
        ]
        table = columns(["stage", "proposed", "rejected", "accepted", "rejected by rule"], rows)
        table = "\n".join(cut(line, width) for line in table.splitlines())
        return f"{table}\n{_version(self.froze)}" if self.froze else table


def _version(froze: Froze) -> str:
    partial = ", partial" if froze.partial else ""
    rows = counted(froze.rows, "row")
    word = f"{rows}{partial}" if froze.new else f"has these {rows} already{partial}"
    return f"{froze.name}@{froze.version}{',' if froze.new else ''} {word}: {froze.path}"


def _tokens(meter: Meter) -> int:
    return meter.usage.prompt_tokens + meter.usage.completion_tokens
