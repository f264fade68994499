"""Tasks that speak of something they do not hold: "the following code" with none, "the given words" without any.

What it looks like when the text is there after all: a colon, a quotation, a line of its own, figures, a sentence more.
How tasks point is in `pointing`; what stands in the place of a text without being one in `stubs`.
"""

import re
from dataclasses import dataclass

from ittgen.filters.looks import has_any, lowered
from ittgen.filters.noinput import denies_input
from ittgen.filters.pointing import Pointer, ends_before, pointers
from ittgen.filters.pointing_english import NOUN
from ittgen.filters.stubs import invented, lacks_second, stub
from ittgen.records import Example, Rejection

_LONGEST_TASK = 1_000
_HOLDS = re.compile(
    r"[:：]\s*\S|\n\s*\S|[\"“”«»„「」『』`\[\]{}<>=|*\d]|(?:^|\s)['‘]\w|_{2,}|…|\.\.\.|/|[—–]|[(（]|https?:"
)
_COUNTED = re.compile(
    r"\b(?:python|java|php|html|css|es|c\+\+|c#|\.net|fortran|perl|vue|angular)[ -]?\d{1,2}(?:\.\d+)*\b|\b(?:in|into"
    r"|to|of|under|than|within|exactly|about|around|over|most|least|maximum|using|with|by|only|auf"
    r"|unter|mit"
    r"|höchstens|maximal|en|de|dans|moins|plus|menos|más|em|com|di|met|w|do|v|na|i|på|в|до|из|на|с) \d{1,4}"
    r"(?:(?: ?[-–] ?| (?:to|or|and|bis|à|a|y|o|e|до|или) )\d{1,4})?[ -](?=[^\W\d_]{3})"
    r"|\d{1,4}(?: ?[-–~到至] ?\d{1,4})?(?= ?(?:个|個|字|句|词|段|点|點|条|行|文字|語|つ|자|개|문장|줄|가지|단어))",
    re.IGNORECASE,
)
"""A number of what is wanted, "in 3 steps": no artefact."""
_HOW = re.compile(
    r"\b(?:how (?:to|do|does|can|should)|wie (?:kann|man|\w+ man)|comment (?:on|peut|faire|\w+er)|cómo se"
    r"|cómo \w+r\b|como se"
    r"|como \w+r\b|come si|come \w+re\b|hoe (?:kan|\w+ (?:je|men))|jak \w+ć|jak się|как \w+ть|як \w+ти|hur man"
    r"|hvordan man"
    r"|jak \w+t\b|cum se|hogyan (?:kell|lehet)|πώς (?:να|μπορ)|nasıl \w+[ıiuü]r\b|làm (?:thế nào|sao)|cách"
    r"|bagaimana cara"
    r"|cara|jinsi)|如何|怎么|怎样|怎麼|方法|コツ|どのように|どうや|방법|어떻게|كيف|कैसे|چگونه|چطور|איך|อย่างไร|কীভাবে",
    re.IGNORECASE,
)
"""A question of how such a thing is done, with any text."""
_HOLDS_BLOCK = re.compile(r"[:：]\s*\S|\n\s*\S|```|[{}<>|]")
"""What a code or a table that is "below" must show at least."""
_BLOCK = re.compile(
    r"\b(?:code|table|text|passage|article|paragraph|data ?set|list|chart|graph)s? (?:below|above)\b", re.I
)
_GLOSS = re.compile(r"\((?:the |an? |i\.e\.,? )?[a-z]+(?: [a-z]+){0,2}\)|<[a-z_ ]{3,20}>")
"""A word or two of explanation, or the name of a mark: no artefact."""
_CHOICE = re.compile(
    r":\s*(?:[^\W\d_]+(?: [^\W\d_]+)?,\s*){0,5}[^\W\d_]+(?: [^\W\d_]+)?,?\s+"
    r"(?:or|oder|ou|o|или|або|lub|of|eller|veya|hoặc|atau|nebo|sau|vagy|ή"
    r"|tai)\s+"
    r"[^\W\d_]+(?: [^\W\d_]+)?[.?!]?(?=\s|\Z)"
)
"""The labels to choose from, "positive, negative or neutral": no text to be labelled."""
_READ_AND_ANSWER = re.compile(
    r"(\b(?:passage|text|article|paragraph|story|excerpt|document|review|texte|texto|testo|artikel"
    r"|abschnitt)\b[^:]{3,60}"
    r"\b(?:questions?|frage|pregunta|pergunta|domanda|vraag)) ?:\s*[^\n?]{3,150}\?",
    re.IGNORECASE,
)
"""A question about a text: it stands there, the text does not."""
_CAPITALS = re.compile(r"(?<=[a-z]) ([A-Z][a-z]*)(?= [a-z])")
_BEFORE_NAMES = frozenset("in into to from of by for about with using and or as on at like than between via".split())
_CODING = re.compile(
    r"\b(?:write|create|implement|develop|design|construct|build|code|generate|make|define|compose|produce|modify"
    r"|come up|given)\b[^.]{0,60}\b(?:function|program|script|class|algorithm|quer(?:y|ies)|method|regex"
    r"|regular expression|code|api|app|formula|command|loop|model|macro|procedure|snippet|page|tool|system|sql"
    r"|python|java"
    r"|form|interface|website|bot|template)\b",
    re.IGNORECASE,
)
_OF_CODE = re.compile(
    r"\b(?:code|snippet|function|program|script|query|class|html|css|sql)s?\b(?! (?:of|that))", re.IGNORECASE
)
_IS_CODE = re.compile(
    r"```|^\s*(?:def |function |class |import |from \w+ import|select |public |const |let |var |#include"
    r"|for \w+ in |while |if \(|"
    r"print\(|<\w+>|\w+ ?= ?[\[{(])|[;{]\s*$|\breturn \w|=>",
    re.IGNORECASE | re.MULTILINE,
)
_ABOUT_ITSELF = re.compile(
    r"\b(?:words?|letters?|characters?|vowels|language)\b[^.]{0,30}\bthis (?:sentence|question|text|statement)"
    r"|\bgoogle translate\b",
    re.IGNORECASE,
)
_NAMED_BEFORE = re.compile(
    r"\b(?:an?|any|each|some|your|another|every|one|two|three|several|chosen"
    r"|favou?rite) (?:[\w-]+ ){0,2}?(?:novel|story|stories|book|text|poem|work"
    r"|article|film|movie|play|essay|document|passage|paper|song|speech|paragraph|letter|e-?mail|report|tale"
    r"|piece|website|table|code)s?\b",
    re.IGNORECASE,
)
"""A text of anybody's choice, which "the text" after it means."""
_METHOD = re.compile(
    r"\b(?:you can|we can|one can|iterate|loop|algorithm|step \d|first,|to (?:do|solve|find|determine|check) th"
    r"|for (?:each|every)"
    r"|for example|e\.g\.|if the|by (?:comparing|using|checking|sorting|counting))\b",
    re.IGNORECASE,
)
"""An answer that tells how it is done, whatever is given."""
_MINE = re.compile(r"\bmy\b", re.IGNORECASE)
_SAID_TO_BE = re.compile(r"the (?:given|provided|attached|input|supplied)\b", re.IGNORECASE)
_ADVICE = re.compile(
    r"\W*(?:how (?:to|(?:do|does|can|would|should) (?:one|i|we|you(?! (?:feel|think|like|rate|translate)))\b)"
    r"|why|tips"
    r"|what (?:steps|makes|strateg)|steps|when)\b",
    re.IGNORECASE,
)
"""A question of how one does such a thing."""
_ASKED_BACK = re.compile(
    rf"\b(?:please|could you|can you|you (?:need|have) to) (?:please )?(?:provide|share|paste|send|include|supply"
    rf"|upload|specify)(?: me)?(?: with)? "
    rf"(?:the|a|an|your|some|more)(?: \w+){{0,2}}? ({NOUN})\b|\b(?:no|any|did not|didn(?:'|’)t|haven(?:'|’)t"
    rf"|have not|without) (?:\w+ ){{0,3}}?"
    rf"({NOUN})\b[^.\n]{{0,30}} (?:provided|given|included|supplied|attached)\b"
    rf"|\b(?:haven(?:'|’)t|have not|didn(?:'|’)t|did not) (?:provided?|shared?|included?|attached?|pasted?)(?:"
    rf" me)?(?: with)? (?:the|a|an|any|your) ({NOUN})\b",
    re.IGNORECASE,
)
_ASKED_SIGNS = tuple("provid shar paste send includ supply supplied upload specify attach".split())
_WRITES = re.compile(
    r"\b(?:write|draft|compose|e-?mail to|dialogue|reply|respond|customer|role|message|translate|rewrite)\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=[.?!])\s+|(?<=[。？！।؟])\s*")
