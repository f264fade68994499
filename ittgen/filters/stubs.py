"""What stands in the place of a text without being one, and answers that bring a text of their own as none was given.

Knows the names of texts in a dozen languages, and how tasks ask to read one. Looks at one row.
"""

import re

from ittgen.filters.looks import first_of, has_any, lowered
from ittgen.filters.pointing import pointers
from ittgen.records import Example

_LONGEST = 200
"""Characters of an input that may be a mere stub."""

# Stubs

_NAMES = (
    r"(?:text|texts|article|paragraph|paragraphs|passage|story|poem|essay|e-?mail|letter|review|document|report"
    r"|blog post"
    r"|post|excerpt|transcript|lyrics|conversation|dialogue|speech|abstract|news(?: article| story)?|script"
    r"|code(?: snippet)?|snippet|table"
    r"|list of \w+|list|data ?set|data|sentence|sentences|song|chart|graph|tweet|comment|message|paper|chapter"
    r"|quote|question|task|instruction|problem)"
)
_BRACKETED = re.compile(
    rf"[<\[({{（【]\s*(?:(?:insert|paste|enter|add|put|your|the|an?|some|sample|given|provided|original|input"
    rf"|full|long|short)"
    rf" ){{0,4}}(?:[\w'-]+ ){{0,3}}?{_NAMES}(?: (?:here|goes here|to be \w+|above|below|text|to a \w+|of (?:a|an"
    rf"|the) [\w ]{{2,40}}"
    r"|about [\w ]{2,60}|from [\w ]{2,40}))?\s*[.]?[>\])}）】]"
    r"|[\[(（【<《]\s*(?:在此|请|此处|这里)?(?:插入|输入|粘贴|填写|提供)?[^\])）】>》。]{0,12}(?:文章|文本|段落"
    r"|歌词|句子|短文|代码|内容|原文|正文)(?:内容)?[\])）】>》]"
    r"|[\[(（【<]\s*(?:文章|テキスト|本文|文|段落|コード)[^\])）】>。]{0,12}[\])）】>]"
    r"|[\[(<]\s*(?:(?:hier|insérer|insérez|insertar|inserte|inserir|insira|inserire|inserisci|вставьте|вставить"
    r"|wstaw|ekle)"
    r" [^\])>]{0,40}|[^\])>]{0,30} (?:einfügen|hier|ici|aquí|aqui|qui|здесь|buraya))[\])>]",
    re.IGNORECASE,
)
"""A text's name in brackets, where the text was to stand."""
_ABOUT = re.compile(
    rf"(?:here is |this is )?(?:an?|the|some|any|one) (?:[\w-]+ ){{0,3}}?{_NAMES}(?:(?: (?:about|on|describing"
    rf"|discussing"
    r"|explaining|containing|concerning|regarding|titled|that|which|from|of|with|by)\b[^.!?\n]{3,120})?"
    r"|(?: provided| given)?)[.]?"
    r"|(?:提供|给出|给定|请提供|输入)?一(?:篇|段|首|封|份|则|组|些|张|个)[^。，,\n]{0,30}(?:文章|文本|新闻报道"
    r"|报道|新闻|短文|段落|故事|诗歌?|邮件|代码|数据集?|对话|评论|论文)"
    r"(?:[，,](?:讲述|介绍|关于|描述|内容|探讨|其中|包括)[^。\n]{0,60})?。?"
    r"|(?:ein|eine|einen)? ?(?:\w+ ){0,2}(?:text|artikel|absatz|gedicht|brief|aufsatz|bericht"
    r"|rezension)(?: (?:über|zu|zum|von|mit) [^.\n]{3,90})?\.?"
    r"|(?:un|une)? ?(?:\w+ ){0,2}(?:texte|article|paragraphe|poème|essai|lettre|rapport)(?: (?:sur|à propos|de"
    r"|concernant) [^.\n]{3,90})?\.?"
    r"|(?:un|una|um|uma)? ?(?:\w+ ){0,2}(?:texto|artículo|artigo|párrafo|parágrafo|poema|ensayo|carta|testo"
    r"|articolo|paragrafo)"
    r"(?: (?:sobre|acerca|de|su|sul) [^.\n]{3,90})?\.?"
    r"|(?:текст|статья|абзац|отрывок|рассказ|новость)(?: (?:о|об|про|на тему) [^.\n]{3,90})?\.?",
    re.IGNORECASE,
)
"""A text is described, not given: "An article about climate change"."""
_LABEL = re.compile(r"(?:[^\W\d_]+ ){0,2}[^\W\d_]{2,}\s*[:：]|```\w*|[:：]")
"""A label, and nothing that it names."""
_SAYS_OF_IT = re.compile(
    r"(?:this|the) (article|document|text|passage|essay|paper|report|story|email|letter|review|book"
    r"|paragraph)(?: is| was)?"
    r" (?:about|on|an? \w+|concludes|discusses|describes|deals with|argues|explains|covers)\b[^.!?\n]{3,160}\.?"
    r"|(?:这|该|此)(?:篇|个|份|段)(文章|文档|文件|报告|论文|报道|文本)(?:是)?(?:关于|讲述|讨论|介绍|一篇"
    r"|一份)[^。！？\n]{2,60}。?"
    r"|(?:das|der|dieser|dieses|die|diese) (dokument|text|artikel|aufsatz|bericht|geschichte) (?:ist ein|handelt"
    r"|behandelt|beschreibt"
    r"|erklärt|befasst)[^.!?\n]{3,160}\.?"
    r"|(?:le|ce|cet|l') ?(texte|article|document|rapport) (?:parle|traite|est un|décrit|explique)[^.!?\n]{3,160}\.?"
    r"|(?:el|este) (texto|artículo|documento|informe) (?:trata|habla|es un|describe|explica)[^.!?\n]{3,160}\.?"
    r"|(?:この|その)(記事|文章|文書|テキスト)は[^。\n]{2,60}(?:について|に関する)[^。\n]{0,20}。?"
    r"|(?:эт[аои]т?|данн\w+) (статья|документ|текст|отчёт) (?:о|об|посвящ\w+|рассказ\w+"
    r"|описыва\w+)[^.!?\n]{3,160}\.?",
    re.IGNORECASE,
)
"""A sentence that says what the text is about; its groups name it."""
_TITLED = re.compile(
    r"(?:news )?(?:article|passage|text|essay|report|document|paragraph|blog post|story|review"
    r"|e-?mail)(?: title)?: ?[\"“]?[A-Z][^.!?\n\"”]{3,90}[\"”]?",
    re.IGNORECASE,
)
_READS = re.compile(
    r"summ\w+|main (?:idea|point|topic|argument|theme|message)|key (?:point|idea|takeaway|finding)s?|\banaly[sz]"
    r"|\bclassif|sentiment"
    r"|\btone\b|proofread|\bedit\b|\bidentify|\bextract|\bevaluate|\bcritique|\bhighlight|\breview the|\bread\b"
    r"|\bcount|\bfind\b|evidence"
    r"|\brate\b|\bassign|\bcategori|\bdetermine|based on the|\btranslate|\bcorrect\b|\brewrite|\bparaphrase"
    r"|what (?:is|are)|\btranscri"
    r"|总结|概括|分析|分类|提取|归纳|摘要|删减|情感|主旨|识别|翻译|改写|zusammen|analysier|einordn|ordne|klassif"
    r"|bestimm|extrah|résum|analys|identifi|resum"
    r"|anali[sz]|clasifi|classifi|extra[ei]|riassum|要約|分析|分類|抽出|요약|분석|분류|обобщ|проанализ|кратк"
    r"|классифиц|извлек|определи",
    re.IGNORECASE,
)
"""What one can only do with the text itself."""
_NEEDS_TOPIC = re.compile(
    r"\b(?:write|compose|create|generate|draft|headlines?|titles?|outline|plan|design|suggest|come up|brainstorm"
    r"|hashtags?|slogans?"
    r"|introduction|topics? for|ideas|tagline|prompt)\b|写一|创作|生成标题|拟|标题|schreib|écri|escrib|escrev"
    r"|scriv|напиш",
    re.IGNORECASE,
)
"""What one can do with a mere description."""


