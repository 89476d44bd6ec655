"""Smooths a whole series: debiased exponential average, running mean, Gaussian.

Smoothing runs over every point of the series, in the order of its axis, before anything is bucketed, so that a curve
looks the same at every zoom and never changes its past when points are added behind (but for the half window at the
end that the centred kinds look ahead). Points that are NaN or infinite stay as they are and count for no other
point: the finite points are smoothed as if the others were not there.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from runyard.errors import InvalidParameter
from runyard.store.metrics.points import Floats

Kind = Literal["none", "ema", "mean", "gaussian"]
# A Gaussian is cut where it has fallen below 0.0004 of its middle.
GAUSSIAN_REACH = 4.0
LARGEST_WINDOW = 100_000
# Kernels up to this length are faster without a Fourier transform.
DIRECT_TAPS = 16
SMALLEST_TRANSFORM = 1024
# Windows up to this width are summed row by row of a transposed table.
ROW_BY_ROW = 1024


@dataclass(frozen=True, slots=True)
class Smoothing:
    """A kind and its strength.

    | kind | amount |
    |---|---|
    | none | not used |
    | ema | weight of the past, 0 (no smoothing) up to but without 1 |
    | mean | points in the window, an odd number from 1 on; an even one counts as the next odd |
    | gaussian | standard deviation in points, above 0 |
    """

    kind: Kind = "none"
    amount: float = 0.0

    def check(self) -> None:
        """Raise InvalidParameter when the amount is outside its range."""
        low, high = {"none": (-np.inf, np.inf), "ema": (0, 1), "mean": (1, LARGEST_WINDOW + 1)}.get(
            self.kind, (0, LARGEST_WINDOW / (2 * GAUSSIAN_REACH))
        )
        inside = low <= self.amount < high and not (self.kind == "gaussian" and self.amount == 0)
        if not inside:
            raise InvalidParameter(f"Invalid smoothing amount for '{self.kind}': {self.amount}")


def smooth(values: Floats, smoothing: Smoothing) -> Floats:
    """The smoothed series, of the same length; raise InvalidParameter for an amount outside its range."""
    smoothing.check()
    if smoothing.kind == "none" or not len(values):
        return values
    return next(smooth_blocks([values], smoothing))


def smooth_blocks(blocks: Iterable[Floats], smoothing: Smoothing) -> Iterator[Floats]:
    """The same for a series that comes in blocks: one result for each block.

    The centred kinds look half a window ahead, so a result comes once so many finite points follow its block.
    """
    smoothing.check()
    if smoothing.kind == "none":
        yield from blocks
    elif smoothing.kind == "ema":
        yield from _exponential_blocks(blocks, smoothing.amount)
    else:
        yield from _centred_blocks(blocks, smoothing)


def _scatter(values: Floats, finite: NDArray[np.bool_], smoothed: Floats) -> Floats:
    """`smoothed` in the places of finite values, the others as they are."""
    if len(smoothed) == len(values):
        return smoothed
    result: Floats = np.array(values)
    result[finite] = smoothed
    return result


def _exponential_blocks(blocks: Iterable[Floats], weight: float) -> Iterator[Floats]:
    state, before = 0.0, 0
    for values in blocks:
        finite = np.isfinite(values)
        kept = values if finite.all() else values[finite]
        scale = _scale(kept)
        raw = exponential_raw(kept * scale if scale != 1 else kept, weight, state * scale)
        result = _debiased(raw, weight, before) / scale
        if len(kept):
            state, before = float(raw[-1]) / scale, before + len(kept)
        yield _scatter(values, finite, result)


def _centred_blocks(blocks: Iterable[Floats], smoothing: Smoothing) -> Iterator[Floats]:
    function = running_mean if smoothing.kind == "mean" else gaussian
    half = reach(smoothing)
    behind = np.empty(0)
    waiting: deque[tuple[Floats, NDArray[np.bool_], Floats]] = deque()

    def emit() -> Floats:
        nonlocal behind
        values, finite, own = waiting.popleft()
        ahead = np.concatenate([np.empty(0), *(kept for _, _, kept in waiting)])[:half]
        row = np.concatenate([behind, own, ahead]) if len(behind) or len(ahead) else own
        scale = _scale(row)
        smoothed = function(row * scale if scale != 1 else row, smoothing.amount) / scale if len(row) else row
        result = smoothed[len(behind) : len(behind) + len(own)]
        behind = row[: len(behind) + len(own)][-half:] if half else behind
        return _scatter(values, finite, result)

    for values in blocks:
        finite = np.isfinite(values)
        waiting.append((values, finite, values if finite.all() else values[finite]))
        while len(waiting) > 1 and sum(len(kept) for _, _, kept in list(waiting)[1:]) >= half:
            yield emit()
    while waiting:
        yield emit()


def reach(smoothing: Smoothing) -> int:
    """How many points to each side a centred kind looks at."""
    if smoothing.kind == "mean":
        return int(smoothing.amount) // 2
    return int(GAUSSIAN_REACH * smoothing.amount + 0.5)


def _scale(values: Floats) -> float:
    """What to multiply values with so that sums of them stay finite; a power of two, so that nothing is rounded."""
    return 1.0 if not len(values) or np.abs(values).max() < 1e290 else 2.0**-64


def exponential_raw(values: Floats, weight: float, state: float = 0.0) -> Floats:
    """s[i] = weight * s[i-1] + (1 - weight) * x[i], with s[-1] = `state`."""
    count = len(values)
    if not count or weight == 0:
        return np.array(values)
    rows = max(1, int(count**0.5))
    columns = -(-count // rows)
    # Column b holds the values of block b: the recurrence runs down all blocks at once.
    table = np.zeros(rows * columns)
    table[:count] = values
    table = np.array(table.reshape(columns, rows).T, order="C")
    table *= 1 - weight
    for row in range(1, rows):
        table[row] += weight * table[row - 1]
    carried = np.empty(columns)
    carried[0] = state
    block_weight = weight**rows
    for column in range(1, columns):
        carried[column] = block_weight * carried[column - 1] + table[-1, column - 1]
    table += np.outer(weight ** np.arange(1, rows + 1), carried)
    return np.asarray(table.T.reshape(-1)[:count])


def _debiased(raw: Floats, weight: float, before: int) -> Floats:
    """Divide out what the start at 0 takes away; `before` values came earlier.

    s[i] / (1 - weight^(i+1)): Kingma and Ba, Adam (2015), section 3. TensorBoard's scalar charts do the same.
    """
    if weight == 0:
        return raw
    # Beyond this many points the divisor is 1 to the last bit.
    biased = min(len(raw), max(0, int(-40 / np.log(weight)) + 1 - before))
    raw = np.array(raw)
    raw[:biased] /= -np.expm1(np.arange(before + 1, before + biased + 1) * np.log(weight))
    return raw


def running_mean(values: Floats, window: float) -> Floats:
    """The mean of the `window` points around each; at the ends, of those that there are.

    Sums are built inside blocks of one window (van Herk's scheme), so that none has more than a window's terms and
    rounding does not pile up along the series.
    """
    half = int(window) // 2
    if half == 0:
        return np.array(values)
    width, count = 2 * half + 1, len(values)
    blocks = -(-(count + 2 * half) // width)
    padded = np.zeros(blocks * width)
    padded[half : half + count] = values
    table = padded.reshape(blocks, width)
    upto = _running_sums(table).reshape(-1)
    onward = _running_sums(table[:, ::-1])[:, ::-1].reshape(-1)
    sums = onward[:count] + upto[width - 1 : width - 1 + count]
    # A window that is one whole block was counted twice.
    sums[::width] = onward[:count:width]
    return np.asarray(sums / _present(count, half))


def _running_sums(table: Floats) -> Floats:
    """Sums along each row, up to and with each place."""
    width = table.shape[1]
    if width > ROW_BY_ROW:
        return np.asarray(np.cumsum(table, axis=1))
    # Down the columns of the transposed table, each step is one fast addition of whole rows.
    sums = np.array(table.T, order="C")
    for row in range(1, width):
        sums[row] += sums[row - 1]
    return np.asarray(sums.T)


def _present(count: int, half: int) -> Floats:
    """How many of the points i-half..i+half exist, for each i."""
    index = np.arange(count, dtype=np.float64)
    return np.asarray(np.minimum(index, half) + np.minimum(count - 1 - index, half) + 1)


def gaussian(values: Floats, deviation: float) -> Floats:
    """The mean weighted with exp(-d^2 / (2 deviation^2)), d in points, as far as GAUSSIAN_REACH deviations."""
    half = min(reach(Smoothing("gaussian", deviation)), len(values) - 1)
    if half == 0:
        return np.array(values)
    kernel = np.exp(-0.5 * (np.arange(-half, half + 1) / deviation) ** 2)
    return _convolve(values, kernel, half) / _weights(kernel, half, len(values))


def _weights(kernel: Floats, half: int, count: int) -> Floats:
    """The sum of the kernel's weights that fall on existing points, for each point."""
    sums = np.cumsum(kernel)
    weights = np.full(count, sums[-1])
    edge = min(half, count)
    # Point i lacks the first half-i weights, and the last but i-th the same at the other side.
    lacking = sums[half - 1 :: -1][:edge]
    weights[:edge] -= lacking
    weights[count - edge :] -= lacking[::-1]
    return weights


def _convolve(values: Floats, kernel: Floats, half: int) -> Floats:
    """Centred convolution with zeros beyond the ends.

    Long kernels go through Fourier transforms of blocks (overlap-save): a block's rounding error follows its own
    values, not the largest of the series.
    """
    count, taps = len(values), len(kernel)
    if taps <= DIRECT_TAPS or count <= taps:
        return np.asarray(np.convolve(values, kernel)[half : half + count])
    size = max(SMALLEST_TRANSFORM, 1 << (4 * taps - 1).bit_length())
    step = size - taps + 1
    blocks = -(-count // step)
    padded = np.zeros(blocks * step + taps - 1)
    padded[half : half + count] = values
    windows = np.lib.stride_tricks.sliding_window_view(padded, size)[::step]
    spectrum = np.fft.rfft(kernel, size)
    rows = max(1, 262_144 // size)
    parts = []
    for first in range(0, blocks, rows):
        product = np.fft.rfft(windows[first : first + rows]) * spectrum
        parts.append(np.fft.irfft(product, size)[:, taps - 1 :].reshape(-1))
    return np.concatenate(parts)[:count]
