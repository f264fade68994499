"""Texts of one alphabet read as another: Czech as West European, Russian as Latin letters, Chinese as other Chinese.

Reads a text's characters alone: pairs that no language writes, or bytes that spell a text where they are read another
way. Says where, not what it was: these misreadings lose characters, so nothing is mended.
"""

import re
from collections.abc import Callable

_HIGH_WORD = re.compile(r"(?<![A-Za-z])[\xa1-\xff]{4,}(?![a-z])")
"""A word without one of the letters a to z: no language of the Latin script has many."""
_SHIFT_JIS = re.compile(r"(?:[‚ƒ][ -ÿ–—‘’“”•…†‡ˆ‰Š‹Œ™š›œŸŽž]){4,}")
_POLISH = re.compile(r"[a-zêæñóœ]{2,}[¹³¿][a-zêæñóœ]|[a-zêæñóœ][¹³¿][a-zêæñóœ]{2,}")
_POLISH_WORD = re.compile(
    r"\b(?:siê|s¹|bêd[a-z]+|dziêk[a-z]+|wiêc|miêdzy|¿e|mo¿[a-z]+|ró¿n[a-z]+|ju¿|któr[a-z]*¹|by³[aoy]?"
    r"|mia³[aoy]?)(?!\w)"
)
_ROMANIAN = re.compile(r"[a-zãâî]º[a-zãâî]|þ[aeiouãâî]")
_CZECH = re.compile(r"[ìùèòï¾]")
_VIETNAMESE = frozenset("đơưăĐƠƯẠạẢảẤấẦầẨẩẪẫẬậẮắẰằẶặẸẹẺẻẼẽẾếỀềỂểỄễỆệỈỉỊịỌọỎỏỐốỒồỔổỘộỚớỜờỞởỢợỤụỦủỨứỪừỬửỰựỲỳỶỷỸỹ")
"""It writes nearly every letter with an accent."""
_TURKISH = re.compile(r"(?<=[a-zçöü])[ðýþ]|[þÝ](?=[a-zçöü])")
_LETTER = "[a-zß-öø-ÿﬁﬂ]"
_SIGN = "[¡-¦¨-¬®¯´¶¸¹³º-¿‚ˆ‰‹›˜˛\u2500-\u257f]{1,3}"
_WITHIN = re.compile(rf"{_LETTER}{{2}}{_SIGN}{_LETTER}|{_LETTER}{_SIGN}{_LETTER}{{2}}")
"""A sign in the middle of a word: twice, and a letter was there. Not those of measures and formulas, which may."""
_MIXED = re.compile(
    rf"{_LETTER}[\u0370-\u03ff\u0400-\u04ff]{{1,4}}{_LETTER}|{_LETTER}{{2}}[\u0400-\u04ff]{{1,3}}(?![\w-])"
    rf"|{_LETTER}[\u3400-\u9fff\uac00-\ud7a3]{{1,2}}{_LETTER}"
    rf"|(?<![\w-])[\u0400-\u04ff]{{1,2}}{_LETTER}{{2}}"
)
"""Letters of another script in the middle of a word of Latin ones: twice, and they stand for letters beyond a to z."""
_CAPITAL_WITHIN = re.compile(
    r"[a-z]{3}[À-ÖØ-ÞŒŠŽŸƒ](?![A-ZÀ-Þ])|(?<=[A-Z][a-z])[À-ÖØ-Þ](?=[a-z])|[a-z][À-ÖØ-ÞŒŠŽŸ„”†‡][a-z]{2}"
)
"""An accented capital, or a quotation mark, inside a word of small letters."""
_OPERATOR_WITHIN = re.compile(
    rf"{_LETTER}[±≤≥≠≈∞∂∑∏π∫Ω√◊ⁿ∙·†‡•™∆÷°·§²³]{{1,2}}{_LETTER}{{2}}"
    rf"|{_LETTER}{{2}}[±≤≥≠≈∞∂∑∏π∫Ω√◊ⁿ∙†‡•™∆÷°§]{{1,2}}{_LETTER}"
)
_FORMULA = re.compile(r"[=+]|\d\s?[±≤≥≠≈∞√π÷°²³]|[±≤≥≠≈√÷]\s?\d|\s[±≤≥≠≈∞∂∑∏π∫Ω√÷∙·•→]\s")
_DASHES = re.compile(
    r"(?:[–—][^\s\w]?[^\s–—\d]){4,}|(?:[Œœ][^\s\w]?[^\sŒœ\d]){4,}|(?:[◊ÿŸŽ][^\s]){5,}"
    r"|(?:[╨╤├┘┼╫αΓτµσΘΦΣπ][\u2500-\u25ffα-ωΓΣΦΘΩ∞-≥¡-ÿ⌐⌠⌡₧ƒⁿ∙√│■]{1,2}){4,}"
)
_MAC_QUOTE = re.compile(
    r"\b(?:it|that|don|can|won|isn|doesn|didn|wasn|couldn|wouldn|let|there|what|who|i|you|we|they|he|she)í(?:s|t"
    r"|re|ve|ll|m|d)\b",
    re.IGNORECASE,
)
"""An apostrophe of Windows read on a Macintosh."""
_ICELANDIC = re.compile(r"[áíúæó]")
_BOXES = re.compile(
    r"(?:[╨╤][\u2500-\u25ff\u0400-\u04ff\xa0-\xff]){3,}|├[⌐¿áÇ¢«╝┤ñ╢ƒ┬╗╣«]|ΓÇ[ÖôöªúùÿÖ£¥]|√[©®†§∂º¥ü±ˆ≠∫∏]"
    r"|‚Ä[ôòúùìî¶ö]"
)
"""UTF-8 read as the code pages of DOS and of old Macintoshes."""
_GIBBERISH = re.compile(
    r"锟斤拷|烫{3}|屯{3}|[縺繧繝](?:[^縺繧繝]{0,20}[縺繧繝]){2}|(?:[\uff66-\uff9f]+[一-鿿]+){2,}|(?:[､･][\uff66-\uff9f]){3,}"
    r"|(?:\?+[\u3400-\u9fff가-힣]){3,}"
)
"""What Chinese and Japanese readers know by sight."""
_RARE = frozenset("锛銆鐨鏄涓鍦鎴鎬绗銇")
"""Characters that UTF-8 read as GBK is full of, and Chinese is not."""
_HAN = re.compile(r"[\u3400-\u9fff\ue000-\uf8ff锛-\uffef€]{4,}")
_KOREAN = re.compile(r"[가-힣一-鿿?]{6,}")
_CYRILLIC = re.compile(r"[А-яЁё]+")
_INVERTED = re.compile(r"(?<![А-яЁё])[а-яё][А-ЯЁ]{2,}")
"""A small letter and then capitals: how KOI8-R and Windows-1251 look when taken for each other."""
_DOS = re.compile(
    r"[а-яЁё][ЂЃѓќћџЎўЈҐ¤¦§©¬®±°µ¶·ЅѕјїЇЄєІі][а-яЁёЂЃѓќћџЎўЈҐ¤¦§©¬®±°µ¶·]|[А-Яа-я][¤ҐЎў©®Ґа-я]*[¤©®¬Ў][А-Яа-яҐў]"
    r"|[\u2550-\u259f][А-яЁёa-z\u2550-\u259f]?[А-яЁё]"
)
_PLAIN = re.compile(r"[А-яЁё\s\d.,:;!?()«»\"'—–-]+")
"""Russian as it is written."""
_SMALL = frozenset(
    "нам нас вам мне мой его её их это этот если когда где лучше хорошо очень тоже только ещё уже во со за под над"
    " при без и в не на что с как это по но из за от для к о так же или у до мы он она они я ты все его был".split()
)
_LOST_LETTERS = re.compile(r"(?<![\w/.?=&%-])[A-Za-zÀ-ÿ]+\?[a-zà-ÿ]+(?![\w=(:?&])")
_LOST_EDGES = re.compile(r"(?<=[^\W\d_])\?+ (?=[a-zà-ÿ])|(?<= )\?(?=[a-zà-ÿ]{2})")
"""A question mark at the edge of a word, in the middle of a sentence."""
_LOST_WORDS = re.compile(r"(?<![\w?])\?{3,}(?![\w?])")


