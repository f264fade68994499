"""The script and the language of a text by its letters and commonest words, and answers in another one than the task's.

No model and no dictionary: scripts by code points, languages of the Latin script by words that only one of them uses.
A text too short or too mixed to tell has no language, and no verdict follows from it.
"""

import re
from collections import Counter
from dataclasses import dataclass

from ittgen.records import Example, Rejection

_READ = 2_000
"""So many characters of a text are looked at."""

_BEGINNING = 300
"""Characters of an answer that mostly show its language."""

_SCRIPTS = {
    "Latin": re.compile("[A-Za-zÀ-ɏḀ-ỿ]"),
    "Cyrillic": re.compile("[Ѐ-ӿ]"),
    "Greek": re.compile("[Ͱ-Ͽ]"),
    "Arabic": re.compile("[؀-ۿ]"),
    "Hebrew": re.compile("[א-ת]"),
    "Devanagari": re.compile("[\u0900-\u097f]"),
    "Thai": re.compile("[ก-๛]"),
    "Hangul": re.compile("[가-힣]"),
    "Kana": re.compile("[ぁ-ヿ]"),
    "Han": re.compile("[一-鿿]"),
}
_WORD = re.compile(r"[^\W\d_]+")
_COMMON = {
    "English": (
        "the and of is are was were that which with this have has been they their there would from to "
        "it's other can you not give write explain list describe what how three five your name tell why "
        "sentence"
    ),
    "German": (
        "und der das ist nicht ein eine mit auf für sich auch wird sind dem den des oder zu von als "
        "werden kann erkläre was nenne schreibe wie warum drei gib kurz beschreibe"
    ),
    "French": (
        "le les est dans une pour qui sont avec sur pas plus du au cette aux il elle nous vous ont être "
        "et explique écris donne quels quelle comment pourquoi trois"
    ),
    "Spanish": (
        "el los las es una por con del para como más pero sus son y lo está fue muy también explica "
        "escribe cuáles cómo qué tres dame"
    ),
    "Italian": (
        "il di che è gli una della con sono nel più alla dei anche questo delle ha si per essere spiega "
        "scrivi quali perché elenca tre dimmi"
    ),
    "Portuguese": (
        "o os uma não com para mais como mas ao das pelo são também você em foi ou seu pela do da "
        "explique escreva quais dê três porque"
    ),
    "Dutch": (
        "het een van en dat niet zijn met voor aan ook wordt deze door maar naar worden kan bij uit leg "
        "schrijf geef noem wat waarom hoe drie"
    ),
    "Polish": "jest nie się na że jak do są przez oraz dla który jego która tego może być ich",
    "Turkish": "ve bir bu için ile çok olarak daha olan gibi değil kadar sonra ya da ise her",
    "Swedish": "och att det som en är av för inte med till den har på ett om kan från eller",
    "Indonesian": "yang dan di untuk dengan dari adalah ini itu pada dalam tidak akan atau dapat oleh",
    "Vietnamese": "là của và có các một được cho không những trong với người này để khi",
}
_CLOSE = {"Spanish", "Portuguese", "Italian"}
"""Languages so near to each other that a short task in one has words of another."""

_SETS = {name: frozenset(words.split()) for name, words in _COMMON.items()}
_OWNER = {
    word: name for name, own in _SETS.items() for word in own if sum(word in other for other in _SETS.values()) == 1
}
"""A word that one language alone has -> the language."""

_ASKS_FOR_ANOTHER = re.compile(
    r"transl|translit|language|bilingual|multilingual|how (?:do|would|to|can) \w* ?(?:you )?say|pronounc|script\b"
    r"|romaji|pinyin"
    r"|romani[sz]|alphabet|\bkanji|hiragana|katakana|cyrillic|anthem|foreign|native|original|localiz|localis"
    r"|dictionary|vocab"
    r"|engl|ingl[eé]s|angl|angiel|ingiliz|inggris|tiếng|german|deutsch|allemand|alem[aá]n|tedesc|niemieck|french"
    r"|franz|français"
    r"|franc[eé]s|fransız|spanish|spanisch|espa[gñ]n?ol|spagnol|ital|portug|dutch|niederl|nederl|holland|hiszpa"
    r"|russ|russk|poln"
    r"|pol(?:ish|ski|ac)|turk|türk|swed|schwed|svensk|indones|vietnam|chin|mandarin|cantones|japan|japon|giappon"
    r"|kore|core[ai]"
    r"|arab|hebr|israel|hindi|sanskrit|india|thai|tailand|greek|greec|griech|grec|persian|farsi|iran|urdu|ukrain"
    r"|bulgar|serb"
    r"|latin|übersetz|tradu|vertaal|tłumacz|çevir|terjemah|dịch|sprache|langue|idioma|lingua|taal|język|dil\b"
    r"|språk|bahasa"
    r"|code|python|sql|html|javascript|program|regex|"
    r"перев[её]|язык|англ|неме|франц|испан|итал|кита|япон|араб|латин|翻|译|譯|訳|语|語|英|日文|中文|德文|法文|外文|拼音|代码|编程|程序"
    r"|ローマ字|ラテン|コード|プログラム|韓国|中国|번역|영어|일본|중국|언어|한자|코드|ترجم|لغة|الإنجليزية|بالفرنسية|अनुवाद|भाषा|अंग्रेज|हिंदी|แปล"
    r"|ภาษา|μεταφρ|γλώσσα|αγγλικ|תרגם|שפה|אנגלית|код|програм",
    re.IGNORECASE,
)
"""A task that speaks of languages, countries or code: it may want an answer in any of them."""


