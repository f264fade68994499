"""The phrases by which answers evade a task, and tasks ask for just that, in some fifteen languages.

Patterns only: which of them decides, where it is looked for and what excuses it, is in `evasion`.
"""

import re

from ittgen.filters.looks import first_of


def _any(*parts: str) -> re.Pattern[str]:
    return re.compile("|".join(parts), re.IGNORECASE)


def _hints(words: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words of a list, with their blanks: those of ASCII alone, and all of them."""
    return first_of(word.replace(";", " ") for word in words.split())


MODEL = _any(
    r"\bas an? (?:helpful |neutral |responsible |virtual |digital |text[- ]based |large )*(?:AI|A\.I\."
    r"|artificial intelligence|language model|LLM)"
    r"(?:[- ](?:language|based|powered|text))*(?: (?:model|assistant|chatbot|system|program|bot))?"
    r"(?: (?:developed|created|trained|made|built) by \w+)?,? (?:I|my|it(?:'|’)s not|it is not)\b",
    r"\bI(?:'|’)?(?: a)?m (?:just |only |merely )?an? (?:AI|artificial intelligence|(?:AI |large )?language model)"
    r"(?: (?:language )?(?:model|assistant|chatbot))?(?: (?:developed|created|trained) by \w+)?"
    r"(?:,? (?:and|so|but)(?: I)? (?:do not|don(?:'|’)t|cannot|can(?:'|’)t|am not|have no)|[.,;] (?:so )?I (?:do|can"
    r"|have|am))",
    r"\b(?:my knowledge cutoff|my training data (?:only )?(?:goes|ends|includes|was)"
    r"|my last (?:knowledge )?update (?:was )?in)\b",
    r"\bAls (?:eine? )?(?:KI|künstliche Intelligenz|(?:KI-|großes )?Sprachmodell|KI-\w+)[,]? (?:kann|habe|bin|ist es"
    r"|verfüge|darf|besitze)\b",
    r"\bEn tant qu(?:e |(?:'|’))(?:IA|intelligence artificielle|modèle (?:de langage|linguistique)"
    r"|assistant (?:virtuel|IA))[^.\n]{0,40}, (?:je|il)\b",
    r"\bComo (?:una? |um |uma )?(?:IA|inteligencia artificial|inteligência artificial|modelo de (?:lenguaje"
    r"|linguagem|IA|língua)|asistente (?:virtual|de IA))[^.\n]{0,40}?,? (?:no (?:puedo|tengo)|não (?:tenho|posso)"
    r"|eu|yo|mi|minha)\b",
    r"\b(?:Come|In quanto|Essendo un) (?:IA|intelligenza artificiale|modello (?:linguistico"
    r"|di linguaggio))[^.\n]{0,40}, (?:non|io)\b",
    r"\bAls (?:een )?(?:AI|taalmodel|kunstmatige intelligentie|AI-\w+)[^.\n]{0,20}(?:kan|heb|ben) ik\b",
    r"\bКак (?:(?:ИИ|искусственный интеллект)|(?:большая |искусственная )?языковая модель"
    r"|языковой модели)[^.\n]{0,30}, (?:я|у меня)\b",
    r"\bJako (?:model językowy|SI|AI|sztuczna inteligencja)[^.\n]{0,30}, (?:nie|ja)\b"
    r"|\bBir yapay zek[aâ] (?:dil )?(?:modeli |asistanı )?olarak\b",
    r"我是(?:一[款个名台种])?[^，。]{0,12}(?:语言模型|語言模型|AI助手|智能助手)[，,]?(?:所以|因此|没有|无法|我)|(?:作为|作為|身为)(?:一个|一個|一名|一款)?(?:大型|基于)?(?:AI|人工智能|人工智慧|语言模型|語言模型|智能助手)[^。\n]{0,12}[，,]\s?(?:我|本)",
    r"(?:私は)?(?:AI|人工知能|大規模言語モデル|言語モデル)(?:言語モデル|アシスタント|モデル)?(?:として|である(?:ため|私)|なので|ですので)、",
    r"(?:저는 )?(?:AI|인공지능|언어 모델)(?: 언어)?(?: ?모델| ?어시스턴트)?(?:로서|이기 때문에|이므로)",
    r"(?:بصفتي|كوني|باعتباري) (?:نموذج|ذكاء|نموذجا|مساعد)|(?:एक )?(?:एआई|AI|कृत्रिम बुद्धिमत्ता"
    r"|भाषा मॉडल)(?: भाषा)?(?: मॉडल| सहायक)? (?:के (?:रूप में|तौर पर|नाते)|होने के (?:कारण|नाते)),? ?(?:मैं|मेरे)",
    r"\bLà một (?:mô hình ngôn ngữ|AI|trí tuệ nhân tạo)|\bSebagai (?:model bahasa|AI"
    r"|kecerdasan buatan)[^.\n]{0,20}, saya|ในฐานะ(?:โมเดลภาษา|AI|ปัญญาประดิษฐ์)",
)
"""An answer that talks of itself as a model."""
ASKS_TO_REFUSE = _any(
    r"\b(?:refus\w+|declin\w+|turn(?:ing)? down|reject\w*|say(?:ing)? (?:no|sorry)|apolog\w+|excuses?|ablehn\w*|absag\w*"
    r"|entschuldig\w*|décliner|excus\w+|rechaz\w+|disculp\w+|rifiut\w+|scus\w+|recus\w+|desculp\w+|weiger\w*|отказ\w*"
    r"|извин\w*|odm[oó]w\w*|only answer|unanswerable)\b|拒绝|拒絕|道歉|婉拒|断り|断る|謝罪|お詫び|거절|사과|اعتذار|رفض|माफी|मना",
)
SAYS_AGAIN = _any(
    r"\b(?:transl\w+|übersetz\w*|tradu\w+|tradui\w+|vertaal\w*|перев[её]\w+|çevir\w*|tłumacz\w*|paraphras\w+|rephras\w+"
    r"|rewrite|reword|quot\w+|correct\w*|summari[sz]\w+|transcri\w+|formal\w*|tense|voice)\b|翻译|翻譯|訳|번역|ترجم|अनुवाद|改写|แปล",
)
"""A task that has somebody's words said again, which may have refused."""
REFUSED = _any(
    r"\b(?:can(?:'|’)?t|cannot|can not|unable|not able|won(?:'|’)?t|refuse\w*|sorry|apolog\w*|unfortunately|kann|leider|peux|puedo"
    r"|posso|consigo|могу|nie mog\w|kan|entschuldig\w*)\b|無法|无法|不能|抱歉|对不起|できません|申し訳|없습니다|죄송|لا أستطيع|نہیں|नहीं|ไม่",
)
"""Words of a refusal in what a task gives."""
CHATS = _any(
    r"\A\W*(?:hi|hello|hey|thanks|thank you|good (?:morning|evening|afternoon)|ok(?:ay)?|yes|no|sure|can you help|could you help"
    r"|(?:please )?help me|i (?:need|want|have|am|was|'m|feel|don)\b|are you|do you|who are you|what can you|what(?:'s| is) up|how are you|hallo|hola|bonjour|salut|ciao"
    r"|olá|привет|здравствуй\w*|你好|您好|こんにちは|안녕|مرحبا|नमस्ते)(?![\w])"
)
"""Openings of a talk, to which a question or a promise is an answer."""
ABOUT_ME = re.compile(
    r"\b(?:what|where|when|who|whom|how|which|why|tell me|guess)\b[^.?!]{0,40}\b(?:I (?:had|have|am|was|did|do|ate|said|live)|my name)\b"
)
"""Questions that only the user can answer."""
ASKS_TO_ASK = _any(
    r"\b(?:ask|asks|asking|clarif\w+|survey|quiz|interview\w*|fragen|fragebogen|preguntas|perguntas|domande|спроси\w*|вопрос(?:ы|ов))\b"
    r"|\b(?:write|list|create|generate|come up with|make|pose|formulate|suggest|provide|give|propose)\b[^.]{0,40}\bquestions?\b"
    r"|提问|提出[^。]{0,8}问题|質問を|질문을|أسئلة|प्रश्न बना|सवाल पूछ",
)
"""Tasks whose answer asks."""
ITS_OWN = re.compile(
    r"\b(?:help|assist|fulfil|comply|request|generat|provid|process|content\b|complet\w* (?:this|that|your)|guideline|polic|language model)"
    r"|请求|要求|回答|答え|応え|依頼|リクエスト|要望|요청|도와|запрос|просьб|solicitud|ayudar|pedido|ajudar|demande|aider|richiesta|aiutar|anfrage|helfen|verzoek"
    r"|طلب|مساعد|अनुरोध|मदद|permintaan|membantu|yêu cầu|giúp|pomóc|prośb|isteğ|yardımcı"
)
"""Words of somebody who refuses the task itself, in a letter or a story as well."""
UNSAID = _any(
    r"\b(?:text|passage|article|paragraph|story|context|author|document|table|data|sentence|statement|report|conversation|review)\b"
    r"[^.]{0,60}\b(?:does not|doesn(?:'|’)t|do not|don(?:'|’)t|did not|never|not) (?:\w+ ){0,2}?(?:say|state|mention|specif|provid|tell"
    r"|contain|give|indicat|includ|discuss)|(?:text|artikel|absatz)\b[^.]{0,40}\b(?:nicht|kein)|(?:texte|article|passage)\b[^.]{0,30}\bpas\b"
    r"|texto\b[^.]{0,30}\bno|в тексте[^.]{0,40}\bне\b|(?:文中|文章|原文|资料)[^。]{0,10}(?:没有|未)|(?:本文|文章)[^。]{0,20}ません"
)
"""An answer that a given text does not hold what is asked."""
ABOUT_MODELS = _any(
    r"\b(?:A\.?I|artificial intelligence|language models?|LLMs?|chat ?bots?|chat ?gpt|gpt(?:-\d\w*)?|robots?"
    r"|androids?|(?:ai|virtual|voice|digital|smart|chat) assistants?|an assistant"
    r"|machine learning|sentient|prompts?|KI|künstliche\w* intelligenz|sprachmodell\w*|IA|ИИ"
    r"|искусственн\w+ интеллект\w*"
    r"|inteligencia artificial|intelligence artificielle|yapay zek\w+|are you (?:a |an )?(?:human|real|alive|person"
    r"|conscious|machine)"
    r"|who (?:are|made|created|built|trained) you|your name|do you (?:have|like|feel|think|dream|sleep|eat|remember)|what are you|introduce yourself|your knowledge|trained on"
    r"|wer bist du|bist du"
    r"|qui es-tu|quién eres|chi sei|кто ты|ты кто|ты человек)\b"
    r"|(?<![a-z])AI(?![a-z])|你(?:输出|的(?:名字|能力|功能)|能做|会做)|人工智能|人工智慧|人工知能|语言模型|語言模型|言語モデル|机器人|機器人|ロボット|你是(?:谁|什么|人|机器|真|不是|ai)|あなたは(?:誰|何|人間|ai)|인공지능|챗봇|로봇|ذكاء|روبوت|कृत्रिम"
    r"|एआई|रोबोट"
)
_DEED = (
    r"(?:sent|e-?mailed|scheduled|booked|ordered|uploaded|downloaded|attached|saved|printed|dialled|called|texted"
    r"|purchased"
    r"|reserved|posted|played|set (?:an?|the|your|up)|turned (?:on|off|up|down)|increased|decreased|changed|deleted"
    r"|installed"
    r"|opened|closed|highlighted|bolded|underlined|resized|cropped|rotated|inserted|transferred|added|created"
    r"|cancelled|moved"
    r"|forwarded|started|updated|enlarged|centred|centered|adjusted|dimmed|locked|unlocked|recorded|drawn|submitted)"
)
_THING = (
    r"(?:e-?mail|message|meeting|appointment|reminder|alarm|timer|calendar|event|file|document|folder|attachment"
    r"|image|photo"
    r"|picture|video|song|music|playlist|order|reservation|table|flight|tickets?|hotel|room|taxi|ride|call|phone"
    r"|lights?"
    r"|lamp|thermostat|temperature|volume|brightness|screen|font|text|heading|title|background|colou?r|window|payment"
    r"|money|account|app|software|tab|page|slide|cell|column|row|margin|spacing|paragraph|chart|door|invitation"
    r"|pizza|post"
    r"|tweet|spreadsheet|form|recording|drawing|invoice|report)s?"
)
CLAIM = _any(
    rf"\A\W*(?:(?:Sure|Okay|OK|Done|Certainly|Of course)\W+)?(?:I(?:'|’)ve|I have)(?: just| now| successfully"
    rf"| already)? {_DEED}\b"
    rf"[^!?\n]{{0,60}}\b{_THING}\b",
    rf"\A\W*(?:(?:Sure|Okay|OK|Done|Certainly|Of course)\W+)?(?:The|Your|An?"
    rf"|All)(?: [\w'’-]+){{0,4}}? {_THING}(?: [\w'’-]+){{0,6}}? "
    rf"(?:has|have|is|was|were)(?: now| been| being| already| successfully)+ {_DEED}\b",
    r"\A\W*(?:The|Your)(?: [\w'’-]+){0,4}? (?:has|have) been (?:successfully )?(?:highlighted|bolded|underlined"
    r"|italici[sz]ed"
    r"|resized|cropped|rotated|cent(?:er|re)d|enlarged|uploaded|e-?mailed|printed)\b",
    r"\A\W*(?:Okay|OK|Sure|Done)?\W*(?:Your )?(?:alarm|timer|reminder)s? (?:is |has been )?(?:now )?set for\b",
    r"\A\W*(?:Now playing|Playing [^.!?\n]{1,60} now\b|Playing now|Calling|Turning (?:on|off) the)\b",
    r"\A\W*(?:Erledigt\W+)?(?:Ich habe|Die|Der|Das|Deine?|Ihre?) [^!?\n]{0,80}\b(?:gesendet|geschickt|verschickt"
    r"|gebucht|gespeichert"
    r"|hochgeladen|ausgedruckt|bestellt|eingestellt|vergrößert|erhöht|geändert|reserviert|gestellt|hinzugefügt"
    r"|eingeschaltet|ausgeschaltet|eingetragen|gelöscht"
    r"|abgeschickt)\b",
    r"\A\W*(?:C(?:'|’)est fait\W+)?(?:J(?:'|’)ai|L[ea] |L(?:'|’)|Votre|Ton) ?[^!?\n]{0,60}\b(?:envoyée?|réservée?"
    r"|programmée?|enregistrée?"
    r"|téléchargée?|imprimée?|commandée?|augmentée?|supprimée?|réglée?)s?\b",
    r"\A\W*(?:Listo\W+)?(?:He|Ya he|El|La|Tu|Su|Se ha) [^!?\n]{0,60}\b(?:enviad[oa]|reservad[oa]|programad[oa]"
    r"|guardad[oa]|subid[oa]"
    r"|impres[oa]|pedid[oa]|aumentad[oa]|eliminad[oa]|cambiad[oa])s?\b",
    r"\A\W*(?:Fatto\W+)?(?:Ho|L(?:'|’)|Il|La) ?[^!?\n]{0,60}\b(?:inviat[oa]|prenotat[oa]|impostat[oa]|salvat[oa]"
    r"|stampat[oa]|ordinat[oa]|aumentat[oa])\b",
    r"\A\W*(?:Pronto\W+)?(?:Enviei|Adicionei|Apaguei|Liguei|Desliguei|Reservei|Agendei|Salvei|Marquei|Comprei|"
    r"(?:O|A|Seu"
    r"|Sua) [^!?\n]{0,50} foi (?:enviad|reservad|agendad|salv|aumentad)[oa]?)\b",
    r"\A\W*(?:Готово\W+)?(?:Я |Письмо |Ваш\w* |Размер |Встреча |Будильник |Файл )[^!?\n]{0,50}\b(?:отправил\w?"
    r"|отправлен\w?|забронировал\w?"
    r"|забронирован\w?|сохранил\w?|сохран[её]н\w?|увеличен\w?|установил\w?|установлен\w?|заказал\w?|назначен\w?"
    r"|включил\w?|выключил\w?|добавил\w?|удал[её]н\w?)\b",
    r"\A\W*(?:好的\W*)?(?:我)?(?:已经|已經|已)(?:为您|为你|帮您|帮你|將|将|把)?[^。！？\n]{0,20}(?:发送|發送|订好|订了|預訂|预订|預訂|预定|上传|保存|打印|设置"
    r"|设定|下单|删除|打开"
    r"|关闭|增大|调大)",
    r"\A\W*(?:您的|邮件|文件|闹钟|会议|字体)[^。！？\n]{0,15}(?:已经|已|已被)(?:成功)?(?:发送|预订|上传|保存|打印|设置|增大|删除|调大|安排)",
    r"\A[^。！？\n]{0,30}(?:メール|ファイル|予約|アラーム|会議|フォント|画像|注文|リマインダー)[^。！？\n]{0,15}(?:送信|送り|保存|設定|完了|予約|印刷|大きく|変更"
    r"|アップロード)(?:いた)?(?:しました|ました)",
    r"\A[^!?\n]{0,25}(?:이메일|메일|파일|알람|회의|예약|글꼴)[^!?\n]{0,15}(?:보냈|전송했|저장했|설정했|예약했|완료|전송되었)",
    r"\A\W*(?:لقد |تم )(?:أرسلت|إرسال|حجزت|حجز|حفظ|ضبط|تحميل|طباعة|حذف)",
    r"\A[^।\n]{0,30}(?:ईमेल|फ़ाइल|फाइल|अलार्म|बैठक|टिकट|संदेश)[^।\n]{0,20}(?:भेज दिया|भेज दी|सहेज|सेट कर|बुक कर)",
    r"\A\W*I (?:just )?(?:checked|visited|looked at|looked up|called|browsed|searched|phoned) [^.!?\n]{0,60}\b"
    r"(?:website|online"
    r"|internet|site|web|airline|store|restaurant|hotel)\b",
)
"""How an answer begins that reports a deed in the world or on a screen."""
ORDER = _any(
    r"\A\W*(?:find|check|look|search)\b|\A\W*(?:please |could you |can you |would you |will you |kindly |hey,? "
    r"|ok,? )*(?:send|e-?mail|schedule|book"
    r"|order|upload|download"
    r"|attach|save|print|dial|call|text|purchase|buy|reserve|post|play|set|turn|increase|decrease|change|delete"
    r"|install|open|close"
    r"|highlight|bold|underline|resize|crop|rotate|insert|transfer|add|create|cancel|move|forward|start|update"
    r"|enlarge|cent(?:er|re)"
    r"|adjust|dim|lock|unlock|record|draw|make|remind|submit|put|format|share|pay|format|invite|notify|arrange"
    r"|italici[sz]e)\b",
    r"\A\W*(?:bitte )?(?:sende?|schicke?|buche?|speichere?|lade|drucke?|bestelle?|stelle?|vergrößere?|erhöhe?"
    r"|ändere?|füge?|schalte?|mache?|reserviere?|lösche?"
    r"|erinnere|verschicke?|trage)\b",
    r"\A\W*(?:envoie\w*|envoyez|ajoute\w*|allume\w*|éteins|éteignez|réserve\w*|programme\w*|enregistre\w*"
    r"|télécharge\w*|imprime\w*|commande\w*"
    r"|augmente\w*|supprime\w*|règle\w*)\b",
    r"\A\W*(?:por favor,? )?(?:env[ií]a\w*|reserva\w*|programa|guarda\w*|sube|imprime|pide|aumenta\w*|elimina|cambia"
    r"|invia|prenota|imposta"
    r"|salva|stampa|ordina|envie|reserve|agende|salve|marque|compre|adicione|apague|ligue|desligue|añade|enciende"
    r"|apaga|aumente|ponga?|pon)\b",
    r"\A\W*(?:пожалуйста,? )?(?:отправь\w*|забронируй\w*|сохрани\w*|увеличь\w*|установи\w*|поставь\w*|закажи\w*"
    r"|назначь\w*|удали\w*|включи\w*|выключи\w*|добавь\w*)",
    r"\A\W*(?:请|請|帮我|幫我|把|给|給|将|發送|发送|预订|設置|设置|上传|保存|打印|删除|打开)",
    r"(?:送って|送信して|保存して|設定して|予約して|印刷して|大きくして|変更して|アップロードして|注文して)",
    r"(?:보내|저장해|설정해|예약해|인쇄해|키워)[^.]{0,6}(?:줘|주세요)?\W*\Z|\A\W*(?:أرسل|احجز|احفظ|اضبط|حمّل|اطبع|احذف)",
    r"(?:भेजें|भेजो|भेज दो|सहेजें|सेट करें|बुक करें|भेजिए)",
)
"""A task that orders a deed."""
ORDERS_A_TEXT = _any(
    r"\b(?:sentences?|passive|tense|voice|transl\w+|rewrite|rephrase|paraphras\w+|grammar|story|dialog\w*|scenario"
    r"|script|code|function"
    r"|program|html|css|sql|python|javascript|chatbot|response|reply|confirmation|notification|template|write|draft"
    r"|compose"
    r"|satz|passiv|traduc\w*|tradui\w*|phrase|frase|предложени\w+|перевед\w*|schreibe?|écri\w+|escrib\w+|escrev\w+"
    r"|scriv\w+|напиши\w*)\b"
    r"|句子|翻译|写|書|文を|문장|번역|써|اكتب|جملة|ترجم|लिख|वाक्य|अनुवाद",
)
"""A task that orders words, among them such as report a deed."""


MODELS = _hints(
    "AI A.I IA KI LLM SI ИИ artificial anguage;model knowledge;cutoff "
    "knowledge;update training;data ünstliche prachmodell ntelligen modèle modelo "
    "modello taalmodel искусственн языков językow yapay 人工 模型 言語モデル 모델 인공 نموذج ذكاء "
    "मॉडल बुद्धि एआई mô;hình trí;tuệ kecerdasan model;bahasa โมเดล ปัญญา"
)
"""Words of which all talk of being a model has one, a semicolon for a blank, in this case of letters: a cheap look."""
