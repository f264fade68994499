"""Texts into which the next item of a teacher's numbered batch has run. Alpaca's class 2.

Knows the labels by which batches are written, in two dozen languages; see
https://github.com/gururise/AlpacaDataCleaned.
"""

import re
from dataclasses import dataclass
from functools import cache

from ittgen.filters.labels import GIVEN, QUESTION, TASK
from ittgen.filters.looks import has_digit
from ittgen.records import Example, Rejection

_WORD = rf"(?:{TASK}|说明|說明)"
_NUMBERED = re.compile(
    rf"(?:\A|\n)[ \t]*(?:#{{1,4}}[ \t]*)?\d{{1,2}}[ \t]*[.)．、][ \t]*(?:{_WORD}|{GIVEN})[ \t]*[:：]"
    r"|\n[ \t]*###[ \t]*(?:\Z|\n[ \t]*\d{1,2}[ \t]*[.)])|\n[ \t]*class label[ \t]*:"
    r"|[.!?。][ \t]+\d{1,2}\.[ \t]*instruction[ \t]*:|(?:\A"
    r"|\n)[ \t]*task \d{1,2}[ \t]*:[^\n]*\n[ \t]*instruction[ \t]*:",
    re.IGNORECASE,
)
_ABOUT_STEPS = re.compile(
    r"instruction|manual|prompt|tasks\b|dataset|data set|example|\bformat|class label|classif|coffee|anleitung"
    r"|instruccion|инструкц|指令|指示|说明|지시|निर्देश|คำสั่ง",
    re.IGNORECASE,
)
_LINE_ITEM = re.compile(r"\n[ \t]*(\d{1,3})[.)．、][ \t]+(?=[^\W\d_])")
_GOES_ON = re.compile(
    r"continu|next|rest of|fortsetz|weiter|suite|sigue|resto|продолж|继续|続き|devam|lanjut", re.IGNORECASE
)
_SEAM = re.compile(r'["\]]\s*\}\s*,?\s*\{\s*"(?:instruction|prompt|question|input|messages|conversations|text)"\s*:')
_ITEM = re.compile(r"(?:(?<=[.?!。？！।])[\"”»)]?[ \t]+|\n[ \t]*)(\d{1,2})[.)．、][ \t]+(?=[^\W\d_][^\n]{8})")
_BARE_NUMBER = re.compile(r"\n[ \t]*(?:##?#?[ \t]*)?\d{1,2}[.)][ \t]*\Z")


@dataclass(frozen=True, slots=True)
class MergedInstructions:
    """A text into which the next item of a numbered batch has run: "12. Instruction:", a bare "###"; value is it.

    Alpaca's class 2 (https://github.com/gururise/AlpacaDataCleaned). Looks at instruction, input and output for the
    word "Instruction" or "Input" with a number, in a dozen languages; in the instruction also for a second task, "…
    rain. 14. Write …" or "Task 9: …", and a number that stands alone at the end; in the output also for two tasks in a
    row, and for the seam between two records of JSON. Passes where the task is about instructions, prompts, formats or
    examples, and where its own items are numbered from 1.
    """

    def __call__(self, example: Example) -> Rejection | None:
        found = _numbered(example) or _second_task(example.instruction) or _record(example) or _batch(example)
        return Rejection(example, "merged-instructions", value=found, note="another item runs on") if found else None


def _batch(example: Example) -> str:
    """The number of the first of two tasks or more that follow an answer: "17. Explain …", "18. List …"."""
    text = example.output
    items = list(_LINE_ITEM.finditer(text)) if has_digit(text) and "\n" in text else []
    numbers = [int(item[1]) for item in items]
    if len(numbers) < 2 or numbers[0] < 3 or numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        return ""
    before, task = text[: items[0].start()].strip(), f"{example.instruction} {example.input}"
    if not before or before.endswith((":", "：")) or has_digit(task) or _GOES_ON.search(task):
        return ""
    return "" if re.search(rf"(?<!\d){numbers[0] - 1}(?!\d)", before) else items[0][0].strip()


def _record(example: Example) -> str:
    """The seam between two records of JSON lines or an array, in an output that was to be no JSON."""
    if "{" not in example.output or not (found := _SEAM.search(example.output)):
        return ""
    return "" if _ABOUT_STEPS.search(example.instruction) or "json" in example.instruction.lower() else found[0]


def _numbered(example: Example) -> str:
    for text in (example.output, example.instruction, example.input):
        if not ("###" in text or ((":" in text or "：" in text) and ("abel" in text or has_digit(text)))):
            continue
        if not (found := _NUMBERED.search(text)):
            continue
        if not _ABOUT_STEPS.search(_NUMBERED.sub(" ", example.instruction)):
            return found[0].strip()
    return ""


def _second_task(task: str) -> str:
    """The number of a task behind the first one, which has none itself."""
    if not has_digit(task):
        return ""
    items = [found for found in _ITEM.finditer(task) if task[: found.start()].strip()]
    if (
        items
        and int(items[0][1]) > 1
        and not re.search(rf"(?<!\d){int(items[0][1]) - 1}[.)．、:]", task[: items[0].start()])
    ):
        return "" if task[: items[0].start()].rstrip().endswith((":", "：")) else items[0][0].strip()
    named = list(_named_items().finditer(f"\n{task}"))
    if named and named[0].start() > 0 and named[0][1] != "1":
        return named[0][0].strip()
    bare = _BARE_NUMBER.search(task)
    return bare[0].strip() if bare and not _ITEM.search(task[: bare.start()]) else ""


@cache
def _named_items() -> re.Pattern[str]:
    return re.compile(
        r"(?:\n[ \t]*(?:-{3,}[ \t]*\n)?|(?<=[.!?。？！”\"]) )[ \t]*"
        rf"(?:{TASK}|{QUESTION})[ \t]*(\d{{1,2}})[ \t]*[:：.]",
        re.IGNORECASE,
    )
