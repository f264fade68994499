"""Why an evolved task or its answer does not count: Evol-Instruct's elimination rules, and the checks beside them.

Elimination: https://arxiv.org/abs/2304.12244, section 3.2; the three rules on the answer that the paper of Auto
Evol-Instruct adds: https://arxiv.org/abs/2406.00770. Each rule gives its rejection or None and looks at text alone;
what only a judge can tell is asked elsewhere. The rules that look for words know English words.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from ittgen.generators.stop_words import STOP_WORDS
from ittgen.records import Example, Rejection
from ittgen.text import words

KEPT = ("code", "table", "input")
"""Parts of a task that evolution in depth must leave in it."""

_LEAKED = re.compile(
    r"""\bgiven[ ]prompt\b | \b(?:re-?written|created|evolved)[ ]prompts?\b
    | \b(?:re-?written|evolved)[ ](?:instructions?|tasks?)\b
    | \boriginal[ ](?:prompt|instruction)s?\b
    | (?:(?<=\bas[ ]the[ ])|(?<=than[ ]the[ ])|(?<=than[ ]in[ ]the[ ])|(?<=unlike[ ]the[ ])|(?<=unlike[ ]in[ ]the[ ]))
      (?:original[ ]task|harder[ ]form)\b
    | \b(?:original[ ]task|harder[ ]form)(?=[ ]of[ ](?:the|this)[ ](?:task|prompt|instruction)\b)
    | (?:^|(?<=[\#*_])|(?<=[\#*_][ ]))(?:original[ ]task|harder[ ]form)(?=[ \t*_\#]*[:：])
    | \#[ ]?(?:the[ ])?(?:finally[ ])?(?:given|re-?written|created|evolved|original|new)[ ]
      (?:prompt|instruction|task|question|problem)[ ]?\#
    | </?instruction> | <noinput>""",
    re.IGNORECASE | re.VERBOSE | re.MULTILINE,
)
_FENCE = re.compile(r"^[ \t]*(`{3,}|~{3,})[^\n`]*\n(.*?)^[ \t]*\1[ \t]*$", re.DOTALL | re.MULTILINE)
_RULED = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")


def leaked(draft: Example, parent: Example) -> Rejection | None:
    """Words of the prompt that asked for it, unless the parent had them already (rule 4); value is what was found.

    A task about prompts may well say "the given prompt"; an evolved one may not begin to.
    """
    before = _text(parent).lower()
    for match in _LEAKED.finditer(_text(draft)):
        if match[0].lower() not in before:
            return Rejection(draft, "leaked-prompt", value=match[0])
    return None


def unchanged(draft: Example, line: Sequence[Example]) -> Rejection | None:
    """A copy of one of its ancestors, but for case, white space and punctuation at either end."""
    same = next((ancestor for ancestor in reversed(line) if _plain(ancestor) == _plain(draft)), None)
    return Rejection(draft, "unchanged", near=same.id, note=same.instruction) if same else None


def lost(draft: Example, parent: Example, keep: Iterable[str] = KEPT) -> Rejection | None:
    """A code block or table of the parent's instruction, or its input, that is not there any more; note says what.

    Code may be indented anew as a whole and must else be the same line for line; tables may gain columns and rows; an
    input may stand in the instruction, with other white space.
    """
    there = _text(draft)
    for part, find, holds in (
        ("code", _code_blocks(parent.instruction), _holds_code),
        ("table", _tables(parent.instruction), _holds_table),
        ("input", [parent.input] if parent.input.strip() else [], _holds_text),
    ):
        gone = next((piece for piece in find if not holds(there, piece)), None) if part in keep else None
        if gone is not None:
            return Rejection(draft, f"lost-{part}", note=gone)
    return None


def growth(draft: Example, parent: Example) -> int:
    """Words added to instruction and input together, so that moving text from one to the other adds none."""
    return sum(len(words(text)) for text in (draft.instruction, draft.input)) - sum(
        len(words(text)) for text in (parent.instruction, parent.input)
    )


def grown(draft: Example, parent: Example, least: int, most: float) -> Rejection | None:
    """Fewer or more words added than allowed; value is their number, limit the bound it broke."""
    added = growth(draft, parent)
    if added < least:
        return Rejection(draft, "growth", value=added, limit=least)
    return Rejection(draft, "growth", value=added, limit=most) if added > most else None


def apology(draft: Example, limit: int = 80) -> Rejection | None:
    """An answer that contains "sorry" and has fewer words than the limit (rule 2); value is their number."""
    count = len(words(draft.output))
    if count >= limit or not re.search(r"\bsorry\b", draft.output, re.IGNORECASE):
        return None
    return Rejection(draft, "apology", value=count, limit=limit)


def only_stop_words(draft: Example) -> Rejection | None:
    """An answer of stop words and punctuation alone, or empty (rule 3); value is the number of words."""
    said = [word for word in map(_bare, words(draft.output.lower())) if word]
    if all(word in STOP_WORDS or word.replace("’", "'") in STOP_WORDS for word in said):
        return Rejection(draft, "stop-words", value=len(said))
    return None


def _text(example: Example) -> str:
    return f"{example.instruction}\n{example.input}"


def _plain(example: Example) -> list[str]:
    return [_bare(" ".join(text.casefold().split())) for text in (example.instruction, example.input)]


def _bare(text: str) -> str:
    """The text without punctuation at either end."""
    start, stop = 0, len(text)
    while start < stop and _is_punctuation(text[start]):
        start += 1
    while start < stop and _is_punctuation(text[stop - 1]):
        stop -= 1
    return text[start:stop]


def _is_punctuation(character: str) -> bool:
    return unicodedata.category(character)[0] in "PZC" or character in "$+<=>^`|~"


def _code_blocks(text: str) -> list[str]:
    return [inside for _, inside in _FENCE.findall(text) if inside.strip()]


def _holds_code(text: str, block: str) -> bool:
    wanted = _unindented([line.rstrip() for line in block.split("\n") if line.strip()])
    there = [line.rstrip() for line in text.split("\n") if line.strip()]
    spans = (there[i : i + len(wanted)] for i in range(len(there) - len(wanted) + 1))
    return any(wanted[0] in span[0] and _unindented(span) == wanted for span in spans)


def _unindented(lines: list[str]) -> list[str]:
    shift = min(len(line) - len(line.lstrip()) for line in lines)
    return [line[shift:] for line in lines]


def _tables(text: str) -> list[str]:
    """Tables as people type them: lines of cells between bars with a ruled line among them, or between tabs."""
    return [run for run in _runs(text, "|") if any(map(_RULED.fullmatch, run.split("\n")))] + _runs(text, "\t")


def _runs(text: str, mark: str) -> list[str]:
    """Two and more lines one below the other that have the mark between their cells."""
    found: list[list[str]] = [[]]
    for line in text.split("\n"):
        if mark in line.strip():
            found[-1].append(line)
        elif found[-1]:
            found.append([])
    return ["\n".join(run) for run in found if len(run) > 1]


def _holds_table(text: str, table: str) -> bool:
    mark = "|" if "|" in table else "\t"
    there = [_cells(line, mark) for line in text.split("\n") if mark in line]
    return all(any(_in_order(row, other) for other in there) for row in _rows(table, mark))


def _rows(table: str, mark: str) -> list[list[str]]:
    return [_cells(line, mark) for line in table.split("\n") if not _RULED.fullmatch(line)]


def _cells(line: str, mark: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip(mark).split(mark)]


def _in_order(row: list[str], other: list[str]) -> bool:
    rest = iter(other)
    return all(cell in rest for cell in row)


def _holds_text(text: str, given: str) -> bool:
    return "".join(given.split()) in "".join(text.split())
