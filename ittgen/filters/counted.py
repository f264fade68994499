"""Counts that a text asks for or announces, in words of many languages, and how many there are. Knows no examples."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from ittgen.filters.looks import first_of, has_any, lowered

_NUMBER_WORDS = (
    "one two three four five six seven eight nine ten",
    "ein zwei drei vier fünf sechs sieben acht neun zehn",
    "un deux trois quatre cinq six sept huit neuf dix",
    "uno dos tres cuatro cinco seis siete ocho nueve diez",
    "um dois três quatro cinco seis sete oito nove dez",
    "uno due tre quattro cinque sei sette otto nove dieci",
    "один два три четыре пять шесть семь восемь девять десять",
    "одну две трёх четырёх пяти шести семи восьми девяти десяти",
    "一 两 三 四 五 六 七 八 九 十",
    "एक दो तीन चार पाँच छह सात आठ नौ दस",
    "واحد اثنين ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة",
)
NUMBERS: Mapping[str, int] = {
    word: number for row in _NUMBER_WORDS for number, word in enumerate(row.split(), 1) if number > 1
} | {"二": 2, "twelve": 12, "fifteen": 15, "twenty": 20, "duas": 2, "трех": 3, "четырех": 4}
_N = rf"(\d{{1,2}}|{'|'.join(sorted(NUMBERS, key=len, reverse=True))})"


class Count(NamedTuple):
    """How many things there have to be: `Count(5, 5)`, `Count(3, 99)` for at least three."""

    least: int
    most: int


MANY = 10**9

_LEAST = r"at least|mindestens|wenigstens|au moins|al menos|por lo menos|pelo menos|almeno|не менее|至少"
_MOST = r"up to|at most|no more than|höchstens|bis zu|au plus|jusqu'à|hasta|até|fino a|до|не более|最多"
_VERBS = (
    "list|name|give|provide|suggest|generate|create|come up with|mention|identify|state|write|propose|offer|share|"
    "nenne|nennen sie|liste|gib|schreibe|cite|citez|donne|donnez|nomme|nommez|énumère|propose|nombra|enumera|menciona|"
    "da|dame|escribe|sugiere|liste|cite|dê|escreva|elenca|nomina|cita|scrivi|suggerisci|назови|назовите|перечисли|"
    "перечислите|приведи|приведите|напиши|列出|列举|说出|写出|给出|举出|举例|请列出|请列举"
)
_ASKED = re.compile(
    rf"^\W*(?:please |kindly |bitte |por favor,? |пожалуйста,? )?(?:{_VERBS})\s*(?:me |us |mir |-moi |moi |mich )?"
    rf"(?:(?P<exact>exactly|the|genau|exactement|exactamente|ровно)\s+)?"
    rf"(?:(?P<least>{_LEAST})\s*)?(?:(?P<most>{_MOST})\s*)?(?P<n>{_N[1:-1]})\s*(?P<noun>[^\W\d_]+)",
    re.IGNORECASE,
)
_NOT_ITEMS = re.compile(
    r"words?|characters?|letters?|digits?|sentences?|paragraphs?|lines?|pages?|stanzas?|verses?|minutes?|hours?|days?|"
    r"weeks?|months?|years?|times?|percent|dollars?|euros?|kg|km|degrees?|w[öo]rter|sätze|zeilen|absätze|mots|phrases?|"
    r"lignes|paragraphes|palabras|frases|líneas|párrafos|palavras|linhas|parole|righe|слов\w*|предложени\w*|строк\w*|"
    r"or|to|bis|à|a|ou|oder|и|или|and|und|et|e|y|more|plus|other|point|star|step|part|act|字|句|段|行|天|年|次",
    re.IGNORECASE,
)
_ANOTHER = re.compile(
    rf"\b(?:each|every|per|both|respectively|jeweils|jede\w*|chacun\w*|chaque|cada|ciascun\w*|кажд\w*)\b|每|各"
    rf"|\b(?:and|und|et|y|e|и|then|plus)\s+(?:(?:the|name|list|give|another)\s+)?{_N}\b",
    re.IGNORECASE,
)
_BY_LINE = re.compile(
    r"one (?:on|per|a) (?:each )?line|each on its own line|(?:eine?[rsn]?) (?:pro|je) Zeile|"
    r"une? par ligne|un[oa] por línea|"
    r""
    r"uma? por linha|un[oa] per riga|по одно\w+ (?:в|на) строк\w+|每行一[种個个句]?|1行に1つ",
    re.IGNORECASE,
)
_HERE = re.compile(
    rf"(?:here are|here's|the following|there are|these are|hier sind|voici(?: les)?|aquí tienes|aquí están|estos son|"
    rf"aqui estão|ecco(?: le| i)?|вот|以下是|以下の|这是)\s*(?:the |my |some |los |las |as |os )?{_N}(?!\d)"
    rf"(?![\d.,]|\s*(?:-|–|to|or|out of)\s*\d)\s*\w[^\n.:：]{{0,100}}[:：]\s*$",
    re.IGNORECASE | re.MULTILINE,
)
_ITEM = re.compile(r"^(?:\*\*)?(\d{1,3})(?:[.)]\s+|[．、]\s*)\S", re.MULTILINE)
_BULLET = re.compile(r"^([-*•–])\s+\S")


def asked(task: str) -> Count | None:
    """How many items a task asks for, or None where it asks for none or for several kinds of them.

    >>> asked("List five fruits."), asked("Give at least 3 reasons.").least
    (Count(least=5, most=5), 3)
    """
    task, by_line = _BY_LINE.subn("", task)
    found = _ASKED.match(task)
    if not found or (_NOT_ITEMS.fullmatch(found["noun"]) and not by_line) or _ANOTHER.search(task, found.end("n")):
        return None
    number = _number(found["n"])
    if number < 2:
        return None
    return Count(0 if found["most"] else number, MANY if found["least"] else number)


def announced(text: str) -> tuple[int, int] | None:
    """(number announced, where the list begins) of the one "Here are five tips:" in a text."""
    found = list(_HERE.finditer(text)) if ":\n" in text or "：\n" in text or ": \n" in text else []
    return (_number(found[0][1]), found[0].end()) if len(found) == 1 else None


def items(text: str) -> int:
    """How many items the one list in a text has, 0 where there is none or it is not plainly one list.

    Numbered from 1 without a gap, or nothing but bullets of one kind at one depth.
    """
    numbers = [int(n) for n in _ITEM.findall(text)]
    if len(numbers) > 1:
        return len(numbers) if numbers == list(range(1, len(numbers) + 1)) else 0
    lines = [line for line in text.splitlines() if line.strip()]
    marks = {m[1] if (m := _BULLET.match(line)) else "" for line in lines}
    return len(lines) if len(lines) > 1 and len(marks) == 1 and "" not in marks else 0


def lines_asked(task: str, text: str) -> int:
    """How many lines a text has where the task wants one item a line, else 0."""
    return len([line for line in text.splitlines() if line.strip()]) if _BY_LINE.search(task) else 0


def pieces(text: str) -> int:
    """The most items a short line can hold: what commas, semicolons and "and" divide; 0 for sentences."""
    line = text.strip().rstrip(".。")
    if not line or "\n" in line or len(line) > 200 or re.search(r"[.:!?。：]", line):
        return 0
    parts = re.split(
        r"\s*(?:[,;，、；،/|&+•]|\b(?:and|or|und|sowie|oder|et|ou|y|e|o|и|или|with|then)\b|\s[-–—]\s|和|以及|と)\s*",
        line,
    )
    short = all(len(part.split()) < 4 and len(part) < 30 for part in parts)
    return len([part for part in parts if part]) if short else 0


def _number(word: str) -> int:
    return int(word) if word.isdigit() else NUMBERS.get(word.lower(), 0)


# Limits of length

_UNIT = r"(?P<unit>words?|w[öo]rter[n]?|worten?|mots|palabras|palavras|parole|слов(?:а|ами)?|characters?|字符?|文字)"
_LIMITS = (
    (
        "most",
        rf"(?:at most|no more than|not more than|maximum of|max\.?|up to|under|below|less than|fewer than|within|"
        rf"höchstens|maximal|nicht mehr als|maximum|au plus|moins de|pas plus de|máximo(?: de)?|menos de|no más de|"
        rf"como máximo|no máximo|não mais que|até|massimo|al massimo|meno di|не более|максимум|不超过|最多)\s*"
        rf"(?P<n>\d+) ?{_UNIT}",
    ),
    ("most", rf"(?P<n>\d+) ?{_UNIT} ?(?:or less|or fewer|at most|max(?:imum)?\b|au plus|como máximo|或更少|以内|以下)"),
    (
        "least",
        rf"(?:at least|no fewer than|no less than|minimum of|more than|over|mindestens|wenigstens|au moins|al menos|"
        rf"por lo menos|mínimo(?: de)?|pelo menos|no mínimo|almeno|не менее|至少)\s*(?P<n>\d+) ?{_UNIT}",
    ),
    ("least", rf"(?P<n>\d+) ?{_UNIT} ?(?:or more|以上)"),
    (
        "exactly",
        rf"(?:exactly|genau|exactement|exactamente|exatamente|esattamente|ровно)\s+(?P<n>\d+|{_N[1:-1]}) {_UNIT}",
    ),
)
_UNIT_SIGNS = first_of("word wort wört mots palabra palavra parole слов charact 字".split())
_LIMIT = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _LIMITS)
_EAST = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


class Limit(NamedTuple):
    """A limit of length as a task states it."""

    kind: str
    """most, least or exactly"""
    number: int
    unit: str


def limit_of(task: str) -> Limit | None:
    """The one limit of length that a task sets, or None where there is none or more than one."""
    likely = has_any(lowered(task), _UNIT_SIGNS[not task.isascii()])
    found = [(kind, m) for kind, pattern in _LIMIT for m in pattern.finditer(task)] if likely else []
    if len({m.start("n") for _, m in found}) != 1:
        return None
    kind, match = found[0]
    return Limit(kind, _number(match["n"]), match["unit"].lower())


def breaks(limit: Limit, text: str) -> int | None:
    """The length of a text that breaks a limit in every way of counting, else None: one in ten more is no break."""
    count = _length(limit.unit, text)
    slack = max(1, round(limit.number * 0.15)) if limit.number > 5 else 0
    over = limit.kind in ("most", "exactly") and count > limit.number + slack
    under = limit.kind in ("least", "exactly") and count < limit.number - slack
    return count if over or under else None


def _length(unit: str, text: str) -> int:
    if unit[0] in "字文":
        return len(_EAST.findall(text))
    if unit.startswith("char"):
        return len(text.strip())
    return len([word for word in text.split() if any(map(str.isalnum, word))])
