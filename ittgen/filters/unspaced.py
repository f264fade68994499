"""Wishes for a number and promises of one in Chinese, Japanese, Korean and Thai, which need patterns, not words."""

import re

_DIGITS = {sign: value for value, sign in enumerate("一二三四五六七八九十", 1)} | {"两": 2, "兩": 2, "几": 0}
_KOREAN = dict(zip("한 두 세 네 다섯 여섯 일곱 여덟 아홉 열 스무".split(), (*range(1, 11), 20), strict=True)) | {
    "다섯": 5
}
_THAI = dict(zip("หนึ่ง สอง สาม สี่ ห้า หก เจ็ด แปด เก้า สิบ".split(), range(1, 11), strict=True))
_HAN = r"\d{1,3}|[一二两兩三四五六七八九]?十[一二三四五六七八九]?|[一二两兩三四五六七八九]"
_N = rf"(?P<n>{_HAN})\s*"
_ONLY = r"(?P<bound>至少|不少于|最少|最多|不超过|不超過|少于|大约|大約|约|約|左右|仅|只|刚好|正好|恰好|共)?\s*"
_THINGS = "个個种種条條项項点點位本部首款家座道件名所类類则則例步样樣"
_NO_THINGS = r"(?!\s*(?:月|小时|小時|星期|人(?![物名])|数|數|之间|方面的|选项|選項|单词的|不同的数|句子中))"
_ENUMERATE = (
    "列出|列举|列舉|举出|舉出|举|说出|說出|给出|給出|给我|提出|提供|推荐|推薦|建议|建議|写出|寫出|写下|想出|生成|命名|创建|取|起|列"
    "|写|說|说"
)
_TWO_THINGS = re.compile(
    r"之间|之間|的和\b|之和|之差|区别|區別|差异|关系|平均|其中|相同|不同之处|共同|比较|每|各|分别|哪"
)
_BEFORE = r"[^，。；：！？,.;:!?\n\d一关关于有含由]{0,14}?"
"""Between verb and number: no other clause, and nothing that the things would be a part of."""
_CHINESE = {
    "item": rf"(?:{_ENUMERATE}){_BEFORE}{_ONLY}{_N}(?:[{_THINGS}]|句(?!话)){_NO_THINGS}",
    "sentence": rf"(?:用|写|寫|以|在|成|为|為|概括|总结|限|篇|段){_ONLY}{_N}"
    r"(?:句话|句話|个句子|個句子|(?<!一)句(?!子))(?!之间|中的)",
    "line": rf"(?:写|寫|用|分|成|创作|作)(?:一首|首)?{_ONLY}{_N}行",
    "paragraph": rf"(?:写|寫|用|分|成){_ONLY}{_N}(?:个段落|個段落|段(?:文字|话)?)",
    "han": rf"{_ONLY}{_N}(?:个|個)?(?:汉字|漢字|字)(?!母|段|符|典)(?P<after>以内|以內|以上|以下|左右)?",
}
_JAPANESE = {
    "item": rf"{_N}(?:つ|個|点|種類|項目|選|通り|か所|ヶ所|か条)(?!の[^、。]*(?:間|違い|比較|共通|和|差|うち|中))"
    r"[^。？?\n]{0,25}?(?:挙げ|あげ|列挙|リスト|示し|紹介|提案|考え|書い|書き|述べ|教え|作成|生成|提供|答え|出して|箇条書き|記述|選び出)",
    "sentence": rf"{_N}文(?:で|以内で|程度で)",
    "line": rf"{_N}行(?:で|の(?:詩|文章))",
    "han": rf"{_N}(?:文字|字)(?P<after>以内|以上|以下|程度|前後)?(?:で|の)",
}
_KO = rf"(?<![가-힣\d])(?P<n>\d{{1,3}}|{'|'.join(_KOREAN)})\s?"
_KOREAN_WISHES = {
    "item": rf"{_KO}(?:가지|개|명|곳|권|편|점|마리|종류)(?!월|\s?(?:중|사이|의 차이))[^.?!\n]{{0,40}}?"
    r"(?:나열|말해|말하|말씀|알려|적어|적으|써|쓰|쓸|제시|추천|소개|설명|들어|들라|만들|작성|생성|제안|열거|꼽|제공|나타내|찾아)",
    "sentence": rf"{_KO}(?:개의 )?문장(?:으로|이내로|짜리)",
    "line": rf"{_KO}(?:줄|행)(?:로|짜리|의 시|시)",
    "word": rf"{_KO}(?:개의 )?단어(?P<after> 이내| 이하| 이상)?(?:로|의)",
}
_TH = rf"(?P<n>\d{{1,3}}|{'|'.join(_THAI)})\s?"
_THAI_WISHES = {
    "item": r"(?:บอก|ยกตัวอย่าง|เขียน|แนะนำ|ระบุ|แสดง|เสนอ|จง|ให้|รายชื่อ|รายการ)[^\n]{0,60}?"
    rf"{_TH}(?:อย่าง|ข้อ|ประการ|ชนิด|วิธี|แห่ง|เรื่อง|ประเภท|ตัวอย่าง|คำถาม|รายการ)",
    "sentence": rf"(?:ใน|ด้วย|เป็น){_TH}ประโยค",
    "line": rf"{_TH}บรรทัด",
}
_SCRIPTS = (
    (re.compile("[가-힣]"), _KOREAN_WISHES),
    (re.compile("[\u0e00-\u0e7f]"), _THAI_WISHES),
    (re.compile("[ぁ-ヿ]"), _JAPANESE),
    (re.compile("[\u3400-\u9fff]"), _CHINESE),
)
_BOUND = {
    **dict.fromkeys("至少 不少于 最少 以上 이상".split(), "least"),
    **dict.fromkeys("最多 不超过 不超過 少于 以内 以內 以下 이내 이하".split(), "most"),
    **dict.fromkeys("大约 大約 约 約 左右 程度 前後".split(), "about"),
}
_NUMBERISH = re.compile(rf"\d|[一二两兩三四五六七八九十]|{'|'.join([*_KOREAN, *_THAI])}")
_EACH = re.compile(r"每|各(?!种|種)|分别|それぞれ|ずつ|각각|씩|แต่ละ|อย่างละ")


