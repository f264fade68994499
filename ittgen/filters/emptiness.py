"""Texts that stand for nothing: blanks of every kind, and placeholders of an answer.

Knows the words by which models and people write "nothing here", in two dozen languages, and when such a word is a right
answer. Knows nothing of the other faults a text can have. Alpaca's classes 3 and 6: see
https://github.com/gururise/AlpacaDataCleaned.
"""

import re
import unicodedata

_BLANK_KINDS = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})
"""Unicode's categories of controls, format characters and separators."""

_BLANK_LETTERS = frozenset("\u034f\u115f\u1160\u2800\u3164\ufe0e\ufe0f\uffa0")
"""Characters that show nothing though Unicode calls them letters, marks or symbols: fillers, selectors, a braille."""

LONGEST = 80
"""No placeholder is longer."""

EDGES = " \t\r\n.。!！'\"“”‘’«»「」*`\u200b\ufeff\u00a0\u3000"
"""What may stand around a placeholder."""

_ANSWER = (
    r"(?:answers?|outputs?|responses?|repl(?:y|ies)|texts?|contents?|results?|solutions?|code|antworte?n?|ausgaben?"
    r"|inhalte?|réponses?|sorties?|textes?|contenu|respuestas?|salidas?|textos?|contenido|respostas?|saídas?|conteúdo"
    r"|rispost[ae]|testo|contenuto|antwoord(?:en)?|tekst|odpowied\w+|tekst|svar|ответ\w*|текст\w*|відповідь|cevap"
    r"|yanıt|metin|jawaban|teks|câu trả lời|nội dung|válasz\w*|απάντηση|odpověď|răspuns\w*)"
)
_PUT = (
    r"(?:insert|enter|add|paste|write|type|put|fill(?: in)?|place|provide|einfügen|eingeben|eintragen|einsetzen|füge"
    r"|schreibe|insérer|insérez|saisir|écrire|écrivez|ajouter|insertar|inserte|inserta|escrib[aeir]+|pegue|inserir"
    r"|insira|escrev[aer]+|digite|inserire|inserisci|scriv[aie]\w*|invoegen|invullen|wstaw\w*|wpisz|infoga|indsæt"
    r"|вставьте|вставить|введите|впишите|вставте|введіть|ekle\w*|yaz\w*|girin|masukkan|tulis|nhập|viết|chèn"
    r"|vložte|βάλτε)"
)
_HERE = (
    r"(?:here|goes here|hier|ici|aquí|aqui|acá|qui|tutaj|här|her|здесь|сюда|тут|buraya|di sini|ở đây|ide|εδώ|zde|aici)"
)
_MARKS = re.compile(
    r"(?:[<\[({（【〈《「]\s*/?\s*(?:"
    rf"no[ _-]?(?:output|answer|response|input|text)|(?:{_PUT} )?(?:\w+ ){{0,2}}{_ANSWER} (?:\w+ )?{_HERE}"
    rf"|{_PUT} (?:\w+ ){{0,2}}{_ANSWER}(?: \w+){{0,2}}|(?:\w+ ){{0,2}}{_ANSWER} (?:\w+ )?{_PUT}"
    rf"|(?:your|the) (?:answer|response|output|text)"
    r"|(?:(?:text|content|answer|rest|remainder|details|code|examples?) )?(?:is |was )?(?:omitted|skipped|left out"
    r"|left blank|intentionally left blank|truncated|removed|deleted|redacted|hidden)(?: (?:here|for brevity))?"
    r"|(?:text )?(?:ausgelassen|weggelassen|entfernt|gekürzt)|(?:texte )?(?:omis|supprimé)|(?:texto )?(?:omitido"
    r"|eliminado)"
    r"|(?:testo )?omesso|(?:текст )?(?:пропущен|опущен|удал[её]н)\w*|(?:此处|此處|以下|正文|内容|内容|中间|余下"
    r"|后文)?(?:已)?(?:省略|略|删除|从略)"
    r"|(?:以下|中|本文|後|前)?略|(?:以下|中間|内容)?省略|(?:이하 ?|중간 ?|내용 ?)?생략"
    r"|(?:请)?(?:在此|在这里|此处|此處)(?:处)?(?:填写|输入|插入|添加|填入|输入)[^\])>）】]{0,10}|(?:ここに"
    r"|回答を?)[^\])>）】]{0,12}"
    r"|(?:여기에)[^\])>）】]{0,14}|(?:أدخل|اكتب|ضع)[^\])>）】]{0,20}|(?:यहाँ|यहां)[^\])>）】]{0,20}"
    r"|(?:sua|tu|su|votre|ihre|deine|la tua|ваш|uw|je|twoja) (?:resposta|respuesta|réponse|antwort|risposta|ответ"
    r"|antwoord|odpowiedź)(?: \w+)?"
    r"|screen ?shots?|(?:image|picture|photo|video|audio|attachment|file|gif|figure|chart|diagram|graph)s?"
    r"(?: (?:of|showing) [^\]>)}]{1,50}| attached| here| omitted| removed)?"
    r"|[\w' -]{1,40} (?:goes|comes|belongs|to be inserted) here|to be (?:completed|added|written|filled in|continued)"
    r"|à (?:compléter|remplir|venir)|(?:por|a) (?:completar|preencher)|zu ergänzen|(?:folgt|kommt) (?:noch"
    r"|später)|da completare"
    r"|待(?:补充|完成|续|填写?)|未完成|追記予定|작성 예정"
    r"|blank|empty|无输出|無輸出|无输入|无|空|空白|图片|截图|画像|スクリーンショット|出力なし|изображение"
    r"|скриншот|صورة"
    r"|imagen|bild|imagem|captura de pantalla|null|none|todo|tbd|n/?a|\.{2,}|…+)"
    r"\s*[>\])}）】〉》」]|no_?output|&nbsp;|```\w*\s*```)",
    re.IGNORECASE,
)
"""Marks in brackets: they are never an answer unless the task speaks of such marks."""
_NAMED = re.compile(r"<[a-z]+(?: (?!\w+\s*=)[\w'’-]+){2,12}>", re.IGNORECASE)
"""The thing that was to be made, named in angle brackets: "<web page with an online store>"."""
_SAYS_NONE = re.compile(r"<\s*/?\s*no[ _-]?(?:output|answer|response)\s*/?>(?=\s|\Z)", re.IGNORECASE)
"""The mark of a prompt for "no answer", also with a reason behind it."""

