"""Replies to the prompts that evolve a task: the new task out of what the model wrote, and the judge's word on it.

Text comes out as written, without blank around it: headers, quotes round the whole and remarks on the work are taken
off, nothing else. Knows neither operations nor the task that was evolved, so it cannot tell a copy. No text raises.
"""

import json
import re

from ittgen.generators.parse_evolved_heads import announced, unheaded
from ittgen.generators.parse_evolved_tails import unanswered, unremarked
from ittgen.generators.parse_evolved_talk import is_talk
from ittgen.generators.parse_talk import without_no_input
from ittgen.generators.parse_text import read, trim, unclosed

_QUOTES = {'"': '"', "'": "'", "“": "”", "„": "“", "‘": "’", "«": "»", "「": "」", "『": "』", "`": "`"}
_PAIRED = ('"""', "'''", "**")
_FENCED = re.compile(
    r"(`{3,}|~{3,})[ \t]*(?:text|txt|plaintext|markdown|md|xml|html|prompt)?[ \t]*\n(.*?)\n?[ \t]*\1", re.S
)
_WRAPPED = re.compile(
    r"<((?:(?:new|rewritten|evolved|final|created)[_ -]?)?(?:prompt|instruction|task|question))>(.*)</\1>", re.S | re.I
)
_INSTRUCTION = re.compile(
    r"^[ \t>*-]*<[ \t]*instruction(?:[ \t][^<>\n]*)?>(.*?)(?:<[ \t]*/[ \t]*instruction[ \t]*>"
    r"|(?=^[ \t]*<[ \t]*input[ \t]*>)|\Z)",
    re.S | re.I | re.M,
)
_GIVEN = r"^[ \t]*<[ \t]*input(?:[ \t]+lang[^<>\n]*|[ \t]*)>"
_INPUT = re.compile(
    rf"{_GIVEN}(.*)<[ \t]*/[ \t]*input[ \t]*>|{_GIVEN}[ \t]*\n(.*)\Z",
    re.S | re.I | re.M,
)
_OPENED = re.compile(r"^[ \t>*-]*<[ \t]*instruction(?:[ \t][^<>\n]*)?>", re.I | re.M)
_TAG = re.compile(r"<[ \t]*(/?)[ \t]*(instruction|input)\b[^<>\n]*>", re.I)
_LEFT = re.compile(r"(?<!`)<[ \t]*(?:/?[ \t]*instruction\b|/[ \t]*input\b)[^<>\n]*>(?!`)", re.I)
_JSON = re.compile(r"(?:```(?:json)?\s*)?(\{.*\})(?:\s*```)?", re.S | re.I)
_LABELLED = re.compile(r"^[ \t#*]*input[#*]*[ \t]*[:：][#*]*", re.I | re.M)
_OUTPUT = re.compile(r"^[ \t#*]*output[#*]*[ \t]*[:：]", re.I | re.M)

_VERDICT = re.compile(
    r"""(?:(?P<not>(?:(?<![a-z])(?:not|never|neither)[\s_-]+|n['’]t\s+)(?:(?:quite|exactly|really|at\ all)\s+)?
    |(?<![a-z])(?:un|in|non)[-_\ ]?)|(?<![a-z])) equal (?![a-z])""",
    re.IGNORECASE | re.VERBOSE,
)
_BOTH = re.compile(r"\bequal\W*(?:/|\bor\b|\band\b)\W*not[\s_-]+equal\b", re.I)
_SAID_FIRST = re.compile(r"\W*(?:(?:answer|verdict|judge?ment|result)\W*)?", re.I)
_ASKED = re.compile(r"\W*(?:(?:are|is)\b(?:(?!\bnot\b)[^.?\n]){0,60}?\b)?equal\b[^.?!\n]{0,60}\?\W*(yes|no)\b", re.I)
_ENDED = re.compile(r"[*_\"'`)]*(?:[.!;,:：]|[ \t]*[—–]|[ \t]+-+[ \t]|\s*\n|\s*\Z)")
_YES_OR_NO = re.compile(r"\W*(yes|no)\b", re.I)


def evolved(text: str) -> str | None:
    """The evolved task of a reply, or None where the reply is about the prompt it was given, or empty.

    >>> evolved('#Rewritten Prompt#: "Name a river in Asia that is longer than 3,000 km."')
    'Name a river in Asia that is longer than 3,000 km.'
    >>> evolved("The given prompt is already very complex.") is None
    True
    """
    said = announced(_spoken(text))
    while said and not is_talk(said) and (bare := _bared(said)) != said:
        said = bare
    said = unremarked(unclosed(unanswered(said), loose=False)) if said else ""
    return said if without_no_input(said).strip() and not is_talk(said) else None


def evolved_task(text: str) -> tuple[str, str] | None:
    """(instruction, input) of a reply in the tags asked for, or without them; no input is "".

    >>> evolved_task("<instruction>\\nAdd the numbers.\\n</instruction>\\n<input>\\n2 and 2\\n</input>")
    ('Add the numbers.', '2 and 2')
    """
    said = _unfenced(_spoken(text))
    found = _from_json(said)
    if found is None:
        found = _from_tags(_last_block(said))
    return None if not found or not found[0] or _LEFT.search(found[0]) or _OPENED.search(_uncoded(found[1])) else found


