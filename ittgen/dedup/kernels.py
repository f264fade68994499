"""Pages of rows looked through by compiled code: filing a row, the nearest of many, a block decided in its order.

Knows arrays of numbers; not texts, ids or who asks. Importing this module compiles it, or loads what was compiled.

A row is filed by length, on a page. A page is a line of the table `pages`; its rows are `slots`, one after another:

    page: AT its first word in `bits`; SLOT its first slot; SHORTEST and LONGEST row it takes; WORDS of 64 bits in a
          signature; ROOM for so many rows; FILL of them taken; SEEN, how many were when the present block began
    slot: the row, and its spare: how many of its tokens found the bit of their signature taken

The signatures on a page of 4 words stand word by word, so that one instruction compares eight rows; wider ones stand
row by row. A token that no row has is left out of a question, and counts in its size.
"""

from typing import Any

import numpy as np
from numba.core.types import Tuple, boolean, float64, int64, void

from ittgen.dedup.bits import bit_length, common, fmeasure, ones, sign, work_for
from ittgen.dedup.compiled import NEAR, NUMBERS, PLACES, POOL, ROWS, SCORES, TABLE, WIDE, WORDS_OF_64, WORK, kernel

AT, SLOT, SHORTEST, LONGEST, WORDS, ROOM, FILL, SEEN = range(8)
PAGES, WORDS_USED, SLOTS_USED = range(3)
"""What `used` counts."""

PAGE_WORDS = 2048
"""A page's signatures fill 16 KiB, half of a small first-level cache: the questions of a tile find them there."""

SHELVES = 1024
"""More than there are: 32 lengths of their own, then 16 shelves to each doubling, up to 2**63 tokens."""

_HALF = 0.5 * (1 - 1e-9)
"""Bounds are compared a little low, lest one exclude a pair that rounding (some 1e-16) lifts over the limit."""

_LEVELS = 64
"""More widths of signatures than there are."""


@kernel(int64, int64)
def _step(length: int) -> int:
    """Shelves for 16 to 31 times 2**step tokens are 2**step lengths wide."""
    return max(bit_length(length) - 5, 0)


@kernel(int64, int64)
def _words_for(longest: int) -> int:
    """4 to 8 bits a token, 256 at least."""
    return max(4, 1 << max(bit_length(longest) - 4, 0))


@kernel(int64, ROWS, int64, int64)
def _longest(rows: Any, first: int, last: int) -> int:
    longest = 0
    for row in range(first, last):
        longest = max(longest, rows[1][row + 1] - rows[1][row])
    return longest


@kernel(int64, POOL)
def _widest(pool: Any) -> int:
    """Words of the widest signature there is."""
    widest = 4
    for number in range(pool[3][PAGES]):
        widest = max(widest, pool[2][number, WORDS])
    return widest