_MARKS_ASKED = re.compile(r"placeholder|markdown|html|\btags?\b|xml|svg|regex|latex|bracket|template", re.IGNORECASE)

_MISSING = re.compile(
    r"n\s?[/.]\s?a|not (?:applicable|available|provided)|no (?:output|answer|response|result)s?"
    r"(?: (?:available|provided|given|required|needed|necessary|possible))?|tb[dac]|to be (?:determined|added|done"
    r"|continued|announced|completed|filled in)|coming soon|lorem ipsum|x{3,}|no (?:text|content)"
    r"|(?:there is )?no input (?:was |is )?(?:given |provided |required )?(?:for this (?:task|instruction|question))?"
    r"|(?:keine|ohne) (?:ausgabe|antwort)|nicht (?:verfügbar|zutreffend)|entfällt|k\.\s?a|folgt(?: noch)?"
    r"|sin (?:respuesta|salida)|no (?:disponible|aplica)|(?:pas de|aucune|sans) (?:réponse|sortie)"
    r"|à (?:compléter|venir)"
    r"|non (?:disponible|applicable|disponibile|applicabile)|por (?:definir|determinar|completar)|a definir"
    r"|sem (?:resposta|saída)|não (?:disponível|aplicável|se aplica)|nessun[ao]? (?:risposta|output)"
    r"|geen (?:antwoord|uitvoer)|niet (?:beschikbaar|van toepassing)|brak (?:odpowiedzi|danych)|nie dotyczy"
    r"|нет (?:ответа|вывода)|ответ отсутствует|без ответа|немає відповіді|не застосовується|не применимо|неприменимо"
    r"|нет данных|无(?:输出|回答|答案)|没有(?:输出|回答|答案)|不适用|暂无(?:回答|答案|内容)?|待定|待补充"
    r"|未完待续|略|省略"
    r"|無(?:回答|輸出)|(?:出力|回答|該当)(?:なし|無し)|未定|해당 ?없음|출력 ?없음|답변 ?없음|응답 ?없음|미정|생략"
    r"|غير متوفر|لا يوجد (?:جواب|رد|ناتج)|لا توجد إجابة|لا ينطبق|कोई (?:उत्तर|आउटपुट) नहीं(?: है)?|लागू नहीं"
    r"|ไม่มีคำตอบ"
    r"|cevap yok|yanıt yok|çıktı yok|tidak ada (?:jawaban|keluaran)|không có (?:câu trả lời|đáp án)|inget svar"
    r"|intet svar"
    r"|nincs válasz|fără răspuns|žádná odpověď|δεν υπάρχει απάντηση|אין תשובה|بدون پاسخ",
    re.IGNORECASE,
)
"""Words that say an answer is missing; right where something was to be looked up and is not there."""

