"""Signatures, what two have in common, and the longest common subsequence: `shelves` and `lcs` once more, compiled.

Knows rows of numbers; not pages, and not where rows come from.
"""

from typing import Any

import numpy as np
from numba.core.types import Tuple, float64, int16, int32, int64, uint64
from numba.extending import intrinsic

from ittgen.dedup.compiled import FLAGS, NUMBERS, PLACES, WIDE, WORDS_OF_64, WORK, kernel

TIMES = int16[::1]
SHARED = Tuple((NUMBERS, NUMBERS, int64))

CELLS = 256
"""Of the table that says where the 64 tokens of a block stand."""

LONG = 256
"""Tokens from which on it pays to look at both texts first."""

_SPREAD, _AGAIN = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD1B54A32D192ED03)
"""Odd multipliers that scatter token numbers and repetitions over 64 bits: 2**64 / 1.618…, and one of its kin."""

_ALL, _ONE, _NONE, _64 = np.uint64(0xFFFFFFFFFFFFFFFF), np.uint64(1), np.uint64(0), np.uint64(64)


@intrinsic  # type: ignore[untyped-decorator]
def ones(typing: Any, number: Any) -> Any:
    """How many bits are set, in one instruction."""
    return int64(uint64), lambda context, builder, signature, given: builder.ctpop(given[0])


@kernel(int64, int64)
def bit_length(number: int) -> int:
    length = 0
    while number:
        number >>= 1
        length += 1
    return length


@kernel(WORK, int64)
def work_for(longest: int) -> Any:
    """Room to work in, enough for questions of this length."""
    cells = max(2 << bit_length(longest), CELLS)
    keys, times = np.empty(cells, dtype=np.int32), np.empty(cells, dtype=np.int32)
    return keys, times, np.empty(CELLS, dtype=np.uint64), np.empty(longest, dtype=np.bool_)


@kernel(int64, int32, NUMBERS, int64, inline=True)
def _cell(token: int, keys: Any, cells: int) -> Any:
    """Where a token stands in a table of so many cells, a power of two; or the free one, with -1, where it would."""
    cell = np.int64(np.uint64(token) * _SPREAD >> np.uint64(40)) & (cells - 1)
    while keys[cell] != -1 and keys[cell] != token:
        cell = (cell + 1) & (cells - 1)
    return cell