def wish(task: str) -> tuple[str, int, str] | None:
    """(unit, number, bound) that a task in one of these languages asks for; None elsewhere and where it asks for none.

    >>> wish("请列出三种水果。"), wish("健康によい習慣を五つ挙げてください。")
    (('item', 3, 'bare'), ('item', 5, 'bare'))
    """
    patterns = next((patterns for script, patterns in _SCRIPTS if script.search(task)), {})
    if not patterns or not _NUMBERISH.search(task):
        return None
    tried = ((unit, re.search(pattern, task)) for unit, pattern in patterns.items())
    found = [(unit, m) for unit, m in tried if m and value_of(m["n"]) >= (1 if unit in ("sentence", "word") else 2)]
    if len({match["n"] for _, match in found}) != 1 or _EACH.search(task):
        return None
    unit, match = found[0]
    rest = task[match.end() : match.end() + 20]
    if unit == "item" and patterns is _CHINESE and _TWO_THINGS.search(rest):
        return None
    return unit, value_of(match["n"]), _bound(match)


def value_of(number: str) -> int:
    """The value of a number in digits, in Chinese characters, Korean or Thai words."""
    if number.isdecimal():
        return int(number)
    if number in _KOREAN or number in _THAI:
        return _KOREAN.get(number, 0) or _THAI.get(number, 0)
    tens, ten, ones = number.rpartition("十") if "十" in number else ("", "", number)
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0)


def _bound(match: re.Match[str]) -> str:
    said = [match.groupdict().get("bound"), match.groupdict().get("after")]
    return next((_BOUND[sign.strip()] for sign in said if sign and sign.strip() in _BOUND), "bare")


_PROMISES = (
    re.compile(rf"(?:以下|下面|这里|這裡|這些|这些|有|为|為|是|的)[^，。：:\n\d]{{0,8}}?{_N}(?:[{_THINGS}]|句(?!话))[^，。\n]{{0,40}}[:：]\s*$"),
    re.compile(rf"(?:以下|次|こちら|これら)[^。\n]{{0,20}}?{_N}(?:つ|個|点|種類|項目|選)[^。\n]{{0,30}}[:：。]\s*$"),
    re.compile(rf"(?:다음|아래|여기)[^.\n]{{0,25}}?{_KO}(?:가지|개|명|곳|권)[^.\n]{{0,30}}[:：.]\s*$"),
    re.compile(rf"{_TH}(?:อย่าง|ข้อ|ประการ|ชนิด|วิธี|แห่ง|เรื่อง|ประเภท)[^\n]{{0,30}}[:：]?\s*$"),
)  # fmt: skip


def promised(line: str) -> int:
    """The number of things that a line promises: 3 for "以下是三个建议："; 0 where it promises none."""
    found = next((match for pattern in _PROMISES if (match := pattern.search(line))), None)
    return value_of(found["n"]) if found else 0
