"""Steps that say how the final answer is written, to whom it goes, or which earlier answer was wrong."""

import json
import re
from random import Random

from ittgen.chance import pick
from ittgen.teachers.procedural.families.shared import between
from ittgen.teachers.procedural.family import Params, choice, lines
from ittgen.teachers.procedural.steps.step import Step
from ittgen.teachers.procedural.steps.texts import FENCE, line, ruled, several


def _upper(answer: str) -> str:
    """The answer, whose letters may be capitals as well. Raises ValueError."""
    if not re.fullmatch(r"[\w ,;.:*()\[\]-]+", answer):
        raise ValueError("capitals would change its meaning")
    return answer


FORMS = (
    ruled(
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
    ruled(
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
    ruled(
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
    ruled(
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
    ruled(
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
    ruled(
        "capitals",
        "constraints",
        "form",
        """
        Use capital letters only in the final answer, while digits, blanks and marks stay as they are.
        Every letter of the final answer has to be a capital one; leave all other signs alone.
        """,
        _upper,
        lambda answer, n: _upper(answer).upper(),
    ),
    ruled(
        "bullets",
        "constraints",
        "form",
        """
        Each line of the final answer has to begin with a hyphen and a blank, as in bulleted lists.
        Write the lines of the final answer as a bulleted list, with a hyphen and a blank before each.
        """,
        several,
        lambda answer, n: "\n".join(f"- {part}" for part in several(answer)),
    ),
    ruled(
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
    ruled(
        "fenced",
        "constraints",
        "form",
        """
        Present the lines of the final answer inside a fence of three backticks above and three backticks below them.
        The lines of the final answer must be enclosed by two lines that consist of three backticks each.
        """,
        several,
        lambda answer, n: f"{FENCE}\n{answer}\n{FENCE}",
    ),
)


def _labelled(answer: str, params: Params) -> str:
    return f"{params['who']}, {params['day']}: {line(answer)}"


def _headed(answer: str, params: Params) -> str:
    return "\n".join([f"{params['who']}, {params['day']}", *several(answer)])


def _reader(rng: Random, answer: str) -> Params:
    return {"who": pick(rng, _WHO), "day": f"{between(rng, 1, 28)} {pick(rng, _MONTHS)}"}


_CITIES = choice("Lisbon", "Oslo", "Nairobi", "Kyoto", "Toronto", "Lima", "Vienna", "Cairo", "Dublin", "Hanoi")
_WHO = (
    "Mrs Okafor",
    "Mr Lindqvist",
    "Ms Haddad",
    "Mr Castellano",
    "Mrs Tanaka",
    "Ms Novak",
    "Mr Abebe",
    "Mrs Kowalska",
)
_MONTHS = ("January", "March", "April", "June", "August", "October", "November")
_WHO_AND_WHEN = {"who": r"M(?:rs|r|s) [A-Z][a-z]+", "day": r"\d+ [A-Z][a-z]+"}

CONCRETE = (
    Step(
        "label",
        ("concretize",),
        "form",
        lines("""
        To be specific, it is for {who} on {day}: write name, comma, date and colon before the answer.
        More precisely, {who} needs it on {day}, so begin the answer with name, comma, date and colon.
        """),
        _labelled,
        _WHO_AND_WHEN,
        _reader,
    ),
    Step(
        "city",
        ("concretize",),
        "form",
        lines("""
        It concerns our office in {city} and no other, so write a blank and "({city})" behind the answer.
        To name the place, it is asked by the branch in {city}: end the answer with a blank and "({city})".
        """),
        lambda answer, params: f"{line(answer)} ({params['city']})",
        {"city": _CITIES.pattern},
        lambda rng, answer: {"city": _CITIES.draw(rng)},
    ),
    Step(
        "number of the item",
        ("concretize",),
        "form",
        lines("""
        It is item {n} of the weekly audit at our Graz warehouse, so begin the answer with "No. {n}: ".
        In the audit of the Graz warehouse this has the number {n}; put "No. {n}: " before the answer.
        """),
        lambda answer, params: f"No. {params['n']}: {line(answer)}",
        {"n": r"\d{1,4}"},
        lambda rng, answer: {"n": str(between(rng, 2, 480))},
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
        _reader,
    ),
)


def _doubted(answer: str, params: Params) -> str:
    if params["wrong"] == answer:
        raise ValueError("what is called wrong is right")
    return answer


def _doubt(rng: Random, answer: str) -> Params:
    at = between(rng, 0, len(line(answer)) - 1)
    other = pick(rng, [sign for sign in ("0123456789" if answer[at].isdecimal() else "aeionst") if sign != answer[at]])
    wrong = answer[:at] + other + answer[at + 1 :]
    if not re.fullmatch(_WRONG, wrong):
        raise ValueError("too long or too odd to be quoted")
    return {"wrong": wrong}


_WRONG = r"[^\n]{1,40}?"

MISLEADING = (
    Step(
        "wrong answer",
        ("misleading",),
        "value",
        lines("""
        A colleague's draft arrives at "{wrong}" up to here; work it out yourself and give what is right.
        An earlier solution has "{wrong}" at this point; check every step, so that yours is right.
        """),
        _doubted,
        {"wrong": _WRONG},
        _doubt,
    ),
)

STEPS = (*FORMS, *CONCRETE, *MISLEADING)
