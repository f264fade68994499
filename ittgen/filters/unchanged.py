"""Tasks to which the input as it stands may be right. Computes it where it can: sorted lists, palindromes."""

import re

_LABELS = re.compile(
    r"\b(?:classif\w+|categori[sz]\w+|label|tag|true or false|yes or no|positive or negative|sentiment"
    r"|under \w+(?:, \w+)* or"
    r"|klassifizier\w*|classe[zr]? (?:le|la|ce|cette) (?:texte|phrase)|clasifica|classifica|классифиц\w+|définis"
    r"|bewerte)\b|分类|分類|分类为|감정|صنف|वर्गीकृत"
    r"|[\"“«„][^\"”»]{2,30}[\"”»][^\"“«„]{0,60}\b(?:or|otherwise|else|oder|sonst|ou|sinon|o|либо|или)\b",
    re.IGNORECASE,
)
"""The answer is a label, which no input is."""
_COPIES = re.compile(
    r"(?:\A|[.!?;:]\s+)\W*(?:please )?(?:repeat|copy|echo|recite|type)\b|\bwrite (?:out |down )?(?:this"
    r"|the following)\b"
    r"|\brepeat (?:the|this|it|after)|verbatim|unchanged|word for word|(?:exactly )?as (?:it|they) (?:is|are"
    r"|stands?)\b|exactly as"
    r"|without chang\w+|\bleave (?:it|them|the|those|proper|names)\b|\bkeep it\b|otherwise|\bif (?:it|the|there"
    r"|needed|necessary|any)\b|\bunless\b"
    r"|wiederhol|abschreib|schreib\w* ab|unverändert|wenn nötig|falls|sonst|recopi|répète|sinon|inchang|s'il y en a"
    r"|sin cambi|sem alter|inalterad|senza modific|invariat|si (?:los|las|es|hay"
    r"|está)|tal cual"
    r"|copia\b|repit|repita|ripeti|se necess|если|иначе|повтори|перепиши|重复|照抄|如果|否则|复述|抄写|繰り返|写し"
    r"|そのまま|必要なら"
    r"|반복|따라|그대로|كرر|दोहरा|ทวน"
    r"|olduğu gibi|aynen|tekrar(?:la| et| yaz)|przepisz|powtórz|bez zmian|herhaal|schrijf over|ongewijzigd|upprepa"
    r"|skriv av"
    r"|oförändra|gentag|uændret|gjenta|opakuj|zopakuj|přepiš|beze změn|repet[ăa]|copiază|neschimbat|ismételd|másold"
    r"|változatlan"
    r"|επανάλαβε|αντίγραψε|όπως είναι|lặp lại|chép lại|nguyên văn|giữ nguyên|ulangi|salin|apa adanya|toista|kopioi"
    r"|sellaisenaan"
    r"|скопируй|дословно|без изменений|дослівно|без змін|скопіюй|תחזור|העתק|כמו שהוא|تکرار|عیناً|بازنویس|انسخ|كما هو"
    r"|হুবহু|পুনরাবৃত্তি",
    re.IGNORECASE,
)
_CORRECTS = re.compile(
    r"\bcorrect\b(?= (?:the|any|all|this|these|it|my|its|an?|errors|spelling|grammar|mistakes|sentences?|punct\w*"
    r"|if)\b)|correction"
    r"|proof-?read|\bfix (?:the|any|all|this|it|my|up)|grammar|spelling|misspel|punctuat|korrig|verbesser|berichtig"
    r"|fehler|rechtschreib"
    r"|corrig|corrij|orthogra|ortogr|грамм|исправ|ошиб|改正|修正|更正|纠正|校对|语法|訂正|直して|校正|고쳐|교정"
    r"|맞춤법|صحح|सुधार|ठीक|शुद्ध"
    r"|แก้|düzelt|popraw|sửa|perbaiki",
    re.IGNORECASE,
)
_CHECKS = re.compile(
    r"\b(?:any|check|proof-?read|possible|where|needed|necessary|whether|review|revise)\b|prüf|etwaig|eventuel|vérifi"
    r"|relis"
    r"|se houver|si los hay|s'il|wenn|comprueba|revis[ae]|verifi[cq]|controll|провер|перевір|sprawdź|ewentual|kontrol"
    r"|denetle|checken|nakij"
    r"|检查|检验|有没有|チェック|確認|あれば|확인|있으면|있다면|راجع|تحقق|जाँच|जांच|ตรวจ|kiểm tra|nếu|periksa",
    re.IGNORECASE,
)
"""A text without a fault is its own correction, where the order leaves open whether there is one."""
_FAULTS = re.compile(
    r"\b(?:recieve\w*|definately|seperat\w+|occured|untill|wich|becuase|tommor+ow|tomorow|alot|teh|libary|goverment"
    r"|enviroment|neccess\w+|beleive\w*|freind\w*|wierd|thier|adress\w*|suprise\w*|begining|succesful\w*|arguement"
    r"|accomodat\w+|grammer|writting|comming|realy|allways|wensday|febuary|restaraunt|buisness|diffrent)\b"
    r"|\b(?:(?:he|she|it) (?:don't|have|were|go|do|like|want|need)|(?:they|we|you) (?:was|has|doesn't|goes)|i (?:goes"
    r"|has|is"
    r"|were|likes)|me and (?:my|her|him|them) \w+|(?:him|her|them) and (?:me|i)|could of|should of|would of|more better"
    r"|peoples is)\b",
    re.IGNORECASE,
)
"""Faults of English that everybody sees: a text with one is not its own correction."""
_SORTS = re.compile(
    r"\bsort\b|\b(?:order|arrange|rank|organi[sz]e) |in (?:\w+ )?order\b|alphabet|ascend|descend|chronolog|sortier"
    r"|ordne|trie|tri\b"
    r"|classe\w*|ordena|ordina|rangschik|sorteer|uporządkuj|posortuj|отсорт|расстав|упоряд|排序|排列|並べ|整列|정렬"
    r"|나열|رتب|क्रम|เรียง"
    r"|sırala|sắp xếp|urutkan",
    re.IGNORECASE,
)
_REVERSES = re.compile(
    r"reverse|backwards|invert|\bflip|palindrom|mirror|rückwärts|umkehr|à l'envers|invers|al revés|invierte|наоборот"
    r"|перев[её]рн|反转|倒序|倒过来|逆|回文|거꾸로|뒤집|عكس|उल्टा",
    re.IGNORECASE,
)
_CASES = re.compile(
    r"upper ?case|lower ?case|capital|title case|majuscul|minuscul|mayúscul|minúscul|groß|kleinbuchst|заглавн|строчн"
    r"|大写|小写|大文字|小文字|대문자|소문자",
    re.IGNORECASE,
)
_REMOVES = re.compile(
    r"\b(?:remov|delet|strip|clean|duplicat|dedup|uniqu|filter|entfern|lösch|supprim|elimina|quita|rimuov|удали)\w*"
    r"|去掉|删除|去除|去重|削除|除|제거|삭제|احذف|हटा",
    re.IGNORECASE,
)
_TAKES_OUT = re.compile(
    r"\b(?:extract|choos|pick|select|identif|find|which|wähl|extrah|choisi|extrai|elige|extrae|escolh|scegli|выбери"
    r"|найди|извлеки)\w*"
    r"|提取|选|找|選|抽出|선택|추출|استخرج|निकाल",
    re.IGNORECASE,
)
_SUMS = re.compile(
    r"absolute|\bround|floor|\bceil|simplif|reduce|maxim|minim|largest|smallest|biggest|highest|lowest|remainder"
    r"|\bmod|truncat|decimal|integer|digit(?:al)? (?:sum|root)|\bsum\b"
    r"|valeur absolue|arrondi|betrag|rund|kürze|absolut|redonde|сократ|округл|модул|绝对值|四捨五入|约分|化简|最大"
    r"|最小|絶対値",
    re.IGNORECASE,
)
_FORMS = re.compile(
    r"\btenses?\b|\bform\b|singular|present|\bstem|\bbase\b|lemma|infinitiv|conjugat|normali[sz]e"
    r"|\broot\b|zeitform|grundform|现在时|时态|原形|活用|原型",
    re.IGNORECASE,
)
_TRANSLATES = re.compile(
    r"translat|übersetz|tradu|traduz|перев|tłumacz|vertaal|翻译|翻譯|翻訳|번역|ترجم|अनुवाद|แปล|çevir|dịch"
    r"|\b(?:word|term|equivalent|name)s? (?:for|in)\b|\b(?:german|french|spanish|italian|english|dutch|portuguese"
    r"|polish) word"
    r"|\b(?:auf|en|in|em|på|til) (?:deutsch|englisch|anglais|français|inglés|español|inglese|italiano|inglês|engelsk)",
    re.IGNORECASE,
)
_PIECES = re.compile(r"\s*(?:[,;\n|、，；،]|\s-\s)\s*")
_PIECE = 40
"""Letters of the longest thing that is one thing."""
_WORDS = 5
_NUMBER = re.compile(r"[-−]?[\d.,]+")


