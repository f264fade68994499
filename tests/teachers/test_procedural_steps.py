"""Every further step of the procedural teacher does what its sentence says: computed anew here, functions executed."""

import ast
import csv
import io
import json
import re
import sqlite3
import subprocess
from collections.abc import Callable
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest

from ittgen.chance import seeded
from ittgen.teachers.procedural import blocks
from ittgen.teachers.procedural.families.code import FUNCTIONS
from ittgen.teachers.procedural.steps import STEPS
from ittgen.teachers.procedural.steps.known_functions import CACHEABLE, CALLS, SPOILT, UNARY
from ittgen.teachers.procedural.steps.step import Step

NUMBERS = ("0", "7", "42", "97", "360", "999", "1001", "48215", "-12")
TEXTS = (
    "harbor",
    "The quiet falcon waits.",
    "listed, Words, here",
    "b, a, kettle, zebra, anchor",
    "north shore",
    "X-ray",
)
LINES = ("one\nthree words here\ntwo", "- a, b\n- cc", "name,points\nAda,3\nBo,15")
CODE = tuple(f"```python\n{source}\n```" for _, source in FUNCTIONS.values())
ONE = {name: step for step in STEPS for name in [step.name]}
Params = dict[str, str]
Oracle = Callable[[str, Params], str]


def n(params: Params) -> int:
    return int(params["n"])


def letters(text: str) -> list[str]:
    return [c for c in text.lower() if "a" <= c <= "z"]


def divisors(value: int) -> int:
    return sum(value % d == 0 for d in range(1, value + 1))


def longest(pieces: list[str]) -> str:
    return sorted(pieces, key=lambda piece: -len(piece))[0]


