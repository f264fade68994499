"""Announcements of an answer that does not come: "Sure, here is the poem:"; and tasks to which one is the answer."""

import re
from dataclasses import dataclass

from ittgen.filters.fillers import beginning, is_english, plain, purpose, purposes, sentences
from ittgen.filters.looks import has_any
from ittgen.filters.speech import wants_speech
from ittgen.records import Example, Rejection

LONGEST = 600
"""Characters; no announcement is longer."""

_KINDS = frozenset({"agrees", "promises", "announces", "closes"})
_AHEAD = frozenset({"promises", "announces"})
_BEGINS = _KINDS - {"closes"}
_NOTHING = re.compile(r"\s*(?:```\w*|-+|\*+|[•1.…]+)?\s*")
"""A line where an answer was to stand: a fence with nothing in it, a rule, the first mark of a list."""

_HEADING = re.compile(r"\s*(?:\*\*[^*\n]{1,60}(?:\*\*:?)?|#{1,6} [^\n]{1,60})\s*")
"""The first heading of an answer that stops there."""
_SETS_OUT = re.compile(
    r"(?:(?<!\w)(?:(?:let(?:'|’)s|let us) (?:dive|get (?:started|into)|begin|start|jump|explore|go)\b[^.!?\n]{0,40}"
    r"|legen wir los|fangen wir an|los geht(?:'|’)s|c'est parti|commençons|vamos allá|empecemos|comencemos|vamos lá"
    r"|comecemos|iniziamo|cominciamo|laten we beginnen|aan de slag|zaczynajmy|do dzieła|начн[её]м|приступим|почнемо"
    r"|başlayalım|låt oss börja)|让我们开始吧?|我们开始吧|始めましょう|見ていきましょう|시작해 ?볼까요|시작하겠습니다)"
    r"[.!。！？?]*\Z",
    re.IGNORECASE,
)
"""The end of a text that was to go on."""
_SETS_OUT_SIGNS = (
    "let",
    "los geht",
    "legen wir",
    "fangen wir",
    "parti",
    "commen",
    "vamos",
    "ecemos",
    "inizi",
    "cominci",
    "begin",
    "slag",
    "zaczyn",
    "dzie",
)
_END = 80
_WILL = re.compile(
    r"\b(?:i|we)(?:'|’)?(?: wi)?ll\b|\bi(?:(?:'|’)d| would) (?:be|love)\b|\bi(?:(?:'|’)m| am) (?:happy|glad|here)\b"
    r"|\bin this (?:answer|response|article|guide|post|text)\b|\b(?:ich werde|je vais"
    r"|voy a"
    r"|vou|zal|zamierzam|я расскажу|рассмотрим)\b|我会|我将|接下来",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"introduc|opening|speech|podcast|video|script|blog|lesson|presentation|welcome|rede|einleitung|discours|discurso"
    r"|вступлени|开场|引言|紹介",
    re.IGNORECASE,
)
"""Tasks whose answer may end with that."""
_INTRODUCES = re.compile(
    r"\b(?:introduc\w*|lead-?in|header|heading|greeting|salutation|caption|opening|punctuat\w*|dialogue|quote"
    r"|template|letter begins"
    r"|(?:a|the|one) (?:sentence|phrase)|einen satz|frase que)\b|例句|造句",
    re.IGNORECASE,
)
"""Tasks whose answer may be the announcement of something."""
_AGAIN = re.compile(
    r"\b(?:transl\w*|paraphras\w*|rewrite|reword|rephras\w*|correct\w*|complete|formal\w*|übersetz\w*|traduc\w*"
    r"|tradui\w*|traduz\w*"
    r"|convert\w*|change|turn|style|tone|informal|перевед\w*|tłumacz\w*|vertaal\w*|çevir\w*)\b|翻译|改写|转换|风格"
    r"|翻訳|訳|번역|ترجم|अनुवाद|แปล",
    re.IGNORECASE,
)
"""Tasks that have a text said again, which may be an announcement itself."""
_FEW = 4
_ONE_WORD = re.compile(
    r"transl|spell|unscrambl|anagram|synonym|antonym|opposite|rhym|greet|\bhello\b|\bwords?\b|\bletters?\b|\bsay\b"
    r"|übersetz|gegenteil|begrüß|grüß|\bwort|tradu|contrari|salu|\bmots?\b|palabra|parola|palavra|перев|перекла|синоним"
    r"|антоним|приветств|слов[оа]\b|tłumacz|przeciwie|vertaal|tegengest|\bwoord|çevir|dịch|terjemah|översätt|oversæt"
    r"|přelož|fordít|käännä|μετ[αά]φρ|翻|译|譯|訳|反义|近义|打招呼|挨拶|词|単語|번역|인사|단어|ترجم|अनुवाद|แปล|תרגם",
    re.IGNORECASE,
)
"""Tasks that a greeting or a word of assent may answer."""
_ABOUT_HELP = re.compile(r"\b(?:what|how) can you (?:do|help)|\bwho are you|introduce yourself", re.IGNORECASE)
_ITSELF = re.compile(
    r"\b(?:let me|i(?:'|’)ll|i will|i can) (?:write|draft|create|prepare|compose|generate|put together|make) "
    r"(?:that|this|it|one)\b",
    re.IGNORECASE,
)
"""A promise of the text itself, which no such text is."""
_SHORT = 80
"""Letters of a given text that may be an announcement itself."""
_WISH = re.compile(
    r"(?:\A|[.!?,:] )\W*(?:can|could|will|would|may|do|does|are|is|shall|have|has|should|am) (?:you|i|we|it|he|she"
    r"|they|there|this|that|the|my)\b"
    r"(?! (?:please )?(?:write|explain|give|list|tell|describe|create|make|translate|summari[sz]e|provide|suggest"
    r"|show|generate"
    r"|name|recommend))|(?:\A|[.!?,:] )(?:let's|shall we|please (?:confirm|agree|wait|stop))|yes or no|agree",
)
"""Questions and proposals, in lower case, that a mere "sure" answers."""
_MARKS = " .!,;:。！，"
_WORD = re.compile(r"\w+")
_TALK = re.compile(
    r"\A\W*(?:hi|hello|hey|thanks|thank you|ok(?:ay)?|i (?:need|want|have|am|was)\b|can you help|help me|let's"
    r"|what(?:'s| is) up|how are you|how's it going|hallo|hola|bonjour|привет"
    r"|你好|您好|こんにちは|안녕)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Preamble:
    """An output that announces an answer and stops: "Sure, here is the poem:"; value is its length in characters.

    Every sentence agrees, promises or closes, in two dozen languages (`fillers`); or the first one does, and the text
    ends with a colon, an empty fence or a line. Passes where that can be the answer: a reply, a sentence, a heading, a
    yes to a question, a translation of one. Limit is the longest text that is looked at.
    """

    def __call__(self, example: Example) -> Rejection | None:
        text = example.output.strip(" \t\r\n*\"'")
        if not 0 < len(text) <= LONGEST or not only_announces(text, example.instruction, example.input[:2000]):
            return None
        note = "announces an answer and gives none"
        return Rejection(example, "preamble", value=len(text), limit=LONGEST, note=note)


def only_announces(text: str, task: str, given: str = "") -> bool:
    """The text announces an answer and gives none, and to this task it is no answer itself.

    >>> only_announces("Sure, here is the poem:", "Write a poem.")
    True
    """
    bare = _without_nothing(text)
    end = bare[-_END:]
    if (not end.isascii() or has_any(end.lower(), _SETS_OUT_SIGNS)) and _SETS_OUT.search(end) and _WILL.search(bare):
        return not (_OPENS.search(task) or wants_speech(task))
    if not bare or len(bare) > LONGEST or not _announces(bare):
        return False
    if _AGAIN.search(task) and (_is_short(given) or any(map(purpose, sentences(_last_part(task))))):
        return False
    if _ABOUT_HELP.search(task):
        return False
    if purposes(bare) <= {"agrees"} and (0 < len(given.split()) < _FEW or _ONE_WORD.search(task)):
        return False
    if bare.endswith((":", "：")) or "announces" in purposes(bare):
        return not _INTRODUCES.search(task)
    if _ITSELF.search(bare):
        return True
    return not (wants_speech(task) or _TALK.match(task) or _agreed(bare, task))


def _is_short(given: str) -> bool:
    return len(given) < _SHORT and len(given.split()) > 3


def _last_part(task: str) -> str:
    """What stands behind the colon of "Translate: Aquí tienes la lista:"."""
    return task.partition(":")[2] or task


def _without_nothing(text: str) -> str:
    """The text as far as something is said."""
    lines = [line for line in text[: 2 * LONGEST].splitlines() if line.strip()]
    while lines and (_NOTHING.fullmatch(lines[-1]) or (_HEADING.fullmatch(lines[-1]) and _leads(lines[:-1]))):
        lines.pop()
    return "\n".join(lines).strip(" \t\n*\"'")


def _leads(lines: list[str]) -> bool:
    return bool(lines) and lines[-1].rstrip().endswith((":", "："))


def _announces(text: str) -> bool:
    """Every sentence does; or the first and the last one do and more than half of all; or the first one agrees, and the
    text ends with a colon before it has begun."""
    kinds = purposes(text)
    if kinds:
        return kinds <= _KINDS and bool(kinds & _BEGINS)
    english = is_english(text)
    begins = any(purpose(first, english) in _BEGINS for first in beginning(text, 1))
    if not begins and ("\n" in text or not text.endswith((":", "："))):
        return False
    told = [purpose(sentence, english) for sentence in sentences(text)]
    if not begins:
        return 0 < len(told) < _FEW and told[-1] == "announces"
    if told[-1] in _AHEAD and 2 * sum(map(bool, told)) > len(told) and "\n" not in text:
        return True
    begun = text.count("\n") > 2 or not text.endswith((":", "："))
    return not begun


def _agreed(text: str, task: str) -> bool:
    """A yes to a question, or to a proposal, or one of the words that the task has for its answer."""
    if plain(text).strip(_MARKS) in _WORD.findall(plain(task)):
        return True
    question = _WISH.search(plain(task)) if task.isascii() else any(mark in task for mark in "?？؟")
    return purposes(text) <= {"agrees"} and bool(question)