def may_stay(task: str, given: str) -> bool:
    """Whether nothing to change may be right.

    >>> may_stay("Sort the words.", "ant, bee, cat"), may_stay("Sort the words.", "cat, ant, bee")
    (True, False)
    """
    if len(given) <= 2:
        return True
    if _LABELS.search(task):
        return False
    if _CORRECTS.search(task) and _FAULTS.search(given):
        return False
    if _COPIES.search(task) or (_CORRECTS.search(task) and (_CHECKS.search(task) or _is_short(given))):
        return True
    if _SORTS.search(task):
        return _in_order(given)
    if _REVERSES.search(task):
        return _mirrored(given)
    if _CASES.search(task) and any(map(str.isalpha, given)):
        return given in (given.upper(), given.lower(), given.title())
    return _may_be_whole(task, given)


def _is_short(given: str) -> bool:
    """A few words, in which there may be nothing to correct."""
    return len(given) < 2 * _WORDS if max(given) > "\u0e00" else len(given.split()) < _WORDS


def _may_be_whole(task: str, given: str) -> bool:
    """A text with nothing to take out, a piece that is all there is, a number, a name or a form that stays the same."""
    if _REMOVES.search(task):
        return True
    if _NUMBER.fullmatch(given):
        return bool(_SUMS.search(task))
    piece = (
        len(given.split()) < 4 and not _PIECES.search(given) and len(given) < _PIECE and given[-1] not in ".!?。！？"
    )
    word = piece and " " not in given and (given.isascii() or len(given) < 7)
    return (piece and bool(_TAKES_OUT.search(task))) or (word and bool(_FORMS.search(task) or _TRANSLATES.search(task)))


def _in_order(given: str) -> bool:
    """Whether the pieces of a list are in order, up or down, as words or as numbers."""
    pieces = [piece.strip(" .\"'").lower() for piece in _PIECES.split(given) if piece.strip()]
    pieces = pieces if len(pieces) > 1 or given.endswith((".", "!", "?", "。")) else given.lower().split()
    numbers = [number for piece in pieces if (number := _number(piece)) is not None]
    order: list[float] | list[str] = numbers if len(numbers) == len(pieces) else pieces
    return len(order) > 1 and order in (sorted(order), sorted(order, reverse=True))


def _number(piece: str) -> float | None:
    try:
        return float(piece.replace(",", ""))
    except ValueError:
        return None


def _mirrored(given: str) -> bool:
    plain = "".join(filter(str.isalnum, given.lower()))
    words = given.lower().split()
    return plain == plain[::-1] or (len(words) > 1 and words == words[::-1])
