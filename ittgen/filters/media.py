"""Inputs that are a link, a file's name or a picture's mark: nothing that a text model has seen.

Knows what pictures, recordings and files are called in two dozen languages, and how tasks ask about an address, a name
or a tag themselves. Opens no link.
"""

import re
from dataclasses import dataclass

from ittgen.filters.looks import has_any, lowered
from ittgen.filters.noinput import denies_input
from ittgen.records import Example, Rejection

_LINK = re.compile(
    r"<?(?:(?:https?://|www\.)[^\s/<>]+|(?:[\w-]+\.)+(?:com|org|net|de|fr|uk|io|be|cn|ru|jp|edu"
    r"|gov)(?=/))(/[^\s<>]*)?>?",
    re.IGNORECASE,
)
_SEEN = (
    r"(?:image|picture|pic|photo(?:graph)?|video|film|movie clip|clip|audio|sound|recording|voice (?:note|memo"
    r"|message)"
    r"|podcast|screen ?shot|drawing|painting|artwork|sketch|map|chart|graph|plot|diagram|figure|logo|gif|meme|poster"
    r"|infographic|x-ray|scan|floor plan|bild|foto|fotografie|grafik|diagramm|abbildung|zeichnung|gemälde"
    r"|aufnahme|karte"
    r"|skizze|dessin|graphique|diagramme|enregistrement|vidéo|capture d['’]écran|schéma|carte|imagen|dibujo"
    r"|gráfic[oa]"
    r"|diagrama|grabación|vídeo|captura|nota de voz|figura|mapa|imagem|desenho|gravação|immagine|disegno|grafico"
    r"|registrazione|afbeelding|tekening|grafiek|opname|zdjęcie|obraz|rysunek|wykres|nagranie|zrzut|bilden?|ljud"
    r"|billede"
    r"|изображение|картинка|фото(?:графия)?|рисунок|график|диаграмма|запись|видео|аудио|скриншот|карта|схема"
    r"|зображення"
    r"|малюнок|запис|resim|fotoğraf|görsel|çizim|kayıt|ses|hình ảnh|ảnh|bức tranh|biểu đồ|bản ghi|âm thanh"
    r"|gambar|rekaman"
    r"|图片|圖片|照片|图像|图表|图|圖|视频|影片|音频|录音|截图|海报|标志|画像|写真|図形?|動画|音声|録音"
    r"|スクリーンショット|ロゴ"
    r"|イメージ|イラスト|グラフ|地図|絵|이미지|사진|그림|동영상|영상|음성|녹음|스크린샷|로고|그래프|도표|지도"
    r"|صورة|الصورة|فيديو|تسجيل"
    r"|مقطع|رسم|خريطة|चित्र|तस्वीर|वीडियो|ऑडियो|फ़ोटो|รูปภาพ|ภาพ|วิดีโอ|เสียง|εικόνα|φωτογραφία|βίντεο|תמונה"
    r"|تصویر|ویدیو|kép|obrázek|imagine)"
)
_FILED = (
    r"(?:file|document|attachment|pdf|spreadsheet|presentation|slides?|datei|anhang|anlage|dokument|fichier"
    r"|pièce jointe"
    r"|document joint|archivo|adjunto|documento|arquivo|anexo|allegato|bijlage|plik|załącznik|файл|вложение"
    r"|документ|dosya|ek"
    r"|tệp|berkas|lampiran|附件|文件|添付(?:ファイル)?|ファイル|첨부|파일|ملف|مرفق|फ़ाइल|ไฟล์)"
)
_EXTENSION = (
    r"(?:jpe?g|png|gif|bmp|webp|tiff?|heic|svg|mp[34]|m4[av]|wav|ogg|flac|aac|wma|webm|mkv|avi|mov|mpe?g|pdf"
    r"|docx?|pptx?"
    r"|xlsx?|odt|epub|psd|ai)"
)
_DATA = r"(?:csv|tsv|txt|json|xml|zip|rar|db|sqlite|log|md|rtf)"
_FILE = rf"[\w()&'’., -]{{0,60}}[\w)-]\.{_EXTENSION}"
_MARK = re.compile(
    rf"[<\[({{【（《「*]+\s*(?:(?:an?|the|see|attached|insert(?:ed)?|upload(?:ed)?|your|voir|siehe|ver|vedi"
    rf"|eingefügtes?|angehängtes?"
    rf"|[见見]|(?:[\w'’-]+ ){{1,3}}) ?){{0,2}}(?:{_SEEN}"
    rf"|{_FILED})(?![A-Za-z])[^\]>)}}】）》」\n]{{0,90}}[>\])}}】）》」*]+[.]?"
    rf"|[\[(【（]\s*\w{{1,8}}(?:{_SEEN})\s*[\])】）]"
    rf"|[<\[({{]\s*(?:[\w -]{{1,24}}: ?)?{_FILE}\s*[>\])}}]|[（(【\[](?:见|見)?附[图圖件][^）)】\]]{{0,20}}[）)】\]]"
    rf"|[（(]如图[^）)]{{0,10}}[）)]"
    rf"|(?:{_SEEN}|{_FILED})(?: \w+)?[ :]*(?:attached|here|below|provided|inserted|upload(?:ed)?|url|link|file"
    rf"|placeholder|angehängt"
    r"|jointe?|adjunt[ao]|anexad[ao]|em anexo|allegat[ao]|прикрепл\w+|прилагается)[.!]*"
    rf"|(?:attached|insert(?:ed)?|see|uploaded|upload)[ :]+(?:the |an? |your )?(?:{_SEEN}|{_FILED})(?: (?:here"
    rf"|file|below|attached))?[.!]*"
    r"|!\[[^\]\n]*\]\([^)\n]*\)|<img\b[^>]*>",
    re.IGNORECASE,
)
_NAMES = re.compile(rf"{_FILE}(?:(?:,|;|\n| and| und| et| y) ?{_FILE}){{0,9}}", re.IGNORECASE)
_DATA_NAME = re.compile(rf"[\w()-]{{1,60}}\.{_DATA}", re.IGNORECASE)
_DESCRIBED = re.compile(
    rf"(?:an? |the |one )?(?:[\w'’-]+ ){{0,2}}{_SEEN}s?(?: (?:wave|clip|file|recording|footage|sample))? (?:of"
    rf"|about|showing|from|with|depicting|featuring"
    r"|von|zeigt|de|del|d['’]un\w*|con|di|of the)\b [^.!?\n:]{3,80}[.]?"
    r"|一(?:张|幅|段|个)[^。\n]{1,30}的(?:图片|照片|图像|视频|录音|画|图)。?",
    re.IGNORECASE,
)
"""What was to be seen or heard, named without a mark: "Sound wave of the ocean"."""
_PERCEIVED = re.compile(
    r"\b(?:image|picture|photo|video|film|clip|audio|sound|recording|drawing|painting|map|chart|graph|diagram"
    r"|figure|logo)"
    r"|transcri|listen|watch\b|\blook at|what (?:do|can) you see|bild|foto|aufnahme|audio|vidéo|imagen|grabación"
    r"|imagem"
    r"|图|视频|录音|音频|画像|動画|音声|写真|이미지|사진|영상|음성|изображ|картин|видео|запис|фото",
    re.IGNORECASE,
)
_MAKES_OF_IT = re.compile(
    r"\b(?:write|compose|create|generate|draft|caption|titles?|slogans?|tagline|story|poem|suggest|come up"
    r"|design|draw|paint"
    r"|make|plan|script|outline|explain how|how (?:to|do|would)|imagine|prompt)\b|写一|创作|schreib|écri|escrib"
    r"|escrev|scriv",
    re.IGNORECASE,
)
_LOOKS = re.compile(
    r"\b(?:design|layout|look of|appearance|colou?r scheme|usability|navigation|gestaltung|aufmachung|mise en page"
    r"|diseño|aspecto|apariencia|aparência|grafica|aspetto|vormgeving"
    r"|wygląd|дизайн\w*|внешний вид|оформлени\w*|tasarım\w*)\b|设计|外观"
    r"|デザイン|디자인|تصميم",
    re.IGNORECASE,
)
"""What one has to see of a site, of which the address alone may be known."""
_CONTENT = re.compile(
    r"\b(?:summ\w+|descri\w+|captions?|articles?|transcri\w+|contents?|shown|see|main (?:idea|point|topic)s?|read"
    r"|translat\w*|tone|sentiment|story|proofread|blog|post|according to|review|passage|text|zusammen\w*|artikel"
    r"|résum\w+"
    r"|resum\w+|riassum\w+|artículo|стать\w+|analy[sz]\w*|data|average|mean)\b"
    r"|文章|总结|概括|内容|記事|要約|요약|기사|لخص|المقال|सारांश|लेख|分析|分析",
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
    r"|markdown|tags?|alt|attribute|addresse?s?|judging|phishing|python|script|code|citations?|cite|mime|rename"
    r"|command"
    r"|extensi[oó]n|endung|dateiendung|dateiname\w*|webadresse|расширени\w*|nom (?:de|du) fichier|adresse web"
    r"|nombre (?:de|del) archivo|nome do arquivo|dirección web|имя файла|по адресу|placeholder|(?:from"
    r"|by) (?:its|the) (?:file ?)?name"
    r"|adres[uyaeę]?|adresa|adresse[nr]?|adress\w*|cím|osoite\w*|direcci[oó]n|endereço|indirizzo|extensão|estensione"
    r"|rozszerzeni\w*|nazw\w+ pliku|bestandsnaam|extensie"
    r"|uzantı\w*"
    r"|dosya adı|phần mở rộng|tên tệp|ekstensi|nama berkas|filändelse\w*|filtype\w*|přípon\w*|extensi[ae]"
    r"|розширенн\w*"
    r"|κατάληξη|επέκταση)\b|域名|文件名|网址|扩展名|后缀|格式|占位符|ドメイン|ファイル名|アドレス|拡張子|プレースホルダー"
    r"|домен\w*|파일 ?이름|주소|확장자|امتداد|اسم الملف|एक्सटेंशन|नामिका|นามสกุล",
    re.IGNORECASE,
)

