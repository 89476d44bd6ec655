"""What is measured, and what is to be reached."""

from collections.abc import Mapping
from typing import Any

from benchmarks.measure import Row, Sample
from benchmarks.servers import MLFLOW, Kind
from benchmarks.studio.bench import Measurement, StudioBench
from benchmarks.studio.content import CURVES, EXPERIMENTS, GRID, LIVE, MANY, WIDE
from benchmarks.studio.frames import LONG_MS, frame_sample, share_over
from benchmarks.targets import Target, at_most

# A window that shows fifty charts at once.
TALL = 7000
# Its server takes seconds to read a run of 100,000 points, and the page draws when all hundred are there.
PEER_PATIENCE = 900
# Frames last whole refreshes of the screen: three of 16.67 ms are 50.0 to 50.1 by the browser's clock.
CLOCK_MS = 0.2
NO_LONG_FRAME = (at_most(LONG_MS, "ms", slack=CLOCK_MS),)


def _row(key: str, title: str, unit: str, *targets: Target) -> Row:
    return Row(key, title, unit, targets=targets, peer=MLFLOW.name)


def _experiment(name: str) -> str:
    """Its id: both servers count from 1 and have one experiment of their own before it."""
    return str(EXPERIMENTS.index(name) + 1)


def _seconds(milliseconds: float, details: Mapping[str, Any] = {}) -> Sample:
    return Sample(milliseconds / 1000, dict(details))


def _frames(found: dict[str, Any], **details: Any) -> Sample:
    return frame_sample(found["frames"], {"long_animation_frames": found["long"], **details})


def _first_page(bench: StudioBench, kind: Kind) -> dict[str, Sample]:
    found = bench.ask(kind, "firstPage", experiment=_experiment(MANY))
    scripts = found["scripts"]
    return {
        "first_cold": _seconds(found["cold"]),
        "first_warm": _seconds(found["warm"]),
        "javascript": Sample(
            scripts["bytes"] / 1000, {"files": scripts["files"], "unpacked": scripts["unpacked"]}
        ),
        "javascript_later": Sample(found["later"]["bytes"] / 1000, {"files": found["later"]["files"]}),
    }


def _scroll(bench: StudioBench, kind: Kind) -> dict[str, Sample]:
    found = bench.ask(kind, "scrollByWheel", experiment=_experiment(MANY), turns=300)
    return {
        "scroll": _frames(found, reached=found["reached"]),
        "scroll_share": Sample(100 * share_over(found["frames"])),
    }


def _scroll_to_end(bench: StudioBench, kind: Kind) -> dict[str, Sample]:
    found = bench.ask(kind, "scrollToEnd", experiment=_experiment(MANY), turns=150)
    loaded = {"loaded": found["loaded"]}
    return {
        "to_end": Sample(found["seconds"], loaded),
        "to_end_frame": _frames(found["pulled"], **loaded),
        "at_end_frame": _frames(found["turned"], **loaded),
    }


def _many_metrics(bench: StudioBench, kind: Kind) -> dict[str, Sample]:
    metrics = bench.sizes.wide_metrics
    found = bench.ask(kind, "manyMetrics", experiment=_experiment(WIDE), metrics=metrics, turns=100)
    samples = {"open_run": Sample(found["overview"]), "open_metrics": Sample(found["metrics"])}
    # MLflow's page has no such list.
    return samples | ({"list_frame": _frames(found["scrolled"])} if "scrolled" in found else {})


def _long_curves(bench: StudioBench, kind: Kind) -> dict[str, Sample]:
    given = {"experiment": _experiment(CURVES), "runs": bench.sizes.curves}
    if kind.family == "mlflow":
        found = bench.ask(kind, "longCurves", **given, patience=PEER_PATIENCE)
        return {
            "curves": _seconds(found["drawn"]),
            "zoom_frame": _frames(found["zoomed"]),
            "cursor_frame": _frames(found["read"]),
        }
    bench.restart(kind)
    first = bench.ask(kind, "longCurves", **given)
    again = bench.ask(kind, "longCurves", **given)
    return {
        "curves": _seconds(first["drawn"]),
        "curves_again": _seconds(again["drawn"]),
        "pan_frame": _frames(again["panned"]),
        "zoom_frame": _frames(again["zoomed"]),
        "cursor_frame": _frames(again["read"]),
    }


