"""Texts that stand for nothing: blanks of every kind, and placeholders of an answer.

Knows the words by which models and people write "nothing here", in two dozen languages, and when such a word is a right
answer. Knows nothing of the other faults a text can have. Alpaca's classes 3 and 6: see
https://github.com/gururise/AlpacaDataCleaned.
"""

import re
import unicodedata

from ittgen.filters.labels import REPLY
from ittgen.filters.placeholders import is_placeholder

_BLANK_KINDS = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})
"""Unicode's categories of controls, format characters and separators."""

_BLANK_LETTERS = frozenset("\u034f\u115f\u1160\u2800\u3164\ufe0e\ufe0f\uffa0")
"""Characters that show nothing though Unicode calls them letters, marks or symbols: fillers, selectors, a braille."""

LONGEST = 80
"""No placeholder is longer."""

EDGES = " \t\r\n.。!！'\"“”‘’«»「」*`\u200b\ufeff\u00a0\u3000"
"""What may stand around a placeholder."""

_MARKS = re.compile(
    r"(?:[<\[({（【〈《「]\s*/?\s*(?:no[ _-]?(?:output|answer|response|input|text)"
    r"|screen ?shots?|(?:image|picture|photo|video|audio|attachment|file|gif|figure|chart|diagram|graph)s?"
    r"(?: (?:of|showing) [^\]>)}]{1,50}| ?: [^\]>)}]{1,60}| attached| here| omitted| removed)?"
    r"|无输入|图片|截图|画像|スクリーンショット|изображение|скриншот|صورة|imagen|bild|imagem|immagine|afbeelding|zdjęcie|obrazek|obrázek"
    r"|bilden"
    r"|captura(?: de (?:pantalla|ecrã|tela))?|capture d['’]écran|zrzut ekranu|снимок экрана|ekran görüntüsü|skärmbild"
    r"|bildschirmfoto|schermata|schermafbeelding|hình ảnh|gambar|tangkapan layar|이미지|사진|그림|스크린샷|写真|表格"
    r"|null|none|todo|tbd|n/?a|\.{2,}|…+)"
    r"\s*[>\])}）】〉》」]|(?:</?(?:output|response|answer|result|p|div|br|span|ul|ol|li|td|tr|table|body|html|b|i|strong"
    r"|em|h\d)\b[^<>\n]{0,40}>"
    r"|&nbsp;|\s)+|no_?output|&nbsp;|```\w*\s*```)",
    re.IGNORECASE,
)
"""Marks in brackets: they are never an answer unless the task speaks of such marks; `placeholders` knows the others."""
_NAMED = re.compile(r"<[a-z]+(?: (?!\w+\s*=)[\w'’-]+){2,12}>", re.IGNORECASE)
"""The thing that was to be made, named in angle brackets: "<web page with an online store>"."""
_SAYS_NONE = re.compile(r"<\s*/?\s*no[ _-]?(?:output|answer|response)\s*/?>(?=\s|\Z)", re.IGNORECASE)
"""The mark of a prompt for "no answer", also with a reason behind it."""

_MARKS_ASKED = re.compile(r"placeholder|markdown|html|\btags?\b|xml|svg|regex|latex|bracket|template", re.IGNORECASE)

