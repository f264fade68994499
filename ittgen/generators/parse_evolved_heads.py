"""What models write around an evolved task: headers and talk in front, an echo above.

Judges text by its words alone. Every rule asks for words about prompts and rewriting, because tasks too open with
"Here is a list:". English, with a few headers of other languages. Nothing here raises.
"""

import re

FLAGS = re.IGNORECASE | re.VERBOSE | re.MULTILINE
PROMPT = r"(?:prompt|instruction|task|question|problem|query|request)s?"
"""What models call the text they were given."""
GREETING = r"""(?:sure(?:[ ]thing)?|certainly|of[ ]course|absolutely|okay|ok|alright|all[ ]right|great|got[ ]it
    |understood|no[ ]problem|(?:thank[ ]you|thanks)[^\n.!]{0,40})"""
MADE = r"(?:re-?written|evolved|created|revised|modified|updated|reworked|rephrased|mutated)"

NOUN = rf"(?:{PROMPT}|versions?|challenges?)"
"""What models call the text they wrote."""
_ADJECTIVE = rf"""(?:{MADE}|newly|new|brand[- ]new|final(?:ly)?|improved|enhanced|expanded|extended|deepened|refined
    |adapted|augmented|transformed|generated|resulting|concreti[sz]ed|complicated|complex|harder|tougher|challenging|difficult
    |advanced|specific|detailed|in-?depth|in-?breadth|(?:slightly|much|a[ ]bit)(?=[ ](?:more|harder|tougher))
    |more(?:[ ]\w+)?(?:,?[ ]and(?:[ ]more)?[ ]\w+)?)"""
_MARKUP = r"[ \t>\#*_\"'“”`\[\]<()]*"
_ASIDE = r"(?:[ \t]*\([^()\n]{0,80}\))?"
_COLON = r"(?:[ ]is)?[ ]?[*_\#\"'”`\])>]*[ \t]*(?:[:：]|-{1,2}[ \t]|[–—][ \t])[*_\#]*"
_CLOSED = r"(?:[ ]?[*_\#\])>]+[:：]?|[ \t]*$)"
"""How a header ends that has no colon: with its markup, or with its line."""

