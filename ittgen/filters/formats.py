"""Answers in a format of machines that does not parse: JSON, XML, CSV, Python.

The rule stays silent where the task is about broken things, or pieces of something, or may be.
"""

import re
from dataclasses import dataclass

from ittgen.filters.parsed import READERS, asks_for, begins_as, fenced, wrong_in
from ittgen.records import Example, Rejection

_ABOUT_BROKEN = re.compile(
    r"\b(?:invalid|malformed|broken|syntax.?errors?|incorrect|bugs?|buggy|mistakes?|wrong|fix|debug|repair|template|"
    r"placeholders?|pseudo.?code|jinja|snippets?|fragments?|partial|incomplete|continue|python ?2\S*|jsonc|json5|jsonl|"
    r"comments?|dict\w*|javascript|typescript|yaml|toml|schema|explain|erreurs?|fehler\w*|errores|ошиб\w+)\b|错误|誤り",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class BrokenFormat:
    """JSON, XML, CSV or Python that does not parse, where the answer is that: value is the format, note the fault.

    What is in a fence named so, or begins like the format that the task asks for. Tasks about broken things, templates,
    comments and ellipses left on purpose, Python 2, notebooks and fragments pass. The same in every language.
    """

    formats: tuple[str, ...] = tuple(READERS)

    def __post_init__(self) -> None:
        if unknown := [name for name in self.formats if name not in READERS]:
            raise ValueError(f'formats: there is no "{unknown[0]}"; there are {", ".join(READERS)}')

    def __call__(self, example: Example) -> Rejection | None:
        for name, text in _supposed(example):
            if name in self.formats and (fault := wrong_in(name, text)) and not _ABOUT_BROKEN.search(_task(example)):
                return Rejection(example, "broken-format", value=name, note=fault)
        return None


def _supposed(example: Example) -> list[tuple[str, str]]:
    """(format, text) of what in the answer has to parse: its one fence, or all of it."""
    output = example.output
    if "```" in output:
        return fenced(output) if output.count("```") == 2 else []
    likely = [name for name in READERS if begins_as(name, output)]
    return [(name, output) for name in likely if asks_for(name).search(_task(example))]


def _task(example: Example) -> str:
    return f"{example.system} {example.instruction}"
