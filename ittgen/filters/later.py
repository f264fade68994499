"""The later turns of a conversation as tasks of their own, for rules that can judge one without what came before."""

from collections.abc import Iterator

from ittgen.records import Example

LATER = frozenset(
    {
        *("empty", "prompt-echo", "repetition", "chat-markers", "self-prompting", "merged-instructions"),
        *("refusal", "claimed-action", "broken-format", "wrong-arithmetic", "wrong-count"),
    }
)
"""Default rules that judge later turns. The others would take "and that one?" for a task with something missing."""

_TURN = {"later": True}
"""`meta` of a later turn: there a question back is no evasion."""
_SEEN = 2_000
"""Characters of what was said before that are kept: a wish such as "pretend to be a robot" holds for some turns."""


def later(example: Example) -> Iterator[tuple[int, Example]]:
    """(place among the turns of user and assistant, from 1; the turn and its question) of each later answer.

    What the user said before stands in the input, where rules look for what excuses an answer. An answer without a
    word, as the call of a tool is, is left out.
    """
    before = example.instruction
    pairs = zip(example.turns, example.turns[1:], strict=False)
    for place, (asked, answer) in enumerate(pairs, 4):
        if (asked.role, answer.role) == ("user", "assistant") and answer.content:
            yield place, Example(asked.content, before[-_SEEN:], answer.content, system=example.system, meta=_TURN)
        if asked.role == "user":
            before = f"{before[-_SEEN:]}\n{asked.content}"
