"""How many things a task wants, and how long an answer, in words of many languages. Counts nothing itself.

asked("List five fruits.")              Count(5, 5)
length_of("A four-line poem, please.")  Length("lines", "exactly", 4)
"""

import re
from typing import NamedTuple

from ittgen.filters.looks import first_of, has_any, lowered
from ittgen.filters.numerals import NUMBER, SIGNS, UNITS, number

MANY = 10**9


class Count(NamedTuple):
    """How many things there have to be: `Count(5, 5)`, `Count(3, MANY)` for at least three."""

    least: int
    most: int


_LEAST = (
    r"at least|no fewer than|no less than|a minimum of|minimum(?: of)?|more than|over|mindestens|wenigstens|au moins"
    r"|al menos|por lo menos|mínimo(?: de)?|pelo menos"
    r"|no mínimo|almeno|minstens|ten minste|co najmniej|alespoň|minst|mindst|не менее|не менше|en az|ít nhất|minimal"
    r"|setidaknya|至少|少なくとも|최소|على الأقل|कम से कम"
)
_MOST = (
    r"at most|no more than|not more than|a maximum of|maximum(?: of)?|max\.?|up to|under|below|less than|fewer than"
    r"|within|höchstens|maximal|bis zu|nicht mehr als|au plus|moins de|pas plus de"
    r"|jusqu'à|máximo(?: de)?|menos de|no más de|como máximo|hasta|no máximo|não mais que|até|al massimo|massimo"
    r"|meno di|fino a|hooguit|maximaal|najwyżej|maksymalnie|nejvýše|högst|højst"
    r"|не более|максимум|не більше|en fazla|tối đa|paling banyak|maksimal|不超过|最多|最大|이내"
)
_EXACTLY = (
    r"exactly|precisely|just|only|genau|exakt|exactement|exactamente|exatamente|esattamente|precies|dokładnie|přesně"
    r"|exakt|præcis|ровно|рівно|tam olarak|đúng|tepat|正好|恰好|ちょうど|정확히|بالضبط"
)

# Things