_WIDE = frozenset({"zh", "ja"})
_SHORT = frozenset({"zh", "ja", "ko", "th"})
"""Languages that say more with fewer characters."""


@dataclass(frozen=True, slots=True)
class MissingArtefact:
    """A task that points at a text, a table or code that it does not hold: value is the words that point, or the stub.

    Where there is no input, and an answer has been given: a task without one may still get its input. "The following
    code", "based on the chart", "summarize the article", "fill in the blanks". Anything that may be the artefact makes
    it pass: a colon and words, a quotation, figures other than a number of what is wanted, a line or sentence of its
    own, a system prompt longer than `long_system` words, a text before "this". Also where the answer asks for it or
    brings a text of its own ("Sentence: The quick brown fox …"), where the input only says what should stand there
    ("(Lyrics to a song)", "An article about trees", "Text:"), or lacks the second thing that is spoken of ("the
    underlined words", "the provided set of words"). Alpaca's class of missing references
    (https://github.com/gururise/AlpacaDataCleaned). English and two dozen other languages; others pass.
    """

    long_system: int = 40

    def __call__(self, example: Example) -> Rejection | None:
        task = example.instruction
        if len(task) > _LONGEST_TASK or not example.output.strip():
            return None
        if example.system and len(example.system[:2000].split()) > self.long_system:
            return None
        if denies_input(example.input, task):
            found, why = _lacking(example) or stub("", example), "there is no input"
        else:
            found, why = stub(example.input, example) or lacks_second(example), "the input does not hold it"
        return Rejection(example, "missing-artefact", value=found[:120], note=why) if found else None


