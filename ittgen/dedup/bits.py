"""Signatures, what two have in common, and the longest common subsequence: `shelves` and `lcs` once more, compiled.

Knows rows of numbers; not pages, and not where rows come from.
"""

from typing import Any

import numpy as np
from numba.core.types import float64, int32, int64, uint64
from numba.extending import intrinsic

from ittgen.dedup.compiled import FLAGS, NUMBERS, PLACES, WORDS_OF_64, WORK, kernel

CELLS = 256
"""Of the table that says where the 64 tokens of a block stand."""

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


@kernel(PLACES, NUMBERS, NUMBERS, WORK)
def _rest(a: Any, b: Any, work: Any) -> Any:
    """How many tokens, in any order, `b` shares with `a` from each block of 64 on.

    Two texts of 100,000 tokens take a tenth of a second to align, and far less to tell that they need not be.
    """
    rest = np.empty((len(a) + 63) // 64 if len(b) else 0, dtype=np.int64)
    if len(rest) < 2:
        rest[:] = len(b)
        return rest
    keys, times = work[:2]
    cells = 2 << bit_length(len(b))
    keys[:cells] = -1
    for token in b:
        cell = _cell(token, keys, cells)
        times[cell] = 1 if keys[cell] == -1 else times[cell] + 1
        keys[cell] = token
    shared = 0
    for place in range(len(a) - 1, -1, -1):
        cell = _cell(a[place], keys, cells)
        if keys[cell] != -1 and times[cell]:
            times[cell] -= 1
            shared += 1
        rest[place // 64] = shared
    return rest


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
    length, carries = head + tail, work[3][: len(b)]
    carries[:] = False
    rest = _rest(a, b, work)
    for block in range(len(rest)):
        if length + rest[block] < least:
            break
        length += _block(a[64 * block : 64 * block + 64], b, carries, work)
    return length


@kernel(float64, int64, int64, int64)
def fmeasure(common: int, candidate: int, existing: int) -> float:
    """`rouge.fmeasure`, in the same floating-point steps."""
    if not common:
        return 0.0
    precision, recall = common / candidate, common / existing
    return 2 * precision * recall / (precision + recall)
