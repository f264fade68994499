"""Texts of many languages in the wrong encoding are found, and the same texts as they should be are not."""

import pytest

from ittgen.filters.misread import letters_lost, misread

RUSSIAN = "Привет, мир! Это текст на русском языке, и он не очень длинный."
CZECH = "Nejstarší most přes Vltavu začali stavět v červnu a dnes po něm chodí chodci."
POLISH = "Mała dziewczynka poszła do szkoły i zamknęła drzwi."
HUNGARIAN = "Az idő szép, a nő erős és a fák zöldek."
TURKISH = "Bu değil, ama şey için çok güzel bir ışık var."
CHINESE = "通货膨胀是指一般物价水平持续上涨的现象。"
JAPANESE = "これは日本語の文章です。カタカナもあります。"
KOREAN = "안녕하세요. 이것은 한국어로 된 문장입니다."
GREEK = "Καλημέρα κόσμε, αυτό είναι κείμενο."
WHOLE = (
    *(RUSSIAN, CZECH, POLISH, HUNGARIAN, TURKISH, CHINESE, JAPANESE, KOREAN, GREEK),
    *("Søren så på en crème brûlée.", "Où est-il, là ou à côté ?", "Perché è così? Più giù.", "Não são ações."),
    *("Það er ýmislegt að sjá, þótt þokan sé þykk.", "Õhtu jõudis ja öö tuli.", "x³y² und m³", "кВт, мРНК и СССР"),
)


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        (CZECH, "cp1250", "cp1252"),
        (CZECH, "iso8859-2", "latin-1"),
        (POLISH, "cp1250", "cp1252"),
        (HUNGARIAN, "iso8859-2", "latin-1"),
        (TURKISH, "cp1254", "cp1252"),
        (RUSSIAN, "cp1251", "cp1252"),
        (RUSSIAN, "koi8-r", "latin-1"),
        (RUSSIAN, "koi8-r", "cp1251"),
        (RUSSIAN, "cp1251", "koi8-r"),
        (RUSSIAN, "cp866", "cp1251"),
        (RUSSIAN, "cp1251", "cp866"),
        (RUSSIAN, "utf-8", "cp866"),
        (GREEK, "iso8859-7", "latin-1"),
        (CHINESE, "utf-8", "gbk"),
        (CHINESE, "gbk", "latin-1"),
        (JAPANESE, "utf-8", "shift_jis"),
        (JAPANESE, "shift_jis", "cp1252"),
        (JAPANESE, "euc-jp", "latin-1"),
        (KOREAN, "utf-8", "cp949"),
        (KOREAN, "euc-kr", "latin-1"),
    ],
)
def test_a_text_in_the_wrong_encoding_is_found(text: str, right: str, wrong: str) -> None:
    garbled = text.encode(right).decode(wrong, "replace").replace("\ufffd", "?")
    assert misread(garbled), garbled


@pytest.mark.parametrize("text", WHOLE)
def test_a_text_as_it_should_be_is_not(text: str) -> None:
    assert misread(text) == ""


def test_question_marks_in_the_place_of_letters_are_found_where_the_task_has_none() -> None:
    assert letters_lost("K?ln und M?nchen", "Nenne zwei Städte.") == "K?ln"
    assert letters_lost("K?ln und M?nchen", "Fill in the letters: K?ln, M?nchen") == ""
    assert letters_lost("Who? When? Where?", "Ask.") == "" and letters_lost("/a?b=c&d?e=f", "Link.") == ""
