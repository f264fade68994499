"""Sums that are said in words, in LaTeX or with wide signs, put in plain ones: "12 times 3 is 36." -> "12 * 3 = 36.".

Knows the words for signs in two dozen languages, and nothing of what they add up to.
"""

import re
from collections.abc import Mapping

_WIDE = str.maketrans("＝＋－×÷（）／．，％［］[]", "=+-*/()/.,%()()") | {ord("＊"): "*", ord("\u2044"): "/"}
_SUPER = {"²": "^2", "³": "^3", "⁴": "^4", "⁵": "^5"}
_VULGAR = {"½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4", "⅕": "1/5", "⅛": "1/8", "⅙": "1/6"}
_ODD = re.compile("[²³⁴⁵½⅓⅔¼¾⅕⅛⅙]")

_SIGNS: Mapping[str, str] = {
    "+": "plus|und|added to|más|mas|mais|più|плюс|додати|artı|加上|加|足す|더하기|cộng|ditambah|tambah|زائد|जोड़|धन|συν"
    "|meg",
    "-": "minus|moins|menos|meno|минус|мінус|eksi|减去|减|減去|減|引く|빼기|trừ|dikurangi|kurang|ناقص|ऋण|μείον|mínusz"
    "|miinus",
    "*": "x|times|multiplied by|mal|fois|multiplié par|por|multiplicado por|per|moltiplicato per|vezes|keer|maal|razy"
    "|умножить на|умножает на|помножити на|krát|ori|gånger|ganget med|gange|kertaa|szor|çarpı|乘以|乘|乘上|掛ける"
    "|かける|곱하기|nhân|kali|dikali|ضرب|في|गुणा|επί",
    "/": "divided by|geteilt durch|durch|divisé par|dividido por|dividido entre|entre|diviso|gedeeld door"
    "|podzielone przez|разделить на|делить на|поділити на|děleno|împărțit la|delat med|divideret med|jaettuna"
    "|osztva|bölü|除以|割る|나누기|chia|dibagi|قسمة|مقسوم على|भाग|διά",
}
_EQUALS = (
    "equals|(?:which )?is equal to|which equals|makes|gives|ist gleich|ergibt|ergeben|gleich|macht|font|fait|égale?"
    "|est égal à|donne|"
    "es igual a|da|è uguale a|fa|é igual a|dá|is gelijk aan|równa się|równe|równa|daje|равно|равен|равна|равняется"
    "|дорівнює|"
    "rovná se|este egal cu|är lika med|lika med|er lig med|on yhtä kuin|egyenlő|eşittir|eder|bằng|sama dengan|"
    "يساوي|تساوي|برابر است با|बराबर|等于|等於|得到?|イコール|ίσον"
)
_MILDLY = "is|ist|sind|est|es|son|è|é|são|jest|to|это|будет|є|je|är|er|on|là|adalah|هو|است|है|是|为|為|は|は、|은|는"
"""Words that say "is": an equals sign only where the number after them is the end of a phrase."""
_RESULT = (
    r"[\"'`»”’]*[,;:]?\s+(?:and |и |und |et |y |e )?(?:its |the |his |его |das |der |le |la |el |il |o |son |su "
    r"|sein )?"
    r"(?:results?|value|answer|результат|значение|ответ|ergebnis|résultat|resultado|risultato|wynik)\s+"
    r"(?:is|was|of|equals|равен|равно|равна|ist|est|es|è|é|to)?\s*"
)
_OF = "of|von|de|di|do|da|от|van|av|af|z|ze|din|của|dari|من"
_UNSPACED = "[\u0600-\u06ff\u0900-\u097f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]"

