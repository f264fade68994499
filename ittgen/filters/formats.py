"""Answers in a format of machines that does not parse: JSON, XML, HTML, CSV, Python.

The rule stays silent where the task is about broken things, or pieces of something, or may be.
"""

import re
from dataclasses import dataclass

from ittgen.filters.fences import PYTHONIC, asks_for, begins_as, bodies, cut_or_wide, fenced, glued, surely
from ittgen.filters.looks import has_any, lowered
from ittgen.filters.parsed import READERS, wrong_in
from ittgen.filters.pythonic import is_python, wide_signs
from ittgen.records import Example, Rejection

_ABOUT_BROKEN = re.compile(
    r"\b(?:invalid|incorrect|wrong|broken|faulty)\s+(?:\w+\s+)?(?:json|xml|html|csv|python|code|syntax|snippets?"
    r"|examples?|formats?"
    r"|scripts?|programs?|functions?|files?|documents?|markup|versions?)\b"
    r"|\b(?:malformed|(?:syntax|indentation|parse|parsing|decode).?errors?|raises?|bugs?|buggy|mistakes?|template|placeholders?|pseudo.?code|jinja|fragments?"
    r"|partial|incomplete"
    r"|continue|python ?2\S*|erreurs?|fehler\w*|errores|ошиб\w+)\b|错误|誤り",
    re.IGNORECASE,
)
_NO_JSON = re.compile(
    r"\b(?:jsonc|json5|jsonl|comments?|dict\w*|javascript|typescript|js|yaml|toml|python|explain)\b", re.IGNORECASE
)
"""What looks like JSON may be another thing in tasks about these."""
_CODE = ("def ", "class ", "import ")
_ASKED = ("csv", *PYTHONIC)
FENCE = "fence"
"""The format of a fence itself: code that stands on its line."""


@dataclass(frozen=True, slots=True)
class BrokenFormat:
    """JSON, XML, HTML, CSV or Python that does not parse, as the answer. Value is the format, note the fault.

    What is in a fence named so, what begins like the format that the task asks for, and what shows by itself that it is
    one (the head of a Python function, an object's first key). Code that stands on the line of its fence, and code with
    the brackets of Chinese, are broken too. Tasks about broken things, templates, comments and ellipses left on
    purpose, Python 2, notebooks and fragments pass, and so does what stands in the task. The same in every language.
    """

    formats: tuple[str, ...] = (*READERS, FENCE)

    def __post_init__(self) -> None:
        known = (*READERS, FENCE)
        if unknown := [name for name in self.formats if name not in known]:
            raise ValueError(f'formats: there is no "{unknown[0]}"; there are {", ".join(known)}')

    def __call__(self, example: Example) -> Rejection | None:
        if not _likely(example):
            return None
        for name, fault in self._faults(example):
            if not _ABOUT_BROKEN.search(_task(example)):
                return Rejection(example, "broken-format", value=name, note=fault)
        return None

    def _faults(self, example: Example) -> list[tuple[str, str]]:
        """(format, what is wrong) of each part of the answer that has to parse."""
        output = example.output
        if "```" in output:
            found = [
                (FENCE, glued(output)),
                *((name, _fault(name, text, example)) for name, text in _in_fences(example)),
            ]
        else:
            found = [(name, _fault(name, text, example)) for name, text in _supposed(example)]
        return [(name, fault) for name, fault in found if fault and name in self.formats]


def _likely(example: Example) -> bool:
    """A first look: a fence, a bracket at the beginning or after an introduction, words of code, wide brackets."""
    output = example.output
    first = output[:1] if output[:1].strip() else output.lstrip()[:1]
    if "```" in output or "（" in output or "：\n" in output or (first and first in "{[<"):
        return True
    if ":" in output and (has_any(output, _CODE) or ":\n" in output):
        return True
    return has_any(lowered(example.instruction), _ASKED)


def _fault(name: str, text: str, example: Example) -> str:
    """What is wrong with a text, unless it stands in the task as it is."""
    fault = (
        "brackets and colons of writing, not of code" if name == "python" and wide_signs(text) else wrong_in(name, text)
    )
    return "" if fault and text.strip() in f"{example.instruction}\n{example.input}" else fault


def _in_fences(example: Example) -> list[tuple[str, str]]:
    """(format, text) of every fence with a name that is known, or without one where the task names the format."""
    if example.output.count("```") % 2:
        return []
    found = []
    for name, text in fenced(example.output):
        names = [name] if name else _unnamed(text.lstrip(), _task(example))
        found += [(each, text) for each in names if each in READERS]
    return found


def _unnamed(text: str, task: str) -> list[str]:
    """The formats that a fence without a name shows by itself and the task names."""
    shown = surely(text) or ("python" if is_python(text) else "")
    return [shown] if shown and asks_for(shown).search(task) and not (shown == "json" and _NO_JSON.search(task)) else []


def _supposed(example: Example) -> list[tuple[str, str]]:
    """(format, text) of what in an answer without fences has to parse."""
    for text in bodies(example.output):
        asked = [name for name in READERS if begins_as(name, text) and asks_for(name).search(_task(example))]
        if "json" in asked and _NO_JSON.search(_task(example)):
            asked.remove("json")
        if "html" in asked and "xml" in asked:
            asked.remove("xml")
        if not asked and (shown := surely(text)):
            asked = [shown] if shown != "json" or (cut_or_wide(text) and not _NO_JSON.search(_task(example))) else []
        if "python" not in asked and (is_python(text) or wide_signs(text)):
            asked.append("python")
        if asked:
            return [(name, text) for name in asked]
    return []


def _task(example: Example) -> str:
    return f"{example.system} {example.instruction}"