def stub(given: str, example: Example) -> str:
    """The input, or the last line of the task, where it only names or describes the text that should stand there."""
    task = example.instruction
    if _LABEL.fullmatch(given.strip()):
        return "" if _about_marks(task) else given.strip()
    if not given.strip():
        if _BRACKETED.fullmatch(task.strip()):
            return task.strip()
        task, _, given = task.strip().rpartition("\n")
        if not task:
            return ""
    bare = given.strip().strip("\"'“”")
    if len(bare) > _LONGEST or not bare or has_any(bare, ("://",)):
        return ""
    if _BRACKETED.fullmatch(bare):
        return "" if _about_marks(task) else bare
    about, found = _ABOUT.fullmatch(bare) or _TITLED.fullmatch(bare), _SAYS_OF_IT.fullmatch(bare)
    if not (about or found) or not _READS.search(task):
        return ""
    points = _GIVEN_TEXT.search(task) or any(pointers(task))
    if _NEEDS_TOPIC.search(task) and not points:
        return ""
    if points and about:
        return bare
    noun = next(filter(None, found.groups()), "").lower() if found else ""
    said = noun and noun in f"{task}\n{example.output[:400]}".lower() and "sentence" not in task
    return bare if said else ""


_GIVEN_TEXT = re.compile(
    r"\b(?:the|this|following|given|provided) (?:[\w-]+ )?(?:article|text|passage|paragraph|essay|report"
    r"|document|story|poem|lyrics"
    r"|e-?mail|letter|review|blog post|post|transcript|conversation|dialogue|speech|code|data ?set|data|song"
    r"|paper|excerpt|content)\b"
    r"|给定|提供的|以下|这篇|这段|该文|上述|下面|gegeben|folgend|diese[nrms]? |den text|das dokument|suivant"
    r"|ce texte|cet article|siguiente|este|este texto"
    r"|seguinte|seguente|次の|この|与えられた|다음|주어진|следующ|данн|эт[оу]",
    re.IGNORECASE,
)
_MARKS = re.compile(r"placeholder|bracket|template|\btags?\b|html|xml|markdown|variable|syntax|占位", re.IGNORECASE)