def _many_charts(bench: StudioBench, kind: Kind) -> dict[str, Sample]:
    patience = PEER_PATIENCE if kind.family == "mlflow" else 100
    given = {"experiment": _experiment(GRID), "runs": bench.sizes.grid_runs, "patience": patience}
    whole = bench.ask(kind, "manyCharts", **given, height=TALL, least=bench.sizes.grid_metrics, scroll=False)
    usual = bench.ask(kind, "manyCharts", **given, least=1, scroll=True)
    return {
        "charts": _seconds(whole["drawn"], {"charts": whole["charts"]}),
        "charts_screen": _seconds(usual["drawn"]),
        "charts_frame": _frames(usual["scrolled"]),
    }


def _live(bench: StudioBench, kind: Kind) -> dict[str, Sample]:
    return {"live": _seconds(bench.ask(kind, "live", experiment=_experiment(LIVE))["shown"])}


MEASUREMENTS = (
    Measurement(
        "first_page",
        (
            _row("first_cold", "first page, empty cache", "s", at_most(1.5, "s")),
            _row("first_warm", "first page, again", "s", at_most(0.5, "s")),
            _row("javascript", "JavaScript of the first page, compressed", "kB", at_most(350, "kB")),
            _row("javascript_later", "with what it loads ahead of need", "kB"),
        ),
        _first_page,
        peer="the list of one experiment's runs, which has an address of its own; its first page lists experiments.",
    ),
    Measurement(
        "scroll",
        (
            _row("scroll", "100,000 runs, wheel: longest frame", "ms", *NO_LONG_FRAME),
            _row("scroll_share", "its frames over 50 ms", "%"),
        ),
        _scroll,
        peer="its button for a hundred further runs is pressed whenever it is there.",
        peer_repeats=2,
    ),
    Measurement(
        "scroll_to_end",
        (
            _row("to_end", "100,000 runs, thumb pulled until the last run is there", "s"),
            _row("to_end_frame", "its longest frame", "ms", *NO_LONG_FRAME),
            _row("at_end_frame", "wheel at the end: longest frame", "ms", *NO_LONG_FRAME),
        ),
        _scroll_to_end,
        peer="not measured: it would take a thousand presses of that button.",
        peer_repeats=0,
    ),
    Measurement(
        "many_metrics",
        (
            _row(
                "open_run", "run of 10,000 metrics: click in the list to its page", "ms", at_most(500, "ms")
            ),
            _row("open_metrics", "click on its metrics to list and charts", "ms", at_most(500, "ms")),
            _row("list_frame", "wheel over the list of metrics: longest frame", "ms", *NO_LONG_FRAME),
        ),
        _many_metrics,
        peer="the same pages; it has no list beside the charts.",
        peer_repeats=1,
    ),
    Measurement(
        "long_curves",
        (
            _row("curves", "100 runs of 100,000 points on a chart, never read before", "s", at_most(1, "s")),
            _row("curves_again", "the same, read before", "s", at_most(1, "s")),
            _row("pan_frame", "panning it: longest frame", "ms", *NO_LONG_FRAME),
            _row("zoom_frame", "zooming it: longest frame", "ms", *NO_LONG_FRAME),
            _row("cursor_frame", "reading values at its cursor: longest frame", "ms", *NO_LONG_FRAME),
        ),
        _long_curves,
        peer="from the choice of all runs, once the ten that it draws by itself are drawn; 320 points a curve.",
        peer_repeats=1,
    ),
    Measurement(
        "many_charts",
        (
            _row("charts", "50 charts of 20 runs in a window that shows all", "s", at_most(2, "s")),
            _row("charts_screen", "their first screen in a usual window", "s", at_most(2, "s")),
            _row("charts_frame", "scrolling through them there: longest frame", "ms", *NO_LONG_FRAME),
        ),
        _many_charts,
        peer="from the choice of all runs, too.",
        peer_repeats=1,
    ),
    Measurement(
        "live",
        (_row("live", "a logged point on screen", "s", at_most(1, "s")),),
        _live,
        peer="the charts of a run that goes on.",
        peer_repeats=1,
    ),
)