_VERBS = (
    r"list|name|give|provide|suggest|generate|create|come up with|come up|mention|identify|state|write|propose|offer"
    r"|share|think of|recommend|brainstorm|enumerate|make|produce|tell|describe"
    r"|nenne|nennen sie|liste|gib|geben sie|schreibe|schreib|zähle|finde|schlage|cite|citez|donne|donnez|nomme|nommez"
    r"|énumère|propose|proposez|écris|trouve|nombra|enumera|menciona"
    r"|da|dame|escribe|sugiere|lista|cita|dê|escreva|liste|sugira|elenca|nomina|scrivi|suggerisci|dammi|dimmi|noem"
    r"|geef|schrijf|bedenk|som|wymień|podaj|napisz|zaproponuj|wypisz"
    r"|назови|назовите|перечисли|перечислите|приведи|приведите|напиши|предложи|придумай|дай|перелічи|наведи"
    r"|запропонуй|uveď|jmenuj|vyjmenuj|navrhni|nævn|skriv|nämn|ge|lista|nevn|enumeră"
    r"|dă|scrie|numește|menționează|sorolj fel|írj|adj|nevezz meg|ανάφερε|γράψε|δώσε|πες|απαρίθμησε|kể(?: tên)?"
    r"|liệt kê|nêu|viết|cho|đưa ra|gợi ý|sebutkan|tuliskan|tulis|berikan|daftar"
    r"|taja|andika|orodhesha|nimeä|luettele|kirjoita|اكتب|اذكر|عدد|أعط|أعطني|اقترح|قدم|כתוב|ציין|מנה|תן"
)
_ASKED = re.compile(
    rf"\A\W*(?:please |kindly |can you |could you |bitte |por favor,? "
    rf"|пожалуйста,? )?(?:{_VERBS})(?![\w])(?:\s+(?!the\b|these\b|those\b|\d)[^\W\d]+){{0,4}}?\s+"
    rf"(?:(?P<exact>{_EXACTLY})\s+)?(?:(?P<least>{_LEAST})\s*)?(?:(?P<most>{_MOST})\s*)?(?P<n>{NUMBER})\s+(?P<noun>[^\W\d_]+)",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"(?:列出|列举|举出|举例|写出|说出|给出|提出|推荐|介绍|提供|想出|寫出|列舉)(?!的)[^。，,]{0,14}?(?P<n1>\d{1,2}"
    r"|[二两兩三四五六七八九十])\s?[个種种条項项点點位本首部款道件门座只家名样]"
    r"|(?P<n2>\d{1,2}|[二三四五六七八九十])\s?(?:つ|個|点|種類|人|冊|箇所|項目)(?!ほど)(?:を|、|の)?[^。]{0,24}(?:挙げ"
    r"|書い|教え|列挙|提案|紹介|リスト|述べ|考え)"
    r"|(?P<n3>\d{1,2}|두|세|네|다섯|여섯|일곱|여덟|아홉|열)\s?(?:가지|개|명|권|곳)[^.]{0,24}(?:말해|적어|나열"
    r"|알려|써|쓰|추천|제안|들어|제시|작성|소개)"
    r"|(?P<n4>\d{1,2}|दो|तीन|चार|पाँच|पांच|छह|सात|आठ|नौ|दस)\s[^।]{2,40}(?:बताइए|बताएं|बताएँ|लिखिए|लिखें|दीजिए"
    r"|सूची|सुझा)"
    r"|(?P<n5>\d{1,2}|iki|üç|dört|beş|altı|yedi|sekiz|dokuz)\s[^.]{2,40}\b(?:söyle|yaz|listele|öner|sırala|ver"
    r"|say)\w*"
    r"|(?P<n6>\d{1,2}|สอง|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า|สิบ)\s?(?:ข้อ|อย่าง|ชนิด|ประการ)",
    re.IGNORECASE,
)
"""Languages in which the number and the verb stand in another order, or without blanks."""
_NOT_ITEMS = re.compile(
    r"characters?|letters?|digits?|sentences?|paragraphs?|lines?|pages?|stanzas?|verses?|minutes?|hours?|days?"
    r"|seconds?|w[öo]rter|sätzen?|zeilen|absätze"
    r"|weeks?|months?|years?|times?|percent|dollars?|euros?|kg|km|degrees?|columns?|rows?|mots|phrases?|lignes"
    r"|paragraphes|palabras|frases|líneas|párrafos|palavras|linhas|parole|righe"
    r"|woorden|zinnen|regels|słów|zdań|zdania|ord|meningar|sætninger|kelime\w*|từ|câu|kata|kalimat|كلمات|جمل|слов\w*"
    r"|предложени\w*|строк\w*|слів|речен\w+"
    r"|or|to|bis|à|a|ou|oder|и|или|and|und|et|e|y|more|plus|other|point|star|step|part|act|course|person|people|字|句"
    r"|段|行|天|年|次",
    re.IGNORECASE,
)
_ANOTHER = re.compile(
    rf"\b(?:each|every|per (?:person|item|day|week|line|category|team|group|section|side|topic)|both|respectively"
    rf"|jeweils|jede\w*|chacun\w*|chaque|cada|ciascun\w*|ogni|кажд\w*|elke?"
    rf"|każd\w+|varje|hver)\b|每|各|それぞれ|각각"
    rf"|\b(?:and|und|et|y|e|и|i|en|och|og|ve|và|dan|then|plus|with|mit|avec|con|com|met)\s+(?:(?:the|name|list|give"
    rf"|another)\s+)?{NUMBER}",
    re.IGNORECASE,
)
_LISTS = re.compile(
    r"\W*(?:please )?(?:list|name|give|generate|create|provide|brainstorm|suggest|come up|think of)\b", re.IGNORECASE
)
_BY_LINE = re.compile(
    r"one (?:on|per|a) (?:each )?line|each on its own line|(?:eine?[rsn]?) (?:pro|je) Zeile|une? par ligne"
    r"|un[oa] por línea"
    r"|uma? por linha|un[oa] per riga|по одно\w+ (?:в|на) строк\w+|每行一[种個个句]?|1行に1つ",
    re.IGNORECASE,
)
_ONE = re.compile(
    r"\A\W*(?:please )?(?:name|mention|give me|tell me|identify) (?:a|an|one) (?!few|couple|number|list|set|group"
    r"|series|pair|range|lot|variety|bunch|list)[\w' -]{2,60}[.?!]?\Z",
    re.IGNORECASE,
)


def asked(task: str) -> Count | None:
    """How many items a task asks for, or None where it asks for none or for several kinds of them.

    >>> asked("List five fruits."), asked("Give at least 3 reasons.").least
    (Count(least=5, most=5), 3)
    """
    task, by_line = _BY_LINE.subn("", task[:600])
    if _ONE.match(task):
        return Count(1, 1)
    found = _ASKED.match(task)
    if found and _are_things(found, task, by_line):
        if _ANOTHER.search(task, found.end("n")):
            return None
        wanted = number(found["n"])
        return Count(0 if found["most"] else wanted, MANY if found["least"] else wanted) if wanted > 1 else None
    return _beside(task) if not found else None


def _are_things(found: re.Match[str], task: str, by_line: int) -> bool:
    """Whether the noun names things; words are things where they are to be listed, and a length where they are not."""
    noun = found["noun"].lower()
    return bool(by_line) or not (_NOT_ITEMS.fullmatch(noun) or (noun == "words" and not _LISTS.match(task)))


def _beside(task: str) -> Count | None:
    if task.isascii() or not (found := _BESIDE.search(task)) or _ANOTHER.search(task) or len(_BESIDE.findall(task)) > 1:
        return None
    wanted = number(next(filter(None, found.groups())))
    before = task[: found.end()]
    bounded = re.search(rf"{_LEAST}|{_MOST}", before, re.IGNORECASE)
    return Count(wanted, wanted) if wanted > 1 and not bounded else None


def wants_a_line_each(task: str) -> bool:
    return bool(_BY_LINE.search(task))


