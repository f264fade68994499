"""Steps for answers that are one Python function between fences: names, comments, checks, caching, wrong models.

Every step edits the source text; the tests run what comes out.
"""

import re
from collections.abc import Callable
from random import Random

from ittgen.chance import pick
from ittgen.teachers.procedural.families.code import FUNCTIONS
from ittgen.teachers.procedural.family import Params, lines
from ittgen.teachers.procedural.steps.known_functions import CACHEABLE, CALLS, SPOILT, UNARY
from ittgen.teachers.procedural.steps.step import Layer, Step

_OPEN, _CLOSE = "```python\n", "\n```"
_DEF = re.compile(r"^def (\w+)\(([^)]*)\):$", re.MULTILINE)


def source(answer: str) -> str:
    """The code between the fences. Raises ValueError where the answer is not one of the functions known."""
    original(answer)
    return answer.removeprefix(_OPEN).removesuffix(_CLOSE)


def original(answer: str) -> str:
    """The name by which the tables know the function. Raises ValueError where they do not."""
    if answer.startswith(_OPEN) and answer.endswith(_CLOSE) and _DEF.search(answer):
        code = _flat(answer)
        if name := next((name for name, body in _BODIES.items() if body in code), ""):
            return name
    raise ValueError("not one of the functions known")


def renamed(answer: str, name: str) -> str:
    """The same function under another name."""
    return _fenced(_DEF.sub(lambda match: f"def {name}({match[2]}):", source(answer), count=1))


def _flat(code: str) -> str:
    return "\n".join(line.strip() for line in code.splitlines())


_BODIES = {name: _flat(code.split("\n", 1)[1]) for name, code in FUNCTIONS.values()}


def _fenced(code: str) -> str:
    return f"{_OPEN}{code}{_CLOSE}"


def _head(code: str) -> tuple[str, str]:
    """Name and parameters of the first function."""
    return _DEF.findall(code)[0]  # type: ignore[no-any-return]  # two groups: pairs


def _step(
    name: str,
    operations: tuple[str, ...],
    words: str,
    rule: Callable[[str, Params], str],
    draw: Callable[[Random, str], Params],
    layer: Layer = "form",
) -> Step:
    """A step whose rule edits the source."""
    return Step(name, operations, layer, lines(words), lambda a, p: _fenced(rule(source(a), p)), _SLOTS, draw)


def _one_of(slot: str, *words: str) -> Callable[[Random, str], Params]:
    def draw(rng: Random, answer: str) -> Params:
        source(answer)
        return {slot: pick(rng, words)}

    return draw


def _any_function(rng: Random, answer: str) -> Params:
    source(answer)
    return {}


def _own_name(code: str, params: Params) -> str:
    return _DEF.sub(lambda match: f"def {params['name']}({match[2]}):", code, count=1)


def _docstring(code: str, params: Params) -> str:
    def add(match: re.Match[str]) -> str:
        return f'{match[1]}\n{match[2]}"""{params["text"]}"""\n{match[2]}'

    return re.sub(r"^(def .*:)\n( +)", add, code, count=1, flags=re.MULTILINE)


def _commented(code: str, params: Params) -> str:
    return f"# {params['text']}\n{code}"


def _narrow(code: str, params: Params) -> str:
    return re.sub(r"^(?: {4})+", lambda match: match[0][::2], code, flags=re.MULTILINE)


def _call(rng: Random, answer: str) -> Params:
    return {"call": CALLS[original(answer)][0]}


def _checked(code: str, params: Params) -> str:
    expected = next((value for call, value in CALLS.values() if call == params["call"]), None)
    if expected is None:
        raise ValueError(f"unknown arguments {params['call']}")
    return f"{code}\n\nassert {_head(code)[0]}({params['call']}) == {expected}"


def _unary(rng: Random, answer: str) -> Params:
    if original(answer) not in UNARY:
        raise ValueError("not a function of one argument")
    return {"name": pick(rng, ("apply_to_each", "for_every_item", "over_all", "mapped"))}


def _each(code: str, params: Params) -> str:
    name, arguments = _head(code)
    if "," in arguments:
        raise ValueError("not a function of one argument")
    return f"{code}\n\n\ndef {params['name']}(values):\n    return [{name}(value) for value in values]"


def _cacheable(rng: Random, answer: str) -> Params:
    if original(answer) not in CACHEABLE:
        raise ValueError("not a function to be cached")
    return {}


