"""Texts that stand for nothing: blanks of every kind, placeholders of an answer, placeholders of an input.

Knows the words by which models and people write "nothing here", in a dozen languages, and when such a word is a right
answer. Knows nothing of the other faults a text can have. Alpaca's classes 3, 6 and 7: see
https://github.com/gururise/AlpacaDataCleaned.
"""

import re
import unicodedata
from dataclasses import dataclass, replace

from ittgen.records import Example, Rejection

_BLANK_KINDS = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})
"""Unicode's categories of controls, format characters and separators."""

_BLANK_LETTERS = frozenset("\u034f\u115f\u1160\u2800\u3164\ufe0e\ufe0f\uffa0")
"""Characters that show nothing though Unicode calls them letters, marks or symbols: fillers, selectors, a braille."""

LONGEST = 80
"""No placeholder is longer."""

_EDGES = " \t\r\n.。!！'\"“”‘’«»「」*`\u200b\ufeff\u00a0\u3000"

_MARKS = re.compile(
    r"[<\[({]\s*/?\s*(?:no[ _-]?(?:output|answer|response|input|text)"
    r"|(?:insert |your |the )?(?:output|answer|response|reply|text|content|result)(?: here| goes here)"
    r"|(?:sua|tu|su|votre|ihre|deine|la tua|ваш) (?:resposta|respuesta|réponse|antwort|risposta|ответ)"
    r" (?:aqui|aquí|ici|hier|qui|здесь)|在此(?:填写|输入)[^\])>]{0,10}|ここに[^\])>]{0,12}"
    r"|screen ?shots?|(?:image|picture|photo|video|audio|attachment|file|gif|figure|chart|diagram|graph)s?"
    r"(?: (?:of|showing) [^\]>)}]{1,50}| attached| here| omitted| removed)?"
    r"|removed|deleted|redacted|blank|empty|无输出|图片|截图|画像|スクリーンショット|изображение|скриншот|صورة"
    r"|imagen|bild|imagem|captura de pantalla)"
    r"\s*[>\])}]|no_?output|&nbsp;|```\w*\s*```",
    re.IGNORECASE,
)
"""Marks in brackets: they are never an answer unless the task speaks of such marks."""

_MARKS_ASKED = re.compile(r"placeholder|markdown|html|\btags?\b|xml|svg|regex|latex|bracket|template", re.IGNORECASE)

_MISSING = re.compile(
    r"n\s?[/.]\s?a|not (?:applicable|available|provided)|no (?:output|answer|response|result)s?"
    r"(?: (?:available|provided|given|required|needed|necessary|possible))?|tb[da]|to be (?:determined|added|done)"
    r"|(?:keine|ohne) (?:ausgabe|antwort)|nicht (?:verfügbar|zutreffend)|entfällt|k\.\s?a"
    r"|sin (?:respuesta|salida)|no (?:disponible|aplica)|(?:pas de|aucune) (?:réponse|sortie)|non (?:disponible"
    r"|applicable)"
    r"|sem (?:resposta|saída)|não (?:disponível|aplicável)|nessun[ao]? (?:risposta|output)|нет ответа"
    r"|ответ отсутствует"
    r"|не применимо|неприменимо|нет данных|无输出|无回答|没有输出|不适用|暂无|無回答|出力なし|回答なし|該当なし"
    r"|해당 없음|출력 없음|답변 없음"
    r"|غير متوفر|لا يوجد جواب|لا توجد إجابة|कोई उत्तर नहीं|लागू नहीं|ไม่มีคำตอบ|yok|cevap yok",
    re.IGNORECASE,
)
"""Words that say an answer is missing; right where something was to be looked up and is not there."""

_NOTHING = re.compile(
    r"none|null|nil|nan|undefined|todo|nothing|empty|blank|unknown|ninguno|aucun|keine|无|無|なし|없음", re.IGNORECASE
)
"""Words that are as often a right answer: to a question, to code, to a search."""

_ELLIPSIS = re.compile(r"(?:[.．・]\s?){3,}|(?:…\s?)+|(?:。){3,}")
_ELLIPSIS_ASKED = re.compile(
    r"morse|ellips|punctuation|\bdots?\b|省略|摩[尔斯]|モールス|句読|многоточ|морз|satzzeichen|puntos|points",
    re.IGNORECASE,
)

_SOUGHT = re.compile(
    r"[?？؟]|\b(?:find|extract|identif\w+|detect|determine|locate|check|which|any|whether|what|who|when|where"
    r"|fill|classif\w+|label"
    r"|count|select|choose|return|print|evaluate|output of|result of|get|pick|tag|parse|convert"
    r"|finde|extrahiere|welche\w*|nenne|bestimme|encuentra|extrae|identifica|extrais|trouve|identifie|quel\w*"
    r"|найди|извлеки|определи|выбери|encontre|extraia)\b|找|提取|识别|抽出|見つけ|推断|哪|찾|추출|استخرج|ابحث"
    r"|खोज|निकाल|ค้นหา|ดึง"
    r"|[=(){}<>`]|\b(?:python|javascript|java|sql|function|code|variable)\b",
    re.IGNORECASE,
)
"""Tasks whose right answer can be that there is nothing."""

