"""How many requests at a time: as many as were asked for, fewer while the server is too busy for them.

Additive increase, multiplicative decrease, as TCP does it. Two signs count: more than a few answers in a hundred that
say "too many requests", and answers that take longer without more of them coming back. Knows no clock and no wire.
"""

from collections import deque
from statistics import median

TOO_MANY = 0.2
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
"""Times the quickest latency from which the server counts as slowed down."""
GAIN = 0.8
"""Latency that grows by less than this share of what the number in flight grew by still buys throughput."""
FORGET = 1.01
"""By how much the quickest latency fades with every look, so that a server may change for good."""


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
        known = self._latencies.setdefault(kind, _Latency())
        slowed = known.look(latency, beside + 1) if latency > 0 else False
        if when != self._age:
            return
        if slowed:
            self._down(SLOWED)
        else:
            self._count()

    def _count(self) -> None:
        """What was sent before the last decrease tells nothing of the pace since: one burst counts once."""
        self._outcomes += 1
        size = max(LEAST, self.places)
        if self._busy > TOO_MANY * size:
            self._down(DOWN)
        elif self._outcomes >= size:
            self._places = min(self.most, self._places + max(1.0, UP * self._places))
            self._outcomes = self._busy = 0

    def _down(self, share: float) -> None:
        self._places = max(1.0, self.most / FLOOR, self._places * share)
        self._age += 1
        self._outcomes = self._busy = 0


class _Latency:
    """Latencies of one kind of request, looked at block by block: their median against the quickest block's."""

    def __init__(self) -> None:
        self._block: deque[tuple[float, int]] = deque()
        self._quickest = (0.0, 1)

    def look(self, latency: float, flying: int) -> bool:
        """Whether a block is full that was slow, and had not more in flight to show for it."""
        self._block.append((latency, flying))
        if len(self._block) < LEAST:
            return False
        now = (median(seconds for seconds, _ in self._block), round(median(n for _, n in self._block)))
        self._block.clear()
        quickest, beside = self._quickest
        if not quickest or now[0] < quickest:
            self._quickest = now
            return False
        self._quickest = (quickest * FORGET, beside)
        slower = now[0] / quickest
        return slower > SLOWER and slower > GAIN * now[1] / beside
