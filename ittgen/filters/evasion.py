"""Answers that evade the task: refusals, questions back, talk about being a model.

Sentences are told apart by `fillers`: an answer is a refusal when none of its sentences answers, or when it begins by
refusing and has little to say after that. What the task itself says, asks to refuse or asks about is no evasion.
Phrases in two dozen languages; other languages pass. It does not judge whether a refusal was right: a set that is to
teach refusing leaves the rule out.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ittgen.filters.fillers import (
    LONGEST,
    beginning,
    is_english,
    may_refuse,
    plain,
    purpose,
    purposes,
    refuses,
    says_model,
    sentences,
)
from ittgen.filters.looks import has_any
from ittgen.filters.phrases import (
    ABOUT_ME,
    ABOUT_MODELS,
    ASKS_TO_ASK,
    ASKS_TO_REFUSE,
    CHATS,
    ITS_OWN,
    MODEL,
    MODELS,
    REFUSED,
    SAYS_AGAIN,
    UNSAID,
)
from ittgen.filters.speech import quoted, wants_speech
from ittgen.records import Example, Rejection

_START = 400
"""So many characters of an answer are searched for a claim; one that comes later is part of a longer text."""
_EXPLAINS = 60
"""Words beside a refusal that may explain it; an answer that has more to say has helped all the same."""
_READ = 1500

_PARTS = re.compile(r",? but |[,，、,]")
_UNSOLVED = re.compile(
    r"\b(?:cannot|can't|unable to|not possible to) (?:determin|identif|comput|calculat|find|solv)\w*"
)
"""What may be the answer to a problem that has none."""
_CREATIVE = re.compile(
    r"\b(?:poems?|verses?|lines|stanza|haiku|limerick|rhyme|lyrics|songs?|story|stories|novel|gedicht|vers|poème"
    r"|poema|poesia|стих\w*)\b|诗|詩|俳句|歌"
    r"|시를|قصيدة|कविता",
    re.IGNORECASE,
)
"""Tasks whose answer may be anybody's "I cannot"; not one that begins by saying sorry."""
_VERSE = 16
"""Words of the shortest verse that stands on one line."""
_OWN = re.compile(
    r"(?:so |but |and |however,? |therefore,? )?(?:i|we) (?:won't|will not|can't|cannot|am (?:unable|not able) to)\b"
)
"""A refusal in the first person, which needs no other words to be one of the task itself."""
_QUOTES = tuple('"“”«»„「」『』')
_REFUSES = frozenset({"cannot", "model"})
_EVADES = frozenset({"asks", "refers", "sorry", "shrugs"})


@dataclass(frozen=True, slots=True)
class Refusal:
    """A refusal or a question back in place of an answer, or an answer that talks of itself as a model.

    Value is the sentence or phrase found. Noise by the account of every distilled set
    (https://github.com/gururise/AlpacaDataCleaned). Passes where the task asks to refuse, to apologise or to ask, has a
    refusal translated, opens a talk or is about models; where the answer says that a given text does not tell; a scene
    or a letter may hold a refusal, but not of the task itself. Knows English best; German, French, Spanish, Italian,
    Portuguese, Dutch, Polish, Russian, Ukrainian, Turkish, Vietnamese, Indonesian, Chinese, Japanese, Korean, Arabic,
    Hindi, Thai well; some more by their commonest phrases.
    """

    def __call__(self, example: Example) -> Rejection | None:
        task = f"{example.instruction}\n{example.input[:2000]}"
        phrase = _refused(example) or _as_model(example.output, task)
        if not phrase or phrase in plain(task):
            return None
        return Rejection(example, "refusal", value=phrase[:120])


def _refused(example: Example) -> str:
    """The sentence that refuses the task or evades it, where nothing else answers it."""
    if not example.output or len(example.output) > _READ:
        return ""
    kinds = purposes(example.output) if len(example.output) <= LONGEST else frozenset()
    if kinds & _REFUSES or not kinds:
        found = _refusing(example.output)
        return "" if not found or _may_refuse(example, found) else found
    if kinds & _EVADES:
        return "" if _may_evade(example, kinds) else sentences(example.output)[0]
    return ""


