"""Steps for answers that are text: words, lists with commas, several lines."""

import re
from collections.abc import Callable
from random import Random

from ittgen.teachers.procedural.families.shared import between
from ittgen.teachers.procedural.family import Params, lines
from ittgen.teachers.procedural.steps.step import Layer, Step

_MOST_WORDS = 5
"""Of an entry; what is longer is a clause of a sentence."""
_N = {"n": r"\d{1,4}"}
FENCE = "```"


def line(answer: str) -> str:
    """The answer, which must be one line and not empty. Raises ValueError."""
    if not answer or "\n" in answer:
        raise ValueError("not a single line")
    return answer


def text(answer: str) -> str:
    """The answer, which must be one line with letters in it. Raises ValueError."""
    if not re.search("[A-Za-z]", line(answer)):
        raise ValueError("a text without letters")
    return answer


def entries(answer: str) -> list[str]:
    """The entries of a list with commas, of which there must be two. Raises ValueError."""
    found = line(answer).split(", ")
    if len(found) < 2 or answer[0] in "[{" or max(len(entry.split()) for entry in found) > _MOST_WORDS:
        raise ValueError("no list with commas")
    return found


def several(answer: str) -> list[str]:
    """The lines of an answer without code, of which there must be two. Raises ValueError."""
    found = answer.split("\n")
    if len(found) < 2 or FENCE in answer:
        raise ValueError("not several lines")
    return found


def ruled(
    name: str,
    operation: str,
    layer: Layer,
    words: str,
    read: Callable[[str], object],
    rule: Callable[[str, int], str],
    drawn: tuple[int, int] | None = None,
) -> Step:
    """A step that applies a rule for (answer, n) wherever `read` does not object."""

    def apply(answer: str, params: Params) -> str:
        read(answer)
        return rule(answer, int(params.get("n", 0)))

    def draw(rng: Random, answer: str) -> Params:
        read(answer)
        return {"n": str(between(rng, *drawn))} if drawn else {}

    return Step(name, (operation,), layer, lines(words), apply, _N if drawn else {}, draw)


def _letters(answer: str) -> int:
    return len(re.findall("[a-z]", answer, re.IGNORECASE))


def _consonants(answer: str) -> int:
    return len(re.findall("[b-df-hj-np-tv-z]", answer, re.IGNORECASE))


REASONING = (
    ruled(
        "count letters",
        "reasoning",
        "value",
        """
        Then count the letters from a to z in the result, capitals included, and multiply their number by {n}.
        Count how many letters a to z, small or capital, it has; {n} times this is the result.
        """,
        text,
        lambda answer, n: str(_letters(answer) * n),
        (2, 19),
    ),
    ruled(
        "count signs",
        "reasoning",
        "value",
        """
        Next find the number of characters in the result that are not blanks, and add {n} to it.
        Replace the result by the count of its characters, blanks left out, increased by {n}.
        """,
        line,
        lambda answer, n: str(len("".join(answer.split())) + n),
        (5, 80),
    ),
    ruled(
        "letters minus vowels",
        "reasoning",
        "value",
        """
        Work on: count the consonants in the result (y is one), and subtract this count from {n}.
        From {n}, take away the number of consonants in the result so far, counting y among them.
        """,
        text,
        lambda answer, n: str(n - _consonants(answer)),
        (100, 400),
    ),
    ruled(
        "reverse entries",
        "reasoning",
        "value",
        """
        Then reverse the order of the entries that the commas separate, and go on with this reversed list.
        Take the entries between the commas from the last to the first and keep them as the new result.
        """,
        entries,
        lambda answer, n: ", ".join(reversed(entries(answer))),
    ),
    ruled(
        "every other entry",
        "reasoning",
        "value",
        """
        From the list obtained, keep only the first, third, fifth entry and so on, again separated by commas.
        Now cross out every second entry of that list, starting with its second one, and keep the rest.
        """,
        entries,
        lambda answer, n: ", ".join(entries(answer)[::2]),
    ),
    ruled(
        "count entries",
        "reasoning",
        "value",
        """
        Count the entries of the list that comes out and replace the list by {n} times this count.
        Then determine how many entries the commas separate; the new result is this number multiplied by {n}.
        """,
        entries,
        lambda answer, n: str(len(entries(answer)) * n),
        (3, 25),
    ),
    ruled(
        "reverse lines",
        "reasoning",
        "value",
        """
        Afterwards turn the lines of the result around, so that the last line comes first and vice versa.
        Then write the lines obtained in the opposite order, from the bottom line to the top one.
        """,
        several,
        lambda answer, n: "\n".join(reversed(several(answer))),
    ),
    ruled(
        "join lines",
        "reasoning",
        "value",
        """
        Then join the lines of the result to one line, with a blank, a slash and a blank between.
        Go on by writing the contents of the lines next to each other, divided by " / " each time.
        """,
        several,
        lambda answer, n: " / ".join(several(answer)),
    ),
    ruled(
        "count signs of lines",
        "reasoning",
        "value",
        """
        Next find how many characters the longest line of the result has, and multiply this number by {n}.
        Replace the lines obtained by {n} times the length, in characters, of the longest one among them.
        """,
        several,
        lambda answer, n: str(max(map(len, several(answer))) * n),
        (2, 15),
    ),
)