@kernel(int64, POOL, int64)
def _open(pool: Any, length: int) -> int:
    """A new page for rows of about this length; -1 where arrays are too small for it."""
    bits, slots, pages, used, _ = pool
    step = _step(length)
    shortest = length >> step << step
    words = _words_for(shortest + (1 << step) - 1)
    room = max(1, PAGE_WORDS // words)
    number, at, slot = used[PAGES], used[WORDS_USED], used[SLOTS_USED]
    if number == len(pages) or at + words * room > len(bits) or slot + room > len(slots):
        return -1
    pages[number, AT], pages[number, SLOT], pages[number, WORDS], pages[number, ROOM] = at, slot, words, room
    pages[number, SHORTEST], pages[number, LONGEST] = shortest, shortest + (1 << step) - 1
    pages[number, FILL], pages[number, SEEN] = 0, 0
    used[PAGES], used[WORDS_USED], used[SLOTS_USED] = number + 1, at + words * room, slot + room
    return int(number)


@kernel(int64, POOL, ROWS, int64, WORK)
def _file(pool: Any, rows: Any, row: int, work: Any) -> int:
    """Write a row on its shelf's page; which one, or -1, with nothing changed, where arrays are too small."""
    bits, slots, pages, _, filling = pool
    tokens = rows[0][rows[1][row] : rows[1][row + 1]]
    step = _step(len(tokens))
    shelf = 16 * step + (len(tokens) >> step)
    number = filling[shelf]
    if number < 0 or pages[number, FILL] == pages[number, ROOM]:
        number = _open(pool, len(tokens))
        if number < 0:
            return -1
        filling[shelf] = number
    page = pages[number]
    place, words = page[FILL], page[WORDS]
    signature = np.empty(words, dtype=np.uint64)
    slots[page[SLOT] + place, 0], slots[page[SLOT] + place, 1] = row, sign(tokens, signature, work)
    start, apart = (place, page[ROOM]) if words == 4 else (place * words, 1)
    for word in range(words):
        bits[page[AT] + start + word * apart] = signature[word]
    page[FILL] += 1
    return int(number)


@kernel(int64, WORDS_OF_64, TABLE, int64, int64, WIDE, int64, inline=True)
def _most_shared(bits: Any, pages: Any, number: int, first: int, ladders: Any, own: int) -> int:
    """The most bits that any row of a page of 4 words shares with a signature: the loop that everything waits for.

    No slices: counting who uses an array costs as much as comparing a hundred rows. Unsigned places: they cannot be
    counted from the end, which the compiler would have to look after.
    """
    a, room = np.uint64(pages[number, AT]), np.uint64(pages[number, ROOM])
    b, c, d = a + room, a + room + room, a + room + room + room
    p, q, r, s = ladders[own, 0], ladders[own, 1], ladders[own, 2], ladders[own, 3]
    most = 0
    for slot in range(np.uint64(first), np.uint64(pages[number, FILL])):
        shared = (
            ones(bits[a + slot] & p) + ones(bits[b + slot] & q) + ones(bits[c + slot] & r) + ones(bits[d + slot] & s)
        )
        most = max(most, shared)
    return most


@kernel(int64, WORDS_OF_64, PLACES, int64, WORDS_OF_64, inline=True)
def _shared(bits: Any, page: Any, slot: int, signature: Any) -> int:
    """The bits that one row shares with a signature."""
    total, words = 0, page[WORDS]
    start, apart = (slot, page[ROOM]) if words == 4 else (slot * words, 1)
    for word in range(words):
        total += ones(bits[page[AT] + start + word * apart] & signature[word])
    return total


@kernel(boolean, int64, PLACES)
def _among(row: int, without: Any) -> bool:
    found = False
    for other in without:
        found |= row == other
    return found


@kernel(NEAR, POOL, ROWS, int64, int64, NUMBERS, int64, WORDS_OF_64, int64, float64, int64, PLACES, WORK)
def _look(
    pool: Any, rows: Any, number: int, first: int, asked: Any, size: int, signature: Any, spare: int, best: float,
    near: int, without: Any, work: Any,
) -> tuple[float, int]:  # fmt: skip
    """The best score and its row, after one page has been looked through from slot `first` on."""
    bits, slots, page, (tokens, starts) = pool[0], pool[1], pool[2][number], rows
    for slot in range(first, page[FILL]):
        row, taken = slots[page[SLOT] + slot, 0], slots[page[SLOT] + slot, 1]
        length = starts[row + 1] - starts[row]
        least = best * _HALF * (length + size)
        if _shared(bits, page, slot, signature) + min(spare, taken) < least:
            continue
        score = fmeasure(common(asked, tokens[starts[row] : starts[row + 1]], least, work), size, length)
        if (score > best or (score == best and row < near)) and not _among(row, without):
            best, near = score, int(row)
    return best, near


@kernel(void, POOL, ROWS, TABLE, ROWS, PLACES, int64, int64, WIDE, SCORES, PLACES, PLACES, WORK)
def _visit(
    pool: Any, rows: Any, visits: Any, questions: Any, sizes: Any, first: int, last: int, ladders: Any, best: Any,
    near: Any, without: Any, work: Any,
) -> None:  # fmt: skip
    """Look at each page of `visits`, from the slot given with it on, for each of the questions.

    All of them see a page before any sees the next one: it stays in the cache, as do they. Signatures of each width
    are made once a question, and stand on its ladder, the wider ones further up.
    """
    bits, pages, (tokens, starts) = pool[0], pool[2], questions
    spares = np.full((last - first, _LEVELS), -1, dtype=np.int64)
    for visit in range(len(visits)):
        number, slot = visits[visit, 0], visits[visit, 1]
        shortest, longest, words = pages[number, SHORTEST], pages[number, LONGEST], pages[number, WORDS]
        level = bit_length(words)
        for q in range(first, last):
            own, least = q - first, best[q] * _HALF * (shortest + sizes[q])
            if min(longest, starts[q + 1] - starts[q]) < least:
                continue
            if spares[own, level] < 0:
                spares[own, level] = sign(
                    tokens[starts[q] : starts[q + 1]], ladders[own, words - 4 : 2 * words - 4], work
                )
            if words > 4 or _most_shared(bits, pages, number, slot, ladders, own) + spares[own, level] >= least:
                asked, signature = tokens[starts[q] : starts[q + 1]], ladders[own, words - 4 : 2 * words - 4]
                best[q], near[q] = _look(
                    pool, rows, number, slot, asked, sizes[q], signature, spares[own, level], best[q], near[q], without,
                    work,
                )  # fmt: skip


@kernel(int64, POOL, ROWS, int64, int64)
def file(pool: Any, rows: Any, first: int, last: int) -> int:
    """Let these rows be found, those that have tokens; the row that the arrays have become too small for, or `last`."""
    work = work_for(_longest(rows, first, last))
    for row in range(first, last):
        if rows[1][row] < rows[1][row + 1] and _file(pool, rows, row, work) < 0:
            return row
    return last


@kernel(void, POOL, ROWS, ROWS, PLACES, int64, int64, SCORES, PLACES, PLACES)
def nearest(
    pool: Any, rows: Any, questions: Any, sizes: Any, first: int, last: int, best: Any, near: Any, without: Any
) -> None:
    """For each of these questions the nearest row with a score above `best`, the first of equals, but for `without`."""
    visits = np.zeros((pool[3][PAGES], 2), dtype=np.int64)
    for number in range(len(visits)):  # numpy's own way to write this takes the compiler two seconds
        visits[number, 0] = number
    ladders = np.empty((last - first, 2 * _widest(pool)), dtype=np.uint64)
    work = work_for(_longest(questions, first, last))
    _visit(pool, rows, visits, questions, sizes, first, last, ladders, best, near, without, work)


@kernel(Tuple((TABLE, int64)), TABLE)
def _fresh(pages: Any) -> Any:
    """The pages that the present block wrote on, each with its first slot written; and how many they are."""
    visits, fresh = np.empty((len(pages), 2), dtype=np.int64), 0
    for number in range(len(pages)):
        if pages[number, FILL] > pages[number, SEEN]:
            visits[fresh, 0], visits[fresh, 1] = number, pages[number, SEEN]
            fresh += 1
    return visits, fresh


@kernel(int64, POOL, ROWS, PLACES, int64, int64, SCORES, PLACES)
def settle(pool: Any, rows: Any, sizes: Any, first: int, last: int, best: Any, near: Any) -> int:
    """Decide on the rows of a block in their order, where `best` and `near` are what `nearest` found before the block.

    A row near to none of the earlier ones, nor to those the block has kept by then, is filed. The row that the arrays
    have become too small for, or `last`.
    """
    longest, pages, without = _longest(rows, first, last), pool[2], np.empty(0, dtype=np.int64)
    ladders = np.empty((1, 2 * max(_widest(pool), _words_for(longest))), dtype=np.uint64)
    work, (visits, fresh) = work_for(longest), _fresh(pages)
    for row in range(first, last):
        if not sizes[row]:
            continue
        _visit(pool, rows, visits[:fresh], rows, sizes, row, row + 1, ladders, best, near, without, work)
        if near[row] >= 0:
            continue
        number = _file(pool, rows, row, work)
        if number < 0:
            return row
        if pages[number, FILL] == pages[number, SEEN] + 1:
            visits[fresh, 0], visits[fresh, 1] = number, pages[number, SEEN]
            fresh += 1
    return last