def misread(text: str) -> str:
    """The first place where the text was read in the wrong encoding, or nothing. The text holds more than ASCII.

    >>> misread("Karlùv most je nejstarší most pøes Vltavu. Stavba zaèala roku 1357.")
    'Karlùv'
    """
    return next(filter(None, (look(text) for look in _LOOKS)), "")


def letters_lost(text: str, task: str) -> str:
    """Question marks where letters were: "K?ln and M?nchen", "??? ????"; not where the task has such signs too."""
    if "?" not in text or "://" in text or "??" in task or _LOST_LETTERS.search(task):
        return ""
    words = [found[0] for found in _LOST_LETTERS.finditer(text)]
    if len(set(words)) > 1 or (words and len(_LOST_EDGES.findall(text)) > 1):
        return words[0]
    gaps = _LOST_WORDS.findall(text)
    return gaps[0] if len(gaps) > 2 else ""


def _boxes(text: str) -> str:
    found = _BOXES.search(text) or _GIBBERISH.search(text) or _MAC_QUOTE.search(text)
    found = found or _DASHES.search(text)
    return found[0] if found else ""


def _words_broken(text: str) -> str:
    """Signs, capitals or letters of other scripts in the middle of words of the Latin script."""
    for pattern in (_WITHIN, _MIXED, _CAPITAL_WITHIN, _OPERATOR_WITHIN):
        found = {hit[0] for hit in pattern.finditer(text)}
        if len(found) > 1 and (pattern is not _OPERATOR_WITHIN or not _FORMULA.search(text)) and _is_mostly_latin(text):
            return min(found)
    return ""