_LOOKED_UP = re.compile(
    r"[?？؟]|\b(?:extract|find|identif\w+|locate|detect|fill|extra[ei]\w*|extrahiere|finde|найди|извлеки)\b"
    r"|提取|抽出|找",
    re.IGNORECASE,
)

_NO_INPUT = re.compile(
    r"no[ _-]?(?:further |additional |specific |extra )?inputs?(?: (?:is |was |text )?(?:required|needed"
    r"|necessary|provided|given|available|specified))?"
    r"(?: for this (?:task|instruction|question))?|none required|not (?:applicable|required|needed)"
    r"|without input|input:? ?(?:none|n/?a|empty)|n\s?[/.]\s?a"
    r"|none|null|nil|empty|blank"
    r"|keine? (?:weitere |zusätzliche )?(?:eingabe|input)(?: (?:erforderlich|nötig|notwendig|vorhanden))?"
    r"|nicht (?:zutreffend|erforderlich)"
    r"|(?:sin|ninguna|no hay) entrada|no se (?:requiere|necesita) (?:ninguna )?entrada|ningun[ao]"
    r"|(?:pas d[’']|aucune |sans )entrée(?: (?:requise|nécessaire))?|aucun[e]?|sem entrada"
    r"|nenhuma(?: entrada)?(?: necessária)?|nenhum"
    r"|nessun input(?: richiesto)?|нет (?:входных данных|ввода)|(?:ввод|входные данные) не (?:требуется"
    r"|требуются|нужны|нужен)|без ввода"
    r"|无需?输入|无|無|没有输入|不需要输入|無輸入|入力(?:なし|不要|は不要です)|なし|입력 ?없음|없음"
    r"|입력이 필요하지 않습니다"
    r"|(?:لا يوجد|بدون|لا توجد) (?:مدخلات|مدخل|إدخال)|لا يوجد|कोई इनपुट नहीं(?: (?:है|चाहिए|आवश्यक))?"
    r"|ไม่มี(?:ข้อมูล(?:นำเข้า)?|อินพุต)?|girdi yok|geen invoer|brak danych(?: wejściowych)?",
    re.IGNORECASE,
)

_INPUT_ASKED = re.compile(
    r"translat|convert|abbreviat|acronym|\b(?:word|phrase|message|value|type|mean|spell|pronounc\w*|letters?"
    r"|synonym\w*|antonym\w*|button|label|error|string|expression)s?\b"
    r"|übersetz|\bwort|traduc|tradui|mot\b|palabra|palavra|перевед|слов[оа]|翻译|翻訳|译|訳|单词|词|言葉|단어"
    r"|번역|ترجم|كلمة|अनुवाद|शब्द|แปล|คำว่า",
    re.IGNORECASE,
)
"""Tasks in which the word that stands there may be the thing itself."""


def visible(character: str) -> bool:
    """Not a blank, a control or format character (zero width, direction, byte order), nor a filler."""
    return unicodedata.category(character) not in _BLANK_KINDS and character not in _BLANK_LETTERS


def shows_nothing(text: str) -> bool:
    """No character of the text is to be seen."""
    return not any(map(visible, text))


def stands_for_nothing(text: str, task: str, given: str = "") -> bool:
    """The text is a placeholder, and to this task with this input it is no answer.

    >>> stands_for_nothing("N/A", "Write a poem."), stands_for_nothing("None", "Which of these are birds?", "cat, dog")
    (True, False)
    """
    bare = text.strip(_EDGES) if len(text) <= LONGEST else ""
    if len(text) > LONGEST or (bare and bare.casefold() in f"{task}\n{given}".casefold()):
        return False
    if _ELLIPSIS.fullmatch(text.strip()):
        return not _ELLIPSIS_ASKED.search(task)
    if _MARKS.fullmatch(text.strip()) or _MARKS.fullmatch(bare):
        return not _MARKS_ASKED.search(task)
    if _MISSING.fullmatch(bare):
        return not (given.strip() and _LOOKED_UP.search(task))
    return bool(_NOTHING.fullmatch(bare)) and not _SOUGHT.search(task)


@dataclass(frozen=True, slots=True)
class NoInput:
    """An input that only says there is none ("<noinput>", "N/A", "No input required") is made empty; no row goes.

    Alpaca's class 7 (https://github.com/gururise/AlpacaDataCleaned). A dozen languages; a word of another one stays as
    it is. It stays too where the task may be about the word itself: translating "None", spelling out "N/A".
    """

    def __call__(self, example: Example) -> Rejection | None:
        return None

    def mend(self, example: Example) -> Example:
        """The example with an empty input where the input was a placeholder, else the same object."""
        text = example.input
        if not text or len(text) > LONGEST or not _says_none(text, example.instruction):
            return example
        return replace(example, input="")


def _says_none(text: str, task: str) -> bool:
    inner = text.strip(_EDGES)
    bare = inner.strip("<>[](){}（）【】《》").strip(_EDGES)
    if shows_nothing(text):
        return True
    if not _NO_INPUT.fullmatch(bare):
        return False
    bracketed = bare != inner and "input" in bare.casefold()
    return bracketed or not _INPUT_ASKED.search(task)
