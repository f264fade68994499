"""When to stop buying: hardly any draft becomes a row any more. Counts slots; knows no engine, journal or teacher."""

from collections import Counter, deque
from collections.abc import Callable, Mapping, Sequence

from ittgen.records import Rejection

FLOOR = 0.02
"""Share of drafts that must become rows, unless a run is told otherwise."""
LAST = 200
"""Slots of this run over which that share is taken; before so many were committed nothing is concluded from it."""
FIRST = 50
"""Slots of a stage that has no row yet of which at least one must give one."""
LEADING, EXAMPLES, LENGTH = 5, 3, 80
"""Rules that a message shows examples of, examples of each, and characters of each."""

CHANGE = "Change the recipe (its rules, prompts or teacher) and run again"
GO_ON = "Change the recipe (its rules, prompts or teacher), or run again to go on from here"
"""What to do, where the stage has come to its end and where it has not."""


class Saturation:
    """What the slots of one stage gave in this run, and whether more of the same is worth its price."""

    def __init__(self, floor: float = FLOOR, rows: int = 0) -> None:
        """rows: what the stage has accepted in earlier runs."""
        self.floor = floor
        """0: go on however few drafts are accepted, once any was."""
        self.rules: Counter[str] = Counter()
        """Rule -> drafts it rejected in the last slots."""
        self._last: deque[tuple[int, Mapping[str, int]]] = deque()
        self._accepted = 0
        self._fruitful = rows > 0

    def see(self, accepted: int, rules: Mapping[str, int]) -> None:
        """Take a committed slot in: how many drafts became rows, and which rules took how many others."""
        if len(self._last) == LAST:
            gone, taken = self._last.popleft()
            self._accepted -= gone
            self.rules.subtract(taken)
        self._last.append((accepted, rules))
        self._accepted += accepted
        self.rules.update(rules)
        self._fruitful = self._fruitful or accepted > 0

    def why(self) -> str:
        """Why to stop, in words; empty while it is worth going on."""
        slots, drafts = len(self._last), self._accepted + self.rules.total()
        if not self._fruitful and slots >= FIRST:
            return f"the first {slots} slots of this run gave no row"
        if slots == LAST and self._accepted < self.floor * drafts:
            share = f"{self._accepted:,} of {drafts:,} drafts ({self._accepted / drafts:.2%})"
            return f"the last {slots} slots gave {share}, less than the floor of {self.floor:.2%} (--min-acceptance)"
        return ""


def told(
    stage: str, why: str, rules: Mapping[str, int], last: Callable[[str, int], Sequence[Rejection]], advice: str
) -> str:
    """Why a stage stops, which rules took the rows, and a few of what each of them took.

    last: (rule, how many) -> its last rejections.
    """
    taken = sorted(((rule, count) for rule, count in rules.items() if count), key=lambda item: (-item[1], item[0]))
    counts = ", ".join(f"{rule} {count:,}" for rule, count in taken) or "nothing"
    shown = [f"  {rule}: {' · '.join(map(_short, last(rule, EXAMPLES)))}" for rule, _ in taken[:LEADING]]
    return "\n".join([f'stage "{stage}": {why}; rejected: {counts}', *shown, advice])


def _short(rejection: Rejection) -> str:
    """A rejected draft in a few words, or the note where there is none."""
    draft = rejection.draft
    text = " ".join((draft if isinstance(draft, str) else draft.output or draft.instruction).split())
    text = text or rejection.note or "(empty)"
    return f'"{text[:LENGTH]}{"…" if len(text) > LENGTH else ""}"'