def _from_tags(said: str) -> tuple[str, str] | None:
    match = _INSTRUCTION.search(said)
    below = said[match.end() :] if match else said
    given = _INPUT.search(below)
    if not match and not given:
        return _untagged(said)
    instruction = evolved(match[1] if match else below[: given.start()] if given else "")
    return None if instruction is None else (instruction, _input(given))


def equal(text: str) -> bool | None:
    """Whether the judge calls two tasks equal, or None where it says neither clearly.

    >>> equal("Not Equal"), equal("Both ask for three rivers. Verdict: **Equal**"), equal("Hard to say.")
    (False, True, None)
    """
    said = _BOTH.sub(" ", _spoken(text))
    if asked := _ASKED.match(said):
        return asked[1].lower() == "yes"
    found = list(_VERDICT.finditer(said))
    if not found:
        word = _YES_OR_NO.match(said)
        return word[1].lower() == "yes" if word else None
    verdicts = [match["not"] is None for match in found]
    first, last = found[0], found[-1]
    if len(set(verdicts)) == 1 or (_SAID_FIRST.fullmatch(said[: first.start()]) and _ENDED.match(said[first.end() :])):
        return verdicts[0]
    return None if re.search(r"\w", said[last.end() :]) else verdicts[-1]


def _from_json(said: str) -> tuple[str, str] | None:
    """The fields of a reply that is one JSON object of a task, and nothing else; no instruction where it is no task."""
    whole = _JSON.fullmatch(said)
    try:
        task = json.loads(whole[1]) if whole else None
    except (ValueError, RecursionError):
        return None
    if not isinstance(task, dict) or not task.keys() <= {"instruction", "input", "output"}:
        return None
    instruction, given = task.get("instruction"), task.get("input") or ""
    if not isinstance(instruction, str) or not isinstance(given, str):
        return None
    plain = evolved(instruction)
    return (plain or "", without_no_input(trim(given)))


def _last_block(said: str) -> str:
    """The last whole pair of tags where a draft stands above the final task; else all of the text."""
    starts = [match.start() for match in _OPENED.finditer(said)]
    starts = [start for start in starts[:50] if _balanced(said[:start])]
    blocks = [said[start:stop] for start, stop in zip(starts, [*starts[1:], len(said)], strict=False)]
    whole = [block for block in blocks if _balanced(block) and len(_TAG.findall(block)) >= 4]
    return whole[-1] if len(blocks) > 1 and whole else said


def _balanced(text: str) -> bool:
    tags = [(slash, name.lower()) for slash, name in _TAG.findall(text)]
    return all(tags.count(("", name)) == tags.count(("/", name)) for name in ("instruction", "input"))


def _uncoded(text: str) -> str:
    """The text without the code between fences."""
    return "".join(text.split("```")[::2])


def _spoken(text: str) -> str:
    return "\n".join(read(text, "stop").lines).strip()


def _bared(said: str) -> str:
    """The text without one more header or pair of quotes around it."""
    return unheaded(_unquoted(_unfenced(said))).strip()


def _unfenced(said: str) -> str:
    """The text out of the fence, or the tag, that holds all of it; code stays in its fence."""
    for pattern, closing in ((_FENCED, "{}"), (_WRAPPED, "</{}>")):
        if (match := pattern.fullmatch(said)) and closing.format(match[1]) not in match[2]:
            return match[2].strip()
    return said


def _unquoted(said: str) -> str:
    for mark in _PAIRED:
        inside = said[len(mark) : -len(mark)]
        if said.startswith(mark) and said.endswith(mark) and inside.strip() and mark not in inside:
            return inside.strip()
    return said[1:-1].strip() if _embraced(said) else said


def _embraced(said: str) -> bool:
    """Whether the first and the last character are quotes of each other: not in `"A" and "B"`."""
    closing = _QUOTES.get(said[:1])
    inside = said[1:-1]
    if closing is None or len(said) < 3 or not said.endswith(closing) or not inside.strip():
        return False
    if closing == "'":
        inside = re.sub(r"(?<=\w)'(?=\w)", "", inside)
    if closing not in inside and said[0] not in inside:
        return True
    nested = re.search(rf"[\s(]{re.escape(said[0])}\S", inside)
    return nested is not None and nested.start() < inside.find(closing) and inside.count(closing) % 2 == 0


def _untagged(said: str) -> tuple[str, str] | None:
    """A reply without tags: all of it is the instruction, unless both fields are labelled as people write them."""
    whole = evolved(said)
    if whole is None or whole == said or _OUTPUT.search(whole):
        return None if whole is None else (whole, "")
    labels = [match for match in _LABELLED.finditer(whole) if whole[: match.start()].count("```") % 2 == 0]
    if len(labels) != 1 or not whole[: labels[0].start()].strip():
        return whole, ""
    return whole[: labels[0].start()].rstrip(), without_no_input(trim(whole[labels[0].end() :]))


def _input(given: re.Match[str] | None) -> str:
    if given is None:
        return ""
    inside = given[1] if given[1] is not None else given[2]
    return without_no_input(trim(inside))
