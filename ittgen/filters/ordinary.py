"""Texts whose characters are those with which one language is written: a look that spares right texts all others.

A text that was read in the wrong encoding has characters of several languages, signs inside words or rows of accented
letters. Knows alphabets, no words but a few small ones of Russian and its neighbours.
"""

import re
from functools import lru_cache

_SIGNS = "“”‘’„–—…«»‹›•→✓\u00a0\u202f\u2009¿¡°€£×÷−≈·½¼¾²³"
_ASCII = frozenset(map(chr, (9, 10, 13, *range(32, 127))))
_LETTERS = (
    "äöüßéèêëàâçîïôœùûÿñáíóúåìò" + "ÄÖÜÉÈÊÀÂÇÎÔÁÍÓÚÑÅ",
    "áâãàçéêíóôõúüÁÂÀÇÉÊÍÓÔÕÚªº",
    "æøåäöéüÆØÅÄÖÉ",
    "áčďéěíňóřšťúůýžäĺľôŕÁČĎÉĚÍŇÓŘŠŤÚŮÝŽĽ",
    "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ",
    "çğıöşüâîûÇĞİÖŞÜÂÎ",
    "áéíóöőúüűÁÉÍÓÖŐÚÜŰ",
    "ăâîșțşţĂÂÎȘȚŞŢ",
    "ăâđêôơưĂÂĐÊÔƠƯàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵÀẢÁẠẤẦẬẨÈÉẸẾỀỆỂÌÍỊÒÓỌỐỒỘỔỚỜỢỞÙÚỤỨỪỰỬÝỲ",
    "".join(map(chr, range(0x386, 0x3CF))),
)
_ALPHABETS = tuple(_ASCII.union(_SIGNS, letters) for letters in _LETTERS)
_CYRILLIC = _ASCII.union(_SIGNS, "ЁёіїєґІЇЄҐ№", map(chr, range(0x410, 0x450)))
_SMALL = frozenset("и в на не с по за к у о для что это как та й і з до що як від е да се са от при".split())
_MARKS = "„”“‚…«»ÄÖÜÉÈÊÀÂÇÎÔÁÍÓÚÑÕÅÆØ¿¡°ªº€£×÷−≈·½¼¾²³"
_INSIDE = re.compile(
    rf"[{_MARKS}](?<=[a-zß-ÿ].)(?=[a-zß-ÿ])|[\u00c0-\u00ff]{{4}}|[–—ÿœ]\S?[–—ÿœ]"
    r"|[ÂÃâ][\u00a0-\u00bf€“”‘’…„–—•]|í(?:s|t|re|ve|ll|m|d)(?![a-z])"
)
"""A sign or a capital inside a word, or a row of accented letters: so look letters that were other ones."""


@lru_cache(maxsize=16)
def ordinary(text: str) -> bool:
    """Whether nothing in a text asks for a closer look.

    >>> ordinary("Schöne Grüße aus Köln"), ordinary("SchÃ¶ne GrÃ¼ÃŸe aus KÃ¶ln")
    (True, False)
    """
    if text.isascii():
        return True
    there = set(text)
    if any(map(there.issubset, _ALPHABETS)):
        return _INSIDE.search(text) is None
    return there <= _CYRILLIC and not _SMALL.isdisjoint(text.split())