def _cached(code: str, params: Params) -> str:
    code = re.sub("^def ", "@cache\ndef ", code, count=1, flags=re.MULTILINE)
    return f"from functools import cache\n\n\n{code}"


def _timed(code: str, params: Params) -> str:
    body = (
        f"    start = perf_counter()\n    result = {_head(code)[0]}(*args)\n    return result, perf_counter() - start"
    )
    return f"from time import perf_counter\n\n\n{code}\n\n\ndef {params['name']}(*args):\n{body}"


def _unchanged(answer: str, params: Params) -> str:
    source(answer)
    return answer


def _spoilt(rng: Random, answer: str) -> str:
    old, new = SPOILT[original(answer)]
    return answer.replace(old, new, 1)


_SLOTS = {"name": "[a-z_]+", "text": r"[A-Za-z ]+[.\w]", "call": r"[^\n]{1,30}?"}

STEPS = (
    _step(
        "own name",
        ("concretize", "rarer"),
        """
        Call the function {name}, as our style guide wants it, and not by any more obvious name.
        To fit into an older module, the function has to bear the less usual name {name}.
        """,
        _own_name,
        _one_of("name", "compute_for_report", "helper_seven", "do_the_job", "as_agreed", "core_rule", "legacy_entry"),
        "value",
    ),
    _step(
        "docstring",
        ("constraints",),
        """
        Give the function a docstring of one line in triple double quotes that reads "{text}" and nothing more.
        Right below its head, the function must carry the docstring "{text}" in triple double quotes.
        """,
        _docstring,
        _one_of("text", "Used by the nightly report.", "Pure and without effects.", "Agreed on in the last review."),
    ),
    _step(
        "header",
        ("constraints", "rarer"),
        """
        Let the code begin with a comment line, a hash sign, a blank and "{text}", for our licence checker.
        The very first line has to be a comment: a hash sign, a blank, and the words "{text}".
        """,
        _commented,
        _one_of("text", "Reviewed twice", "Free to copy", "Part of the training course", "Do not edit by hand"),
    ),
    _step(
        "two blanks",
        ("constraints", "rarer"),
        """
        Indent the code by two blanks per level instead of four, like the rest of our old project.
        Our formatter wants an indentation of two blanks per level, so do not use four of them.
        """,
        _narrow,
        _any_function,
    ),
    _step(
        "assertion",
        ("reasoning", "constraints"),
        """
        After a blank line below it, add one assert that compares its value for ({call}) with the right result.
        Work out what it returns for ({call}), and check that with an assert at the end, after a blank line.
        """,
        _checked,
        _call,
    ),
    _step(
        "for each",
        ("reasoning",),
        """
        Build on it: a second function {name} takes a list and returns the list of its results for every element.
        Then use it in a second function {name} that turns a list of arguments into the list of their results.
        """,
        _each,
        _unary,
    ),
    _step(
        "cache",
        ("complexity",),
        """
        Nothing may be computed twice: decorate it with cache, imported from functools on the first line of the code.
        Make repeated calls take constant time by means of the decorator cache from functools, which you import first.
        """,
        _cached,
        _cacheable,
    ),
    _step(
        "timing",
        ("complexity", "reasoning"),
        """
        We watch its running time, so add a function {name} that returns its result together with the seconds needed.
        Measure its time as well: a function {name} with the same arguments returns the pair of result and seconds.
        """,
        _timed,
        _one_of("name", "timed", "with_seconds", "measured", "result_and_time"),
    ),
    Step(
        "wrong code",
        ("misleading",),
        "value",
        lines("""
        Start from the draft below, which a colleague wrote last week, and hand over a version that is right.
        Compare with the draft below, which we have used until now, and make sure that yours is right.
        """),
        _unchanged,
        block=_spoilt,
    ),
    Step(
        "line parameters",
        ("deepen",),
        "line",
        lines("""
        Below the code, explain its interface on a line that begins with "parameters:" and lists them with commas.
        Discuss the interface too: a line "parameters:" below the code names the parameters, separated by commas.
        """),
        lambda answer, params: f"parameters: {_head(source(answer))[1]}",
    ),
    Step(
        "line count",
        ("deepen",),
        "line",
        lines("""
        Below the code, add a line that begins with "lines:" and counts the lines of the function, its head included.
        Look at its length, too: after "lines:", below the code, state how many lines the function has.
        """),
        lambda answer, params: f"lines: {len(source(answer).splitlines())}",
    ),
)
