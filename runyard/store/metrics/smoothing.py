"""Smooths a whole series: debiased exponential average, running mean, Gaussian.

Smoothing runs over every point of the series, in the order of its axis, before anything is bucketed, so that a curve
looks the same at every zoom and never changes its past when points are added behind (but for the half window at the
end that the centred kinds look ahead). Points that are NaN or infinite stay as they are and count for no other
point: the finite points are smoothed as if the others were not there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

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
    functions: dict[str, Callable[[Floats, float], Floats]] = {
        "ema": exponential,
        "mean": running_mean,
        "gaussian": gaussian,
    }
    function = functions.get(smoothing.kind)
    if function is None or not len(values):
        return values
    finite = np.isfinite(values)
    if finite.all():
        return _scaled(function, values, smoothing.amount)
    result: Floats = np.array(values)
    if finite.any():
        result[finite] = _scaled(function, values[finite], smoothing.amount)
    return result


def _scaled(function: Callable[[Floats, float], Floats], values: Floats, amount: float) -> Floats:
    """Apply `function`, which is linear, to smaller numbers where sums of these could overflow."""
    largest = float(np.abs(values).max())
    if largest < 1e290:
        return function(values, amount)
    return function(values * 2.0**-64, amount) * 2.0**64


def exponential(values: Floats, weight: float) -> Floats:
    """Exponential moving average without the pull towards its start value.

    s[i] = weight * s[i-1] + (1 - weight) * x[i] with s[-1] = 0, divided by 1 - weight^(i+1): Kingma and Ba, Adam
    (2015), section 3. TensorBoard's scalar charts use the same.
    """
    if weight == 0:
        return np.array(values)
    count = len(values)
    rows = max(1, int(count**0.5))
    columns = -(-count // rows)
    # Column b holds the values of block b: the recurrence runs down all blocks at once.
    table = np.zeros(rows * columns)
    table[:count] = values
    table = np.ascontiguousarray(table.reshape(columns, rows).T)
    table *= 1 - weight
    for row in range(1, rows):
        table[row] += weight * table[row - 1]
    carried = np.zeros(columns)
    block_weight = weight**rows
    for column in range(1, columns):
        carried[column] = block_weight * carried[column - 1] + table[-1, column - 1]
    table += np.outer(weight ** np.arange(1, rows + 1), carried)
    result: Floats = table.T.reshape(-1)[:count].copy()
    # Beyond this many points the divisor is 1 to the last bit.
    biased = min(count, int(-40 / np.log(weight)) + 1)
    result[:biased] /= -np.expm1(np.arange(1, biased + 1) * np.log(weight))
    return result


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
    half = min(int(GAUSSIAN_REACH * deviation + 0.5), len(values) - 1)
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