_SIGN_OF = {word: sign for sign, words in _SIGNS.items() for word in words.split("|")}
_WORDS = "|".join(sorted(_SIGN_OF, key=len, reverse=True))
_BETWEEN = re.compile(
    rf"([\d)%])(?:\s+|(?={_UNSPACED}))(?P<word>{_WORDS})(?:\s+|(?<={_UNSPACED}))(?=[$€£¥(\d-])", re.IGNORECASE
)
_SAID_EQUAL = re.compile(
    rf"([\d)%])(?:{_RESULT}|[\"'`»”]?,?\s*(?:{_EQUALS})\s*|[\"'`»”]?\s*(?:{_MILDLY})\s*"
    r"(?=[$€£¥]?-?\d+(?:[.,]\d+)*\s*(?:[.,;!?)。，；！]|है|です|입니다|$)(?!\d)))(?=[$€£¥(-]?\s?-?\d)",
    re.IGNORECASE | re.MULTILINE,
)
_MONEY = re.compile(r"(?:\b[A-Z]{1,3})?[$€£¥₹] (?=\d)|\b[A-Z]{1,3}\$(?=\d)")
"""A sign of money with a blank or letters, "R$ 240"."""
_NEAR = re.compile(r"\d\D{1,30}\d+\D{1,40}\d")
"""Numbers near each other: a sum and what it is."""
_PER_CENT_OF = re.compile(rf"(?<=\d) ?% (?:{_OF}) (?=[$€£¥]?\d)", re.IGNORECASE)
_ITS_PER_CENT = re.compile(r"(?P<whole>[$€£¥]?\d[\d.,]*) ?(?:元|円|का|の|的) ?(?P<part>\d+(?:[.,]\d+)?) ?%")
_PART_OF = re.compile(rf"(?<=\d/\d) (?:{_OF}) (?=[$€£¥]?\d)", re.IGNORECASE)
_LATEX = (
    (re.compile(r"\\[dt]?frac\{([\d.,]+)\}\{([\d.,]+)\}"), r"((\1)/(\2))"),
    (re.compile(r"\\(?:times|cdot|ast)\b ?"), "* "),
    (re.compile(r"\\div\b ?"), "/ "),
    (re.compile(r"\\(?:left|right|quad|qquad|,|;|!|\$)|\\[()\[\]]"), ""),
    (re.compile(r"\\text\{([^{}]*)\}"), r"\1"),
    (re.compile(r"\^\{(\d+)\}"), r"^\1"),
    (re.compile(r"\\%"), "%"),
)
_MIXED = re.compile(r"(?<![\d/.,)])(\d{1,3}) (\d{1,2}/\d{1,2})(?![\d/.,])")
_POWER = re.compile(r"(?<=[\d)]) ?\*\* ?(?=[\d(])")
_BOLD = re.compile(r"\*\*")
_BESIDE = re.compile(r"(?<=\d)(?<!\b0)x(?=\d)")
_GROUPS = re.compile(r"(?<![\d.,])\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?![\d.])")
"""Thousands with blanks between, "1 250 000"."""
_DIVIDED = re.compile(r"(?<=\d) : (?=\d[\d.,]* ?= ?-?\d[\d.,]*(?! ?[:\d]))")
"""The colon that is a sign of division in much of Europe; not a ratio that equals another one."""
_GOES_ON = re.compile(r"\n[ \t]*(?==[^=])")


def says_equal(text: str) -> bool:
    """A first look: whether a text may state in words what a sum is."""
    return "＝" in text or (_NEAR.search(text) is not None and _SAID_EQUAL.search(text) is not None)


def spoken(text: str) -> str:
    """The text with its sums in plain signs; a line that begins with "=" goes on the one before."""
    text = _MONEY.sub("", text.translate(_WIDE))
    if "\\" in text or "{" in text:
        for pattern, sign in _LATEX:
            text = pattern.sub(sign, text)
    if not text.isascii():
        text = _MIXED.sub(r"(\1+\2)", _ODD.sub(_plainly, text))
        text = _ITS_PER_CENT.sub(r"\g<part>% * \g<whole>", text)
    text = _GROUPS.sub(lambda found: re.sub(r"\s", "", found[0]), text)
    if " : " in text:
        text = _DIVIDED.sub(" / ", text)
    text = _BOLD.sub("", _POWER.sub("^", text))
    text = _PART_OF.sub(" * ", _PER_CENT_OF.sub("% * ", _BESIDE.sub(" * ", text)))
    text = _BETWEEN.sub(lambda found: f"{found[1]} {_SIGN_OF[found['word'].lower()]} ", text)
    return _GOES_ON.sub(" ", _SAID_EQUAL.sub(r"\1 = ", text))


def _plainly(found: re.Match[str]) -> str:
    sign = found[0]
    if sign in _SUPER:
        return _SUPER[sign]
    before = found.string[found.start() - 1 : found.start()]
    return f" {_VULGAR[sign]}" if before.isdigit() else f"({_VULGAR[sign]})"