ORACLES: dict[str, Oracle] = {
    "remainder": lambda a, p: str((int(a) * n(p)) % int(p["m"])),
    "square": lambda a, p: str(int(a) ** 2 - n(p)),
    "digit-sum": lambda a, p: str(n(p) * sum(int(c) for c in a if c.isdigit())),
    "odd-or-even": lambda a, p: str(int(a) // 2 if int(a) % 2 == 0 else int(a) * 3 + n(p)),
    "distance": lambda a, p: str(max(int(a) - n(p), n(p) - int(a)) * int(p["m"])),
    "next-multiple": lambda a, p: str(next(v for v in range(int(a), int(a) + n(p)) if v % n(p) == 0) - int(p["m"])),
    "line prime": lambda a, p: f"prime: {'yes' if int(a) > 1 and divisors(int(a)) == 2 else 'no'}",
    "line digit sum": lambda a, p: f"digit sum: {sum(map(int, a.strip('-')))}",
    "line square": lambda a, p: f"square: {int(a) ** 2}",
    "line divisors": lambda a, p: f"divisors: {divisors(int(a))}",
    "line binary": lambda a, p: "binary: " + "-" * (int(a) < 0) + bin(abs(int(a)))[2:],
    "padded": lambda a, p: a.zfill(n(p)),
    "grouped": lambda a, p: re.sub(r"(?<=\d)(?=(\d{3})+$)", " ", a),
    "unit": lambda a, p: " ".join([a, p["unit"]]),
    "count letters": lambda a, p: str(len(letters(a)) * n(p)),
    "count signs": lambda a, p: str(sum(not c.isspace() for c in a) + n(p)),
    "letters minus vowels": lambda a, p: str(n(p) - sum(c not in "aeiou" for c in letters(a))),
    "reverse entries": lambda a, p: ", ".join(a.split(", ")[::-1]),
    "every other entry": lambda a, p: ", ".join(e for i, e in enumerate(a.split(", "), 1) if i % 2),
    "count entries": lambda a, p: str((a.count(", ") + 1) * n(p)),
    "reverse lines": lambda a, p: "\n".join(a.splitlines()[::-1]),
    "join lines": lambda a, p: a.replace("\n", " / "),
    "count signs of lines": lambda a, p: str(len(longest(a.splitlines())) * n(p)),
    "line characters": lambda a, p: f"characters: {sum(1 for _ in a)}",
    "line vowels": lambda a, p: f"vowels: {sum(c in 'aeiou' for c in a.lower())}",
    "line backwards": lambda a, p: "backwards: " + "".join(reversed(a)),
    "line entries": lambda a, p: f"entries: {a.count(', ') + 1}",
    "line longest": lambda a, p: f"longest: {longest(a.split(', '))}",
    "line lines": lambda a, p: f"lines: {a.count(chr(10)) + 1}",
    "line longest line": lambda a, p: f"longest line: {longest(a.splitlines())}",
    "brackets": lambda a, p: "[" + a + "]",
    "bold": lambda a, p: a.join(["**", "**"]),
    "sentence": lambda a, p: "The answer is " + a + ".",
    "capitals": lambda a, p: "".join(c.upper() for c in a),
    "bullets": lambda a, p: re.sub("^", "- ", a, flags=re.MULTILINE),
    "numbered lines": lambda a, p: "\n".join(f"{n(p) + i}: {part}" for i, part in enumerate(a.splitlines())),
    "fenced": lambda a, p: "\n".join(["```", a, "```"]),
    "label": lambda a, p: p["who"] + ", " + p["day"] + ": " + a,
    "heading": lambda a, p: p["who"] + ", " + p["day"] + "\n" + a,
    "city": lambda a, p: a + " (" + p["city"] + ")",
    "number of the item": lambda a, p: "No. " + p["n"] + ": " + a,
    "add from data": lambda a, p: str(int(a) + int(p["value"])),
    "multiply by data": lambda a, p: str(int(a) * int(p["value"])),
    "word from data": lambda a, p: p["value"] + " " + a,
    "heading from data": lambda a, p: p["value"] + "\n" + a,
    "wrong answer": lambda a, p: a,
}

READ_BACK: dict[str, Callable[[str], str]] = {
    "json": lambda said: str(json.loads(said)["result"]),
    "element": lambda said: said.removeprefix("<final>").removesuffix("</final>"),
}
"""Forms that are checked by undoing them."""


def tries(step: Step, answers: tuple[str, ...]) -> list[tuple[str, Params, str]]:
    """(answer, parameters, answer after it) wherever the step fits."""
    found = []
    for text in answers:
        for seed in range(3):
            rng = seeded(step.name, text, seed)
            try:
                params = dict(step.draw(rng, text))
                if step.table:
                    params["value"] = step.table(rng, 3)[0]
                found.append((text, params, step.apply(text, params)))
            except ValueError:
                continue
    return found


@pytest.mark.parametrize("name", ORACLES)
def test_a_step_gives_what_its_oracle_gives(name: str) -> None:
    done = tries(ONE[name], (*NUMBERS, *TEXTS, *LINES))
    assert len(done) >= 3, name
    for text, params, after in done:
        assert after == ORACLES[name](text, params), (text, params)


@pytest.mark.parametrize("name", READ_BACK)
def test_a_form_can_be_read_back(name: str) -> None:
    done = tries(ONE[name], (*NUMBERS, *TEXTS))
    assert len(done) > 10 and all(READ_BACK[name](after) == text for text, _, after in done)


def test_numbers_in_words_are_told_apart_and_end_at_999() -> None:
    said = [ONE["in words"].apply(str(value), {}) for value in range(1000)]
    assert len(set(said)) == 1000
    assert (said[0], said[21], said[300], said[342]) == (
        *("zero", "twenty-one", "three hundred", "three hundred and forty-two"),
    )
    for odd in ("1000", "-1", "1.5", "seven", ""):
        with pytest.raises(ValueError):
            ONE["in words"].apply(odd, {})


def test_every_step_has_a_test() -> None:
    functions = {step.name for step in STEPS if tries(step, CODE) and not tries(step, (*NUMBERS, *TEXTS, *LINES))}
    assert set(ONE) == functions | set(ORACLES) | set(READ_BACK) | {"in words"} and len(ONE) == len(STEPS)
    assert len(functions) == 12


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
def test_a_step_adds_10_to_20_words_and_begins_with_words_of_its_own(step: Step) -> None:
    assert len(step.templates) >= 2
    for template in step.templates:
        assert 10 <= len(template.split()) <= 20, template
        assert len(re.split(r"\{\w+\}", template)[0]) >= 5, template
        assert set(re.findall(r"\{(\w+)\}", template)) == set(step.slots) & set(re.findall(r"\{(\w+)\}", template))
        assert not re.search(r"\b(image|graph|picture|file|map|draw|plot|video|audio|music|diagram)s?\b", template)


def names_in(code: str) -> dict[str, object]:
    names: dict[str, object] = {}
    exec(code, names)  # the source is the teacher's own
    return names


def inside(answer: str) -> str:
    assert answer.startswith("```python\n") and answer.endswith("\n```")
    return answer[10:-4]


def first_function(code: str) -> str:
    return next(node.name for node in ast.parse(code).body if isinstance(node, ast.FunctionDef))


def result(code: str, call: str) -> object:
    return eval(f"{first_function(code)}({call})", names_in(code))


CODE_STEPS = [step for step in STEPS if step.layer != "line" and tries(step, CODE[:1] + CODE[3:4]) and step.operations]


@pytest.mark.parametrize("name", CALLS)
def test_the_tables_of_functions_are_right(name: str) -> None:
    source = dict(FUNCTIONS.values())[name]
    call, value = CALLS[name]
    assert result(source, call) == ast.literal_eval(value)
    assert source.count(SPOILT[name][0]) >= 1
    wrong = source.replace(*SPOILT[name], 1)
    try:
        differs = any(result(wrong, other) != result(source, other) for other in (call, *OTHER_CALLS.get(name, ())))
    except (IndexError, NameError):
        differs = True
    assert differs, "the misleading code is right"
    assert (name in UNARY) == (len(ast.parse(source).body[0].args.args) == 1)  # type: ignore[attr-defined]  # a def
    if name in CACHEABLE:
        hash(ast.literal_eval(f"({call},)"))


OTHER_CALLS = {
    "count_vowels": ('"umbrella tuba"',),
    "is_palindrome": ('"harbor"',),
    "is_prime": ("49", "25", "4"),
    "unique": ("[1, 3, 1]",),
}


def test_edited_functions_still_run_and_give_the_same() -> None:
    runs = 0
    for code in CODE:
        call, value = CALLS[first_function(inside(code))]
        for step in CODE_STEPS:
            for _, params, after in tries(step, (code,)):
                runs += 1
                assert result(inside(after), call) == ast.literal_eval(value), after
                CHECKS.get(step.name, lambda code, params: None)(inside(after), params)
    assert runs > 250


def check_docstring(code: str, params: Params) -> None:
    assert ast.get_docstring(ast.parse(code).body[0]) == params["text"]  # type: ignore[arg-type]  # a function


def check_header(code: str, params: Params) -> None:
    assert code.splitlines()[0] == f"# {params['text']}"


def check_name(code: str, params: Params) -> None:
    assert first_function(code) == params.get("name", params.get("value"))


def check_indent(code: str, params: Params) -> None:
    widths = {len(line) - len(line.lstrip()) for line in code.splitlines()}
    assert 2 in widths and widths <= {0, 2, 4}


def check_assert(code: str, params: Params) -> None:
    last = ast.parse(code).body[-1]
    assert isinstance(last, ast.Assert) and f"({params['call']})" in code.splitlines()[-1]


def check_each(code: str, params: Params) -> None:
    call, value = CALLS[known_name(code)]
    each = names_in(code)[params["name"]]
    assert each([ast.literal_eval(call)] * 2) == [ast.literal_eval(value)] * 2  # type: ignore[operator]  # a function


def check_cache(code: str, params: Params) -> None:
    function = names_in(code)[first_function(code)]
    assert function.cache_info().misses == 0  # type: ignore[attr-defined]  # what the decorator adds
    assert code.splitlines()[0] == "from functools import cache"


def check_timing(code: str, params: Params) -> None:
    call, value = CALLS[known_name(code)]
    outcome, seconds = eval(f"{params['name']}({call})", names_in(code))
    assert outcome == ast.literal_eval(value) and seconds >= 0


def known_name(code: str) -> str:
    return next(name for name in CALLS if name == first_function(code))


CHECKS: dict[str, Callable[[str, Params], None]] = {
    "docstring": check_docstring,
    "header": check_header,
    "own name": check_name,
    "name from data": check_name,
    "two blanks": check_indent,
    "assertion": check_assert,
    "for each": check_each,
    "cache": check_cache,
    "timing": check_timing,
}


def test_lines_about_functions_are_right() -> None:
    for code in CODE:
        function = ast.parse(inside(code)).body[0]
        assert isinstance(function, ast.FunctionDef)
        wanted = ", ".join(argument.arg for argument in function.args.args)
        assert ONE["line parameters"].apply(code, {}) == f"parameters: {wanted}"
        assert ONE["line count"].apply(code, {}) == f"lines: {function.end_lineno}"


def test_no_step_for_functions_touches_other_code() -> None:
    foreign = "```python\ndef twice(text):\n    return text * 2\n```"
    assert [step.name for step in STEPS if tries(step, (foreign, "```\nls\n```", "```java\nint a;\n```"))] == []


class Cells(HTMLParser):
    """The texts of a table's caption, heads and cells."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[tuple[str, str]] = []
        self.tag = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tag = tag

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append((self.tag, data))


def from_html(text: str) -> tuple[str, dict[str, str]]:
    cells = Cells()
    cells.feed(text)
    (tag, name), *rest = cells.texts
    assert tag == "caption"
    return name, {key: value for (_, key), (_, value) in zip(rest[::2], rest[1::2], strict=True)}


def from_sql(text: str) -> tuple[str, dict[str, str]]:
    base = sqlite3.connect(":memory:")
    base.executescript(text)
    ((name,),) = base.execute("SELECT name FROM sqlite_master").fetchall()
    rows = dict(base.execute(f"SELECT key, value FROM {name}").fetchall())
    base.close()
    return name, rows


def from_mapping(data: dict[str, dict[str, object]]) -> tuple[str, dict[str, str]]:
    ((name, rows),) = data.items()
    return name, {key: str(value) for key, value in rows.items()}


def from_xml(text: str) -> tuple[str, dict[str, str]]:
    root = ElementTree.fromstring(text)
    return root.tag, {child.tag: child.text or "" for child in root}


def from_csv(text: str) -> tuple[str, dict[str, str]]:
    head, *rows = csv.reader(io.StringIO(text))
    return head[1], {key: value for key, value in rows}


def from_python(text: str) -> tuple[str, dict[str, str]]:
    names = names_in(text)
    names.pop("__builtins__")
    return from_mapping(names)  # type: ignore[arg-type]  # one mapping


def from_shell(text: str) -> tuple[str, dict[str, str]]:
    name = text.split("\n")[0].rsplit(" ", 1)[1]
    script = f'{text}\nfor key in "${{!{name}[@]}}"; do echo "$key=${{{name}[$key]}}"; done'
    said = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True).stdout
    return name, dict(line.split("=") for line in said.splitlines())


READERS: dict[str, Callable[[str], tuple[str, dict[str, str]]]] = {
    "JSON": lambda text: from_mapping(json.loads(text)),
    "XML": from_xml,
    "CSV": from_csv,
    "SQL": from_sql,
    "Python": from_python,
    "shell": from_shell,
    "HTML": from_html,
}


@pytest.mark.parametrize("kind", blocks.FORMATS)
@pytest.mark.parametrize("rows", [{"north": "7", "south": "12", "east": "3"}, {"oak": "kettle", "birch": "violin"}])
def test_a_block_says_the_same_to_those_who_really_read_the_format(kind: str, rows: dict[str, str]) -> None:
    block = blocks.render(kind, "rates", rows)
    fence, *lines, end = block.split("\n")
    assert re.fullmatch(r"```\w+", fence) and end == "```"
    assert READERS[kind]("\n".join(lines)) == ("rates", rows)
    assert blocks.tables(f"Text.\n\n{block}\n\nMore.") == {"rates": rows}
    assert blocks.without_tables(f"9, 4, 7\n\n{block}") == "9, 4, 7"


def test_there_are_at_least_six_formats_and_foreign_blocks_are_left_alone() -> None:
    assert len(blocks.FORMATS) >= 6
    foreign = "```python\nprint(1)\n```"
    assert blocks.tables(foreign) == {} and blocks.without_tables(foreign) == foreign
