"""How many requests at a time: as many as were asked for, fewer while the server is too busy for them.

Additive increase, multiplicative decrease, as TCP does it. Two signs count: more than a few answers in a hundred that
say "too many requests", and answers that take longer without more of them coming back. Knows no clock and no wire.
"""

import math
from statistics import median, quantiles

TOO_MANY = 0.35
"""Share of busy replies above which the server means us; a few at random are answered by trying again."""
LEAST = 16
"""Outcomes from which anything is concluded."""
DOWN, SLOWED = 0.6, 0.8
"""What is left of the places when the server says that it is too busy, and when it only got slower."""
UP = 0.05
"""Share of the places that a round without trouble adds, at least one."""
FLOOR = 8
"""Never fewer places than what was asked for by this: a server may refuse at random, whatever it is asked."""
SLOWER = 2.0
"""Times the quickest round's latency that three quarters of a round must take for the server to count as slowed down:
where answers differ in length a single round says little."""
GAIN = 0.8
"""Latency that grows by less than this share of what the number in flight grew by still buys throughput."""
STEADY = 1.25
"""Times the last round's latency up to which it counts as the same."""
FORGET = 1.01
"""By how much the quickest latency fades with every round, so that a server may change for good."""


class Pace:
    """`places` requests at a time.

    pace = Pace(64)
    when = pace.sent()
    pace.answered(when, "distill/answer", latency=1.2, beside=63)    # or pace.failed(when, busy=True)
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self._places = float(most)
        self._age = 0
        self._outcomes = 0
        self._busy = 0
        self._latencies: dict[str, _Latency] = {}

    @property
    def places(self) -> int:
        return int(self._places)

    def sent(self) -> int:
        """When a request is sent, as the number of decreases so far."""
        return self._age

    def failed(self, when: int, *, busy: bool) -> None:
        """A request sent then failed; `busy` if because the server is asked too much."""
        if when == self._age:
            self._busy += busy
            self._count()

    def answered(self, when: int, kind: str, latency: float, beside: int) -> None:
        """A request of a kind, sent then with so many others in flight, was answered after `latency` seconds."""
        if when != self._age:
            return
        known = self._latencies.setdefault(kind, _Latency())
        if latency > 0 and known.look(latency, beside + 1, self._round):
            self._down(SLOWED)
        else:
            self._count()

    @property
    def _round(self) -> int:
        """Outcomes after which something is concluded."""
        return max(LEAST, self.places)

    def _count(self) -> None:
        """What was sent before the last decrease tells nothing of the pace since: one burst counts once."""
        self._outcomes += 1
        if self._busy > TOO_MANY * self._round:
            self._down(DOWN)
        elif self._outcomes >= self._round:
            self._places = min(self.most, self._places + max(1.0, UP * self._places))
            self._outcomes = self._busy = 0

    def _down(self, share: float) -> None:
        self._places = max(1.0, self.most / FLOOR, self._places * share)
        self._age += 1
        self._outcomes = self._busy = 0


class _Latency:
    """Latencies of one kind of request, round by round: against the quickest round's, and the last slow one's."""

    def __init__(self) -> None:
        self._round: list[tuple[float, int]] = []
        self._quickest: tuple[float, float] | None = None
        self._slow: tuple[float, float] | None = None
        """The last round, where it was slow and so the next one is asked less."""

    def look(self, latency: float, flying: int, size: int) -> bool:
        """Whether a round of that size is over that was slow, and had not more in flight to show for it."""
        self._round.append((latency, flying))
        if len(self._round) < size:
            return False
        seconds, numbers = zip(*self._round, strict=True)
        self._round = []
        now, most = (median(seconds), median(numbers)), quantiles(seconds, n=4)[0]
        if not self._quickest or now < self._quickest or self._in_vain(now):
            self._quickest, self._slow = now, None
            return False
        usual, beside = self._quickest
        self._quickest = (usual * FORGET, beside)
        slow: bool = most > SLOWER * usual and now[0] / usual > GAIN * now[1] / beside
        self._slow = now if slow else None
        return slow

    def _in_vain(self, now: tuple[float, float]) -> bool:
        """Whether fewer at a time came back no sooner nor later: the answers are longer, and not the line."""
        if not self._slow:
            return False
        seconds, flying = self._slow
        return math.sqrt(now[1] / flying) < now[0] / seconds < STEADY
