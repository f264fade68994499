"""How tasks point at a text that should be there: "the following code", "im untenstehenden Text", "根据给定的文章".

Knows the words of two dozen languages, English here and the others in `pointing.toml`, and how a sentence begins that
goes on with the order. Knows nothing of what is there: see `missing`.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ittgen.filters.languages import scripts
from ittgen.filters.looks import has_any, lowered, parts

_TABLE = Path(__file__).with_name("pointing.toml")

TEXTS = (
    r"(?:text|passage|paragraph|article|sentence|essay|poem|e-?mail|letter|review|document|excerpt|extract|quote"
    r"|tweet"
    r"|transcript|story|abstract|statement|headline|speech|lyrics|dialogue|conversation|report|blog post|post"
    r"|news(?: article| story)?|paper|chapter|contract|message|comment|table|chart|graph|diagram|data ?set"
    r"|code(?: snippet)?"
    r"|snippet|equation|expression|argument|survey|scene)s?"
)
"""What a task may ask to be read."""
NOUN = (
    r"(?:(?:code|program|text|programming|blog|news|data|java|python|sql|html|css|javascript|c\+\+|math|word|customer"
    r"|product|movie|book|research|short|list of|set of|block of|piece of|snippet of|bar|pie|line|two|three|four) )?"
    rf"(?:{TEXTS}|functions?|programs?|scripts?|query|queries|inequality|data|phrases?|images?|pictures?|photos?"
    r"|photographs?|videos?|audio|recordings?|maps?|screenshots?|list|words?|numbers?|options|choices|arrays?"
    r"|strings?|json"
    r"|figures?|drawings?|paintings?|clips?|attachments?|files?|summary|titles?|questions?|problems?|riddles?"
    r"|puzzles?"
    r"|scenarios?|situations?|recipes?|songs?|movies?|products?|restaurants?|books?|facts?|clues?|symptoms"
    r"|ingredients|adjectives|verbs|nouns|pairs?|tasks|items|events|characters|countries|series|sequence)"
)
_REST = (
    r"(?=\s*(?:[.?!,:;]|\Z|and |into |in |to |by |for |using |with |as |so |without |that |from |on |is |are "
    r"|(?:has|have|had|shows?|do|does|says?|means?|contains?)\b))"
)

_FOLLOWING = re.compile(
    r"\b(?:the|these|this) following(?! (?:day|week|month|year|morning|night|steps?|rules?|way|order|format|features?"
    r"|criteria|requirements?|structure|methods?|columns?|fields?|parameters?|properties|attributes|constraints?"
    r"|reasons?"
    r"|template|elements?|components?|functionalit\w+|style|case|sections?|season|century|decade|years|weeks"
    r"|days|months"
    r"|topics?|categor\w+|guidelines?|specifications?|conditions?|situation|scenario|information|pattern)\b)"
    r"(?: [^\W\d][\w'’+-]*){1,3}",
    re.IGNORECASE,
)
_GIVEN = re.compile(
    r"\bthe (?:given|provided|attached|enclosed|supplied|specified|aforementioned|above-mentioned|input)"
    r"(?! (?:that|time|moment|day|date|period|year|amount|opportunity|space|services?|options|interval|temperature"
    r"|template|format|instructions?|criteria|order|rules|conditions?|field|fields|parameters?|values?|size|length"
    r"|and|is|was|to|of|from|device|devices|method|layer|variables?|output|range|limit|budget|name|id|key|index"
    r"|path)\b)"
    rf"(?: (?:set|list|block|piece|pair|series|sequence|group|string|array|collection) of)?(?: {NOUN}\b"
    rf"|(?: [a-z][\w'’+-]*){{1,2}}?{_REST})",
    re.IGNORECASE,
)
_THIS = re.compile(
    rf"\b(?:this|these|those) {NOUN}\b(?! (?:of|about)\b| by (?-i:[A-Z]))|\bthe (?:above|below) {NOUN}\b|\bthe {NOUN}"
    rf" (?:below|above|given|provided|attached|shown|listed|presented)\b{_REST}|\bthe (?:previous|preceding)"
    rf" (?:one|sentence|question|paragraph|passage|answer|exercise|text|code|example){_REST}",
    re.IGNORECASE,
)
_BASED = re.compile(
    r"\b(?:based (?:up)?on|according to|drawing (?:up)?on|referring to|with reference to|as (?:shown|stated"
    r"|described|mentioned)"
    rf" in|using the information (?:in|from)|in|from) the {TEXTS}(?=\s*(?:[.?!,:;]|\Z|and |what |which |who "
    rf"|how |why |when ))",
    re.IGNORECASE,
)
_DEFINITE = re.compile(
    r"(?:please )?(?:find|identify|determine|count|calculate|analy[sz]e|classify|extract|summari[sz]e|translate"
    r"|rewrite"
    r"|rephrase|paraphrase|edit|proofread|correct|highlight|underline|convert|sort|read|evaluate|interpret"
    r"|outline|label"
    r"|tag|what's|who's|check|detect|infer|predict|verify|what (?:is|are|does)|who|which|is|does|state|explain"
    r"|describe|re-?word"
    r"|reorganize|reorder|rearrange|fix|debug|optimi[sz]e|refactor|critique|annotate|shorten|simplify|complete"
    r"|continue"
    rf"|improve|replace|remove|locate|pick|select|choose|reply|respond)\b[^.?!,;:]{{0,70}}? ?\b(?:the|my"
    rf"|our) (?:{TEXTS}|data)"
    r"(?=\s*(?:[.?!,]|\Z|and |into |in (?:one|two|three|a|an|your|simple|under|less|no|\d|at most|french|german"
    r"|spanish|passive|active"
    r"|present|past|future|bullet|order|alphabetical)\b|to (?:make|improve|be|the|a|an|include|use|fit|sound"
    r"|reflect)\b|using |by |so |as |"
    r"for (?:clarity|grammar|errors|spelling|tone|a)\b|with (?:a|an|the|your|correct|proper)\b|is |are |was ))",
    re.IGNORECASE,
)
"""An order or a question about a text that is spoken of as known: "Summarize the article."."""
_ENDING = re.compile(
    r"\W*(?:explain|describe|verify|check|tell me|determine|discuss|what is|state)(?: if| whether)? the"
    r" (?:ending|answer|plot|result|solution)\b(?: (?:is|was) (?:correct|right|wrong|true|false|valid))?\W*",
    re.IGNORECASE,
)
_BLANK = re.compile(
    r"\W*(?:(?:fill in|complete) the (?:blanks?|gaps?)|(?:choose|select|pick) the (?:correct|right|best"
    r"|appropriate|proper)"
    r" (?:option|answer|word|form|choice|alternative|verb|preposition|article|tense))\b",
    re.IGNORECASE,
)
"""An exercise that is spoken of: "Fill in the blank.", "Choose the correct form."."""
_TITLE = re.compile(
    r"\b(?:summari[sz]e|main (?:idea|point|argument|theme)s? of|key (?:points|ideas) (?:of|in|from)|tone of"
    r"|proofread|analy[sz]e)"
    r" (?:the|this) (?:news |blog |magazine |newspaper )?(?:article|post|passage|report|story)(?: titled| called"
    r"| entitled)?,?"
    r" [\"“'‘][^\"”’\n]{3,90}[\"”'’](?! by\b)(?=\s*(?:[.,]|\Z|in ))",
    re.IGNORECASE,
)
"""An article by its title alone."""
_NO_ORDER = re.compile(
    r"(?:(?:i|we) have|you(?:'re| are| were) (?:given|provided with)|there (?:is|are)|the input(?: to the \w+)? is"
    r"|(?:an?|the) \w+ (?:contains|has)) (?:some |an? |the |\d+ |two |three |several )?(?:[\w-]+ ){0,2}?(?:list"
    r"|array|set"
    r"|string|numbers?|data ?set|structured ?data|data|sentences?|text|paragraph|words?|elements|integers?"
    r"|matrix|table|file"
    r"|items)(?: (?:of|about|with) [\w ]{3,40})?\W*",
    re.IGNORECASE,
)
"""A task that only says that there is something: "I have a list of numbers."."""
_GIVEN_A = re.compile(
    rf"\W*given (?:an?|some|two|three|the|this|these|any) (?:[\w-]+ ){{0,2}}?{NOUN}\b(?: of (?:strings|words"
    rf"|numbers|integers|items"
    r"|names|sentences|data))?(?: and (?:an?|the|another|two) (?:[\w-]+ ){0,2}?\w+)?(?=,| (?:check|find|identify"
    r"|determine|classify"
    r"|write|sort|count))",
    re.IGNORECASE,
)
_TO_COME = re.compile(
    r"\A[^:：\n\"“`\d]*(?:\b(?:these|(?:the )?following|this) (?:[\w-]+ ){0,2}?\w+|\bas follows|\bbelow|\bfollowing"
    r"|如下|以下[^。，]{0,8}|下面[^。，]{0,8}|次の[^。]{0,8}|다음[^.]{0,8})\s*[:：]\s*\Z",
    re.IGNORECASE,
)
"""A task that ends where the thing was to follow."""
_QUOTES = ('"', "“", "'", "‘")
_GIVEN_SIGNS = (
    "given",
    "provided",
    "attached",
    "enclosed",
    "supplied",
    "specified",
    "aforem",
    "above",
    "input",
    "below",
)
_THIS_SIGNS = ("this ", "these ", "those ", "shown", "listed", "presented", "previous", "preceding")
_ENGLISH_SIGNS = _GIVEN_SIGNS + _THIS_SIGNS
_BASED_SIGNS = tuple(
    "based|according|drawing|refer|as shown|as stated|as described|as mentioned|in the |from the ".split("|")
)
_KNOWN_SIGNS = ("the ", "my ", "our ")
_TEXT_SIGNS = tuple(
    "text passage paragraph article sentence essay poem mail letter review document excerpt extract quote"
    " tweet transcript story abstract statement headline speech lyrics dialogue conversation report post"
    " news paper chapter contract message comment table chart graph diagram data code snippet equation"
    " expression argument survey scene ending answer plot result solution blank gap option word form choice"
    " alternative verb preposition tense".split()
)
"""First looks: a task without any of these need not be searched for the patterns above."""
_ENGLISH = frozenset("and with for this these what which following given provided how are your from that".split())

ORDERS = re.compile(
    r"\W*(?:please|make|include|use|explain|give|provide|write|keep|do|don(?:'|’)t|be|your|the (?:answer|output"
    r"|summary|result|response|new|final|rewritten|translation|goal|list|sentence|text|story|code|words|following)"
    r"|identify|list|describe|return|ensure|also|then|and|in|highlight|focus"
    r"|limit|state|tell|name|output|find|it|answer|summari[sz]e|add|remove|what|how|why|who|which|assume|determine"
    r"|classify|correct|translate|rewrite|try|if|you|should|indicate|select|choose|or|so|without|while|discuss"
    r"|analy[sz]e"
    r"|suggest|compare|replace|fill|check|consider|support|present|organi[sz]e|justify|outline|mention|avoid"
    r"|only|each"
    r"|where|when|is|are|does|can|could|would|note|for|to|as|by|with|using|this|these|that|all|no|not|i|we|they"
    r"|create"
    r"|generate|show|point|mark|label|put|sort|convert|change|turn|read|evaluate|predict|their|its|at|on|both"
    r"|including"
    r"|calculate|compute|solve|estimate|detect|extract|edit|edited|proofread|conduct|perform|combine)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Pointer:
    """A place where a task points: the words, where they begin and end, and how an order goes on in its language."""

    text: str
    start: int
    end: int
    orders: re.Pattern[str]
    language: str = "en"
    ahead: bool = False
    """It says that the text follows: what stands before is not it."""
    known: bool = False
    """It says no more than "the text", which may be one that was spoken of."""


def pointers(task: str) -> Iterator[Pointer]:
    """Every place at which a task points at something that should be there, the plainest first."""
    plain = lowered(task)
    english = "the" in parts(task) or len(_ENGLISH.intersection(parts(task))) > 1
    if english or task.isascii():
        yield from _english(task, plain)
    if english and task.isascii():
        return
    written = {"Latin"} if task.isascii() else scripts(task)
    for name, has in _signs():
        if _WRITTEN.get(name, "Latin") in written and has_any(plain, has):
            points, known, orders = _patterns(name)
            for pattern, is_known in ((points, False), (known, True)):
                for found in pattern.finditer(plain):
                    yield Pointer(found[0].strip(), found.start(), found.end(), orders, name, known=is_known)


def _english(task: str, plain: str) -> Iterator[Pointer]:
    if "following" in plain:
        for found in _FOLLOWING.finditer(task):
            yield Pointer(found[0].strip(), found.start(), found.end(), ORDERS, ahead=True)
    if has_any(plain, _ENGLISH_SIGNS):
        for pattern in (_GIVEN, _THIS):
            for found in pattern.finditer(task):
                yield _pointer(found)
    if "given" in plain and (given := _GIVEN_A.match(task)):
        yield _pointer(given)
    if has_any(plain, _BASED_SIGNS):
        for found in _BASED.finditer(task):
            yield _pointer(found, known=True)
    if has_any(plain, _KNOWN_SIGNS) and has_any(plain, _TEXT_SIGNS):
        known = _DEFINITE.match(task) or _ENDING.fullmatch(task) or _BLANK.match(task)
        if known:
            yield _pointer(known, known=True)


def _pointer(found: re.Match[str], known: bool = False) -> Pointer:
    return Pointer(found[0].strip(), found.start(), found.end(), ORDERS, known=known)


def ends_before(task: str) -> str:
    """The words after which something was to come: at the end, an article by its title, a list and no order."""
    found = _TO_COME.search(task) if task[-1:] in (":", "：") else None
    if not found and has_any(task, _QUOTES) and has_any(task, ("article", "post", "passage", "report", "story")):
        found = _TITLE.search(task)
    if not found and len(task) < 120:
        found = _NO_ORDER.fullmatch(task)
    return found[0] if found else ""


_WRITTEN = {
    **dict.fromkeys(("ru", "uk"), "Cyrillic"),
    **dict.fromkeys(("ar", "fa"), "Arabic"),
    "el": "Greek",
    "zh": "Han",
    "ja": "Kana",
    "ko": "Hangul",
    "hi": "Devanagari",
    "th": "Thai",
    "bn": "Bengali",
    "he": "Hebrew",
}
"""The scripts of the languages that are not written in Latin letters."""


@cache
def _table() -> dict[str, dict[str, Any]]:
    return tomllib.loads(_TABLE.read_text(encoding="utf-8"))


@cache
def _signs() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The first look of every language by its name."""
    return tuple((name, tuple(own["has"])) for name, own in _table().items())


@cache
def _patterns(name: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What points, what speaks of a text as known, and how orders begin, of one language; compiled when needed."""
    own = _table()[name]
    end = "" if name in ("zh", "ja", "ko", "th") else r"\b"
    places = {"<noun>": own["noun"], "<texts>": own["texts"], "<end>": rf"\W*\Z|\s*[.?!,;]|\s+(?:{own['orders']}){end}"}
    points, known = (re.compile("|".join(_filled(line, places) for line in own[key])) for key in ("points", "known"))
    return points, known, re.compile(rf"\W*(?:{own['orders']}){end}", re.IGNORECASE)


def _filled(pattern: str, places: Mapping[str, str]) -> str:
    for place, text in places.items():
        pattern = pattern.replace(place, text)
    return pattern