@dataclass(frozen=True, slots=True)
class LanguageMismatch:
    """An answer in another language than its task: value is the answer's script or language, limit the task's.

    By script between scripts (Chinese against Japanese by kana), by common words among twelve languages of the Latin
    script; Cyrillic, Arabic and Devanagari languages are not told apart. Passes where the task speaks of a language, a
    country or code, where task or input hold some of the answer's language, and where the answer is short. Language
    identification is a usual step of corpus cleaning (https://arxiv.org/abs/1911.00359); this one needs no model.
    """

    min_letters: int = 20
    """An answer with fewer letters is not judged; of Chinese, Japanese and Korean, half as many do."""

    def __call__(self, example: Example) -> Rejection | None:
        answer = example.output[:_READ]
        task = f"{example.instruction[:_READ]}\n{example.input[:_READ]}\n{example.system[:300]}"
        found = _mismatch(answer, task, example.instruction[:_READ], self.min_letters)
        if not found or _ASKS_FOR_ANOTHER.search(task):
            return None
        return Rejection(example, "language-mismatch", value=found[0], limit=found[1])


def _mismatch(answer: str, task: str, instruction: str, least: int) -> tuple[str, str] | None:
    """The answer's script or language and the task's, where both are plain and differ."""
    if answer.lstrip()[:1] in ("{", "[", "<", "`"):
        return None
    if answer.isascii() and task.isascii():
        return _by_words(answer, task, instruction)
    written, asked = _counts(answer), _counts(task)
    script, wanted = _main(written), _main(_counts(instruction))
    if not script or not wanted:
        return None
    if script == wanted == "Latin":
        return _by_words(answer, task, instruction)
    enough = least / 2 if script in ("Han", "Kana", "Hangul") else least
    if script == wanted or written[script] < enough or asked.get(script, 0) >= 4:
        return None
    if {script, wanted} == {"Han", "Kana"} and (written[script] < least or (asked.get("Kana", 0) and script == "Kana")):
        return None
    if script == "Latin" and not _language(answer, 2):
        return None
    return script, wanted


def _counts(text: str) -> dict[str, int]:
    """Letters by script; of no script that does not occur."""
    if text.isascii():
        return {"Latin": sum(map(str.isalpha, text))}
    present = "".join(set(text))
    return {name: len(pattern.findall(text)) for name, pattern in _SCRIPTS.items() if pattern.search(present)}


def _main(counts: dict[str, int]) -> str:
    """The script of four letters in five, where a Japanese text is one that has kana among its characters."""
    merged = dict(counts)
    if merged.get("Kana", 0) * 12 > merged.get("Han", 0):
        merged["Kana"] = merged.get("Kana", 0) + merged.pop("Han", 0)
    name = max(merged, key=lambda script: merged[script], default="")
    return name if name and merged[name] >= 0.8 * sum(merged.values()) else ""


def _by_words(answer: str, task: str, instruction: str) -> tuple[str, str] | None:
    """The two languages of the Latin script, where both are plain and the task has no word of the answer's."""
    asked = _hits(instruction)
    wanted = max(asked, key=lambda name: asked[name], default="")
    if not wanted or asked[wanted] < 2 or _hits(answer[:_BEGINNING]).get(wanted, 0) > 1:
        return None
    written = _language(answer)
    least = 4 if {wanted, written} <= _CLOSE else 2
    if not written or wanted == written or asked[wanted] < least or _hits(task).get(written, 0) > 0:
        return None
    return (written, wanted) if _hits(answer).get(wanted, 0) <= 1 else None


def _language(text: str, least: int = 4) -> str:
    """The language that has enough words here, a tenth of all, and three times those of any other."""
    words = _WORD.findall(text.lower())
    hits = _owned(words)
    first, second = (*sorted(hits.values(), reverse=True), 0, 0)[:2]
    if first < least or first < 3 * second or first * 10 < len(words):
        return ""
    return max(hits, key=lambda name: hits[name])


def _hits(text: str) -> dict[str, int]:
    """How many words of each language alone are in the text."""
    return _owned(_WORD.findall(text.lower()))


def _owned(words: list[str]) -> dict[str, int]:
    return Counter(filter(None, map(_OWNER.get, words)))
