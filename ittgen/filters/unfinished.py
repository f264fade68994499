"""Words and halves of words after which no sentence ends, in two dozen languages. Knows the end of a text, no more."""

import re
from functools import cache

_NEVER = """
a an the and or your my our their because although whose every including than if unless whereas
der dem den des und oder für einer einem eines weil dass sowie im vom beim zum zur sowohl indem
les une des et ou du parce aux dont lorsque puisque ainsi ses leurs
los las el una del porque aunque cuyo sus unos unas
uma embora nas nos das dos pelos pelas cuja cujo
gli il che della delle degli nella nelle dalla perché oppure
het een en omdat hun zoals
oraz lub że ponieważ który która które albo
и в на что или по к от для с из у о об при который которая которые чтобы потому
й та що або із який яка які щоб від до
nebo který která protože
și sau cu de în pentru că care
att och som eller för av ett eftersom og fordi
és egy hogy az mert
και ή το τη την του της των που στο στη στην
ve veya çünkü
và của là những với hoặc để vì bởi
dan atau yang untuk dari dengan karena pada sebuah
في من على إلى عن أو التي الذي أن إن مع بين وفي ومن
و در از به که با برای یا
של את עם או כי על אל
का के की को से ने और या कि एक
এবং বা একটি যে
"""
_RARELY = """
of to in with for from by as at is are was were be been has have had will would should could can may might must shall
that which who when while where not very more about between through during into so such also its they we he she
ist sind war hat haben wird werden kann können muss auf mit von bei nach über unter wenn als wie auch sich
est sont a ont peut doit dans sur avec pour par qui que se ne pas plus
es son ha han puede debe en con por para que se no más como de
é são tem pode deve em com por para que se não mais como de
è sono ha hanno può deve in con per che si non più come di
is zijn wordt worden kan met voor van die dat te op
jest są może się do nie przez dla od
это как не может был была были есть также его их она он они за
це як не може був була були є також його їх вона він вони за
ir do ke ya va ham
bir bu ile için olan olarak gibi daha
được trong cho có một này khi
adalah akan dapat ini itu juga
هو هي كان يمكن هذا هذه كما لا قد
है में पर लिए जो यह
"""
_HALVES = (
    "don doesn didn isn aren wasn weren couldn wouldn shouldn hasn haven hadn dep sp fri boyfri girlfri att desc recomm"
    " susp pret indep condesc transc compreh appreh"
)
"""Before an apostrophe, or before "end", a sequence at which some teachers were told to stop: "fri", "dep"."""
_HALF = re.compile(
    rf"(?:^|[\s\"'(\[])(?:{'|'.join(_HALVES.split())})$"
    r"|\b(?:to|will|would|can|could|should|might|may|they|we|you|that) (?:def|ext|int|exp|off|[bdlmstv]|sl|bl|comm)$"
)
_CHINESE = re.compile(r"[的和与與及或在于於并對对将被把从從以为為因向使让讓给給]$")
_JAPANESE = re.compile(r"(?:[をがはのにとへや、]|から|という|による)$")
_KOREAN = re.compile(
    r"(?:[가-힣](?:를|을|는|의|와|과|에서|으로|에게|하고|하여|위해|대한|있는|하는|되는)|및|또는|그리고)$"
)
_THAI = re.compile(
    r"(?:และ|หรือ|ที่|ของ|เพื่อ|โดย|ใน|จาก|กับ|ให้|การ|ความ|เป็น|ซึ่ง|จะ|ต้อง|สามารถ|จากนั้น|เพราะ|แต่|เมื่อ|ดังนั้น|คือ|เช่น|โดยที่)$"
)
_SENTENCES = re.compile(r"。|다\.|요\.")
_EASTERN = (
    ("\u0e00", "\u0e7f", _THAI),
    ("\uac00", "\ud7a3", _KOREAN),
    ("\u3040", "\u30ff", _JAPANESE),
    ("\u3400", "\u9fff", _CHINESE),
)


def never_last(tail: str, text: str = "") -> bool:
    """Whether a text ends in a word after which no sentence does: "the rain and".

    In Chinese, Japanese and Korean it has to be a text of sentences: items and titles end in particles too.
    """
    last = tail[-1]
    if last > "\u0e7f" and not _SENTENCES.search(text):
        return False
    if last > "\u0e00":
        return any(low <= last <= high and pattern.search(tail) for low, high, pattern in _EASTERN)
    return _word(tail) in _words("never")


def rarely_last(tail: str) -> bool:
    """Whether few sentences end in its last word: "they should"."""
    return _word(tail).lower() in _words("rarely")


def half_a_word(tail: str) -> bool:
    """Whether the last word is the beginning of one: "recomm", "you don"."""
    return bool(_HALF.search(tail[-40:]))


def _word(tail: str) -> str:
    return tail.rsplit(maxsplit=1)[-1]


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset((_NEVER if kind == "never" else _RARELY).split())
