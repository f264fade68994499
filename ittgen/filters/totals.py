"""Sums of columns: the last row of a table or the last line of a list that says "Total", and what stands above it.

A total is wrong only where nothing else explains it: every line above is an amount of one kind, none is a rate, a share
or a deduction, and neither the sum nor the product of them is what is said.
"""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import prod

from ittgen.filters.looks import first_of, has_any, lowered
from ittgen.filters.reckoning import Reading, continental, english

_TOTAL = re.compile(
    r"[\W_]*(?:(?:grand|overall|over-all) )?(?:total(?:e|es|t)?|sum|summe|gesamt(?:summe|kosten|betrag)?|insgesamt"
    r"|somme|suma"
    r"|итого|всего|сумма|разом|всього|celkem|razem|łącznie|totaal|totalt|summa|yhteensä|összesen|toplam|jumlah"
    r"|tổng(?: cộng)?"
    r"|合计|合計|总计|總計|总和|합계|총계|총합|المجموع|الإجمالي|कुल|योग|jami|מגמה|סה\"כ|σύνολο)"
    r"(?: (?:cost|costs|price|amount|expenses|général|kosten|général|general|:))?[\W_]*",
    re.IGNORECASE,
)
_SIGNS = first_of(
    "total sum gesamt somme suma итого всего сумма разом celkem razem łącznie totaal yhteensä összesen toplam jumlah "
    "tổng "
    "合计 合計 总计 總計 总和 합계 총계 총합 المجموع الإجمالي कुल योग סה σύνολο".split()
)
_NO_ADDEND = re.compile(
    r"price|unit|rate|\bper\b|%|average|\bavg|mean|discount|tax|\bvat\b|tip\b|sub.?total|income|revenue|budget|salary"
    r"|earn"
    r"|less\b|minus|deduct|refund|paid|balance|remain|saving|hours|quantity|\bqty|\bage\b|score|year|date|\bno\b"
    r"|number|#"
    r"|preis|rabatt|steuer|einkommen|prix|remise|taxe|revenu|precio|descuento|ingres|preço|desconto|renda|prezzo|sconto"
    r"|цена|скидк|налог|доход|单价|單價|价格|折扣|收入|税|単価|割引|가격|할인|세금|السعر|मूल्य|दर",
    re.IGNORECASE,
)
_AMOUNT = re.compile(r"[^\w.,-]*([$€£¥₹]?) ?(-?\d+(?:[.,'\u202f]\d+)*) ?([^\W\d_]{0,8}|[€元円원₽]|/-)[^\w%]*")
_LINE = re.compile(r"\s*(?:[-*•+]|\d{1,2}[.)])?\s*\**([^:：\n|]{1,60}?)\**\s*[:：]\**\s*([^:：\n]{1,30})")
_RULE = re.compile(r"[\s|:+-]*-[\s|:+-]*")


def false_total(text: str) -> str:
    """ "12 + 7 = 20" for a column of 12 and 7 whose total is said to be 20; "" where all totals are right."""
    signs = _SIGNS[not text.isascii()]
    if not has_any(lowered(text), signs) or "```" in text or not ("|" in text or ":" in text or "：" in text):
        return ""
    columns = _of_a_table(text) if "|" in text else _of_lines(text)
    return next((found for column, total in columns if (found := _false(column, total))), "")


Amount = tuple[str, str]
"""(number, what it is of): ("12", "€")"""


def _of_a_table(text: str) -> Iterator[tuple[list[Amount], Amount]]:
    """The columns of a table that ends in a row of totals."""
    rows = [_cells(line) for line in text.splitlines() if line.count("|") > 1 and not _RULE.fullmatch(line)]
    last = next((n for n, row in enumerate(rows) if n > 2 and _TOTAL.fullmatch(row[0])), 0)
    if not last or any(_NO_ADDEND.search(row[0]) or len(row) != len(rows[0]) for row in rows[1 : last + 1]):
        return
    numeric = [n for n in range(1, len(rows[0])) if all(_amount(row[n]) for row in rows[1:last])]
    for column in numeric:
        total = _amount(rows[last][column])
        if total and len(numeric) == 1 and not _NO_ADDEND.search(rows[0][column]):
            yield [amount for row in rows[1:last] if (amount := _amount(row[column]))], total


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _of_lines(text: str) -> Iterator[tuple[list[Amount], Amount]]:
    """The lines "label: amount" right above a line "total: amount"."""
    above: list[Amount] = []
    broken = False
    for line in text.splitlines():
        found = _LINE.fullmatch(line.rstrip()) if ":" in line or "：" in line else None
        amount = _amount(found[2]) if found else None
        if found and amount and _TOTAL.fullmatch(found[1]):
            if not broken and len(above) > 1:
                yield above, amount
            above, broken = [], True
        elif found and amount:
            above, broken = [*above, amount], broken or bool(_NO_ADDEND.search(found[1]))
        elif line.strip():
            above, broken = [], line.rstrip()[-1:] not in ":：" and bool(re.search(r"\d", line))


def _amount(cell: str) -> Amount | None:
    found = _AMOUNT.fullmatch(cell)
    return (found[2], (found[1] or found[3]).lower()) if found else None


def _false(column: Sequence[Amount], total: Amount) -> str:
    """The sum as it is said, where no reading makes it right."""
    kinds = {kind for _, kind in (*column, total)}
    readings = [
        read for read in (english, continental) if all(_value(n, read) is not None for n, _ in (*column, total))
    ]
    if len(kinds) != 1 or len(column) < 2 or not readings or any(_explained(column, total, read) for read in readings):
        return ""
    return f"{' + '.join(number for number, _ in column)} = {total[0]}"


def _explained(column: Sequence[Amount], total: Amount, read: Reading) -> bool:
    known = [number for amount, _ in column if (number := _value(amount, read)) is not None]
    said = _value(total[0], read) or Fraction(0)
    slack = Fraction(1, 20) * len(known) if any(number.denominator > 1 for number in known) else Fraction(0)
    ways = (sum(known), prod(known), known[0] - sum(known[1:]), sum(known[1:]))
    return any(abs(way - said) <= slack for way in ways)


def _value(number: str, read: Reading) -> Fraction | None:
    found = read(number.lstrip("-"))
    return -found if found is not None and number[0] == "-" else found
