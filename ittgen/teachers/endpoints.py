"""Which of several endpoints is asked next: the least busy for its weight, of those that work.

One that fails again and again is left aside and tried with one real request after a while, then after twice the while;
one that is asked too much rests as long as it says. Pure: places are numbers, the clock is given, nothing is sent.
"""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

IN_A_ROW = 3
"""Failures after which an endpoint is left aside."""
FIRST, LONGEST = 1.0, 60.0
"""Seconds that it is left aside at first, and at most."""
NOBODY = -1


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One server that has the teacher's model: `{ base_url = "http://gpu-1:8000/v1", weight = 2 }`."""

    base_url: str
    name: str = ""
    """What the journal calls it. Empty: its host, port and path."""
    weight: float = 1.0
    """Its share of the requests, compared with the others'."""
    api_key_env: str = ""
    """The environment variable with its key. Empty: the teacher's own, or none."""

    @property
    def label(self) -> str:
        """Its name, given or made of its address."""
        parts = urlsplit(self.base_url)
        return self.name or f"{parts.netloc}{parts.path.rstrip('/')}"


def check(endpoints: Sequence[Endpoint]) -> None:
    """Raise ValueError, which does not repeat a URL that may hold a password or a key."""
    for number, endpoint in enumerate(endpoints, 1):
        try:
            check_url(endpoint.base_url)
        except ValueError as error:
            raise ValueError(f"endpoints: number {number}: {error}") from None
        if not 0 < endpoint.weight < float("inf"):
            raise ValueError(f'endpoints: "{endpoint.label}": weight is a number above 0, not {endpoint.weight:g}')
    labels = [endpoint.label for endpoint in endpoints]
    if twice := sorted({label for label in labels if labels.count(label) > 1}):
        raise ValueError(f'endpoints: two of them have the name "{twice[0]}"; give each a name of its own')


def check_url(url: str) -> None:
    """Raise ValueError, which does not repeat a URL that may hold a password or a key."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        raise ValueError("base_url is no URL: its server or its port cannot be read") from None
    if parts.username is not None:
        raise ValueError("base_url holds a user name or password; recipes are published: use api_key_env")
    if parts.scheme not in ("http", "https"):
        told = "" if "@" in url or "?" in url else f', not "{url}"'
        raise ValueError(f"base_url must begin with http:// or https://{told}")
    if not parts.hostname:
        raise ValueError("base_url names no server")


@dataclass(slots=True)
class _State:
    weight: float
    in_flight: int = 0
    served: int = 0
    failures: int = 0
    """In a row."""
    pause: float = 0.0
    """Seconds that it is left aside when it fails its next trial; 0 while it works."""
    aside_until: float = 0.0
    rests_until: float = 0.0

    @property
    def due(self) -> float:
        return max(self.aside_until, self.rests_until)

    @property
    def load(self) -> tuple[float, float]:
        """What is on it now, and as a tie-break what has been, for its weight."""
        return self.in_flight / self.weight, self.served / self.weight


class Rota:
    """Takes turns among endpoints, which it knows by their numbers from 0.

    Every `take` is followed by `leave`, and by one of `worked`, `failed` and `rest` before it where that is known.
    """

    def __init__(self, weights: Iterable[float], clock: Callable[[], float] = time.monotonic) -> None:
        self._states = [_State(weight) for weight in weights]
        self._clock = clock

    def take(self, avoid: int = NOBODY) -> int:
        """The endpoint to ask now, another one than `avoid` where one works; if none works, the one due first."""
        now = self._clock()
        usable = [place for place, state in enumerate(self._states) if state.due <= now]
        choice = [place for place in usable if place != avoid] or usable
        place = min(choice, key=lambda p: self._states[p].load) if choice else self._due_first()
        state = self._states[place]
        state.in_flight += 1
        state.served += 1
        if (
            state.pause and state.aside_until <= now
        ):  # the trial: nobody else goes there before it is over or takes long
            state.pause = min(2 * state.pause, LONGEST)
            state.aside_until = now + state.pause
        return place

    def leave(self, place: int) -> None:
        """The request is over, however it ended."""
        self._states[place].in_flight -= 1

    def worked(self, place: int) -> None:
        """It answered."""
        state = self._states[place]
        state.failures, state.pause, state.aside_until = 0, 0.0, 0.0

    def failed(self, place: int) -> None:
        """It did not answer, or said that it is broken."""
        state = self._states[place]
        state.failures += 1
        if state.failures >= IN_A_ROW and not state.pause:
            state.pause = FIRST
            state.aside_until = self._clock() + FIRST

    def rest(self, place: int, seconds: float) -> None:
        """It is asked too much: nothing more goes there for so long."""
        state = self._states[place]
        state.rests_until = max(state.rests_until, self._clock() + seconds)

    def others(self, place: int) -> bool:
        """Whether another endpoint can be asked at once."""
        now = self._clock()
        return any(state.due <= now for other, state in enumerate(self._states) if other != place)

    def _due_first(self) -> int:
        return min(range(len(self._states)), key=lambda place: self._states[place].due)
