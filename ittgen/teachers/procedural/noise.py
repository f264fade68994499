"""The mistakes that models make in form and in content, each with its own share of the teacher's noise.

Knows texts and lists of texts, not what they are about. With noise 0 every function returns what it was given. What
was planted is noted in the slips, "echo in 2" for the second item of a list, and shows nowhere in a text.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from ittgen.chance import below, pick

REFUSAL = "I'm sorry, but I can't help with that."
PREAMBLES = (
    "Sure, here are some new tasks:",
    "Certainly! Here is the continuation of the list.",
    "Of course. Below are the next tasks:",
    "Here are the requested tasks:",
)
ANSWER_PREAMBLES = ("Sure! Here are some examples:", "Certainly, here is what you asked for:", "Here are the examples:")
CHATTER = (
    "Let me know if you would like more tasks!",
    "I hope these examples help.",
    "These tasks cover a wide range of topics and difficulty levels.",
    "Feel free to ask if you need further examples.",
)
TOO_SHORT = ("Sort the words.", "Translate it.", "Summarise.", "Add the numbers.", "Explain why.", "Count letters.")
UNSUITABLE = (
    "Draw a picture of {0} and describe the colours you used.",
    "Look at the attached image of {0} and say what is wrong with it.",
    "Open the file about {0} and plot a graph of the values in it.",
    "Play a video about {0} and comment on the music.",
)
SUBJECTS = ("a busy harbour", "a mountain hut", "an old bakery", "the night sky", "a chess match", "a school garden")
NO_INPUTS = ("<No Input>", "<no input>", "No input", "None", "N/A", "(no input required)", "<noinput/>", "")
HEDGES = (
    "It depends on the input that is given.",
    "This could be seen either way.",
    "Maybe, the task leaves that open.",
    "The task is clear and well defined.",
)
ADORNED = ("{0}.", "**{0}**", "{0}, that follows from the task itself.", "{1}", "Answer: {0}", "{0}\n")
MARKERS = ("{0})", "**{0}.**", "Task {0}:", "{0} -", "({0})")


@dataclass(frozen=True, slots=True)
class Slips:
    """Chance and the noise level; a kind of mistake happens with probability noise x its share."""

    rng: Random
    noise: float
    planted: list[str] = field(default_factory=list)
    """The mistakes that happened, in order; of an item in a list, "echo in 2"."""

    def happens(self, share: float, fault: str) -> bool:
        """Whether this mistake happens now; it is noted then."""
        if self.rng.random() >= self.noise * share:
            return False
        self.planted.append(fault)
        return True

    def ruins(self, share: float, fault: str) -> bool:
        """`happens` for a mistake that takes the place of the whole reply, and so of every mistake before it."""
        if self.rng.random() >= self.noise * share:
            return False
        self.planted[:] = [fault]
        return True

    def gives_up(self, words: str) -> str:
        """The reply to what the teacher cannot do at all; careless or not, it is no answer."""
        self.planted[:] = ["no answer"]
        return words


def markers(slips: Slips, first: int, count: int) -> list[str]:
    """The numbers before the items of a list: "9.", or the ways in which models write them instead."""
    start = 1 if slips.happens(0.1, "numbered from 1") else first
    form = pick(slips.rng, MARKERS) if slips.happens(0.4, "odd numbers") else "{0}."
    return [form.format(start + i) for i in range(count)]


def proposals(slips: Slips, items: Sequence[str], shown: Sequence[str]) -> list[str]:
    """Instructions as a careless model leaves them: copies, near-copies, stubs and impossible tasks among them."""
    given = list(shown)
    out = []
    for number, item in enumerate(items, 1):
        out.append(_proposal(slips, item, given, number))
        given.append(item)
    return out


def _proposal(slips: Slips, item: str, given: Sequence[str], number: int) -> str:
    rng = slips.rng
    if given and slips.happens(0.5, f"near copy in {number}"):
        return near_copy(rng, pick(rng, given))
    if given and slips.happens(0.15, f"repeated in {number}"):
        return given[-1]
    if slips.happens(0.2, f"too short in {number}"):
        return pick(rng, TOO_SHORT)
    if slips.happens(0.15, f"unsuitable in {number}"):
        return pick(rng, UNSUITABLE).format(pick(rng, SUBJECTS))
    return item


def near_copy(rng: Random, text: str) -> str:
    """The same text but for a word."""
    words = text.split()
    at = below(rng, len(words))
    changed = (
        [*words, "Thanks."],
        ["Please:", *words],
        words[:at] + words[at + 1 :],
        [*words[:at], "really", *words[at:]],
    )
    return " ".join(pick(rng, changed) or words)


def instances(slips: Slips, rows: Sequence[tuple[str, str]], item: int = 0) -> list[tuple[str, str]]:
    """Pairs of input and output with outputs missing, echoed, or contradicting one another.

    item: the place in the reply that they share; 0 where each has its own.
    """
    out: list[tuple[str, str]] = []
    for text, output in rows:
        out.append(_instance(slips, text, output, item or len(out) + 1))
        if slips.happens(0.15, f"contradiction in {item or len(out) + 1}"):
            out.append((text, f"not {output}"))
        if slips.happens(0.15, f"repeated in {item or len(out) + 1}"):
            out.append(out[0])
    return out


def _instance(slips: Slips, text: str, output: str, number: int) -> tuple[str, str]:
    if slips.happens(0.15, f"no output in {number}"):
        return text, ""
    return (text, text) if text and slips.happens(0.15, f"echo in {number}") else (text, output)


def no_input(slips: Slips, number: int) -> str:
    """How a reply says that there is no input."""
    return pick(slips.rng, NO_INPUTS) if slips.happens(0.6, f"input in words in {number}") else "<noinput>"


def verdict(slips: Slips, word: str) -> str:
    """Yes or No, perhaps adorned, or something that is neither."""
    if slips.ruins(0.3, "hedge"):
        return pick(slips.rng, HEDGES)
    return pick(slips.rng, ADORNED).format(word, word.lower()) if slips.happens(0.6, "adorned") else word


def wrapped(slips: Slips, text: str, preambles: Sequence[str]) -> str:
    """The text between a preamble and a closing remark."""
    before = f"{pick(slips.rng, preambles)}\n\n" if slips.happens(0.4, "preamble") else ""
    after = f"\n\n{pick(slips.rng, CHATTER)}" if slips.happens(0.3, "chatter") else ""
    return before + text + after


def finished(slips: Slips, text: str, cut: float = 0.2) -> tuple[str, str]:
    """The reply and its finish_reason: now and then a refusal, or cut off somewhere in its second half."""
    if slips.ruins(0.08, "refusal"):
        return REFUSAL, "stop"
    if len(text) > 1 and slips.happens(cut, "cut off"):
        half = len(text) // 2
        return text[: half + below(slips.rng, len(text) - half)], "length"
    return text, "stop"