@kernel(int64, NUMBERS, WORDS_OF_64, WORK)
def sign(tokens: Any, signature: Any, work: Any) -> int:
    """Set one bit for each (token, how many times before); how many tokens found theirs taken."""
    keys, times = work[:2]
    cells = 2 << bit_length(len(tokens))
    keys[:cells] = -1
    signature[:] = _NONE
    shift, spare = np.uint64(65 - bit_length(64 * len(signature))), 0
    for token in tokens:
        cell = _cell(token, keys, cells)
        times[cell] = 0 if keys[cell] == -1 else times[cell] + 1
        keys[cell] = token
        bit = (np.uint64(token) * _SPREAD + np.uint64(times[cell]) * _AGAIN) >> shift
        word, mask = np.int64(bit // _64), _ONE << (bit % _64)
        spare += (signature[word] & mask) != _NONE
        signature[word] |= mask
    return spare


@kernel(int64, NUMBERS, NUMBERS, FLAGS, WORK)
def _block(block: Any, other: Any, carries: Any, work: Any) -> int:
    """By how much 64 more tokens lengthen the subsequence. `carries`: where `other` lengthened it so far."""
    keys, masks = work[0], work[2]
    keys[:CELLS] = -1
    for place in range(len(block)):
        cell = _cell(block[place], keys, CELLS)
        masks[cell] = (_NONE if keys[cell] == -1 else masks[cell]) | _ONE << np.uint64(place)
        keys[cell] = block[place]
    row = _ALL
    for place in range(len(other)):
        cell = _cell(other[place], keys, CELLS)
        matches = row & (_NONE if keys[cell] == -1 else masks[cell])
        total = row + matches
        carried = total + (_ONE if carries[place] else _NONE)
        carries[place] = total < row or carried < total
        row = carried | (row - matches)
    return ones(~row & (_ALL >> np.uint64(64 - len(block))))  # type: ignore[no-any-return]


@kernel(SHARED, NUMBERS, NUMBERS, WORK)
def _both(a: Any, b: Any, work: Any) -> Any:
    """The tokens of each text that the other has too, numbered from 0 on, and how many numbers there are.

    No other token is in a common subsequence, so its length stays what it is.
    """
    keys, numbers = work[:2]
    cells = 2 << bit_length(len(b))
    keys[:cells] = -1
    few, count = np.empty(len(b), dtype=np.int32), 0
    for place in range(len(b)):
        cell = _cell(b[place], keys, cells)
        if keys[cell] == -1:
            keys[cell], numbers[cell] = b[place], count
            count += 1
        few[place] = numbers[cell]
    met, many, kept = np.zeros(count, dtype=np.bool_), np.empty(len(a), dtype=np.int32), 0
    for place in range(len(a)):
        cell = _cell(a[place], keys, cells)
        if keys[cell] != -1:
            many[kept], met[numbers[cell]] = numbers[cell], True
            kept += 1
    left = 0
    for place in range(len(b)):
        if met[few[place]]:
            few[left] = few[place]
            left += 1
    return many[:kept], few[:left], count


@kernel(PLACES, NUMBERS, NUMBERS, int64)
def _rest(a: Any, b: Any, count: int) -> Any:
    """How many tokens, in any order, `b` shares with `a` from each block of 256 on; the last one is 0."""
    rest, times = np.zeros((len(a) + 255) // 256 + 1, dtype=np.int64), np.zeros(count, dtype=np.int32)
    for token in b:
        times[token] += 1
    shared = 0
    for place in range(len(a) - 1, -1, -1):
        if times[a[place]]:
            times[a[place]] -= 1
            shared += 1
        rest[place // 256] = shared
    return rest


@kernel(Tuple((uint64, uint64)), uint64, uint64, uint64, inline=True)
def _step(row: Any, matches: Any, carry: Any) -> tuple[Any, Any]:
    """Sixty-four cells of the table's next column, and what they carry to the cells above."""
    matches &= row
    total = row + matches
    carried = total + carry
    return carried | (row - matches), np.uint64((total < row) | (carried < total))


@kernel(int64, NUMBERS, NUMBERS, int64, int64, FLAGS, TIMES, WIDE)
def _wide(block: Any, other: Any, first: int, last: int, carries: Any, slots: Any, masks: Any) -> int:
    """As `_block` for up to 256 tokens, which match tokens of `other` from `first` to `last` alone.

    `slots` says which line of `masks` is a token's, 0 for none; both are as empty afterwards as before.
    """
    used = 0
    for place in range(len(block)):
        if not slots[block[place]]:
            used += 1
            slots[block[place]] = used
        masks[slots[block[place]], place // 64] |= _ONE << np.uint64(place % 64)
    p, q, r, s = _ALL, _ALL, _ALL, _ALL
    for place in range(first, last):
        line = slots[other[place]]
        p, carry = _step(p, masks[line, 0], np.uint64(carries[place]))
        q, carry = _step(q, masks[line, 1], carry)
        r, carry = _step(r, masks[line, 2], carry)
        s, carry = _step(s, masks[line, 3], carry)
        carries[place] = carry != _NONE
    for token in block:
        slots[token] = 0
    masks[: used + 1] = _NONE
    gained = ones(~p) + ones(~q) + ones(~r) + ones(~s)
    for place in range(last, len(other)):  # later tokens match no more: what was gained before them is no gain after
        if not gained:
            break
        gained -= carries[place]
        carries[place] = False
    return gained  # type: ignore[no-any-return]


@kernel(int64, NUMBERS, NUMBERS, int64, WORK)
def _long(a: Any, b: Any, least: Any, work: Any) -> int:
    """`common` of long texts, some 30 milliseconds for two of 100,000 tokens that are not near enough.

    A subsequence of `least` tokens leaves out few of either, so the two places of a match are not far apart. And it
    has `least` tokens only if the blocks seen so far, and a rest as good as the bags allow, have: what the rest takes
    of `b`, those blocks cannot have.
    """
    a, b, count = _both(a, b, work)
    rest, behind, ahead = _rest(a, b, count), len(a) - least, len(b) - least
    slots, masks = np.zeros(count, dtype=np.int16), np.zeros((257, 4), dtype=np.uint64)
    carries, length = work[3][: len(b)], 0
    carries[:] = False
    for block in range(len(rest) - 1):
        if np.sum(carries[: len(b) - rest[block]]) + rest[block] < least:
            return 0
        start, end = 256 * block, min(256 * block + 256, len(a))
        first, last = max(0, start - behind), min(len(b), end + ahead)
        length += _wide(a[start:end], b, min(first, last), last, carries, slots, masks)
    return length


@kernel(int64, NUMBERS, NUMBERS, float64, WORK)
def common(a: Any, b: Any, least: float, work: Any) -> int:
    """Length of the longest common subsequence, or some number below `least` if that is too."""
    head, end = 0, min(len(a), len(b))
    while head < end and a[head] == b[head]:
        head += 1
    tail = 0
    while tail < end - head and a[len(a) - 1 - tail] == b[len(b) - 1 - tail]:
        tail += 1
    a, b = a[head : len(a) - tail], b[head : len(b) - tail]
    if len(a) < len(b):
        a, b = b, a
    length = head + tail
    if length + len(b) < least:
        return length + len(b)
    if len(b) >= LONG:
        return length + _long(a, b, max(0, np.int64(np.ceil(least)) - length), work)
    carries = work[3][: len(b)]
    carries[:] = False
    for start in range(0, len(a) if len(b) else 0, 64):
        length += _block(a[start : start + 64], b, carries, work)
    return length


@kernel(float64, int64, int64, int64)
def fmeasure(common: int, candidate: int, existing: int) -> float:
    """`rouge.fmeasure`, in the same floating-point steps."""
    if not common:
        return 0.0
    precision, recall = common / candidate, common / existing
    return 2 * precision * recall / (precision + recall)