def _about_marks(task: str) -> bool:
    return bool(_MARKS.search(task))


# Answers with a text of their own

_LABELS = {
    "en": r"sentences?|text|paragraph|article|passage|list|array|prompt|string|review|tweet|e-?mail|poem|story"
    "|data ?set|data"
    r"|table|equation|code|headline|conversation|dialogue|document|essay|letter|words?|numbers?|phrase"
    r"|expression|statement"
    r"|question|quote|speech|transcript|lyrics",
    "other": r"satz|text|absatz|artikel|liste|texte|phrase|paragraphe|texto|oración|frase|párrafo|parágrafo"
    "|testo|paragrafo"
    r"|zin|tekst|zdanie|текст|предложение|абзац|статья|список|cümle|metin|paragraf|câu|đoạn văn|văn bản|kalimat|teks"
    r"|句子|文章|文本|段落|列表|文|テキスト|문장|텍스트|글|기사|الجملة|النص|वाक्य|पाठ",
}
_INVENTS = re.compile(
    rf"\W*(?:(?:original|given|input|sample|example|the) )?({_LABELS['en']}|{_LABELS['other']})(?: \d)?\s*[:：]\s*\S",
    re.IGNORECASE,
)
_MAKES = (
    r"(?:write|create|generate|compose|make|construct|form|come up with|give|provide|think of|produce|draft"
    r"|invent|build"
    r"|design|suggest|formulate|develop|craft|offer|show|add|list|name|tell|share|ask|pose|propose|describe"
    r"|choose|pick|select"
    r"|rewrite|edit|translate)"
)
_BETWEEN = r"(?: (?!of\b|in\b|for\b|from\b|that\b|which\b|with\b|using\b|to\b|on\b|about\b|given\b)[\w'-]+){0,5}?"
_CHOOSES = re.compile(
    r"of your (?:choice|own)|any \w+ you|random|an example|for example|e\.g\.|imagin|made[- ]up|sample|invent",
    re.IGNORECASE,
)
_ASKED_SHAPE = re.compile(r"[:：\"“«「『`]|\n|\bformat\b|\blabel\b")