_NO = (
    r"(?:no|without|keine?|ohne|pas de|aucune?|sans|sin|ninguna?|sem|nenhuma?|nessun[oa]?|senza|geen|zonder|brak"
    r"|bez|ingen|intet"
    r"|inget|nincs|fără|niciun|žádn[áý]|нет|без|немає|tidak ada|tanpa|không có|chưa có|δεν υπάρχει|χωρίς|אין|ללא"
    r"|لا يوجد"
    r"|لا توجد|بدون)"
)
_AN_ANSWER = (
    r"(?:answer|output|response|result|reply|text|content|ausgabe|antwort|angaben?|inhalt|text|réponse|sortie"
    r"|texte|contenu"
    r"|respuesta|salida|texto|contenido|resposta|saída|conteúdo|rispost[ae]|testo|antwoord|uitvoer|tekst"
    r"|odpowied\w+|danych"
    r"|svar|indhold|innehåll|válasz|răspuns|odpově\w+|ответа?|вывода?|данных|текста?|відповіді|тексту|jawaban"
    r"|keluaran"
    r"|câu trả lời|đáp án|nội dung|απάντηση|תשובה|جواب|رد|ناتج|إجابة|پاسخ|متن)"
)
_MISSING = re.compile(
    rf"{_NO} {_AN_ANSWER}(?: (?:is |was )?(?:available|provided|given|required|needed|necessary|possible|yet"
    rf"|erforderlich|nötig|notwendig|requise?|nécessaire|necesari[ao]|requerid[ao]|necessári[ao]|richiest[ao]|nodig"
    rf"|vereist|wymagan\w+|не требуется|krävs|kræves|verfügbar|disponible"
    r"|disponível|disponibile))?"
    rf"|{_AN_ANSWER} (?:нет|отсутствует|немає|відсутня|yok|fehlt|nincs|missing|pending|omitted|folgt)"
    r"|n\s?[/.]\s?[ad]|not (?:applicable|available|provided|answered|specified|yet available)|unanswered|tb[dac]"
    r"|to be (?:determined|added|done|continued|announced|completed|filled in|written|provided)|coming soon"
    r"|lorem ipsum"
    r"|x{3,}|work in progress|left blank|(?:this (?:space|page|answer) )?(?:is )?(?:intentionally )?left blank"
    r"|(?:there is )?no input (?:was |is )?(?:given |provided |required )?(?:for this (?:task|instruction|question))?"
    r"|nicht (?:verfügbar|zutreffend|vorhanden|beantwortet)|entfällt|k\.\s?a|folgt(?: noch)?|wird (?:ergänzt"
    r"|nachgereicht)"
    r"|à (?:compléter|venir|faire|définir)|néant|sans objet|non (?:disponible|applicable|renseigné|disponibile"
    r"|applicabile)"
    r"|por (?:definir|determinar|completar|hacer)|sin contestar|no (?:disponible|aplica|contesta)|en blanco"
    r"|a (?:definir|preencher|completar)|em branco|não (?:disponível|aplicável|se aplica|respondido)|da (?:definire"
    r"|completare|fare)|in bianco|niet (?:beschikbaar|van toepassing|ingevuld)|nog in te vullen|nie dotyczy"
    r"|do uzupełnienia"
    r"|не (?:применимо|указано|заполнено|предоставлено)|неприменимо|не застосовується|не вказано"
    r"|无(?:输出|回答|答案|内容)|没有(?:输出|回答|答案|内容)|不适用|暂无(?:回答|答案|内容|数据)?|待(?:定|补充|填写|完善|续|更新)"
    r"|未(?:完待续|填写|作答|回答|提供|定)|略|省略|从略|無(?:回答|輸出)|(?:出力|回答|該当|内容)(?:なし|無し)|未(?:記入|入力|作成)"
    r"|해당 ?없음|(?:출력|답변|응답|내용) ?없음|미(?:정|작성|응답|입력)|생략|غير متوفر|لا ينطبق|لم يتم الرد"
    r"|कोई (?:उत्तर|आउटपुट|जवाब) नहीं(?: है)?|लागू नहीं|उपलब्ध नहीं"
    r"|ไม่มี(?:คำตอบ|ผลลัพธ์|ข้อมูล|เอาต์พุต|เนื้อหา)|(?:cevap|yanıt|çıktı|metin) yok"
    r"|boş bırakıldı"
    r"|belum (?:diisi|tersedia)|tidak (?:tersedia|berlaku)|chưa (?:điền|có)|không áp dụng|ej tillämpligt|saknas"
    r"|ikke (?:relevant"
    r"|tilgængelig)|není k dispozici|nu se aplică",
    re.IGNORECASE,
)
"""Words that say an answer is missing; right where something was to be looked up and is not there."""

