"""What models say around the work: preambles, refusals, sign-offs, and the many ways to say that there is no input.

Judges text by its words alone; where a piece begins and ends is somebody else's business. No function raises.
"""

import re

_TASKS = r"(?:tasks?|instructions?|prompts?|examples?|instances?|labels?)"
_COUNT = (
    r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|seventeen|more|new|additional|further|some|next|remaining)"
)
_COLON = r"[:：]\s*\**\s*$"
_OPENER = re.compile(
    rf"""\W*(?:
        (?:sure|certainly|of\ course|absolutely|okay|ok|great|got\ it|understood|alright|no\ problem)\b
            (?:[!.,:—-]|\s*$|\ here|\ thing)
      | (?:here(?:['’]s|\ are|\ is|\ you\ go)|below\ (?:are|is)|these\ are|(?:the\ )?following\ (?:are|is))\b
            (?:[^\n]*{_COLON}|[^\n]*\b(?:{_COUNT}|continu\w+|your|the)\b[^\n]*\b{_TASKS}\b)
      | (?:{_COUNT}|the)\b[^\n]{{0,60}}\b(?:{_TASKS}|list)\b[^\n]{{0,60}}{_COLON}
      | (?:{_TASKS}|continu(?:ed|ing|ation))\b[^\n]{{0,80}}{_COLON}
      | (?:i(?:['’](?:ve|ll|d|m)|\ have|\ will|\ can|\ would|\ am)|let['’]s|let\ me)\b
            [^\n]*\b(?:{_TASKS}|the\ list|happy\ to)\b
    ) | \s*\#{{1,6}}\s[^\n]*\b{_TASKS}\b | \s*\*\*[^*\n]*\b{_TASKS}\b[^*\n]*\*\*:?\s*$""",
    re.IGNORECASE | re.VERBOSE,
)
_REFUSAL = re.compile(
    r"""\W*(?:
        (?:i(?:['’]m|\ am)|we(?:['’]re|\ are))\ (?:\w+\ )?(?:sorry|unable|afraid|not\ able)
      | i\ (?:can(?:['’]t|\ ?not)|won['’]t|will\ not|could\ not|do\ not\ feel|must\ decline|apologi[sz]e)
      | sorry\s*[,.!] | sorry\ but | (?:my\ )?apologies | unfortunately,?\ i\b | as\ an?\ (?:ai|language\ model)\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_REFUSES = re.compile(
    r"""\b(?:can(?:['’]t|\s?not) | (?:am|are|['’]m|['’]re)\s+(?:unable|not\s+able)\s+to | won['’]t | will\s+not)
        (?:\s+be\s+able\s+to)? \s+ (?:\w+\s+)?
        (?:help|assist|comply|fulfil\w*|provide|answer|respond|do\s+(?:that|this)|continue\s+with|discuss|engage|support)\b
      | \bmust\s+(?:decline|refuse)\b | \bi\s+refuse\b""",
    re.IGNORECASE | re.VERBOSE,
)
_SIGN_OFF = (
    r"(?:please\s+)?(?:let\s+me\s+know|tell\s+me|feel\s+free|(?:i\s+)?hope\s+(?:this|these|that|you|it)"
    r"|would\s+you\s+like|do\s+you\s+(?:want|need)|if\s+you(?:['’]d|\s+would)?\s+(?:like|want|need|have)"
    r"|i\s+can\s+(?:also\s+)?(?:provide|write|generate|create|add)|happy\s+to|is\s+there\s+anything|note\s*:|note\s+that)"
)
_MORE = r"more\s*(?:[.!?]|$)|more\s+of\s+(?:these|them)"
_SUMMARY = (
    r"(?:these|the\s+above|all\s+(?:of\s+)?(?:these|the))\s+(?:\w+\s+){0,3}"
    r"(?:tasks|instructions|prompts|examples|instances|inputs)\s+"
    r"(?:are|cover|span|should|aim|vary|include|offer|provide|range|were|have|can|represent|show|illustrate"
    r"|demonstrate|test|help)\b"
)
_CHATTER = re.compile(
    rf"\W*(?:{_SIGN_OFF}(?=.*\b(?:{_TASKS}\b|variations?\b|{_MORE}))|{_SUMMARY})", re.IGNORECASE | re.DOTALL
)
_CHATTER_LINE = re.compile(rf"\W*{_SIGN_OFF}(?=.*\b{_TASKS}\b)", re.IGNORECASE)
_LOOSE_CHATTER = re.compile(
    rf"\W*(?:{_SIGN_OFF}|{_SUMMARY}|enjoy\s*!|good\s+luck|that(?:['’]s|\s+is|\s+completes|\s+concludes|\s+makes)\s"
    r"|this\s+(?:completes|concludes)|each\s+(?:of\s+these\s+|of\s+the\s+)?(?:tasks?|instructions?)\s|end\s+of\s+list"
    r"|lass\s+mich\s+wissen|ich\s+hoffe|n['’]hésitez\s+pas|j['’]espère|espero\s+que|av[ií]same|希望这些|如果您需要|如果你需要)",
    re.IGNORECASE,
)
_MOST_CHATTER_WORDS = 60

_NO_INPUT = re.compile(
    r"""[\\<\[({"'“‘`*_]*(?:&lt;)?\s*(?:
        no[\s_-]*(?:(?:additional|further|specific|extra)\s+)?inputs?(?:\s+(?:is\s+|was\s+)?
            (?:required|needed|necessary|provided|given|available|applicable))?
      | none(?:\s+(?:is\s+)?(?:required|needed|necessary|provided|given))?
      | n\s*/\s*a | n\.\s?a\.? | not\s+applicable | (?:inputs?\s+(?:is\s+)?)?not\s+(?:required|needed|necessary)
      | keine\s+eingabe | sin\s+entrada | aucune\s+entrée | 无输入 | 无需输入
    )(?:\s*\([^()]*\))?\s*[.!。]?\s*/?(?:&gt;)?[\\>\])}"'”’`*_]*[.!]?""",
    re.IGNORECASE | re.VERBOSE,
)
_EMPTY_WORD = re.compile(r"(?:[<\[(]\s*(?:null|nil|empty|blank)\s*[>\])]|<?NA>?|[-–—]{1,3})")


def is_opener(line: str) -> bool:
    """Whether a line is talk before the work: "Sure! Here are 7 more tasks:"."""
    return bool(_OPENER.match(line))


def unopened(text: str) -> str:
    """The text without the talk before the work."""
    lines = text.split("\n")
    while lines and (not lines[0].strip() or is_opener(lines[0])):
        lines.pop(0)
    return "\n".join(lines)


def is_refusal(text: str) -> bool:
    """Whether a text without any structure begins as refusals do."""
    return bool(_REFUSAL.match(text))


def refuses(text: str) -> bool:
    """Whether an answer is a refusal: it begins as one and soon says that it will not help.

    >>> refuses("I'm sorry, but I can't help with that."), refuses("I can't come on Monday. Could we meet on Tuesday?")
    (True, False)
    """
    return is_refusal(text) and bool(_REFUSES.search(" ".join(text.split()[:40])))


def is_chatter(paragraph: str) -> bool:
    """Whether a last paragraph talks about the work: "Let me know if you want more examples!"."""
    return _short(paragraph) and bool(_CHATTER.match(paragraph))


def may_be_chatter(paragraph: str) -> bool:
    """Whether it sounds like talk about the work, or else like the end of a letter: "Feel free to write."."""
    return _short(paragraph) and bool(_LOOSE_CHATTER.match(paragraph) or _CHATTER.match(paragraph))


def is_chatter_line(line: str) -> bool:
    """Whether a last line that no blank line sets apart is surely talk about the work."""
    return _short(line) and bool(_CHATTER_LINE.match(line))


def _short(text: str) -> bool:
    return len(text.split()) <= _MOST_CHATTER_WORDS


def without_no_input(text: str) -> str:
    """The input, or nothing where all it says is that there is none: `<noinput>`, "None", "N/A", "-".

    >>> without_no_input("<No Input>"), without_no_input("None of them came.")
    ('', 'None of them came.')
    """
    said = text.strip()
    return "" if _NO_INPUT.fullmatch(said) or _EMPTY_WORD.fullmatch(said) else text
