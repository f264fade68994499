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


_CANNOT = (
    r"(?:can(?:'|’)?t|cannot|can not|am (?:un|not )able to|(?:'|’)m (?:un|not )able to|won(?:'|’)t|will not|refuse to)"
)
HARD = _any(
    rf"\bI {_CANNOT} (?:be able to )?(?:help|assist|aid)(?: you)?(?: with| in)? (?:that|this|your|the) ?(?:request"
    rf"|task|question)?\b",
    rf"\bI(?: {_CANNOT}|{_CANNOT}) (?:help|assist|aid)(?: you)? with (?:that|this)\b",
    rf"\bI ?{_CANNOT} (?:be able to )?(?:fulfil|comply with|complete|carry out|process|accommodate) (?:that|this"
    rf"|your|the|such) ?"
    r"(?:\w+ )?(?:request|task|prompt|instruction)?",
    rf"\bI ?{_CANNOT} (?:generate|create|provide|produce|write|engage in|discuss|share|promote|support) (?:\w+ ){{0,3}}"
    r"(?:content|responses?|information|instructions|advice|assistance|guidance) (?:that|on|about|for|regarding|of"
    r"|like|which|related)",
    r"\b(?:sorry|apologi[sz]e|unfortunately)\b[^.!?\n]{0,40}\bI ?" + _CANNOT + r" (?:help|assist|fulfil|comply"
    r"|generate|"
    r"create|produce|complete this|process|engage|perform|access|browse|view|open|play)\b",
    r"\bI(?:'|’)?m just (?:a|an) (?:language model|AI)\b",
    r"\bIch kann (?:Ihnen |dir |dabei )*(?:leider )?(?:dabei |bei dieser? \w+ |damit )*nicht (?:helfen|weiterhelfen"
    r"|behilflich)",
    r"\bIch kann (?:diese[rsnm]?|Ihre|deine) (?:Anfrage|Bitte|Aufgabe|Aufforderung) (?:leider )?nicht (?:erfüllen"
    r"|bearbeiten|ausführen)",
    r"\bJe ne (?:peux|suis) pas (?:en mesure de |capable de )?(?:vous |t(?:'|’))?(?:aider|répondre à (?:cette|votre)"
    r"|accéder à (?:cette|votre)|satisfaire)",
    r"\bno puedo (?:ayudarte|ayudarle|cumplir|ayudar|asistirte|proporcionar (?:esa|esta|ese)|atender (?:esa|esta|tu"
    r"|su))",
    r"\bnon posso (?:aiutarti|aiutarla|soddisfare|aiutare con|esaudire|assisterti)",
    r"\bnão posso (?:ajudar|ajudá-l[oa]|ajudá-lo|atender|cumprir|auxiliar)|\bnão consigo ajudar",
    r"\bIk kan (?:u |je )?(?:daar |hier |hierbij |daarbij )?(?:helaas )?niet (?:mee |bij )?helpen"
    r"|\bkan (?:niet )?aan (?:dit|je|uw) verzoek (?:niet )?voldoen",
    r"\bя не (?:могу|смогу) (?:вам |тебе )?(?:помочь|выполнить (?:этот|ваш|эту|данн\w+)|ответить на этот|с этим)",
    r"\bnie mogę (?:ci |Ci |Panu |Pani )?(?:w tym )?(?:pomóc|spełnić|zrealizować|wykonać tego)",
    r"yardımcı olamam|yardımcı olamıyorum|bu isteği yerine getirem",
    r"(?:抱歉|对不起|對不起|很遗憾)[^。！？\n]{0,12}我?(?:无法|無法|不能|没有办法|没办法)(?:为您|为你|帮|提供|满足|完成|回答|协助|协助|生成|滿足|幫|協助|回應|处理|執行|执行)",
    r"我(?:无法|無法|不能)(?:满足|協助|协助|帮助您|帮助你|完成|滿足)(?:您|你|这|這|该)",
    r"(?:申し訳(?:ありません|ございません)|すみません|ごめんなさい)[^\n]{0,30}(?:お手伝い|お答え|対応|お応え|提供|支援|生成)[^\n]{0,8}(?:できません|できかねます|いたしかねます)",
    r"(?:そのご|その|この|ご)(?:要望|依頼|リクエスト|質問)に(?:は)?(?:お応え|お答え|対応)[^\n]{0,4}(?:できません|できかねます)",
    r"죄송(?:합니다|하지만)[^\n]{0,30}(?:도와드릴|도움을 드릴|제공할|답변할|수행할|도와 드릴|처리할) 수(?:가)? 없",
    r"(?:آسف|عذرا|عذرًا|أعتذر)[^.\n]{0,25}(?:لا أستطيع|لا يمكنني|لا أقدر)|لا (?:أستطيع|يمكنني) (?:مساعدتك|تلبية"
    r"|المساعدة)",
    r"(?:क्षमा करें|माफ़ करें|माफ कीजिए|खेद है|माफ़ कीजिए)[^।\n]{0,45}(?:नहीं कर सकता|नहीं कर सकती|नहीं दे सकता"
    r"|असमर्थ)|मदद नहीं कर सक(?:ता|ती)",
    r"\bxin lỗi[^.\n]{0,30}không thể (?:giúp|hỗ trợ|thực hiện|đáp ứng|cung cấp)",
    r"\btidak (?:dapat|bisa) (?:membantu|memenuhi) (?:Anda|permintaan|dengan)",
    r"ขออภัย[^\n]{0,20}ไม่สามารถ(?:ช่วย|ให้|ตอบ|ดำเนินการ)",
    r"\bjag kan (?:tyvärr )?inte (?:hjälpa|uppfylla)|\bне можу (?:вам )?(?:допомогти|виконати)",
)
"""What only somebody who refuses the task itself says."""
SOFT = _any(
    rf"\A\W*(?:I(?:'|’)?m|I am|we(?:'|’)re) (?:very |really |so |truly |terribly )?(?:sorry"
    rf"|afraid),?(?: but)?(?: that)? (?:I|we) ?"
    rf"(?:{_CANNOT}|do not|don(?:'|’)t|am unable)(?: have (?:access|the (?:ability|capability|necessary))"
    rf"| feel comfortable"
    r"| (?:provide|give|write|answer|do that|offer|recommend|translate|summari[sz]e|see|read|show|share|tell|predict"
    r"|draw|make))\b",
    r"\A\W*I (?:do not|don(?:'|’)t) (?:have|currently have) (?:the ability|the capability|access to (?:real[- ]time"
    r"|the internet"
    r"|current|live|external|your|personal|up[- ]to[- ]date))",
    r"\A\W*I(?:'|’)?m not (?:able|comfortable|programmed|designed) (?:to |with )(?:provid|answer|creat|generat"
    r"|discuss|writ|giv|perform)",
    rf"\A\W*(?:Sorry|Unfortunately|Apologies),?(?: but)? I ?{_CANNOT} (?:provide|answer|write|do that|translate"
    rf"|summari[sz]e|draw|see)\b",
)
"""What somebody may also say in a letter, a scene or a rôle that the task asked for."""
MODEL = _any(
    r"\bas an? (?:helpful |responsible |virtual |digital |text[- ]based |large )*(?:AI|A\.I\."
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
    r"(?:作为|作為|身为)(?:一个|一個|一名|一款)?(?:大型|基于)?(?:AI|人工智能|人工智慧|语言模型|語言模型|智能助手)[^。\n]{0,12}[，,]\s?(?:我|本)",
    r"(?:私は)?(?:AI|人工知能|大規模言語モデル|言語モデル)(?:言語モデル|アシスタント|モデル)?(?:として|である(?:ため|私)|なので|ですので)、",
    r"(?:저는 )?(?:AI|인공지능|언어 모델)(?: 언어)?(?: ?모델| ?어시스턴트)?(?:로서|이기 때문에|이므로)",
    r"(?:بصفتي|كوني|باعتباري) (?:نموذج|ذكاء|نموذجا|مساعد)|(?:एक )?(?:एआई|AI|कृत्रिम बुद्धिमत्ता"
    r"|भाषा मॉडल)(?: भाषा)?(?: मॉडल| सहायक)? (?:के (?:रूप में|तौर पर|नाते)|होने के (?:कारण|नाते)),? ?(?:मैं|मेरे)",
    r"\bLà một (?:mô hình ngôn ngữ|AI|trí tuệ nhân tạo)|\bSebagai (?:model bahasa|AI"
    r"|kecerdasan buatan)[^.\n]{0,20}, saya|ในฐานะ(?:โมเดลภาษา|AI|ปัญญาประดิษฐ์)",
)
"""An answer that talks of itself as a model."""
ASKS_TO_REFUSE = _any(
    r"\b(?:refus\w+|declin\w+|turn(?:ing)? down|reject\w*|say(?:ing)? no|apolog\w+|excuses?|ablehn\w*|absag\w*"
    r"|entschuldig\w*"
    r"|refuser|décliner|excus\w+|rechaz\w+|disculp\w+|rifiut\w+|scus\w+|recus\w+|desculp\w+|weiger\w*|отказ\w*"
    r"|извин\w*|odm[oó]w\w*"
    r"|only answer|unanswerable|transl\w+|übersetz\w*|tradu\w+|tradui\w+|vertaal\w*|перев[её]\w+|çevir\w*|tłumacz\w*"
    r"|paraphras\w+"
    r"|rephras\w+|rewrite|reword|quot\w+)\b|拒绝|拒絕|道歉|翻译|翻譯|婉拒|断り|断る|謝罪|お詫び|訳|거절|사과|번역|ترجم|اعتذار|رفض|अनुवाद|माफी|मना",
)
ASKS_FOR_A_SCENE = _any(
    r"\b(?:story|stories|dialog(?:ue)?s?|conversations?|scene|script|e-?mail|letter|message|reply|respon[ds]\w*"
    r"|role[- ]?play\w*|act as"
    r"|pretend|poem|novel|fiction|monologue|speech|skit|chat|customer|text message|sentence|example|brief|gedicht"
    r"|geschichte"
    r"|histoire|historia|storia|história|рассказ\w*|диалог\w*|письмо)\b|故事|对话|對話|邮件|会話|物語|メール|이야기|대화|قصة|حوار|رسالة"
    r"|कहानी|संवाद",
)
ABOUT_MODELS = _any(
    r"\b(?:A\.?I|artificial intelligence|language models?|LLMs?|chat ?bots?|chat ?gpt|gpt(?:-\d\w*)?|robots?"
    r"|androids?|assistants?"
    r"|machine learning|sentient|prompts?|KI|künstliche\w* intelligenz|sprachmodell\w*|IA|ИИ"
    r"|искусственн\w+ интеллект\w*"
    r"|inteligencia artificial|intelligence artificielle|yapay zek\w+|are you (?:a |an )?(?:human|real|alive|person"
    r"|conscious|machine)"
    r"|who (?:are|made|created|built|trained) you|what are you|introduce yourself|your knowledge|trained on"
    r"|wer bist du|bist du"
    r"|qui es-tu|quién eres|chi sei|кто ты|ты кто|ты человек)\b"
    r"|(?<![a-z])AI(?![a-z])|人工智能|人工智慧|人工知能|语言模型|語言模型|言語モデル|机器人|機器人|ロボット|你是谁|你是|あなたは|인공지능|챗봇|로봇|ذكاء|روبوت|कृत्रिम"
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


REFUSING = _hints(
    "can't can’t cannot unable won't won’t refuse sorry apolog unfortunately not;able "
    "will;not can;not just;a don't don’t do;not not;comfortable kann peux suis;pas "
    "puedo posso consigo niet могу смогу можу mogę olama getirem 无法 無法 不能 没有办法 没办法 "
    "できません できかねます いたしかね 죄송 آسف عذر أعتذر أستطيع يمكنني नहीं असमर्थ không;thể tidak "
    "ไม่สามารถ ;inte; i'm i’m"
)
"""Words of which every refusal has one, a semicolon for a blank: a cheap first look."""

MODELS = _hints(
    "AI A.I IA KI LLM SI ИИ artificial anguage;model knowledge;cutoff "
    "knowledge;update training;data ünstliche prachmodell ntelligen modèle modelo "
    "modello taalmodel искусственн языков językow yapay 人工 模型 言語モデル 모델 인공 نموذج ذكاء "
    "मॉडल बुद्धि एआई mô;hình trí;tuệ kecerdasan model;bahasa โมเดล ปัญญา"
)
"""The same for talk of being a model, in this case of letters."""