_MEANING = re.compile(
    r"stands? for|\bmean|abbreviat|acronym|bedeut|abkürz|signifie|abrégé|significa|sigla|означа|значит|сокращен|意味"
    r"|意思|缩写|略語|뜻|약자",
    re.IGNORECASE,
)
"""Tasks about what a word is short for."""
_READ = 4_000
_LABEL = re.compile(rf"\A(?:{REPLY})\s*[:：]\s*", re.IGNORECASE)
_NOTHING = re.compile(
    r"none|null|nil|nan|undefined|todo|nothing|empty|blank|unknown|leer|vide|vacío|vazio|vuoto|leeg|boş|kosong"
    r"|пусто|порожньо|pending|pendiente|pendente|ninguno|aucun|keine|nichts|nessuno|nenhum"
    r"|brak|niets"
    r"|inget|yok|无|無|空|なし|없음",
    re.IGNORECASE,
)
"""Words that are as often a right answer: to a question, to code, to a search."""

_ELLIPSIS = re.compile(r"(?:[.．・]\s?){3,}|(?:…\s?)+|(?:。){3,}")
_ELLIPSIS_ASKED = re.compile(
    r"morse|ellips|punctuation|\bdots?\b|省略|摩[尔斯]|モールス|句読|знак\w* препинан|розділов|interpunk|ponctuation"
    r"|pontuaç|标点|문장 ?부호|noktalama|znaménk"
    r"|írásjel|στίξ|tanda baca|dấu câu|auslassung|suspension|reticen|многоточ|морз|satzzeichen|puntos|points",
    re.IGNORECASE,
)
_SIGNS_ASKED = re.compile(
    r"symbol|period|comma|colon|full stop|exclamation|asterisk|\bstars?\b|\brat(?:e|ing)|sterne|étoile|estrella"
    r"|estrel|stell|звёзд|звезд|星|별|\bsigns?\b|punctuat|\bmarks?\b|operator|character|emoticon|emoji|pattern"
    r"|morse|ascii|\bart\b|draw|print"
    r"|dash|hyphen|dots?\b|bracket|quote|separat|delimit|underscore|divider|complete|fill|zeichen|ponctuation"
    r"|signos?\b|puntuaci|pontua|sinais|segno|interpunct|знак|符号|標点|标点|記号|기호|부호|علام|चिह्न|işaret|句読"
    r"|구두점|문장 ?부호|विराम|ترقيم|noktalama|dấu câu|tanda baca|znak|znamén|írásjel|στίξ|פיסוק|เครื่องหมาย",
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
    r"|opposite|antonym|synonym|contrari|contraire|gegenteil|gegenwort|tegengestelde|przeciwie|ant[oó]n[iy]m"
    r"|антоним|протилеж|反义|反義|反対|반대"
    r"|\bzıt|lawan kata|trái nghĩa|\bstatus|zustand|estado|состояни|статус|状态"
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
    task = task[:_READ]
    if len(text) > LONGEST:
        return bool(text[0] == "<" and len(text) < 400 and _SAYS_NONE.match(text) and not _MARKS_ASKED.search(task))
    plain = text.strip().replace("&lt;", "<").replace("&gt;", ">")
    bare = plain.strip(EDGES)
    if (bare or plain).casefold() in f"{task}\n{given}".casefold():
        return False
    bare = _LABEL.sub("", bare)
    if _is_mark(plain) or _is_mark(bare) or is_placeholder(plain, task):
        return not _MARKS_ASKED.search(task)
    if not any(map(str.isalnum, bare)):
        return _only_signs(plain, task)
    if _MISSING.fullmatch(bare.strip("()[]（）【】")) and not _MEANING.search(task):
        return not (given.strip() and _LOOKED_UP.search(task))
    return bool(_NOTHING.fullmatch(bare)) and not _SOUGHT.search(task)


def _is_mark(text: str) -> bool:
    return bool(_MARKS.fullmatch(text) or _NAMED.fullmatch(text) or _SAYS_NONE.match(text))


def _only_signs(text: str, task: str) -> bool:
    """An ellipsis, dashes or other punctuation, where the task asks for no such signs; no emoji, no operator."""
    if _ELLIPSIS.fullmatch(text):
        return not _ELLIPSIS_ASKED.search(task)
    signs = "".join(text.split())
    plain = all(unicodedata.category(sign) in ("Pd", "Po", "Pc") and sign not in "%&@#/\\•·†‡" for sign in signs)
    return plain and bool(signs) and not _SIGNS_ASKED.search(task)
