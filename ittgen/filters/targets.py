"""The language that a task asks for by name, "translate into Spanish", and whether an answer is in it.

Knows the names of a dozen languages in English, and that of English in a dozen. Knows nothing of tasks that name none.
"""

import re
from functools import cache

from ittgen.filters.languages import main_script, scripts
from ittgen.filters.looks import has_any, lowered
from ittgen.filters.tongues import hits, language, spoken

_VERBS = (
    r"(?:translat\w+|write|rewrite|say|answer|respond|reply|render|convert|put|express|übersetz\w*|schreib\w*"
    r"|antworte\w*"
    r"|tradui\w*|écri\w*|répond\w*|traduc\w*|tradu[cz]\w*|escrib\w*|escrev\w*|respond\w*|scriv\w*|перевед\w*|напиш\w*"
    r"|ответь\w*|перекла\w*|sentence|quote|satz|zitat|sprichwort|phrase|citation|frase|oración|cita|предложени\w+)"
)
_TARGETS = {
    "English": r"(?:in|into|to|auf|ins|en|em|para o|para|in|al|på|til) (?:englische?n?|english|anglais|inglés"
    "|inglês|inglese|engelska?)"
    r"|на англ\w+|англійською",
    "German": r"(?:in|into|to) german",
    "French": r"(?:in|into|to) french",
    "Spanish": r"(?:in|into|to) spanish",
    "Italian": r"(?:in|into|to) italian",
    "Portuguese": r"(?:in|into|to) portuguese",
    "Dutch": r"(?:in|into|to) dutch",
    "Han": r"(?:in|into|to) (?:simplified |traditional |mandarin )?chinese",
    "Kana": r"(?:in|into|to) japanese",
    "Hangul": r"(?:in|into|to) korean",
    "Cyrillic": r"(?:in|into|to) (?:russian|ukrainian|bulgarian)",
    "Arabic": r"(?:in|into|to) (?:arabic|persian|farsi|urdu)",
    "Devanagari": r"(?:in|into|to) hindi",
    "Greek": r"(?:in|into|to) greek",
    "Hebrew": r"(?:in|into|to) hebrew",
    "Thai": r"(?:in|into|to) thai",
}
_LATIN = frozenset("English German French Spanish Italian Portuguese Dutch".split())
_ENGLISH_ELSEWHERE = re.compile(
    r"(?:翻译|翻譯|译|译成|翻成)(?:成|为|為|至|到)?(?:一句)?英[语文]|英[语文](?:句子|短句|例句|文章|邮件|翻译)"
    r"|用英[语文](?:写|回答|表达)"
    r"|英語(?:で書|に訳|に翻訳)|영어로 (?:번역|작성|써|답)"
)
_ROMANISED = re.compile(
    r"romaji|pinyin|romani[sz]|translitera|pronunc|latin (?:letters|script|alphabet)|phonetic", re.IGNORECASE
)
_SIGNS = tuple(
    "engl angl ingl англ англій german french spanish italian portug dutch chinese japan korean russian ukrain "
    "bulgar arabic persian farsi urdu hindi greek hebrew thai 英 영어".split()
)
_LEAST = 8
"""Letters of an answer that show a script."""


def may_name_one(task: str) -> bool:
    """A quick look: whether the task has the name of a language in it."""
    return has_any(lowered(task), _SIGNS)


def strays_from_target(answer: str, task: str) -> tuple[str, str] | None:
    """The answer's script or language and the one asked for, where the task asks for one alone and this is another.

    >>> strays_from_target("The cat sleeps on the sofa and it is happy.", "Translate into Russian: a sentence on cats.")
    ('Latin', 'Cyrillic')
    """
    target = _target(task)
    if not target or _ROMANISED.search(task):
        return None
    found = scripts(answer)
    if sum(found.values()) < _LEAST:
        return None
    if target not in _LATIN:
        there = found.get(target, 0) + (found.get("Han", 0) if target == "Kana" else 0)
        return None if there else (main_script(found), target)
    if not found.get("Latin"):
        return main_script(found), target
    said = spoken(answer)
    written = language(said, 5) if main_script(found) == "Latin" else ""
    return (written, target) if written and written != target and not hits(said).get(target) else None


def _target(task: str) -> str:
    """The one language that the task wants its answer in; nothing where it names several or none."""
    plain = lowered(task)
    if not task.isascii() and _ENGLISH_ELSEWHERE.search(task):
        return "English"
    named = [name for name, pattern in _patterns().items() if pattern.search(plain)]
    return named[0] if len(named) == 1 else ""


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(rf"\b{_VERBS}\b[^.?!\n]{{0,80}}?\b(?:{names})\b") for name, names in _TARGETS.items()}