def _refusing(text: str) -> str:
    """The sentence that refuses: with an apology there may be words to explain it, else hardly any beside it."""
    english = is_english(text)
    for place, sentence in enumerate(beginning(text, 3) if may_refuse(text) else ()):
        if not refuses(sentence, english) or has_any(sentence, _QUOTES):
            continue
        said = sentences(text)
        beside = sum(_length(other) for other in said if not purpose(other))
        most = _EXPLAINS if _is_sorry(said[: place + 1]) else _EXPLAINS / 3
        own = place == 0 or ITS_OWN.search(sentence) or _OWN.match(sentence) or not beside
        return sentence if beside <= most and own else ""
    return ""


def _is_sorry(said: Sequence[str]) -> bool:
    return any(purpose(part) == "sorry" for sentence in said for part in (sentence, *_PARTS.split(sentence)[:1]))


def _length(sentence: str) -> float:
    """Words; of scripts that set none apart, two characters count as one."""
    return max(len(sentence.split()), 0 if sentence.isascii() else sum(c >= "\u0e00" for c in sentence) / 2)


def _may_refuse(example: Example, sentence: str) -> bool:
    task, given = example.instruction, f"{example.instruction}\n{example.input[:2000]}"
    if ASKS_TO_REFUSE.search(task) or ASKS_TO_REFUSE.search(example.system) or _is_quoted(example.output):
        return True
    if ABOUT_MODELS.search(given) and (purpose(sentence) == "model" or not ITS_OWN.search(sentence)):
        return True
    if _letters(sentence) in _letters(given) or ABOUT_ME.search(task):
        return True
    if example.input and _UNSOLVED.search(sentence) and len(_content(sentence) & _content(task)) > 1:
        return True
    if says_model(sentence) and not ABOUT_MODELS.search(given):
        return False
    if UNSAID.search(example.output) or (
        SAYS_AGAIN.search(task) and (REFUSED.search(given) or _is_said_again(example))
    ):
        return True
    made = _is_made(example) and not says_model(sentence) and not _is_sorry(sentences(example.output)[:1])
    return bool(made or wants_speech(task)) and not (ITS_OWN.search(sentence) and ":" not in example.output[:60])


def _is_made(example: Example) -> bool:
    """A verse or a story was wanted, and the answer is long enough to be one."""
    long = "\n" in example.output.strip() or _length(example.output) >= _VERSE
    return long and _CREATIVE.search(example.instruction) is not None


def _may_evade(example: Example, kinds: frozenset[str]) -> bool:
    task = example.instruction
    asked_for = ASKS_TO_REFUSE.search(task) or ASKS_TO_ASK.search(task) or CHATS.match(task)
    said = f"{task.partition(':')[2]}\n{example.input[:600]}"
    again = SAYS_AGAIN.search(task) and (any(map(purpose, sentences(said))) or _is_said_again(example))
    if (
        asked_for
        or again
        or wants_speech(task)
        or example.system
        or "later" in example.meta
        or _is_quoted(example.output)
    ):
        return True
    return (len(task.split()) < 3 and task.isascii()) or (kinds == {"shrugs"} and len(example.output) > 100)


def _is_said_again(example: Example) -> bool:
    """Half the words of the answer are those of the text that was to be said again."""
    given = f"{example.instruction.partition(':')[2]} {example.input[:600]}".lower()
    words = set(re.findall(r"\w+", example.output.lower()))
    return 2 * len(words.intersection(re.findall(r"\w+", given))) >= len(words)


def _content(text: str) -> set[str]:
    return {word for word in re.findall(r"[^\W\d_]{4,}", text.lower())}


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.lower()))


def _is_quoted(text: str) -> bool:
    return text.lstrip()[:1] in tuple("\"“„«「『‘'")


def _as_model(output: str, task: str) -> str:
    """The phrase by which the answer talks of itself as a model."""
    if not has_any(output, MODELS[not output.isascii()]):
        return ""
    found = MODEL.search(output)
    if not found or quoted(output, found.start()) or ABOUT_MODELS.search(task):
        return ""
    if found.start() > _START and wants_speech(task):
        return ""
    return found[0]