def _is_mostly_latin(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return sum(letter < "\u0250" for letter in letters) >= 0.7 * len(letters)


def _latin_for_others(text: str) -> str:
    """Russian, Greek, Chinese, Korean or Japanese as a row of accented letters."""
    if found := _SHIFT_JIS.search(text):
        return found[0]
    words = [word for word in _HIGH_WORD.findall(text) if len(set(word)) > 2]
    return words[0] if sum(map(len, words)) > 9 and len(set("".join(words))) > 5 else ""


def _latin_for_latin(text: str) -> str:
    """Czech, Polish, Romanian, Turkish or Hungarian with the letters of Western Europe."""
    there = set(text)
    if there & _VIETNAMESE:
        return ""
    czech = "ø" in there or (there & {"ì", "è"} and there & {"š", "ž", "ý"})
    if czech and len(found := _CZECH.findall(text)) > 1 and not {"æ", "å"} & there:
        return _word_with(text, found[0])
    if hit := _POLISH_WORD.search(text):
        return hit[0]
    for pattern, sign in ((_POLISH, ""), (_ROMANIAN, "ã")):
        if sign in text and len(hits := [hit[0] for hit in pattern.finditer(text)]) > 1 and "ð" not in text:
            return hits[0]
    if len(found := _TURKISH.findall(text)) > 1 and {"ü", "ç", "ö"} & set(text) and not _ICELANDIC.search(text):
        return _word_with(text, found[0])
    hungarian = there & {"õ", "û"} and there & {"ö", "ü"} and there & {"é", "á"} and not there & set("ãäêîôâàèç")
    return _word_with(text, min(there & {"õ", "û"})) if hungarian else ""


def _word_with(text: str, sign: str) -> str:
    return next(word for word in text.split() if sign in word)


def _han_for_han(text: str) -> str:
    """UTF-8 read as GBK or CP949: the bytes of these characters spell other ones."""
    if not _RARE.isdisjoint(text):
        for found in _HAN.finditer(text):
            if _spells(found[0], "gb18030", "\u3000", "\u9fff"):
                return found[0]
    if "?" in text:
        for found in _KOREAN.finditer(text):
            if _spells(found[0], "cp949", "가", "힣"):
                return found[0]
    return ""


def _spells(text: str, wrong: str, first: str, last: str) -> bool:
    """Most of the bytes are three-byte characters of the range; what cannot be read is left out."""
    there = text.encode(wrong, "ignore")
    read = there.decode("utf-8", "ignore")
    return 3 * sum(first <= character <= last or character > "\uff00" for character in read) >= 0.7 * len(there) > 7


def _cyrillic_for_cyrillic(text: str) -> str:
    """KOI8-R, Windows-1251 and DOS taken for each other: no small word of Russian as it stands, some read again."""
    if not (_INVERTED.search(text) or _DOS.search(text)):
        return ""
    words: list[str] = _CYRILLIC.findall(text)
    if any(word in _SMALL for word in text.split()):
        return ""
    for wrong, right in (
        ("cp1251", "koi8-r"),
        ("koi8-r", "cp1251"),
        ("cp1251", "cp866"),
        ("cp866", "cp1251"),
        ("koi8-r", "cp866"),
    ):
        read = text.encode(wrong, "ignore").decode(right, "ignore")
        plain = _PLAIN.fullmatch(read) and not _PLAIN.fullmatch(text)
        if sum(word in _SMALL for word in read.lower().split()) > (0 if plain else 1):
            return words[0] if words else text[:20]
    return words[0] if len(_INVERTED.findall(text)) > 2 else ""


_LOOKS: tuple[Callable[[str], str], ...] = (
    _boxes,
    _words_broken,
    _latin_for_others,
    _latin_for_latin,
    _han_for_han,
    _cyrillic_for_cyrillic,
)