def _lacking(example: Example) -> str:
    """The words that point at what is not there, where there is no input."""
    task = example.instruction.strip()
    if found := ends_before(task):
        return found
    bare = _GLOSS.sub(" ", task) if "(" in task or "<" in task else task
    bare = _READ_AND_ANSWER.sub(r"\1.", _CHOICE.sub(".", bare)) if ":" in bare else bare
    places = list(pointers(bare))
    if places and (plain := _COUNTED.sub(" ", bare)) != bare:
        bare, places = plain, list(pointers(plain))
    pointing = next((one.text for one in places if _is_missing(bare, one, example.output)), "")
    return pointing or invented(example) or lacks_second(example) or _asked_back(example)


def _is_missing(task: str, one: Pointer, output: str) -> bool:
    """Nothing around the words that point may be what they point at, and it is no parameter of code."""
    before, after = task[: one.start], task[one.end :]
    if one.known and _HOW.search(task) and not _MINE.search(one.text):
        return False
    if _BLOCK.search(one.text):
        return not _HOLDS_BLOCK.search(after) and len(after) < 200 and not _content_before(before, one)
    if not _nothing_after(after, one) or _HOLDS.search(one.text):
        return False
    if one.ahead:
        return True
    if (
        before.strip() == ""
        and one.text[:6].lower() == "given "
        and (_CODING.search(task) or _METHOD.search(output[:600]))
    ):
        return False
    if _content_before(before, one) or _ABOUT_ITSELF.search(task) or _ADVICE.match(task):
        return False
    return bool(_OF_CODE.search(one.text)) or not (_CODING.search(before) or _IS_CODE.search(output))


def _content_before(before: str, one: Pointer) -> bool:
    """Enough text before to be what is pointed at, or the same noun: "write an e-mail; in this e-mail"."""
    noun = one.text.split()[-1].lower().rstrip("s")
    most = 30 if one.language in _SHORT else 90
    same = not _SAID_TO_BE.match(one.text) and (noun[-2:] if one.language in _SHORT else noun) in before.lower()
    spoken_of = one.known and _NAMED_BEFORE.search(before + one.text)
    return bool(_HOLDS.search(before) or spoken_of) or same or len(before.split()) > 14 or len(before) > most


def _nothing_after(after: str, one: Pointer) -> bool:
    """What follows is the rest of the order, with nothing in it that may be the artefact."""
    if _HOLDS.search(after):
        return False
    sentence, *rest = _SENTENCE_END.split(after.strip(), maxsplit=1)
    if rest and len(rest[0]) > 2 and not one.orders.match(rest[0]):
        return False
    head, *clauses = re.split(r"[,;，、；،]", sentence)
    if any(len(clause.strip()) > 2 and not one.orders.match(clause) for clause in clauses):
        return False
    if one.language in _WIDE and re.search(r"[^\x00-\x7f]\s+[^\x00-\x7f]", sentence):
        return False
    capitals = _CAPITALS.finditer(head) if one.language != "de" else ()
    names = (head[: found.start()].split()[-1:] for found in capitals)
    short = len(sentence.split()) <= 18 and len(sentence) <= (60 if one.language in _SHORT else 120)
    return short and all(word and word[0].lower() in _BEFORE_NAMES for word in names)


def _asked_back(example: Example) -> str:
    """The words by which a short answer asks for what the task should have held."""
    if len(example.output) > 500 or not has_any(lowered(example.output), _ASKED_SIGNS):
        return ""
    if _HOLDS.search(example.instruction) or _WRITES.search(example.instruction):
        return ""
    found = _ASKED_BACK.search(example.output)
    noun = next(filter(None, found.groups()), "").split()[-1].lower().rstrip("s") if found else ""
    return found[0] if found and noun in example.instruction.lower() else ""
