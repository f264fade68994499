"""UTF-8 that was read as another encoding comes back whole; what was read rightly stays as it is."""

import pytest

from ittgen.filters.respelled import respelled

TEXTS = {
    "de": "Im Frühling blühen die Bäume, und überall ist es schön.",
    "fr": "L'été dernier, les forêts étaient très sèches.",
    "cs": "Příliš žluťoučký kůň úpěl ďábelské ódy.",
    "tr": "Güneş doğudan yükselir ve ışığı dağlara düşer.",
    "ru": "Осенью листья желтеют и падают на землю.",
    "el": "Το φθινόπωρο τα φύλλα πέφτουν.",
    "he": "בסתיו העלים נושרים.",
    "ar": "في الخريف تسقط الأوراق.",
    "hi": "शरद ऋतु में पत्ते गिरते हैं।",
    "th": "ใบไม้เปลี่ยนสีและร่วงหล่น",
    "zh": "秋天树叶变黄并落到地上。",
    "ja": "秋になると葉が落ちます。",
    "ko": "가을이 되면 나뭇잎이 떨어집니다.",
    "vi": "Mùa thu lá vàng rơi đầy trên con đường nhỏ.",
}
CODECS = ("latin-1", "mac_roman", "cp437")
"""Encodings that read every byte as something."""


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("codec", CODECS)
def test_what_was_read_wrongly_is_read_again(text: str, codec: str) -> None:
    assert respelled(text.encode("utf-8").decode(codec)) == text


@pytest.mark.parametrize("text", [*TEXTS.values(), "naïve café", "20 °C ± 0.5", "It’s “fine” — really…", "", "plain"])
def test_what_was_read_rightly_stays(text: str) -> None:
    assert respelled(text) == text
