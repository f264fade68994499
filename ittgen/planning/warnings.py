"""What in a recipe will not do what its author may think, though nothing about it is wrong."""

import re
from collections.abc import Iterable, Iterator, Sequence

from ittgen.records import Example
from ittgen.stages import Stage


def warnings_of(stages: Sequence[Stage], seeds: Iterable[Example]) -> list[str]:
    """One line for each; none for most recipes."""
    blind = [stage.name for stage in stages if stage.dedup and stage.dedup.compared and stage.dedup.tokens == "rouge"]
    return list(_unseen(", ".join(blind), seeds)) if blind else []


def _unseen(blind: str, seeds: Iterable[Example]) -> Iterator[str]:
    """Whether most of what the seeds say lies outside what `rouge` tokens are made of."""
    share = unseen_share(seed.instruction for seed in seeds)
    if share > 0.5:
        yield (f'{blind}: tokens = "rouge" sees only a-z and 0-9, and {share:.0%} of the letters of the seeds\' '
               'instructions are others, so most near-duplicates will pass; say dedup.tokens = "unicode"')  # fmt: skip


def unseen_share(texts: Iterable[str]) -> float:
    """Share of letters and digits other than a to z and 0 to 9; 0 where there are none at all.

    >>> unseen_share(["Да, yes"])
    0.4
    """
    letters = seen = 0
    for text in texts:
        letters += len(re.sub(r"[\W_]+", "", text))
        seen += len(re.sub(r"[^a-zA-Z0-9]+", "", text))
    return (letters - seen) / letters if letters else 0.0
