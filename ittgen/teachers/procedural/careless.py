"""The mistakes that models make when they evolve, answer and judge tasks, each with its own share of the noise.

Knows texts, not what they are about; `noise` has the mistakes in lists and instances. With noise 0 every function
returns what it was given.
"""

from collections.abc import Sequence

from ittgen.chance import below, pick
from ittgen.teachers.procedural.noise import Slips, near_copy

HEADERS = ("#Rewritten Prompt#:\n", "Rewritten prompt: ", "#Given Prompt# made harder: ", "**Rewritten Prompt:** ")
LEAKS = (
    " This is the rewritten prompt.",
    " (#Rewritten Prompt#)",
    " It is a harder form of the task.",
    " Answer it as you would answer the given prompt.",
)
TALK = (
    "The given prompt is already complex enough, so no changes are needed.",
    "I'm sorry, but the given prompt does not contain enough information to be rewritten.",
    "Could you please provide the prompt that you would like me to rewrite?",
    "It seems that the input is missing from your prompt.",
)
PADDING = (
    "Take every circumstance into account that could possibly matter to anybody who will ever read the outcome.",
    "Bear in mind the historical background, the present situation and all developments that may still be ahead.",
    "Treat beginners, advanced readers and experts alike, and mention for each of them what they should take away.",
    "Keep in mind that the text may be read aloud, printed, translated or quoted in a completely different setting.",
    "Double-check each statement against at least three independent considerations before you commit yourself to it.",
)
TAGGED = "<instruction>\n{0}\n</instruction>\n<input>\n{1}\n</input>"

APOLOGIES = (
    "I'm sorry, but I don't have enough information to answer that.",
    "Sorry, I cannot work on this without more context.",
    "I am sorry, this task goes beyond what I can do.",
)
EVASIONS = (
    "Understood.",
    "Sure, I will follow these instructions.",
    "Could you please provide more information about the data?",
    "You have not provided the text that I need for this.",
)
EMPTY_WORDS = ("It is what it is.", "...", "That was it, and so on.", "- - -", "This and that.", "?!")
OPENERS = ("Sure! Here is the answer:\n\n", "The answer to this task is: ", "Of course. ", "Let me see. It is ")

EQUAL_FORMS = ("{0}.", "**{0}**", "Answer: {0}", "{0}", "The two tasks are {1}.")
UNDECIDED = ("The second task is worded in another way.", "Both tasks are clear.", "It depends on how one reads them.")

SCORELESS = ("The answer is fine on the whole.", "I would rather not put a number on it.", "A solid piece of work.")
SCORE_FORMS = ("{0}\n**Score: {1}**", "{0}\nScore: {1}/10", "Score: {1}\n{0}", "{0}\nI would give it {1} out of 10.")
PAIR_FORMS = ("{0}\n**First: {1}, Second: {2}**", "{0}\n{1} {2}", "{0}\nFirst: {1}/10, Second: {2}/10")


def evolved(slips: Slips, before: tuple[str, str], after: tuple[str, str]) -> str:
    """The reply with an evolved task: perhaps a copy, or with what leaked in, was lost, grew out of hand; or talk."""
    rng, (text, given) = slips.rng, after
    if slips.happens(0.2, "copy"):
        text, given = before
    if slips.happens(0.1, "near copy"):
        text, given = near_copy(rng, before[0]), before[1]
    if slips.ruins(0.08, "talk"):
        return pick(rng, TALK)
    if slips.happens(0.2, "header"):
        text = pick(rng, HEADERS) + text
    if slips.happens(0.12, "leak"):
        text += pick(rng, LEAKS)
    if slips.happens(0.1, "padding"):
        text = " ".join([text, *(pick(rng, PADDING) for _ in range(4 + below(rng, 5)))])
    text, given = _lossy(slips, text, given)
    form = "{0}\n\n{1}" if slips.happens(0.08, "no tags") else TAGGED
    before_it = "Here is the harder task:\n\n" if slips.happens(0.1, "preamble") else ""
    return before_it + form.format(text, given or "<noinput>")


def _lossy(slips: Slips, text: str, given: str) -> tuple[str, str]:
    """Without the input, or without the code in the instruction."""
    if slips.happens(0.15, "lost input"):
        given = ""
    if "```" in text and slips.happens(0.4, "lost code"):
        text = text[: text.index("```")].rstrip()
    return text, given


def answered(slips: Slips, text: str) -> str:
    """The answer, or an apology, empty words, an evasion, a wrong result, a talkative form of it."""
    rng = slips.rng
    if slips.ruins(0.1, "apology"):
        return pick(rng, APOLOGIES)
    if slips.ruins(0.08, "empty words"):
        return _empty(slips)
    if slips.ruins(0.1, "evasion"):
        return pick(rng, EVASIONS)
    if slips.happens(0.2, "wrong answer"):
        text = spoilt(slips, text)
    return pick(rng, OPENERS) + text if slips.happens(0.12, "opening words") else text


def _empty(slips: Slips) -> str:
    words = pick(slips.rng, EMPTY_WORDS)
    if not any(sign.isalnum() for sign in words):
        slips.planted[:] = ["only signs"]
    return words


def spoilt(slips: Slips, text: str) -> str:
    """The text with one of its letters or digits exchanged for another."""
    places = [i for i, sign in enumerate(text) if sign.isalnum()]
    if not places:
        return f"not {text}"
    at = pick(slips.rng, places)
    signs = [sign for sign in ("0123456789" if text[at].isdecimal() else "aeinrst") if sign != text[at]]
    return text[:at] + pick(slips.rng, signs) + text[at + 1 :]


def tagged(slips: Slips, reasoning: str, answer: str) -> str:
    """Reasoning and answer between their tags, of which some may be missing."""
    text = f"<reasoning>\n{reasoning}\n</reasoning>\n<answer>\n{answer}\n</answer>"
    if slips.happens(0.1, "no tags"):
        return f"{reasoning}\n\n{answer}"
    return text.replace("<reasoning>\n", "", 1) if slips.happens(0.08, "lost tag") else text


def verdict(slips: Slips, is_equal: bool) -> str:
    """Equal or Not equal, perhaps the wrong one, adorned, or something that is neither."""
    if slips.ruins(0.15, "undecided"):
        return pick(slips.rng, UNDECIDED)
    said = "Equal" if is_equal != slips.happens(0.2, "wrong verdict") else "Not equal"
    return pick(slips.rng, EQUAL_FORMS).format(said, said.lower()) if slips.happens(0.5, "adorned") else said


def judged(slips: Slips, reason: str, scores: Sequence[int]) -> str:
    """One score or two below a line of reason; perhaps shifted, beyond the scale, in another form, or missing."""
    if slips.ruins(0.15, "no score"):
        return pick(slips.rng, SCORELESS)
    said = [_shifted(slips, score) for score in scores]
    if slips.happens(0.08, "beyond the scale"):
        said[0] = 11 + below(slips.rng, 90)
    usual, odd = ("{0}\nScore: {1}", SCORE_FORMS) if len(said) == 1 else ("{0}\nFirst: {1}, Second: {2}", PAIR_FORMS)
    return (pick(slips.rng, odd) if slips.happens(0.4, "odd form") else usual).format(reason, *said)


def _shifted(slips: Slips, score: int) -> int:
    if not slips.happens(0.4, "shifted score"):
        return score
    return min(10, max(1, score + pick(slips.rng, (-2, -1, 1, 2))))