def invented(example: Example) -> str:
    """The beginning of an answer that brings the text the task spoke of as given: "Sentence: The quick brown fox"."""
    found = _INVENTS.match(example.output[:80])
    task = example.instruction
    if not found or len(task) > 300 or _ASKED_SHAPE.search(task) or _CHOOSES.search(task):
        return ""
    noun = found[1].lower()
    stem = noun.rstrip("s") if noun.isascii() else noun
    plain = lowered(task)
    if stem not in plain:
        return ""
    if not noun.isascii() or not re.search(rf"\b{stem}", plain):
        return found[0]
    if re.search(rf"\b(?:given|provided|input|this|these|the following) (?:[\w-]+ )?{stem}", plain):
        return found[0]
    made = re.search(
        rf"\b{_MAKES}{_BETWEEN}(?: example of)? (?:an?|one|some|two|three|the|\d+)?{_BETWEEN} ?{stem}", plain
    )
    spoken = re.search(rf"\b(?:an?|the|each|any) (?:[\w-]+ )?{stem}", plain)
    return found[0] if spoken and not made else ""


# A second thing that is spoken of

_UNDERLINED = re.compile(
    r"\b(?:underlined|highlighted|bold(?:ed|faced)?|italici[sz]ed|circled|(?<=the )marked) (?:words?|parts?|phrases?"
    r"|sections?|portions?|sentences?"
    r"|verbs?|nouns?|letters?|text|terms?|clauses?|pronouns?)\b"
    r"|\b(?:unterstrichen|hervorgehoben|markiert|fett ?gedruckt|kursiv)\w* (?:wort|wörter|teil|satz|ausdr"
    r"|begriff|verb)"
    r"|\b(?:mots?|parties?|phrases?|groupes?|verbes?) (?:soulign|en gras|surlign|en italique)"
    r"|\b(?:palabras?|partes?|frases?|verbos?) (?:subrayad|resaltad|en negrita|sublinhad|destacad|em negrito)"
    r"|\b(?:parol[ae]|part[ei]|fras[ei]) (?:sottolineat|evidenziat|in grassetto)"
    r"|(?:onderstreepte|vetgedrukte|gemarkeerde) |podkreślon\w+ |pogrubion\w+ |(?:подч[её]ркнут"
    r"|выделенн)\w+ (?:слов|част|фраз|предл)"
    r"|підкреслен\w+ |altı çizili|gạch chân|in đậm|digarisbawahi|bercetak tebal|understruk\w+ |understreg\w+ "
    r"|podtržen\w+ |subliniat|aláhúzott"
    r"|υπογραμμισμέν|(?:画线|划线|下划线|加粗|加点|标红)(?:的)?(?:部分|词|单词|字|句|词语)|下線(?:部|の"
    r"|を引いた)|太字の|밑줄|تحته خط|المسطر|रेखांकित|ขีดเส้นใต้",
    re.IGNORECASE,
)
_UNDERLINED_SIGNS = first_of(
    "underlined highlighted bold italici circled marked unterstrich hervorgehoben markiert gedruckt kursiv soulign gras"
    " surlign subrayad resaltad negrit sublinhad destacad sottolineat evidenziat grassetto onderstreepte vetgedrukte"
    " gemarkeerde podkreślon pogrubion подчёркнут подчеркнут выделенн підкреслен altı gạch đậm digarisbawahi tebal"
    " understr podtržen subliniat aláhúzott υπογραμμ 线 加粗 加点 标红 下線 太字 밑줄 خط المسطر रेखांकित เส้นใต้".split()
)
_MARKED = re.compile(r"[_*<>\"“”«»「」『』\[\]{}()（）【】|\u0332#`'‘’~]|\b[A-Z]{3,}\b|\b[IVX]+\.")
_MARKING = re.compile(
    r"\b(?:css|html|microsoft word|in word|excel|docs|markdown|latex|editor|software|font|how (?:do|to|can))\b",
    re.IGNORECASE,
)
_SET_SIGNS = tuple(
    "word option choice label categor definition list best most right correct given provided available liste auswahl "
    "begriff antwort mots choix proposition opcion palabra respuesta palavra lista opzioni parol elenco lijst opties "
    "woord kata pilihan kelime".split()
)
_SET = re.compile(
    r"\b(?:using|use|from|with|of|in|to|among) (?:one of )?(?:the|these) (?:given|provided|following|available)? ?"
    r"(?:(?:set|list|group|bank) of (?:words|options|choices|labels|categories|phrases|terms)|words?(?: bank| list)?"
    r"|options|choices|labels|categories|definitions|list)\b"
    r"|\b(?:select|choose|pick) the (?:best|most)[- ](?:suited|suitable|appropriate|fitting) (?:reaction"
    r"|response|option|answer|choice|label)\b"
    r"|\b(?:select|choose|pick) the (?:right|correct|best) (?:option|alternative|choice)\b"
    r"|\bone of the (?:given|provided|available) (?:\w+ )?\w+s\b"
    r"|\b(?:aus|unter) (?:der|den) (?:gegebenen |vorgegebenen |angegebenen |folgenden )?(?:liste|wörtern"
    r"|optionen|auswahl"
    r"|möglichkeiten|begriffen|antworten)\b|\b(?:parmi|de) (?:les|la) (?:mots|options|choix|propositions"
    r"|réponses|liste)\b"
    r"|\b(?:de|entre) (?:las|la) (?:opciones|palabras|respuestas|lista)\b|\b(?:das|da|entre as) (?:opções"
    r"|palavras|lista)\b"
    r"|\b(?:tra le|dalla|dall['’]) ?(?:opzioni|parole|lista|elenco)\b|\buit de (?:lijst|opties|woorden)\b"
    r"|\bz (?:listy|podanych)\b|\bиз (?:списка|предложенных|данных|приведённых|вариантов)\b|\bзі? (?:списку"
    r"|запропонованих)\b"
    r"|\bseçenekler\w*|\b(?:từ danh sách|trong các (?:lựa chọn|đáp án|từ))\b|\bdari (?:daftar|pilihan|kata-kata)\b"
    r"|(?:使用|用|从|根据)(?:所|以下)?(?:提供|给定|给出|给|以下)?的?(?:标签|选项|单词|词语|词|类别|词汇|列表)(?!的(?:句子|文本))(?:中|里)?"
    r"|选择(?:正确|最佳|合适|恰当)的(?:选项|答案)|選択肢(?:から|の中)|リストから|(?:보기|선택지|목록)(?:에서|중)",
    re.IGNORECASE,
)
_GIVEN_SET = re.compile(
    r"given|the (?:best|most|right|correct)|provided|available|set of|list of|bank|[^\x00-\x7f]|\b(?:aus|parmi"
    r"|de|entre|das?|tra"
    r"|dal\w*|uit|z|seç|từ|dari) ",
    re.IGNORECASE,
)
"""Words that say that the set is somewhere: any of another language does."""
_OTHER = re.compile(
    r"\b(?:sentence|text|paragraph|statement|passage|question|blank)s?\b|句子|文本|文章|段落|短文", re.IGNORECASE
)
_GAP = re.compile(r"_{2,}|\.{3}|…|＿|（\s*）|\(\s*\)")
_SHOWN = re.compile(r"[:：(（\[\n\"“”「『/]|,.*,|\bor\b|、")
_LISTED = re.compile(r"[,;:，、；：/|\n()（）\[\]\"“”]|\s[-–—]\s")


def lacks_second(example: Example) -> str:
    """The words for a second thing, underlined words or a set of words, that neither task nor input show."""
    task, given = example.instruction, example.input
    if len(task) > 300 or len(given) > 400:
        return ""
    if (
        has_any(lowered(task), _UNDERLINED_SIGNS[not task.isascii()])
        and (found := _UNDERLINED.search(task))
        and not _MARKING.search(task)
    ):
        rest = task.replace(found[0], "")
        return "" if _MARKED.search(given) or _MARKED.search(rest) else found[0]
    may = given.strip() and (not task.isascii() or has_any(lowered(task), _SET_SIGNS))
    found = _SET.search(task) if may else None
    if not found or not _GIVEN_SET.search(found[0]):
        return ""
    alone = len(given.split()) < 3 and not found[0].endswith("word")
    if not _GAP.search(given) and not alone and not _OTHER.search(task.replace(found[0], "")):
        return ""
    return "" if _LISTED.search(given.strip()) or _SHOWN.search(task) else found[0]