_LABEL = re.compile(
    rf"""(?:{GREETING}[!.,][ ])? {_MARKUP} (?:(?:the|your)[ ])?
    (?: (?:(?:{_ADJECTIVE}[, _-]+){{1,4}}{NOUN}|{MADE}) (?:[ ]\#?\d{{1,2}})? {_ASIDE} (?:{_COLON}|{_CLOSED})
      | (?:prompt|instructions?|task
            |prompt[ ]\#?\d{{1,2}}(?![\s\S]*\bprompt[ ]\#?\d)) {_ASIDE} [*_\#"'”\])>]*[ \t]*[:：][*_\#]*
    )[ \t]*""",
    FLAGS,
)
_MARKED_LABEL = re.compile(
    rf"""[ \t]*(?:\#{{1,6}}|\*\*|__|\[) {_MARKUP} (?:the[ ])? {NOUN} [ \t]*
    (?:[*_\#\]]*[:：][*_\#]*|[*_\#\]]+|$)[ \t]*""",
    FLAGS,
)
_FOREIGN = re.compile(
    r"""[ \t\#*_【\[]*(?:
        (?:改写|重写|修改|进化|改进|新)[后過过]?的?(?:提示词?|指令|问题|任务|版本|题目)
      | (?:neue|umgeschriebene|überarbeitete)\w*[ ](?:aufgabe|anweisung|version|fassung|prompt)
      | (?:nueva|nuevo)[ ](?:tarea|instrucción|versión|prompt) | (?:instrucción|tarea|prompt)[ ]reescrit[ao]
      | nouvelle[ ](?:tâche|instruction|version|consigne) | (?:instruction|consigne|prompt)[ ]réécrite?
    )[*_\#】\]]*[ \t]*[:：][*_\#]*[ \t]*""",
    FLAGS,
)
_GIVEN = re.compile(
    rf"{_MARKUP}(?:the[ ])?(?:given|original|provided)[ ]{PROMPT}(?:[*_\#\]]*[ \t]*[:：][*_\#]*|[*_\#\]]+|$)[ \t]*",
    FLAGS,
)
_GREETED = re.compile(
    rf"""\W*{GREETING}[!,.:—–-]*\s+
        (?:here(?:['’]s|[ ]is|[ ]are|[ ]you[ ]go)|below[ ]is|this[ ]is|the[ ]following[ ]is
          |i(?:['’](?:ve|ll|d|m)|[ ]have|[ ]will|[ ]can|[ ]would)|let[ ]me|let['’]s)\b
        [^\n:]{{0,200}}(?:[:：][*_]*\s*|[.!]?[ \t]*\n\s*)
      | \W*{GREETING}[ \t]*[!.]*[ \t]*\n\s*""",
    FLAGS,
)
_OPENER = re.compile(
    rf"""\W*(?:as[ ](?:you[ ])?(?:requested|asked),?[ ]
        |(?:the|this|your)[ ]\#?(?:given|original|provided)[ ]{PROMPT}\b[^\n:]{{0,400}}?[.!…]\s+)?(?:
        here[ ]you[ ]go |
        (?:here(?:['’]s|[ ]is|[ ]are)|below[ ]is|this[ ]is|the[ ]following[ ]is)[ ](?:
            [^\n:.]{{0,60}}?\b{_ADJECTIVE}\b[^\n:.]{{0,40}}?\b(?:prompt|instruction|task)\b[^\n:]{{0,120}}
          | [^\n:.]{{0,60}}?\b(?:{MADE}|new|harder|more[ ]\w+)\b[^\n:.]{{0,40}}?\b{PROMPT}\b[^\n:]{{0,120}}
          | [^\n:.]{{0,60}}?\b{_ADJECTIVE}[ ]version\b
            (?:[ ](?:of[ ](?:the|your|this)[ ](?:\w+[ ])?{PROMPT}|that|with|which)\b[^\n:]{{0,120}})?
          | [^\n:.]{{0,40}}?\b(?:re-?written|rewrit(?:e|ing)|evolved)\b[^\n:]{{0,120}}
          | (?:the|your)[ ](?:prompt|instruction|task))
      | (?:an?|one|the)[ ][^\n:.]{{0,60}}?\b{_ADJECTIVE}\b[^\n:.]{{0,30}}?\b{NOUN}[ ](?:could|might|would|can)[ ]be
      | to[ ](?:make|rewrite|increase|deepen|evolve)\b[^\n:]{{0,60}}\b(?:the|this|your)[ ](?:\w+[ ])?
        (?:prompt|instruction)\b[^\n:]{{0,80}}
      | i(?:['’]ve|[ ]have)?[ ](?:re-?written|rewrote|evolved|revised|modified|reworked|adapted|expanded|enhanced)\b
        [^\n:]{{0,80}}\b(?:the|your|this)[ ](?:given[ ]|original[ ])?{PROMPT}\b[^\n:]{{0,120}}
    )(?:[:：][*_"]*\s*|[.!]?[ \t]*\n\s*)""",
    FLAGS,
)
_ANNOUNCED = re.compile(
    rf"""^[ \t\#*_\["“]*(?:step[ ]\d{{1,2}}[ \t:.)\#*_–—-]*)?
    (?:the[ ])?(?:final(?:ly)?[ ])?(?:re-?written|evolved|created)[ ](?:prompt|instruction|task)
    (?:[*_\#\]"”]*[ \t]*[:：][*_\#]*|{_CLOSED}(?!\d))[ \t]*""",
    FLAGS,
)


def unheaded(text: str) -> str:
    """The text without one header or line of talk in front: "#Rewritten Prompt#:", "Sure, here is …:"."""
    for pattern in (_GREETED, _OPENER, _FOREIGN, _MARKED_LABEL, _LABEL, _GIVEN):
        if match := pattern.match(text):
            return _unmarked(_unpaired(text, match))
    return text


def _unmarked(rest: str) -> str:
    """What stands below a header without the quote marks, where every line has one."""
    lines = rest.split("\n")
    quoted = all(line.startswith(">") for line in lines)
    return "\n".join(line[1:].removeprefix(" ") for line in lines) if quoted else rest


def _unpaired(text: str, match: re.Match[str]) -> str:
    """What follows the header; bold type or quotes that began before it and end after it are taken off too."""
    rest = text[match.end() :].strip()
    for opening, closing in (("**", "**"), ("__", "__"), ('"', '"'), ("“", "”")):
        if match[0].count(opening) % 2 and rest.endswith(closing) and rest.count(closing) == 1:
            rest = rest.removesuffix(closing).rstrip()
    return rest


def announced(text: str) -> str:
    """What stands below the header of the evolved task, where an echo of the old one or a plan stands above it."""
    for match in _ANNOUNCED.finditer(text):
        below = text[match.end() :].strip()
        if below and text[: match.start()].count("```") % 2 == 0:
            return _unmarked(_unpaired(text, match))
    return text
