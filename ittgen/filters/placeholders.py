"""Words in brackets that only say what should stand there: "[Your poem here]", "(Gedicht hier einfügen)", "（内容略）".

Knows the words of some thirty languages for texts, for putting them somewhere and for leaving them out; they stand in
`placeholders.toml`. A placeholder is made of nothing else, or of words that the task has too. Knows nothing of what a
task may want: see `emptiness`.
"""

import re
import tomllib
from functools import cache
from pathlib import Path

_LONGEST = 120
_MOST = 14
"""Characters and words; a longer text in brackets says something."""

_STEM = 5
"""Letters by which a word is known again in another case."""

_BRACKETS = re.compile(
    r"\s*(?:\[+([^\[\]]*)\]+|<+/?([^<>]*?)/?>+|\(([^()]*)\)|\{+([^{}]*)\}+"
    r"|[（【〈《「＜［]([^）】〉》」＞］]*)[）】〉》」＞］])\s*[.。]?\s*"
)
_TOKEN = re.compile(r"[^\s\d_.,:;!?…*—–-]+")
_UNSET = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
"""Letters of scripts that set no words apart, and of Korean, which joins particles to them."""

_PIECES = re.compile(
    r"(?:此处|此處|在此|在这里|這裡|这里|以下|正文|全文|余下|后文|中间|部分|请|請|您的|你的|的|处|填写|填入|填|输入|輸入|插入"
    r"|添加|写|寫|粘贴|待补充|待填写|待完善|待续|省略|从略|略|删除|已|无|無|没有|暂无|未|空白?|内容|內容|答案|回答|文本|文字"
    r"|文章|作文|诗歌?|詩|故事|信件?|邮件|摘要|总结|翻译|译文|描述|说明|结果|输出|代码|回复|补充|提供|有|字数|若干"
    r"|ここに?|ここへ|以下|本文|あなたの|を|が|に|は|の|入れ|入り|入力|記入|挿入|書いて|書く|入る|追加|してください|ください|て|ます|る"
    r"|中略|前略|後略|省略|未回答|未記入|未入力|なし|無し|空欄|内容|回答|答え|文章|テキスト|手紙|物語|要約|説明|結果|出力|コード"
    r"|여기에?|이곳에|이하|중간|당신의|답변?|응답|내용|텍스트|글|시|이야기|편지|요약|번역|설명|결과|출력|코드|을|를|이|가|은|는"
    r"|입력|작성|기입|삽입|추가|넣으|넣어|쓰|써|하세요|세요|주세요|해|하시오|생략|없음|빈칸|미작성|됨|예정|들어갈|자리"
    r"|ใส่|พิมพ์|เขียน|กรอก|คำตอบ|ข้อความ|เนื้อหา|ที่นี่|ตรงนี้|ของคุณ|ไม่มี|ว่าง|\s|[、，：:…·])+"
)
"""A placeholder of a script without blanks is made of these pieces alone."""


def inner(text: str) -> str:
    """What stands in brackets, where the whole text does; else nothing.

    >>> inner("[Your answer here]"), inner("Yes (really)")
    ('Your answer here', '')
    """
    found = _BRACKETS.fullmatch(text) if len(text) <= _LONGEST else None
    return next(filter(None, found.groups()), "").strip() if found else ""


def is_placeholder(text: str, task: str) -> bool:
    """Whether a text is one mark in brackets and says no more than that something should stand there.

    >>> is_placeholder("[Your limerick goes here]", "Write a limerick."), is_placeholder("[1, 2]", "List two numbers.")
    (True, False)
    """
    words = inner(text)
    if not words:
        return False
    if _UNSET.search(words):
        return bool(_PIECES.fullmatch(words))
    tokens = [token.lower() for token in _TOKEN.findall(words)]
    if not tokens or len(tokens) > _MOST or any(sign in words for sign in '=/\\"@#$%&;,'):
        return False
    table = _words()
    marked = not table["marking"].isdisjoint(tokens)
    if not marked and table["texts"].isdisjoint(tokens):
        return False
    rest = [token for token in tokens if not any(token in own for own in table.values()) and not _is_compound(token)]
    return not rest or (marked and all(token[:_STEM] in task.lower() for token in rest))


def _is_compound(token: str) -> bool:
    """A German or Dutch word that ends in one for a text: "Brieftext"."""
    return len(token) > _STEM and token.endswith(("text", "tekst", "inhalt", "antwort", "antwoord"))


@cache
def _words() -> dict[str, frozenset[str]]:
    table = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return {name: frozenset(words.split()) for name, words in table.items()}
