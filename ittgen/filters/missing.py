"""Tasks that speak of something they do not hold: "the following code" with none, a link or picture nobody can see.

Knows the words by which tasks point at texts, in a dozen languages, and what it looks like when the text is there after
all: a colon, a quotation, a line of its own, figures, a second sentence. Opens no link.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ittgen.records import Example, Rejection

_NO_INPUT = re.compile(
    r"\W*(?:n/?a|none|null|nil|no ?input(?: (?:required|needed|given))?|empty|not applicable)?\W*",
    re.IGNORECASE,
)
_NOUN = (
    r"(?:(?:code|program|text|programming|blog|news|data|java|python|sql|html|css|javascript|c\+\+|math|word"
    r"|customer|product"
    r"|movie|book|research|short|list of|set of|block of|piece of|snippet of|bar|pie|line) )?"
    r"(?:code(?: snippet)?|snippet|function|program|script|query|text|passage|paragraph|article|sentence|essay"
    r"|poem|e-?mail|letter"
    r"|review|document|equation|expression|inequality|table|data ?set|data|conversation|dialogue|excerpt|quote"
    r"|phrase|tweet|transcript"
    r"|contract|statement|headline|image|picture|photo|photograph|video|audio|recording|chart|graph|diagram|map"
    r"|screenshot|story"
    r"|list|words|numbers|options|choices|array|string|json|figure|drawing|painting|clip|attachment|file|abstract"
    r"|summary|argument)s?"
)
_FOLLOWING = re.compile(
    r"\b(?:the|these|this) following(?! (?:day|week|month|year|morning|night|steps?|rules?|way|order|format"
    r"|features?|criteria"
    r"|requirements?|structure|methods?|columns?|fields?|parameters?|properties|attributes|constraints?|reasons?"
    r"|template"
    r"|template|elements?|components?|functionalit\w+|style|case|sections?|season|century|decade|years|weeks|days"
    r"|months"
    r"|topics?|categor\w+|guidelines?|specifications?|conditions?|situation|scenario|information|pattern)\b)"
    r"(?: [\w'’+-]+){1,3}",
    re.IGNORECASE,
)
_POINTING = re.compile(
    rf"\bthe (?:given|provided|attached|enclosed|supplied) {_NOUN}\b|\bthis {_NOUN}\b|\b(?:the|this|these)"
    rf" {_NOUN} (?:below|above)\b"
    rf"(?=\s*(?:[.?!,:]|\Z|and |into |in |to |by |for |using |with ))|\bthe above {_NOUN}\b",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"\b(?:(?:den|der|dem|die|das) folgenden? (?:\w+ )?(?:Text|Satz|Sätze|Code|Absatz|Artikel|Abschnitt|Liste"
    r"|Tabelle|Gedicht|Gleichung|Zahlen"
    r"|Wörter|E-Mail)\w*|(?:le|la|les) (?:texte|phrase|phrases|code|paragraphe|article|liste|tableau|poème"
    r"|passage|équation|nombres|mots)"
    r" (?:suivante?s?|ci-dessous)|(?:el|la|los|las) siguientes? (?:texto|tweet|frase|oración|código|párrafo|artículo"
    r"|lista|tabla|poema|ecuación"
    r"|números|palabras|pasaje|oraciones|frases)|(?:il|la|i|le|l(?:'|’)) ?seguent[ei] (?:testo|tweet|frase|codice"
    r"|paragrafo|articolo|lista|tabella"
    r"|brano|equazione|numeri|parole)|(?:[dn]?[oa]s?) seguintes? (?:texto|tweet|frase|código|parágrafo|artigo|lista"
    r"|tabela|poema|equação|trecho)"
    r"|de volgende (?:tekst|zin|code|alinea|lijst|tabel|zinnen)|(?:следующ|приведенн|приведённ|данн)\w+ (?:ниже"
    r" )?(?:текст|предложени|код|абзац"
    r"|стать|список|таблиц|стихотворени|уравнени|отрыв)\w*|(?:poniższ|następując)\w+ (?:tekst|zdani|kod|akapit"
    r"|artykuł|list|tabel)\w*"
    r"|aşağıdaki (?:metn|metin|cümle|kod|paragraf|makale|liste|tablo)\w*)"
    r"|(?:以下|下面|下列|这段|這段|上述|上面)的?(?:这段|这篇|这个|這段)?(?:文章|代码|代碼|程式碼|句子|段落|文本|文字|短文|数据|列表|诗歌|诗|表格|文段|程序|邮件)"
    r"|(?:以下の|次の|上記の|この)(?:文章|文|コード|テキスト|段落|表|リスト|データ|記事|詩|プログラム|メール)(?=[をのはがに])"
    r"|(?:다음|아래|위의?) (?:문장|글|코드|텍스트|기사|단락|목록|표|시)(?:을|를|의|은|이)"
    r"|(?:النص|الجملة|الفقرة|المقال|المقالة|الكود|القائمة|الجمل|القصيدة|الجدول) (?:التالي|التالية|أدناه|الآتي|الآتية)"
    r"|(?:निम्नलिखित|नीचे दिए गए|निम्न) (?:वाक्य|पाठ|कोड|अनुच्छेद|लेख|सूची|गद्यांश|कविता|तालिका)",
    re.IGNORECASE,
)
_HOLDS = re.compile(
    r"[:：]\s*\S|\n\s*\S|[\"“”«»「」『』`\[\]{}<>=|*\d]|(?:^|\s)['‘]\w|_{2,}|…|\.\.\.|/|[—–]|[(（]|https?:"
)
_GOES_ON = re.compile(
    r"\W*(?:please|make|include|use|explain|give|provide|write|keep|do|don(?:'|’)t|be|your|the (?:answer|output"
    r"|summary|result|response"
    r"|new|final|rewritten|translation)|identify|list|describe|return|ensure|also|then|and|in|highlight|focus"
    r"|limit|state|tell|name|output|find"
    r"|it|answer|summari[sz]e|add|remove|what|how|why|who|which|assume|determine|classify|correct|translate"
    r"|rewrite|try|if|you|should"
    r"|indicate|select|choose|or|so|without|while|bitte|nenne|erkläre|explique|donne|explica|incluye|объясни\w*"
    r"|укажи\w*|请|並|并|अपने|وضح)\b",
    re.IGNORECASE,
)
_CAPITALS = re.compile(r"(?<=[a-z]) ([A-Z][a-z]*)(?= [a-z])")
_BEFORE_NAMES = frozenset("in into to from of by for about with using and or as on at like than between via".split())
_CODING = re.compile(
    r"\b(?:write|create|implement|develop|design|construct|build|code|generate|make|define|compose|produce|modify"
    r"|come up)\b[^.]{0,60}"
    r"\b(?:function|program|script|class|algorithm|quer(?:y|ies)|method|regex|regular expression|code|api|app"
    r"|formula|command|statement"
    r"|loop|model|test|tests|macro|procedure|snippet|page|tool|story|poem|prompt|template|system|sql|python|java"
    r"|form|interface)\b",
    re.IGNORECASE,
)
_ABOUT_ITSELF = re.compile(
    r"\b(?:words?|letters?|characters?|vowels|language)\b[^.]{0,30}\bthis (?:sentence|question|text|statement)",
    re.IGNORECASE,
)
_ASKED_BACK = re.compile(
    rf"\b(?:please|could you|can you|you (?:need|have) to) (?:please )?(?:provide|share|paste|send|include|supply"
    rf"|upload)(?: me)?(?: with)? "
    rf"(?:the|a|an|your|some|more)(?: \w+){{0,2}}? ({_NOUN})\b|\b(?:no|any|did not|didn(?:'|’)t|haven(?:'|’)t"
    rf"|have not|without) (?:\w+ ){{0,3}}?"
    rf"({_NOUN})\b[^.\n]{{0,30}} (?:provided|given|included|supplied|attached)\b"
    rf"|\b(?:haven(?:'|’)t|have not|didn(?:'|’)t|did not) (?:provided?|shared?|included?|attached?|pasted?)(?:"
    rf" me)?(?: with)? (?:the|a|an|any|your) ({_NOUN})\b",
    re.IGNORECASE,
)
_WRITES = re.compile(
    r"\b(?:write|draft|compose|e-?mail to|dialogue|reply|respond|customer|role|message|translate|rewrite)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class MissingArtefact:
    """A task that points at a text, a table or code that it does not hold: value is the words that point.

    Only where there is no input, and an answer has been given: a task without one may still get its input. Anything
    that may be the artefact makes it pass: a colon and words, a quotation, figures, a line or sentence of its own, a
    system prompt longer than `long_system` words, a text before "this". Also where the answer asks for it. Alpaca's
    class of missing references (https://github.com/gururise/AlpacaDataCleaned). English; German, French, Spanish,
    Italian, Portuguese, Dutch, Russian, Polish, Turkish, Chinese, Japanese, Korean, Arabic, Hindi by their word for
    "following"; others pass.
    """

    long_system: int = 40

    def __call__(self, example: Example) -> Rejection | None:
        if not example.output.strip() or not _NO_INPUT.fullmatch(example.input[:60]):
            return None
        if len(example.instruction) > 1_000 or len(example.system[:2000].split()) > self.long_system:
            return None
        pointing = next(_pointing(example.instruction.strip()), "") or _asked_back(example)
        return Rejection(example, "missing-artefact", value=pointing, note="there is no input") if pointing else None


def _pointing(task: str) -> Iterator[str]:
    """The words that point at what is not there."""
    for found in _FOLLOWING.finditer(task):
        if _nothing_after(task[found.end() :]) and not _HOLDS.search(found[0]):
            yield found[0]
    for found in _ELSEWHERE.finditer(task):
        if _nothing_after(task[found.end() :]) and not _content_before(task[: found.start()], found[0]):
            yield found[0]
    for found in _POINTING.finditer(task):
        before, after = task[: found.start()], task[found.end() :]
        present = _content_before(before, found[0]) or not _nothing_after(after)
        if not (present or _CODING.search(task) or _ABOUT_ITSELF.search(task)):
            yield found[0]


def _content_before(before: str, pointing: str) -> bool:
    """Enough text before to be what is pointed at, or the same noun: "write an e-mail; in this e-mail"."""
    noun = pointing.split()[-1].lower().rstrip("s")
    return bool(_HOLDS.search(before)) or len(before.split()) > 12 or len(before) > 90 or noun in before.lower()


def _nothing_after(after: str) -> bool:
    """What follows is the rest of the order, with nothing in it that may be the artefact."""
    if _HOLDS.search(after):
        return False
    sentence, *rest = re.split(r"(?<=[.?!。？！।؟])\s*", after, maxsplit=1)
    if rest and not (_GOES_ON.match(rest[0]) or len(rest[0]) < 12):
        return False
    head, *clauses = re.split(r"[,;，、；،]", sentence)
    if any(clause.strip() and not _GOES_ON.match(clause) for clause in clauses):
        return False
    names = (head[: found.start()].split()[-1:] for found in _CAPITALS.finditer(head))
    short = len(sentence.split()) <= 16 and len(sentence) <= 110
    return short and all(word and word[0].lower() in _BEFORE_NAMES for word in names)


def _asked_back(example: Example) -> str:
    """The words by which a short answer asks for what the task should have held."""
    if _HOLDS.search(example.instruction) or _WRITES.search(example.instruction) or len(example.output) > 500:
        return ""
    found = _ASKED_BACK.search(example.output)
    noun = next(filter(None, found.groups()), "").split()[-1].lower().rstrip("s") if found else ""
    return found[0] if found and noun in example.instruction.lower() else ""


# Media

_LINK = re.compile(r"<?(?:https?://|www\.)[^\s/<>]+(/[^\s<>]*)?>?", re.IGNORECASE)
_KIND = (
    r"(?:image|picture|photo(?:graph)?|video|audio|file|document|attachment|pdf|screenshot|clip|recording|chart|graph"
    r"|map|painting)"
)
_MARK = re.compile(
    rf"[<\[({{*]*\s*(?:{_KIND}(?: \w+)?[ :]*(?:attached|here|below|provided|inserted|upload(?:ed)?|url|link|file|"
    rf"placeholder)"
    rf"|(?:attached|insert(?:ed)?|see|uploaded|upload)[ :]+(?:the |an? |your )?{_KIND}(?: (?:here|file|below"
    rf"|attached))?)\s*[>\])}}*.!]*"
    rf"|[<\[({{]\s*(?:an? |the )?{_KIND}(?: of [^\]>)}}]{{1,80}})?\s*[>\])}}]"
    r"|!\[[^\]\n]*\]\([^)\n]*\)|<img\b[^>]*>|[\w-]{1,60}\.(?:jpe?g|png|gif|bmp|webp|mp[34]|wav|avi|mov|pdf|docx?|pptx?)"
    r"|[<\[(【（{]\s*(?:Bild|Foto|imagen|immagine"
    r"|imagem|image jointe|Картинка|изображение|фото|(?:见|見)?附[图圖件]|如图"
    r"|图片|圖片|视频|音频"
    r"|附件|画像|写真|動画|사진|이미지"
    r"|صورة|चित्र|तस्वीर|resim|zdjęcie|afbeelding)[^\]>)】）}\n]{0,30}[\]>)】）}]",
    re.IGNORECASE,
)
_CONTENT = re.compile(
    r"\b(?:summ\w+|descri\w+|captions?|articles?|transcri\w+|contents?|shown|see|main (?:idea|point|topic)s?|read"
    r"|translat\w*|tone|sentiment"
    r"|story|proofread|blog|post|according to|review|passage|text|zusammen\w*|artikel|résum\w+|resum\w+"
    r"|riassum\w+|artículo|стать\w+)\b"
    r"|文章|总结|概括|内容|記事|要約|요약|기사|لخص|المقال|सारांश|लेख",
    re.IGNORECASE,
)
_ABOUT_LINKS = re.compile(
    r"\b(?:urls?|uri|domains?|host ?names?|protocols?|query strings?|path|parse|regex|extract|slugs?|file ?names?"
    r"|extensions?|html|markdown|tags?"
    r"|alt|attribute|python|script|code|format|valid\w*|citations?|cite|shorten|links?|hyperlinks?|websites?|web"
    r" address\w*|encode|decode"
    r"|url-\w+|file type|mime|rename|command|download|phishing|secure|suspicious)\b|网址|链接|域名|文件名"
    r"|リンク|ドメイン|ファイル名"
    r"|ссылк\w*|домен\w*",
    re.IGNORECASE,
)
_ABOUT_STRING = re.compile(
    r"\b(?:urls?|domains?|host ?names?|protocols?|query strings?|parse|regex|slugs?|file ?names?|extensions?|html"
    r"|markdown|tags?|alt|attribute"
    r"|python|script|code|citations?|cite|mime|rename|command)\b|域名|文件名|ドメイン|ファイル名|домен\w*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class UnseenMedia:
    """A link or a file that a text model cannot have seen as all there is to work on: value is what stands there.

    The input is nothing but a link to a page or a marker such as "<picture attached>", or the task asks for the content
    of a link and holds no other. Tasks about the address, the file name or the tag pass, and so does a mere host name,
    of which one may know something. Alpaca's first class (https://github.com/gururise/AlpacaDataCleaned).
    All languages, as far as they spell markers in brackets; the words about links are English and a few others.
    """

    def __call__(self, example: Example) -> Rejection | None:
        if len(example.input) > 1_000 or not example.output.strip():
            return None
        given = example.input.strip() if not _NO_INPUT.fullmatch(example.input[:60]) else ""
        found = _media(given, example.instruction) if given else _link_in(example.instruction)
        return Rejection(example, "unseen-media", value=found[:120]) if found else None


def _media(given: str, task: str) -> str:
    """The input, where it is nothing but a link or a marker, and the task wants what is behind it."""
    label, colon, rest = given.partition(": ")
    bare = rest if colon and len(label) <= 20 else given
    link = _LINK.fullmatch(bare)
    if not link and not _MARK.fullmatch(bare):
        return ""
    if _ABOUT_STRING.search(task) or (_ABOUT_LINKS.search(task) and not _CONTENT.search(task)):
        return ""
    return given if not link or len(link[1] or "") > 1 else ""


def _link_in(task: str) -> str:
    """The link in a task that asks for its content and says nothing of it."""
    found = _LINK.search(task[:1000])
    if not found or len(found[1] or "") < 2 or len(task) > 300 or not _CONTENT.search(task[: found.start()]):
        return ""
    return "" if _ABOUT_STRING.search(_LINK.sub("", task)) or "\n" in task.strip() else found[0]
