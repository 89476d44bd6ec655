"""Which trials of a sweep are stopped early, by the values that they have logged.

An interval is one logged value of the primary metric. A rule is applied at the intervals that `evaluation_interval`
divides, from `delay_evaluation` on. The rules are those of the hosted service.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate
from statistics import mean, median

from runyard.jobs.entities import EarlyTermination


def due(rule: EarlyTermination, count: int, last: int) -> int:
    """The newest interval at which a trial with `count` values is to be judged, after `last`; 0 for none."""
    interval = count // rule.evaluation_interval * rule.evaluation_interval
    return interval if interval > last and interval >= max(1, rule.delay_evaluation) else 0


def verdict(
    rule: EarlyTermination,
    minimizes: bool,
    trial: str,
    interval: int,
    histories: Mapping[str, Sequence[float]],
) -> str:
    """Why a trial is stopped; empty when it goes on. `histories` are the values of all trials, ended ones, too."""
    sign = -1.0 if minimizes else 1.0
    there = {name: [sign * value for value in values] for name, values in histories.items() if values}
    bests = {name: list(accumulate(values, max)) for name, values in there.items()}
    own = bests[trial][interval - 1]
    others = [best[min(interval, len(best)) - 1] for name, best in bests.items() if name != trial]
    if not others:
        return ""
    if rule.type == "bandit":
        return _bandit(rule, sign, own, max(others))
    if rule.type == "median_stopping":
        middle = median(mean(values[:interval]) for values in there.values())
        if own < middle:
            return f"median_stopping: its best value, {sign * own:g}, is worse than the median, {sign * middle:g}."
        return ""
    ranked = sorted((best[interval - 1], name) for name, best in bests.items() if len(best) >= interval)
    worst = [name for _, name in ranked[: len(ranked) * (rule.truncation_percentage or 0) // 100]]
    if trial in worst:
        return (
            f"truncation_selection: its best value, {sign * own:g}, is among the worst {len(worst)} of "
            f"{len(ranked)}."
        )
    return ""


def _bandit(rule: EarlyTermination, sign: float, own: float, best: float) -> str:
    if rule.slack_amount is not None:
        least = best - rule.slack_amount
    else:
        factor = 1.0 + (rule.slack_factor or 0.0)
        # A share of the best value, on its worse side, whatever its sign.
        least = best / factor if best > 0 else best * factor
    if own < least:
        return f"bandit: its best value, {sign * own:g}, is beyond {sign * least:g}; the best has {sign * best:g}."
    return ""
