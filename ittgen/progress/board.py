"""What the events told so far, in numbers and in words. Prints nothing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ittgen.events import Event, Froze, Meter, SlotCommitted, StageBegan, StageEnded, Stopping
from ittgen.progress.words import columns, counted, cut, duration, listed, money, packed

SHOWN = 160
"""Characters of an error that are shown while the run goes on."""
INDENT = 4
"""Columns by which rules are set off below their stage, where a line has no room for them."""


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
    until: float | None = None
    """Clock when the stage ended."""
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
    def whole(self) -> bool:
        """Whether nothing is left of it, however its run ended."""
        return self.total is not None and self.done >= self.total

    @property
    def amount(self) -> str:
        """As "120 of 400 rows", or "12 of 40 slots, 30 rows" where there is no target."""
        of = f" of {self.total:,}" if self.total is not None else ""
        if self.target:
            return f"{self.done:,}{of} rows"
        return f"{self.done:,}{of} slots, {counted(self.accepted, 'row')}"

    @property
    def share(self) -> float | None:
        """Drafts that became rows; None before the first draft."""
        drafts = self.accepted + self.rejected
        return self.accepted / drafts if drafts else None

    @property
    def acceptance(self) -> str:
        return "nothing yet" if self.share is None else f"{self.share:.0%} accepted"

    def seconds_left(self, now: float) -> float | None:
        """Time to go by the pace of this run so far; None while there is none."""
        if self.total is None or self.done <= self.start or self.after:
            return None
        return max(0, self.total - self.done) * (now - self.since) / (self.done - self.start)

    def remaining(self, now: float) -> str:
        """The same in words, "3m 20s to go"; empty while it is not known."""
        seconds = self.seconds_left(now)
        return "" if seconds is None else f"{duration(seconds)} to go"

    def speed(self, meter: Meter, now: float) -> float | None:
        """Tokens a second of the stage's time in this run; None before there is any time or token."""
        tokens, seconds = _tokens(self.after or meter) - _tokens(self.before), (self.until or now) - self.since
        return tokens / seconds if tokens and seconds > 0 else None


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
            line.rules, line.after, line.until = event.rules, replace(self.meter), self.clock()
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
        speed = line.speed(self.meter, self.clock())
        parts = [
            f"{counted(now.sent - before.sent, 'call')} sent",
            f"{now.known - before.known:,} known",
            f"{now.in_flight:,} in flight",
            f"{now.places:,} of {now.most:,} places" if 0 < now.places < now.most else "",
            counted(now.retries - before.retries, "retry"),
            counted(_tokens(now) - _tokens(before), "token"),
            f"{speed:,.0f} tokens/s" if speed else "",
            money(now.dollars - before.dollars) if now.dollars else "",
        ]
        return ", ".join(filter(None, parts))

    def numbers(self) -> dict[str, object]:
        """The stage at work in numbers, for programs: how far it is, how fast, and how long it will take."""
        if not self.stages:
            return {}
        line, now = self.stages[-1], self.clock()
        known = ("stage", "accepted", "rejected", "target", "slots", "cursor")
        return {name: getattr(line, name) for name in known} | {
            "acceptance": line.share,
            "seconds_left": line.seconds_left(now),
            "tokens_per_second": line.speed(self.meter, now),
            "dollars": (line.after or self.meter).dollars - line.before.dollars,
        }

    def landing(self) -> str:
        """What is waited for once the run is told to stop; empty before, and when all have landed."""
        return "stopping when all in flight have landed" if self.stopping and self.meter.in_flight else ""

    @property
    def at_work(self) -> StageLine | None:
        """The stage that goes on; None between two, and before the first."""
        return self.stages[-1] if self.stages and not self.stages[-1].after else None

    @property
    def retries(self) -> int:
        """How often calls of the newest stage failed and are sent again."""
        return self.meter.retries - self.stages[-1].before.retries if self.stages else 0

    def trouble(self) -> str:
        """How often calls of the newest stage are sent again, and why; empty where none was."""
        if not self.retries:
            return ""
        told = f"the server is busy or away: {counted(self.retries, 'retry')} so far"
        return "; ".join(filter(None, [told, self.met()]))

    def met(self) -> str:
        """What the last of these calls met, in one line and in short; empty where none is sent again."""
        said = cut(" ".join(self.meter.trouble.split()), SHOWN)
        return f"last error: {said}" if self.retries and said else ""

    def funnel(self, width: int | None = None) -> str:
        """From drafts proposed to rows accepted, a line for each stage; then the version, where there is one.

        width: columns of the terminal; where a line has no room for them, the rules stand below it.
        """
        header, rows = ["stage", "proposed", "rejected", "accepted"], [self._counts(line) for line in self.stages]
        if self.meter.dollars:
            header.append("cost, this run")
        rules = [listed(line.rules) for line in self.stages]
        table = columns([*header, "rejected by rule"], [[*row, told] for row, told in zip(rows, rules, strict=True)])
        if width is not None and max(map(len, table.splitlines())) > width:
            table = _folded(columns(header, rows), rules, width)
        return f"{table}\n{_version(self.froze)}" if self.froze else table

    def _counts(self, line: StageLine) -> list[object]:
        """A line of the funnel; what the stage cost in this run only where calls have a price."""
        cost = (line.after or self.meter).dollars - line.before.dollars
        counts = [line.stage, line.accepted + line.rejected, line.rejected, line.accepted]
        return [*counts, *([money(cost)] if self.meter.dollars else [])]


def _folded(table: str, rules: Sequence[str], width: int) -> str:
    """The table with each line's rules below it, in lines of at most `width` columns."""
    head, *lines = table.splitlines()
    told = [packed(f"rejected by rule: {said}", width - INDENT) if said else [] for said in rules]
    below = [[f"{' ' * INDENT}{part}" for part in parts] for parts in told]
    whole = [head, *(part for line, parts in zip(lines, below, strict=True) for part in (line, *parts))]
    return "\n".join(cut(line, width) for line in whole)


def _version(froze: Froze) -> str:
    partial = ", partial" if froze.partial else ""
    rows = counted(froze.rows, "row")
    word = f"{rows}{partial}" if froze.new else f"has these {rows} already{partial}"
    return f"{froze.name}@{froze.version}{',' if froze.new else ''} {word}: {froze.path}"


def _tokens(meter: Meter) -> int:
    return meter.usage.prompt_tokens + meter.usage.completion_tokens
