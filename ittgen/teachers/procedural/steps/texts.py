"""Steps for answers that are text: words, lists with commas, several lines; and forms that suit any short answer."""

import json
import re
from collections.abc import Callable
from random import Random

from ittgen.chance import pick
from ittgen.teachers.procedural.families.shared import between
from ittgen.teachers.procedural.family import Params, lines
from ittgen.teachers.procedural.steps.step import Step

_N = {"n": r"\d+"}
_FENCE = "```"


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
    if len(found) < 2 or answer[0] in "[{":
        raise ValueError("no list with commas")
    return found


def several(answer: str) -> list[str]:
    """The lines of an answer without code, of which there must be two. Raises ValueError."""
    found = answer.split("\n")
    if len(found) < 2 or _FENCE in answer:
        raise ValueError("not several lines")
    return found


def _step(
    name: str,
    operation: str,
    layer: str,
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

    return Step(name, (operation,), layer, lines(words), apply, _N if drawn else {}, draw)  # type: ignore[arg-type]


def _letters(answer: str) -> int:
    return len(re.findall("[a-z]", answer, re.IGNORECASE))


def _consonants(answer: str) -> int:
    return len(re.findall("[b-df-hj-np-tv-z]", answer, re.IGNORECASE))


REASONING = (
    _step(
        "count letters",
        "reasoning",
        "value",
        """
        Then count the letters from a to z in the result, capitals included, and multiply their number by {n}.
        Go on by counting how many letters a to z, small or capital, it has; {n} times this is the result.
        """,
        text,
        lambda answer, n: str(_letters(answer) * n),
        (2, 19),
    ),
    _step(
        "count signs",
        "reasoning",
        "value",
        """
        Next find the number of characters in the result that are not blanks, and add {n} to it.
        Replace the result by the count of its characters, blanks left out, increased by {n}.
        """,
        text,
        lambda answer, n: str(len("".join(answer.split())) + n),
        (5, 80),
    ),
    _step(
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
    _step(
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
    _step(
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
    _step(
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
    _step(
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
    _step(
        "join lines",
        "reasoning",
        "value",
        """
        Then join all lines of the result to a single one, with a blank, a slash and a blank between them.
        Go on by writing what stands on the lines next to each other, divided by " / " in each case.
        """,
        several,
        lambda answer, n: " / ".join(several(answer)),
    ),
)

DEEPER = (
    _step(
        "line characters",
        "deepen",
        "line",
        """
        Below the answer, add a line that begins with "characters:" and counts all characters of the answer, blanks too.
        Examine the answer further: after "characters:", on a line below it, state its length with blanks included.
        """,
        text,
        lambda answer, n: f"characters: {len(answer)}",
    ),
    _step(
        "line vowels",
        "deepen",
        "line",
        """
        Also say, on a line below the answer that begins with "vowels:", how many vowels (a, e, i, o, u) it has.
        Look closer and count the letters a, e, i, o and u in the answer, below it, after "vowels:".
        """,
        text,
        lambda answer, n: f"vowels: {len(re.findall('[aeiou]', answer, re.IGNORECASE))}",
    ),
    _step(
        "line backwards",
        "deepen",
        "line",
        """
        Add one line below the answer: "backwards:" and then all its characters from the last to the first.
        Show the mirrored answer as well, letter by letter, on a further line that begins with "backwards:".
        """,
        text,
        lambda answer, n: f"backwards: {answer[::-1]}",
    ),
    _step(
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
    _step(
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
    _step(
        "line lines",
        "deepen",
        "line",
        """
        At the very end, add a line that begins with "lines:" and says how many lines the answer above has.
        Finish with one more line, "lines:" and the number of lines that stand above it in the answer.
        """,
        several,
        lambda answer, n: f"lines: {len(several(answer))}",
    ),
    _step(
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


def _upper(answer: str) -> str:
    if not re.fullmatch("[A-Za-z ,;-]+", answer):
        raise ValueError("capitals would change its meaning")
    return answer


FORMS = (
    _step(
        "brackets",
        "constraints",
        "form",
        """
        Put the final answer between square brackets, without blanks next to them and with nothing outside of them.
        The final answer has to stand in square brackets, which touch its first and its last character.
        """,
        line,
        lambda answer, n: f"[{answer}]",
    ),
    _step(
        "bold",
        "constraints",
        "form",
        """
        Set the final answer in bold as Markdown does it, with two asterisks on either side of it.
        It is also required that the final answer is bold in Markdown, that is, between pairs of asterisks.
        """,
        line,
        lambda answer, n: f"**{answer}**",
    ),
    _step(
        "json",
        "constraints",
        "form",
        """
        Return the final answer as a JSON object on one line, as a string under the single key "result".
        The reply must be a one-line JSON object whose only key, "result", holds the final answer as a string.
        """,
        line,
        lambda answer, n: json.dumps({"result": answer}, ensure_ascii=False),
    ),
    _step(
        "sentence",
        "constraints",
        "form",
        """
        Make a full sentence of the final answer: it begins with "The answer is" and ends with a full stop.
        Answer in one sentence that consists of the words "The answer is", the final answer and a full stop.
        """,
        line,
        lambda answer, n: f"The answer is {answer}.",
    ),
    _step(
        "element",
        "constraints",
        "form",
        """
        Enclose the final answer in an XML element named final, start tag and end tag on the same line.
        The final answer must be the content of an XML element with the name final, on one line.
        """,
        line,
        lambda answer, n: f"<final>{answer}</final>",
    ),
    _step(
        "capitals",
        "constraints",
        "form",
        """
        Use capital letters only in the final answer, while digits, blanks and marks stay as they are.
        Every letter of the final answer has to be a capital one; leave all other signs alone.
        """,
        _upper,
        lambda answer, n: answer.upper(),
    ),
    _step(
        "bullets",
        "constraints",
        "form",
        """
        Each line of the final answer has to begin with a hyphen and a blank, like the points of a list.
        Write the lines of the final answer as a bulleted list, with a hyphen and a blank before each.
        """,
        several,
        lambda answer, n: "\n".join(f"- {part}" for part in several(answer)),
    ),
    _step(
        "numbered lines",
        "constraints",
        "form",
        """
        Number the lines of the final answer from {n} upwards, with a colon and a blank after each number.
        Before each line of the final answer there must be a number, a colon and a blank; begin with {n}.
        """,
        several,
        lambda answer, n: "\n".join(f"{i}: {part}" for i, part in enumerate(several(answer), n)),
        (1, 50),
    ),
    _step(
        "fenced",
        "constraints",
        "form",
        """
        Present the lines of the final answer inside a fence of three backticks above and three backticks below them.
        The lines of the final answer must be enclosed by two lines that consist of three backticks each.
        """,
        several,
        lambda answer, n: f"{_FENCE}\n{answer}\n{_FENCE}",
    ),
)


def _labelled(answer: str, params: Params) -> str:
    return f"{params['who']}, {params['day']}: {line(answer)}"


def _label(rng: Random, answer: str) -> Params:
    return {"who": pick(rng, _WHO), "day": f"{between(rng, 1, 28)} {pick(rng, _MONTHS)}"} if line(answer) else {}


def _headed(answer: str, params: Params) -> str:
    return "\n".join([f"{params['who']}, {params['day']}", *several(answer)])


def _heading(rng: Random, answer: str) -> Params:
    several(answer)
    return {"who": pick(rng, _WHO), "day": f"{between(rng, 1, 28)} {pick(rng, _MONTHS)}"}


_WHO = ("Mrs Okafor", "Mr Lindqvist", "Ms Haddad", "Mr Castellano", "Mrs Tanaka", "Ms Novak", "Mr Abebe", "Mrs Kowalska")
_MONTHS = ("January", "March", "April", "June", "August", "October", "November")
_WHO_AND_WHEN = {"who": r"M(?:rs|r|s) [A-Z][a-z]+", "day": r"\d+ [A-Z][a-z]+"}

CONCRETE = (
    Step(
        "label",
        ("concretize",),
        "form",
        lines("""
        To be specific, it is for {who} on {day}: write that name, a comma, the date and a colon in front.
        More precisely, {who} needs it on {day}, so begin the final answer with name, comma, date, colon and blank.
        """),
        _labelled,
        _WHO_AND_WHEN,
        _label,
    ),
    Step(
        "heading",
        ("concretize",),
        "form",
        lines("""
        To be specific, it is for {who} on {day}: put name, comma and date above it as a first line.
        More precisely, {who} needs it on {day}, so the first line is that name, a comma and that date.
        """),
        _headed,
        _WHO_AND_WHEN,
        _heading,
    ),
)


def _doubted(answer: str, params: Params) -> str:
    if params["wrong"] == answer:
        raise ValueError("what is called wrong is right")
    return answer


def _doubt(rng: Random, answer: str) -> Params:
    wrong = str(int(answer) + between(rng, 1, 9)) if answer.isdecimal() else line(answer)[::-1]
    if not re.fullmatch(_WRONG, wrong):
        raise ValueError("too long or too odd to be quoted")
    return {"wrong": wrong}


_WRONG = r"[^\"\n]{1,40}"

MISLEADING = (
    Step(
        "wrong answer",
        ("misleading",),
        "value",
        lines("""
        Beware: somebody who hurried through this arrived at "{wrong}" up to here, and that is not correct.
        An earlier solution has "{wrong}" at this point, which contains a mistake that you must not repeat.
        """),
        _doubted,
        {"wrong": _WRONG},
        _doubt,
    ),
)

STEPS = (*REASONING, *DEEPER, *FORMS, *CONCRETE, *MISLEADING)
