"""Answers in another language than the task's: all of it, its latter half, or a translator's remark between.

What a language is told by is in `languages`; here is what may excuse another one: a task about languages, countries,
translating or code, words that the task itself holds, names and titles.
"""

import re
from dataclasses import dataclass

from ittgen.filters.languages import is_latin, main_script, scripts
from ittgen.filters.strays import QUOTED, strays
from ittgen.filters.targets import may_name_one, strays_from_target
from ittgen.filters.tongues import english, hits, language, said, spoken
from ittgen.records import Example, Rejection

_READ = 2_000
"""So many characters of a text are looked at."""
_LONGEST_TARGET = 600
"""Characters of a task that may still be searched for the language that it asks for."""

_ABOUT_LANGUAGES = re.compile(
    r"\btransl|translit|(?<!programming )\blanguages?\b|bilingual|multilingual|how (?:do|would|to"
    r"|can) \w* ?(?:you )?say|pronounc"
    r"|romaji|pinyin|hinglish|denglisch|spanglish|franglais|roman (?:script|letters|लिपि|urdu|hindi)|लिपि|лат[иі]ниц"
    r"|拉丁字母"
    r"|로마자|\bromani[sz]|alphabet|\bkanji|hiragana|katakana|cyrillic|\banthem|foreign|\bnative|\boriginal"
    r"|locali[sz]|dictionary|vocab|loan ?words?|proverb"
    r"|übersetz|\btradu|vertaal|tłumacz|przetłum|çevir|terjemah|\bdịch|sprach|langues?\b|idiomas?\b|lenguas?\b"
    r"|línguas?\b|lingu[ae]\b|taal\b|język|\bdil[ie]?\b|språk|sprog|bahasa|ngôn ngữ|nyelv|jazyk|limb[aă]\b"
    r"|översätt|oversæt|oversett"
    r"|перев[её]|перекла|язык(?!\w* программ)|мов[аиоу]|翻译|翻譯|译|譯|翻訳|訳|(?<!编程)(?<!程序)语言|語言|外语"
    r"|外文|拼音|双语|谚语|(?<!グ)言語|外国語|ローマ字"
    r"|\bfordít|\bkäänn|\bkiel(?:i|en|el)|přelož|překlad|\bpreved|\bprijevod|\btafsiri|\blugha|\bisalin|\btulko"
    r"|\btõlki|\bvertim"
    r"|অনুবাদ|ভাষা|மொழி|అనువాద|భాష|અનુવાદ|ਅਨੁਵਾਦ|თარგმნ|թարգման|превед|превод"
    r"|번역|(?<!프로그래밍 )언어|외국어|한자|ترجم|لغة|अनुवाद|भाषा|แปล|ภาษา|μετ[αά]φρ|γλ[ωώ]σσ|תרגם|שפה|ترجمه|زبان",
    re.IGNORECASE,
)
"""A task that speaks of languages: it may want an answer in any of them."""
_NAMES = {
    "English": r"\bengl|ingl[eéê]s|\bangl|angiel|ingiliz|inggris|tiếng anh|englisch|engelsk|angol|anglick|englez"
    "|englan(?:ti|nin|niksi)|αγγλ|α(?:γ|Γ)γλικ"
    "|британ|америк"
    r"|англ|英|영어|영국|미국|美国|アメリカ|イギリス|الإنجليزي|अंग्रेज|ইংরেজ|ஆங்கில|kiingereza|อังกฤษ|אנגלית|انگلیسی|\bamerica|\bbritish"
    r"|\bshakespeare|\blondon|\buk\b|\busa?\b|england|schottland|new york|austral|canad|kanad|kaliforn|\biris[ch]"
    r"|伦敦|ロンドン|лондон|런던",
    "German": r"german|němec|německ|\bnémet|\btysk|saksa|γερμαν|जर्मन|เยอรมัน|الألماني|jerman|tiếng đức|גרמני|deutsch"
    r"|allemand|alem[aá]n|tedesc|niemieck|\balman|неме|німец|德|ドイツ|독일|австри"
    "|austria|österreich",
    "French": r"french|fransk|\bfrancia|ranska|γαλλ|फ़?्?रेंच|फ्रांस|ฝรั่งเศส|الفرنسي|fransı|צרפתי|franz|français"
    r"|franc[eé]s|francia|\bfrance\b|fransız|francus|франц|法国|法语|法文"
    "|フランス|프랑스|prancis|pháp|quebec",
    "Spanish": r"spanish|spansk|španěl|spanyol|spaniol|espanja|hiszpańsk|іспан|ισπαν|स्पेनिश|สเปน|الإسباني|tây ban nha"
    "|spanisch|espa[gñ]n?ol|spagnol|hiszpa|испан|西班牙|スペイン|스페인|ispany|mexic|spain"
    r"|spanien|\blatin|\bspain|españa|argentin|colombia|\bchile\b|\bperu",
    "Portuguese": r"portug|brasil|brazil|葡萄牙|ポルトガル|포르투갈|португал",
    "Italian": r"\bital[iy]|italsk|\bolasz|італ|ιταλ|इतालवी|อิตาลี|الإيطالي|italien|włosk|итал"
    r"|意大利|イタリア|이탈리아|\bopera",
    "Dutch": r"\bdutch|niederl|nederl|holland|荷兰|オランダ|néerl|голланд",
    "Polish": r"\bpolish|polska|\bpolski|\bpoln|\bpolac|польск|波兰|poland",
    "Turkish": r"turk|türk|турец|土耳其|トルコ|터키",
    "Swedish": r"swed|schwed|svensk|suéd|швед",
    "Danish": r"danish|dansk|dänisch|norweg|norsk|датск|норвеж|denmark",
    "Indonesian": r"indones|bahasa|malay|印尼",
    "Vietnamese": r"vietnam|việt|越南|ベトナム|베트남",
    "Han": r"\bchin(?:a|e)|\bkina\b|mandarin|cantones|kanji|taiwan|\btang\b|中国|中文|汉|漢|华|китай|중국"
    r"|trung quốc|tiongkok|\bçin\b|الصين|चीन",
    "Kana": r"japan|japon|giappon|haiku|anime|manga|日本|日语|日文|япон|일본|nhật|jepang|اليابان|जापान",
    "Hangul": r"kore|\bcore[ai]|hàn quốc|k-?pop|韩|韓|корей|한국|كوريا|कोरिया",
    "Cyrillic": r"russ|russk|ukrain|bulgar|serb|cyrillic|俄|ロシア|러시아|русс|росій|україн",
    "Arabic": r"\barab|persian|farsi|\biran|urdu|islam|quran|muslim|阿拉伯|アラビア|عرب|فارسی",
    "Hebrew": r"hebr|israel|jewish|希伯来|иврит",
    "Devanagari": r"hindi|sanskrit|\bindia|印度|インド|हिंदी|भारत|yoga",
    "Greek": r"\bgreek|greec|griech|\bgrec|希腊|ギリシャ|ελλην|math|physics|formula|equation|angle|statistic",
    "Thai": r"\bthai|thaï|泰|タイ|ไทย",
    "Russian": r"росій|russ|russk|русс",
    "Ukrainian": r"украин|ukrain|україн",
}
_NAMED = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _NAMES.items()}
"""A task that speaks of a language or its country may want an answer in that one."""
_LATIN = ("English", "German", "French", "Spanish", "Italian", "Portuguese", "Dutch", "Polish", "Turkish", "Swedish")
"""Languages that an answer in the Latin script may be in."""
_CODE = re.compile(
    r"code|alpaca|sharegpt|chatml|few-?shot|data ?set|templat|plantilla|vorlage|\bprompt"
    r"|шаблон|模板|テンプレート|템플릿|python"
    r"|(?<![a-z])sql|html|javascript|(?<![a-z])java(?![a-z])|program"
    r"|regex|excel|latex|(?<![a-z])api(?![a-z])|(?<![a-z])css(?![a-z])|shell|bash|linux"
    r"|script\b|formula"
    r"|代码|编程|程序|函数|コード|プログラム|関数|코드|프로그램|함수|код|програм|код|función|funktion|fonction|código",
    re.IGNORECASE,
)
_LOOKS_CODED = re.compile(r"[{}();<>=#/\\_@]|\$(?!\d)|::|\w\.\w+\(|https?:")
_SHARED = frozenset({"Latin", "Cyrillic", "Arabic", "Devanagari"})
"""Scripts of several languages that are told apart."""
_LEAST_LETTERS = {"Han": 6, "Kana": 6, "Hangul": 6, "Latin": 40}
"""Letters of another script that are more than a name."""
_ONE_LINER = 120
"""Characters of a line of code, in which two signs show it."""
_LEAST_KANA = 8
_CHINESE = re.compile(
    "[们这说为时个来对没过还样现从发经见长门问间东车马鸟鱼学热气应该让给谁哪吗呢吧很的了您她它么爱风云飞书买卖头实关"
    "动员业华远进运连选达边难题类绿红级约组织细经练习续维护证识词语请读课调谈谢贵资质购费员农响饮饭馆养]"
)
"""Simplified characters and particles that no Japanese text has."""
_CELL = re.compile(r"[\n|;；。.!?！？।؟۔]+")
_SMALL_WORD = re.compile(r"(?<![\w@#./\\])[a-z]{3,}(?![\w(/\\@=]|\.\w)")
_PARTICLES = frozenset("the and for with from van von der del las los dos das della under over upon into".split())
_NOTE = re.compile(
    r"\((?:Note|Hint|Translation|Translated|Translator|Explanation|Comment|Remark|NB|Literally"
    r"|Please note)\b[^()]{15,600}\)?"
)
_TRANSLATING = re.compile(r"\btranslat|\b(?:German|French|Spanish|Chinese|Japanese|Korean) sentence", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class LanguageMismatch:
    """An answer in another language than its task: value is the answer's script or language, limit the task's.

    By script between scripts (Chinese against Japanese by characters and particles); within one by the words and
    letters that tell two languages apart: eighteen of the Latin script, Russian, Ukrainian, Bulgarian and Belarusian,
    Arabic, Persian and Urdu, Hindi, Marathi and Nepali. A dozen more are known so as not to be taken for these. Also
    where only some sentences, lines or cells of a table, or a translator's remark in brackets are in another language.
    Passes where the task speaks of languages, of that one or its country, or of code and the answer looks like it;
    where task or input hold some of the answer's language; where the answer is short, a quotation, a title or names.
    Language identification is a usual step of corpus cleaning (https://arxiv.org/abs/1911.00359); this one needs no
    model.
    """

    min_letters: int = 20
    """An answer with fewer letters is not judged; of Chinese, Japanese and Korean, half as many do."""

    def __call__(self, example: Example) -> Rejection | None:
        answer, instruction = example.output[:_READ], example.instruction[:_READ]
        found = _mismatch(answer, instruction, example.input[:_READ], self.min_letters)
        if found and _is_excused(found, f"{instruction}\n{example.input[:_READ]}\n{example.system[:300]}", answer):
            found = None
        found = found or _remark(answer, instruction) or _off_target(answer, instruction)
        return Rejection(example, "language-mismatch", value=found[0], limit=found[1]) if found else None


def _off_target(answer: str, task: str) -> tuple[str, str] | None:
    return strays_from_target(answer, task) if len(task) < _LONGEST_TARGET and may_name_one(task) else None


def _is_excused(found: tuple[str, str], task: str, answer: str) -> bool:
    if _ABOUT_LANGUAGES.search(task):
        return True
    names = _LATIN if found[0] == "Latin" else found[:1]
    if any(name in _NAMED and _NAMED[name].search(task) for name in names):
        return True
    return bool(_CODE.search(task)) and len(_LOOKS_CODED.findall(answer)) > (1 if len(answer) < _ONE_LINER else 2)


def _mismatch(answer: str, instruction: str, given: str, least: int) -> tuple[str, str] | None:
    """The answer's script or language and the task's, where both are plain and differ."""
    if answer.lstrip()[:1] in ("{", "[", "<", "`"):
        return None
    if is_latin(answer) and is_latin(instruction) and is_latin(given):
        return strays(answer, instruction, given, least)
    written, wanted = main_script(scripts(answer)), main_script(scripts(instruction))
    if not wanted and written == "Latin":
        wanted = main_script({name: n for name, n in scripts(instruction).items() if name != "Latin" and n > 9})
    if not wanted:
        return None
    if written == wanted:
        found = strays(answer, instruction, given, least) if wanted in _SHARED else None
        return found or _in_cells(answer, instruction, given, wanted)
    if not written:
        return _in_cells(answer, instruction, given, wanted)
    return _by_script(written, wanted, (answer, instruction, given), least)


# Between scripts


def _by_script(written: str, wanted: str, row: tuple[str, str, str], least: int) -> tuple[str, str] | None:
    answer, instruction, given = row
    count, task = scripts(answer)[written], scripts(f"{instruction}\n{given}")
    if written == "Latin":
        return (written, wanted) if _is_plain_latin(answer, instruction, given, least) else None
    enough = least / 2 if written in ("Han", "Kana", "Hangul") else least
    if {written, wanted} == {"Han", "Kana"}:
        return (written, wanted) if _is_chinese_or_japanese(answer, written, task) else None
    return None if count < enough or task.get(written, 0) >= 4 else (written, wanted)


def _is_chinese_or_japanese(answer: str, written: str, task: dict[str, int]) -> bool:
    """Whether the answer is plainly of the one and the task of the other: by characters, by particles."""
    if written == "Kana":
        return not task.get("Kana") and scripts(answer)["Kana"] >= _LEAST_KANA
    return not scripts(answer).get("Kana") and len(_CHINESE.findall(answer)) > 1


def _is_plain_latin(answer: str, instruction: str, given: str, least: int) -> bool:
    """An answer of words in the Latin script, not names, titles or code, to a task that holds no such words."""
    bare = QUOTED.sub(" ", answer)
    if main_script(scripts(given)) == "Latin" or _holds_latin(instruction) or len(_LOOKS_CODED.findall(bare)) > 4:
        return False
    task = f"{instruction}\n{given}".lower()
    every = [word for word in spoken(bare) if word not in task]
    small = [word for word in said(bare) if word not in task]
    if scripts(bare).get("Latin", 0) >= least and (
        language(small, 2) or _are_english(small, 2) or _are_english(every, 2)
    ):
        return True
    small = [word for word in _SMALL_WORD.findall(bare) if word not in _PARTICLES and word not in task]
    return len(set(small)) > 1 and not _LOOKS_CODED.search(bare) and language(every, 0) in ("English", "")


def _are_english(words: list[str], share: int) -> bool:
    """Whether one word in so many is English, and more than two are."""
    return len(english(words)) * share > max(2 * share, len(set(words)))


def _holds_latin(instruction: str) -> bool:
    """Words of the Latin script that are no mere names: quoted, small, or many."""
    if instruction.isascii() or not scripts(instruction).get("Latin"):
        return False
    small = [word for word in _SMALL_WORD.findall(instruction) if word not in _PARTICLES and word != "linkedin"]
    return bool(small) or any(scripts(part[0]).get("Latin", 0) > 1 for part in QUOTED.finditer(instruction))


def _in_cells(answer: str, instruction: str, given: str, wanted: str) -> tuple[str, str] | None:
    """Sentences, lines or cells of a table in a script that task and input have nothing of."""
    found = scripts(answer)
    task = scripts(f"{instruction}\n{given}")
    foreign = {name for name in found if name not in task and name not in (wanted, "Greek")}
    if (
        "Latin" in found
        and wanted != "Latin"
        and main_script(scripts(given)) != "Latin"
        and not _holds_latin(instruction)
    ):
        foreign.add("Latin")
    if ("Han" in foreign and wanted == "Kana") or not foreign:
        return None
    counts: dict[str, int] = {}
    for cell in _CELL.split(QUOTED.sub(" ", answer)):
        name = main_script(scripts(cell))
        if name in foreign and (name != "Latin" or language(spoken(cell))):
            counts[name] = counts.get(name, 0) + scripts(cell)[name]
    name = max(counts, key=lambda script: counts[script], default="")
    if not name:
        return None
    return (name, wanted) if counts[name] >= _LEAST_LETTERS.get(name, 20) else None


# Remarks


def _remark(answer: str, instruction: str) -> tuple[str, str] | None:
    """A translator's remark in English, in a row of another language."""
    for text in (answer, instruction):
        if "(" not in text or not (found := _NOTE.search(text)):
            continue
        rest = f"{instruction}\n{answer}".replace(found[0], " ")
        if _TRANSLATING.search(found[0]) and not _TRANSLATING.search(instruction.replace(found[0], " ")):
            return "English", "another"
        own = hits(spoken(rest))
        other = max(own, key=lambda name: own[name], default="")
        strange = main_script(scripts(rest))
        if strange not in ("", "Latin") or (other not in ("", "English") and own[other] > 2 * own.get("English", 0)):
            return "English", strange if strange != "Latin" else other
    return None