_NOTHING = re.compile(
    r"none|null|nil|nan|undefined|todo|nothing|empty|blank|unknown|ninguno|aucun|keine|nichts|nessuno|nenhum"
    r"|brak|niets"
    r"|inget|yok|无|無|空|なし|없음",
    re.IGNORECASE,
)
"""Words that are as often a right answer: to a question, to code, to a search."""

_ELLIPSIS = re.compile(r"(?:[.．・]\s?){3,}|(?:…\s?)+|(?:。){3,}")
_ELLIPSIS_ASKED = re.compile(
    r"morse|ellips|punctuation|\bdots?\b|省略|摩[尔斯]|モールス|句読|многоточ|морз|satzzeichen|puntos|points",
    re.IGNORECASE,
)
_SIGNS_ASKED = re.compile(
    r"symbol|\bsigns?\b|punctuat|\bmarks?\b|operator|character|emoticon|emoji|pattern|morse|ascii|\bart\b|draw|print"
    r"|dash|hyphen|dots?\b|bracket|quote|separat|delimit|underscore|divider|complete|fill|zeichen|ponctuation"
    r"|signos?\b|puntuaci|pontua|sinais|segno|interpunct|знак|符号|標点|标点|記号|기호|부호|علام|चिह्न|işaret",
    re.IGNORECASE,
)

_SOUGHT = re.compile(
    r"[?？؟]|(?:\A|[.;:,\n(]\s*|\b(?:and|then|please|to|or|must|should|can|you|function|that)\s+)(?:find|extract"
    r"|identif\w+"
    r"|detect|determine|locate|check|fill|classif\w+|label|count|select|choose|return|print|evaluate|get|pick"
    r"|tag|parse"
    r"|convert|search|look up|say|answer|respond|report|name|list)\b"
    r"|(?:\A|[.;:,\n]\s*|\b(?:say|tell|see|know|decide|determine|of|in|if|me|check|identify|find(?: out)?|state) )"
    r"(?:which|any|whether|what|who|when|where)\b|\b(?:output|result|value) of\b"
    r"|\b(?:finde|extrahiere|welche\w*|bestimme|encuentra|extrae|identifica|extrais|trouve|identifie|quel\w*"
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
    if len(text) > LONGEST:
        return bool(text[0] == "<" and len(text) < 400 and _SAYS_NONE.match(text) and not _MARKS_ASKED.search(task))
    plain = text.strip().replace("&lt;", "<").replace("&gt;", ">")
    bare = plain.strip(EDGES)
    if (bare or plain).casefold() in f"{task}\n{given}".casefold():
        return False
    if _is_mark(plain) or _is_mark(bare):
        return not _MARKS_ASKED.search(task)
    if not any(map(str.isalnum, bare)):
        return _only_signs(plain, task)
    if _MISSING.fullmatch(bare):
        return not (given.strip() and _LOOKED_UP.search(task))
    return bool(_NOTHING.fullmatch(bare)) and not _SOUGHT.search(task)


def _is_mark(text: str) -> bool:
    return bool(_MARKS.fullmatch(text) or _NAMED.fullmatch(text) or _SAYS_NONE.match(text))


def _only_signs(text: str, task: str) -> bool:
    """An ellipsis, dashes or other punctuation, where the task asks for no such signs; no emoji, no operator."""
    if _ELLIPSIS.fullmatch(text):
        return not _ELLIPSIS_ASKED.search(task)
    signs = "".join(text.split())
    plain = all(unicodedata.category(sign) in ("Pd", "Po", "Pc") and sign not in "%&@#/\\*•·†‡" for sign in signs)
    return plain and bool(signs) and not _SIGNS_ASKED.search(task)
