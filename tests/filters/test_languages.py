"""The languages that the rule tells apart: one task and one answer in each, every answer given to every task."""

import pytest

from ittgen.filters.languages import main_script, scripts
from ittgen.filters.scripts import LanguageMismatch
from ittgen.filters.tongues import language, said, speakers, spoken, wanted
from ittgen.records import Example

# language -> a task, its answer
SAID = {
    "en": (
        "Explain why regular sleep matters for health.",
        "Regular sleep matters because the body repairs itself at night and the brain sorts what it has "
        "learned. People who sleep well are less often ill.",
    ),
    "de": (
        "Erkläre, warum regelmäßiger Schlaf wichtig ist.",
        "Regelmäßiger Schlaf ist wichtig, weil sich der Körper in der Nacht erholt und das Gehirn das "
        "Gelernte ordnet. Wer gut schläft, wird seltener krank.",
    ),
    "fr": (
        "Explique pourquoi un sommeil régulier est important.",
        "Un sommeil régulier est important parce que le corps se répare la nuit et que le cerveau trie "
        "ce qu'il a appris. Ceux qui dorment bien tombent moins souvent malades.",
    ),
    "es": (
        "Explica por qué es importante dormir con regularidad.",
        "Dormir con regularidad es importante porque el cuerpo se repara por la noche y el cerebro "
        "ordena lo que ha aprendido. Quien duerme bien enferma menos.",
    ),
    "pt": (
        "Explique por que é importante dormir com regularidade.",
        "Dormir com regularidade é importante porque o corpo se recupera à noite e o cérebro organiza o "
        "que aprendeu. Quem dorme bem adoece menos.",
    ),
    "it": (
        "Spiega perché è importante dormire con regolarità.",
        "Dormire con regolarità è importante perché il corpo si ripara di notte e il cervello riordina "
        "quello che ha imparato. Chi dorme bene si ammala di meno.",
    ),
    "nl": (
        "Leg uit waarom regelmatig slapen belangrijk is.",
        "Regelmatig slapen is belangrijk omdat het lichaam zich 's nachts herstelt en de hersenen "
        "ordenen wat ze hebben geleerd. Wie goed slaapt, wordt minder vaak ziek.",
    ),
    "pl": (
        "Wyjaśnij, dlaczego regularny sen jest ważny.",
        "Regularny sen jest ważny, ponieważ ciało w nocy się regeneruje, a mózg porządkuje to, czego się"
        " nauczył. Kto dobrze śpi, ten rzadziej choruje.",
    ),
    "tr": (
        "Düzenli uykunun neden önemli olduğunu açıkla.",
        "Düzenli uyku önemlidir çünkü vücut geceleri kendini onarır ve beyin öğrendiklerini düzenler. "
        "İyi uyuyan insanlar daha az hasta olur.",
    ),
    "sv": (
        "Förklara varför regelbunden sömn är viktig.",
        "Regelbunden sömn är viktig eftersom kroppen läker på natten och hjärnan ordnar det som den har "
        "lärt sig. Den som sover gott blir mer sällan sjuk.",
    ),
    "da": (
        "Forklar hvorfor regelmæssig søvn er vigtig.",
        "Regelmæssig søvn er vigtig, fordi kroppen heler om natten, og hjernen ordner det, den har lært."
        " Den, der sover godt, bliver sjældnere syg.",
    ),
    "id": (
        "Jelaskan mengapa tidur teratur itu penting.",
        "Tidur teratur itu penting karena tubuh memperbaiki diri pada malam hari dan otak mengatur apa "
        "yang telah dipelajari. Orang yang tidur nyenyak lebih jarang sakit.",
    ),
    "vi": (
        "Giải thích vì sao ngủ đều đặn lại quan trọng.",
        "Ngủ đều đặn rất quan trọng vì cơ thể được phục hồi vào ban đêm và não sắp xếp những gì đã học. "
        "Người ngủ ngon ít khi bị ốm.",
    ),
    "cs": (
        "Vysvětli, proč je pravidelný spánek důležitý.",
        "Pravidelný spánek je důležitý, protože se tělo v noci zotavuje a mozek třídí to, co se naučil. "
        "Kdo dobře spí, je méně často nemocný.",
    ),
    "ro": (
        "Explică de ce este important somnul regulat.",
        "Somnul regulat este important pentru că noaptea corpul se reface, iar creierul ordonează ceea "
        "ce a învățat. Cine doarme bine se îmbolnăvește mai rar.",
    ),
    "hu": (
        "Magyarázd el, miért fontos a rendszeres alvás.",
        "A rendszeres alvás azért fontos, mert a test éjjel megújul, és az agy rendezi azt, amit tanult."
        " Aki jól alszik, ritkábban beteg.",
    ),
    "fi": (
        "Selitä, miksi säännöllinen uni on tärkeää.",
        "Säännöllinen uni on tärkeää, koska keho korjaa itseään yöllä ja aivot järjestävät sen, mitä on "
        "opittu. Hyvin nukkuva on harvemmin sairas.",
    ),
    "sw": (
        "Eleza kwa nini usingizi wa kawaida ni muhimu.",
        "Usingizi wa kawaida ni muhimu kwa sababu mwili hujirekebisha usiku na ubongo hupanga yale "
        "ambayo umejifunza. Watu wanaolala vizuri ni nadra kuugua.",
    ),
    "ru": (
        "Объясни, почему важен регулярный сон.",
        "Регулярный сон важен, потому что ночью тело восстанавливается, а мозг упорядочивает то, чему "
        "научился. Кто хорошо спит, тот реже болеет и лучше выглядит в этом возрасте.",
    ),
    "uk": (
        "Поясни, чому важливий регулярний сон.",
        "Регулярний сон важливий, бо вночі тіло відновлюється, а мозок упорядковує те, чого навчився. "
        "Хто добре спить, той рідше хворіє.",
    ),
    "zh": (
        "解释为什么规律的睡眠很重要。",
        "规律的睡眠很重要，因为身体在夜里修复自己，大脑整理学到的东西。睡得好的人较少生病。",
    ),
    "ja": (
        "規則正しい睡眠が大切な理由を説明してください。",
        "規則正しい睡眠は大切です。夜の間に体が回復し、脳が学んだことを整理するからです。",
    ),
    "ko": (
        "규칙적인 수면이 왜 중요한지 설명하세요.",
        "규칙적인 수면은 중요합니다. 밤에 몸이 회복되고 뇌가 배운 것을 정리하기 때문입니다.",
    ),
    "ar": (
        "اشرح لماذا النوم المنتظم مهم.",
        "النوم المنتظم مهم لأن الجسم يتعافى ليلا والدماغ ينظم ما تعلمه. من ينام جيدا يمرض أقل.",
    ),
    "fa": (
        "توضیح بده چرا خواب منظم مهم است.",
        "خواب منظم مهم است چون بدن شب‌ها ترمیم می‌شود و مغز آنچه را آموخته مرتب می‌کند. کسی که خوب "
        "می‌خوابد کمتر بیمار می‌شود.",
    ),
    "hi": (
        "समझाइए कि नियमित नींद क्यों महत्वपूर्ण है।",
        "नियमित नींद महत्वपूर्ण है क्योंकि रात में शरीर अपनी मरम्मत करता है और मस्तिष्क सीखी हुई बातों को व्यवस्थित करता है।",
    ),
    "th": (
        "อธิบายว่าทำไมการนอนสม่ำเสมอจึงสำคัญ",
        "การนอนสม่ำเสมอสำคัญเพราะร่างกายซ่อมแซมตัวเองตอนกลางคืนและสมองจัดระเบียบสิ่งที่เรียนรู้",
    ),
    "el": (
        "Εξήγησε γιατί ο τακτικός ύπνος είναι σημαντικός.",
        "Ο τακτικός ύπνος είναι σημαντικός γιατί το σώμα επισκευάζεται τη νύχτα και ο εγκέφαλος τακτοποιεί όσα έμαθε.",
    ),
    "he": (
        "הסבר מדוע שינה סדירה חשובה.",
        "שינה סדירה חשובה כי הגוף מתקן את עצמו בלילה והמוח מסדר את מה שלמד.",
    ),
    "bn": (
        "নিয়মিত ঘুম কেন গুরুত্বপূর্ণ তা ব্যাখ্যা করো।",
        "নিয়মিত ঘুম গুরুত্বপূর্ণ কারণ রাতে শরীর নিজেকে মেরামত করে এবং মস্তিষ্ক শেখা বিষয়গুলি সাজায়।",
    ),
}