_ALT_TEXT = re.compile(r"\balt(?:ernative)?[- ]texts?\b|\balternativtext\w*|\btextes? alternatifs?\b", re.IGNORECASE)
"""A description for those who do not see, which takes somebody who does."""


@dataclass(frozen=True, slots=True)
class UnseenMedia:
    """A link or a file that a text model cannot have seen as all there is to work on: value is what stands there.

    The input is nothing but links to pages, names of files ("receipt.pdf"), a mark such as "<picture attached>" or
    "[Diagram: sales.png]", or names what was to be seen or heard ("Sound wave of the ocean") where the task is to look
    or listen; or the task asks for the content of a link and holds no other. Tasks about the address, the name of the
    file or the tag pass, and so does a mere host name, of which one may know something. Alpaca's first class
    (https://github.com/gururise/AlpacaDataCleaned). Two dozen languages; the words about links are English and a few
    others.
    """

    def __call__(self, example: Example) -> Rejection | None:
        if len(example.input) > 1_000 or not example.output.strip():
            return None
        given = "" if denies_input(example.input, example.instruction) else example.input.strip()
        found = _media(given, example.instruction) if given else _link_in(example.instruction)
        return Rejection(example, "unseen-media", value=found[:120]) if found else None


def _media(given: str, task: str) -> str:
    """The input, where it is nothing but links, names or a mark, and the task wants what is behind them."""
    if len(given) > 400:
        return ""
    bare = _unlabelled(given)
    if _DESCRIBED.fullmatch(bare):
        seen = _PERCEIVED.search(task) and not _MAKES_OF_IT.search(task) and not _is_about_it(task)
        return given if seen else ""
    links = [_LINK.fullmatch(_unlabelled(line)) for line in given.splitlines() if line.strip()]
    if not all(links):
        links = []
    if not links and not _MARK.fullmatch(bare) and not _NAMES.fullmatch(bare) and not _is_data(bare, task):
        return ""
    if _is_about_it(task) or (_ABOUT_LINKS.search(task) and not (_CONTENT.search(task) or _LOOKS.search(task))):
        return ""
    deep = any(link and len(link[1] or "") > 1 for link in links)
    return given if not links or deep or _LOOKS.search(task) else ""


def _is_about_it(task: str) -> bool:
    """Whether a task is about the address, the name or the tag itself."""
    return bool(_ABOUT_STRING.search(_ALT_TEXT.sub("", task)))


def _unlabelled(text: str) -> str:
    """Without a word and a colon before it: "Image: cat.jpg"."""
    label, colon, rest = text.strip().partition(": ")
    return rest.strip() if colon and len(label) <= 20 and label[:1] not in tuple("[<({") else text.strip()


def _is_data(bare: str, task: str) -> bool:
    """A file of data by its name, of which the task asks the content."""
    return bool(_DATA_NAME.fullmatch(bare) and _CONTENT.search(task))


def _link_in(task: str) -> str:
    """The link in a task that asks for its content and says nothing of it."""
    if not has_any(lowered(task[:1000]), ("http", "www.")):
        return ""
    found = _LINK.search(task[:1000])
    if not found or len(found[1] or "") < 2 or len(task) > 300 or not _CONTENT.search(task[: found.start()]):
        return ""
    return "" if _ABOUT_STRING.search(_LINK.sub("", task)) or "\n" in task.strip() else found[0]