_HERE = re.compile(
    rf"(?:here are|here's|the following|there are|these are|hier sind|voici(?: les)?|aquí tienes|aquí están|estos son"
    rf"|aqui estão|ecco(?: le| i)?|hier zijn|iată|oto|här är|her er|zde je"
    rf"|вот|ось|işte|đây là|dưới đây là|berikut(?: ini)?(?: adalah)?|inilah|إليك|यहाँ|यहां)\s*(?:the |my |some |los "
    rf"|las |as |os |de |die )?(?P<n>{NUMBER})"
    rf"(?!\s*(?:-|–|to|or|out of|bis|à|ou)\s*\d)(?![-–])\s*\w[^\n.:：]{{0,100}}[:：]\s*$"
    rf"|(?:以下是|以下の|以下は|这是|这里有|下面是|다음은)[^\n：:]{{0,12}}?(?P<m>\d{{1,2}}|[二两三四五六七八九十]|두"
    rf"|세|네|다섯|여섯|일곱)\s?(?:个|种|条|项|点|つ|個|가지|개)[^\n：:]{{0,60}}[:：]\s*$",
    re.IGNORECASE | re.MULTILINE,
)


def announced(text: str) -> tuple[int, int] | None:
    """(number announced, where the list begins) of the one "Here are five tips:" in a text."""
    found = list(_HERE.finditer(text)) if ":\n" in text or "：\n" in text or ": \n" in text else []
    return (number(found[0]["n"] or found[0]["m"]), found[0].end()) if len(found) == 1 else None


# Lengths

_SIGNS = first_of(SIGNS)
_FORMS = {"haiku": 3, "limerick": 5, "sonnet": 14, "sonett": 14, "soneto": 14, "sonetto": 14, "quatrain": 4}
_FORM = re.compile(rf"\b(?:an? |ein |un |uno |une |en |один )?({'|'.join(_FORMS)})\b(?!s)", re.IGNORECASE)


class Length(NamedTuple):
    """How long an answer shall be, as a task says: `Length("words", "most", 50)`."""

    unit: str
    kind: str
    """most, least, or exactly; "about" where it may be a little more or less."""
    number: int


_NO_LETTER = r"(?![^\W\u3040-\u9fff])"
_AMOUNT = re.compile(
    rf"(?<![^\W\u3040-\u9fff])(?<![.-])(?P<n>{NUMBER})(?: |-|‐)?(?:"
    + "|".join(rf"(?P<{unit}>{nouns})" for unit, nouns in UNITS.items())
    + rf"){_NO_LETTER}",
    re.IGNORECASE,
)
_BEFORE = {
    kind: re.compile(rf"(?:{words})\s*\Z", re.IGNORECASE)
    for kind, words in (("most", _MOST), ("least", _LEAST), ("exactly", _EXACTLY))
}
_AFTER = {
    "most": re.compile(
        r" ?(?:or less|or fewer|at most|max(?:imum)?\b|au plus|como máximo|或更少|以内|以下)", re.IGNORECASE
    ),
    "least": re.compile(r" ?(?:or more|以上)", re.IGNORECASE),
}
_PARTS = re.compile(
    r"(?:\b(?:the|first|last|these|those|following|given|top|next|between|than|about|around|approximately|circa|etwa"
    r"|ungefähr|environ|unos|unas"
    r"|folgenden|gegebenen|die|den|der|beiden|ersten|letzten|les|ces|suivante?s|des|los|las|estos|estas|siguientes"
    r"|dos|as|os|seguintes|le|i|gli"
    r"|seguenti|de|deze|volgende|следующих|следующие|этих|эти|данных)|以下|下列|下面|上述|这|那|的|给定|次の)\s*\Z",
    re.IGNORECASE,
)
"""Words before a number that speak of something given, or leave the number open."""
_RANGE = re.compile(rf"(?:\d|{NUMBER})\s?(?:-|–|to|or|bis|à|a|o|или|bis zu|до|至|到)\s?\Z", re.IGNORECASE)


def length_of(task: str) -> Length | None:
    """The one length that a task sets, or None where it sets none or more than one.

    >>> length_of("Use at most 50 words."), length_of("Name four rivers.")
    (Length(unit='words', kind='most', number=50), None)
    """
    if not has_any(lowered(task), _SIGNS[not task.isascii()]):
        return None
    found = [_length(match, task) for match in _AMOUNT.finditer(task)]
    if not found and (form := _FORM.search(task)):
        return Length("lines", "exactly", _FORMS[form[1].lower()])
    return found[0] if len(found) == 1 else None


def _length(match: re.Match[str], task: str) -> Length | None:
    """The length that an amount in a task is, or None where it is one of something given or a range."""
    before, after = task[: match.start()], task[match.end() :]
    unit = next(unit for unit in UNITS if match[unit])
    kind = next((kind for kind, pattern in _BEFORE.items() if pattern.search(before)), "")
    kind = kind or next((kind for kind, pattern in _AFTER.items() if pattern.match(after)), "about")
    if kind == "about" and (_PARTS.search(before) or _RANGE.search(before)):
        return None
    return Length(unit, kind, number(match["n"]))