@pytest.mark.parametrize("spoken", SAID)
def test_an_answer_in_the_language_of_its_task_passes(spoken: str) -> None:
    task, answer = SAID[spoken]
    assert LanguageMismatch()(Example(task, output=answer)) is None


@pytest.mark.parametrize("spoken", SAID)
def test_an_answer_in_any_other_language_is_found(spoken: str) -> None:
    task = SAID[spoken][0]
    others = [answer for other, (_, answer) in SAID.items() if other != spoken]
    passed = [answer for answer in others if not LanguageMismatch()(Example(task, output=answer))]
    assert passed == []


def test_letters_are_counted_by_script() -> None:
    assert scripts("Huế, 北京 и カ1") == {"Latin": 3, "Han": 2, "Cyrillic": 1, "Kana": 1}
    assert main_script(scripts("東京はカメラ")) == "Kana"
    assert main_script(scripts("half наполовину")) == ""


@pytest.mark.parametrize(
    ("text", "tongue"),
    [
        ("Этот объём", "Russian"),
        ("Її сім'я", "Ukrainian"),
        ("چگونه پیدا کنم", "Persian"),
        ("Beskriv hösten.", "Swedish"),
        ("Explica què és això.", ""),
        ("बारिश के बारे में बताइए।", "Hindi"),
    ],
)
def test_a_task_is_of_the_language_that_most_of_its_words_are_of(text: str, tongue: str) -> None:
    assert wanted(speakers(spoken(text))) == tongue


def test_titles_do_not_speak_for_a_language() -> None:
    assert said("Let It Be and Here Comes the Sun") == ["and", "the"]


def test_a_few_words_are_no_language() -> None:
    assert language(spoken("The Dark Side")) == ""