DEEPER = (
    ruled(
        "line characters",
        "deepen",
        "line",
        """
        Below the answer, add a line that begins with "characters:" and counts all characters of the result, blanks too.
        Examine the result further: after "characters:", on a line below it, state its length with blanks included.
        """,
        line,
        lambda answer, n: f"characters: {len(answer)}",
    ),
    ruled(
        "line vowels",
        "deepen",
        "line",
        """
        Also say, on a line below that begins with "vowels:", how often the result has a, e, i, o, u.
        Look closer and count the letters a, e, i, o and u in the result, below it, after "vowels:".
        """,
        line,
        lambda answer, n: f"vowels: {len(re.findall('[aeiou]', answer, re.IGNORECASE))}",
    ),
    ruled(
        "line backwards",
        "deepen",
        "line",
        """
        Add one line below it: "backwards:" and then all characters of the result from the last to the first.
        Show the mirrored result as well, letter by letter, on a further line that begins with "backwards:".
        """,
        line,
        lambda answer, n: f"backwards: {answer[::-1]}",
    ),
    ruled(
        "line entries",
        "deepen",
        "line",
        """
        Below the list, add a line that begins with "entries:" and says how many entries the list has.
        How long is the list? Say so below it, on a line of its own that starts with "entries:".
        """,
        entries,
        lambda answer, n: f"entries: {len(entries(answer))}",
    ),
    ruled(
        "line longest",
        "deepen",
        "line",
        """
        Name the longest entry too, the first one if several are equal, on a line below that begins with "longest:".
        Below the list, after "longest:", repeat the entry with the most characters, the leftmost in case of a tie.
        """,
        entries,
        lambda answer, n: f"longest: {max(entries(answer), key=len)}",
    ),
    ruled(
        "line lines",
        "deepen",
        "line",
        """
        At the very end, add a line that begins with "lines:" and says how many lines the result has.
        Finish with one more line, "lines:" and the number of lines that the result consists of.
        """,
        several,
        lambda answer, n: f"lines: {len(several(answer))}",
    ),
    ruled(
        "line longest line",
        "deepen",
        "line",
        """
        Below it all, repeat the longest line, the first if several are equal, after the words "longest line:".
        Also quote, after "longest line:" at the end, the line with the most characters, the uppermost of equals.
        """,
        several,
        lambda answer, n: f"longest line: {max(several(answer), key=len)}",
    ),
)

STEPS = (*REASONING, *DEEPER)
