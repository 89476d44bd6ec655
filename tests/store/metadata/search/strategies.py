"""Hypothesis strategies: filters, orders and runs over a few names and values, so that they meet."""

from __future__ import annotations

from hypothesis import strategies as st

from runyard.store.metadata.search.tree import And, Comparison, Name, Not, Or, OrderTerm, Tree
from tests.store.metadata.search.samples import SampleRun, SampleSeries

NUMBERS = st.sampled_from([-1.5, 0.0, 1.0, 2.0, float("inf"), float("-inf")])
TEXTS = st.sampled_from(
    ["", "a", "A", "ab", "é", "É", "it's", 'say "x"', "50%_x", "back\\slash", "x" * 64 + "1"]
)
LONG = st.sampled_from(["x" * 64 + "2", "x" * 63, "x" * 64])
KEYS = st.sampled_from(["k", "a b", "train/loss"])
PATTERNS = st.one_of(TEXTS, st.sampled_from(["%", "a%", "_", "%'%", "É%", "%\\%", "%x", "a_"]))
EXPRESSIONS = st.sampled_from(["a", "^a$", "x+1$", "[A-Z]", "^$", "é|b", "(a|b){2}", "\\\\"])

_EQUALITY = ["=", "!="]
_ORDERING = ["=", "!=", "<", "<=", ">", ">="]


def _numeric(
    name: Name, numbers: st.SearchStrategy[float] | st.SearchStrategy[int]
) -> st.SearchStrategy[Tree]:
    return st.one_of(
        st.builds(Comparison, st.just(name), st.sampled_from(_ORDERING), numbers),
        st.builds(
            Comparison,
            st.just(name),
            st.sampled_from(["IN", "NOT IN"]),
            st.lists(numbers, min_size=1, max_size=3).map(tuple),
        ),
        st.builds(Comparison, st.just(name), st.sampled_from(["IS NULL", "IS NOT NULL"])),
    )


def _textual(name: Name, texts: st.SearchStrategy[str]) -> st.SearchStrategy[Tree]:
    return st.one_of(
        st.builds(Comparison, st.just(name), st.sampled_from(_EQUALITY), texts),
        st.builds(
            Comparison,
            st.just(name),
            st.sampled_from(["IN", "NOT IN"]),
            st.lists(texts, min_size=1, max_size=3).map(tuple),
        ),
        st.builds(
            Comparison,
            st.just(name),
            st.sampled_from(["LIKE", "NOT LIKE", "ILIKE", "NOT ILIKE"]),
            PATTERNS,
        ),
        st.builds(Comparison, st.just(name), st.sampled_from(["REGEXP", "NOT REGEXP"]), EXPRESSIONS),
        st.builds(Comparison, st.just(name), st.sampled_from(["IS NULL", "IS NOT NULL"])),
    )


_METRIC_NAMES = st.builds(
    Name, st.just("metric"), KEYS, st.sampled_from(["latest", "latest", "min", "max", "count"])
)
_PARAM_NAMES = st.builds(Name, st.sampled_from(["param", "tag"]), KEYS)
_TIMES = st.sampled_from([0, 1, 2, 3])
_STATUSES = st.sampled_from(["RUNNING", "FINISHED", "FAILED"])

COMPARISONS: st.SearchStrategy[Tree] = st.one_of(
    _METRIC_NAMES.flatmap(lambda name: _numeric(name, NUMBERS)),
    _PARAM_NAMES.flatmap(lambda name: _textual(name, st.one_of(TEXTS, LONG))),
    st.sampled_from(["start_time", "end_time", "duration"]).flatmap(
        lambda key: _numeric(Name("attribute", key), _TIMES)
    ),
    _textual(Name("attribute", "run_name"), TEXTS),
    _textual(Name("attribute", "status"), _STATUSES),
    st.sampled_from(["name", "digest", "context"]).flatmap(
        lambda key: _textual(Name("dataset", key), st.sampled_from(["a", "A", "b"]))
    ),
)


def _joined(kind: type[And] | type[Or], trees: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    # A part of the same kind would be one list with it when it is read again.
    parts = trees.filter(lambda tree: not isinstance(tree, kind))
    return st.lists(parts, min_size=2, max_size=4).map(lambda found: kind(tuple(found)))


TREES: st.SearchStrategy[Tree] = st.recursive(
    COMPARISONS,
    lambda trees: st.one_of(_joined(And, trees), _joined(Or, trees), trees.map(Not)),
    max_leaves=6,
)

_ORDER_NAMES = st.one_of(
    _METRIC_NAMES,
    _PARAM_NAMES,
    st.sampled_from(["start_time", "end_time", "duration", "run_name", "status", "run_id"]).map(
        lambda key: Name("attribute", key)
    ),
)
ORDERS = st.lists(
    st.builds(OrderTerm, _ORDER_NAMES, st.booleans()), max_size=3, unique_by=lambda term: term.name
)

_MAYBE_NUMBERS = st.one_of(st.none(), NUMBERS)
_SERIES = st.builds(SampleSeries, _MAYBE_NUMBERS, _MAYBE_NUMBERS, _MAYBE_NUMBERS, st.integers(0, 2))
_VALUES = st.one_of(TEXTS, LONG)

RUNS: st.SearchStrategy[list[SampleRun]] = st.lists(
    st.builds(
        SampleRun,
        run_id=st.text("0123456789abcdef", min_size=4, max_size=4),
        experiment=st.sampled_from([1, 2, 3]),
        name=TEXTS,
        status=_STATUSES,
        start_time=st.one_of(st.none(), _TIMES),
        end_time=st.one_of(st.none(), _TIMES),
        stage=st.sampled_from(["active", "active", "deleted"]),
        params=st.dictionaries(KEYS, _VALUES, max_size=2),
        tags=st.dictionaries(KEYS, _VALUES, max_size=2),
        metrics=st.dictionaries(KEYS, _SERIES, max_size=2),
        datasets=st.lists(
            st.tuples(
                st.sampled_from(["a", "b"]), st.sampled_from(["a", "A"]), st.sampled_from(["a", "b", None])
            ),
            max_size=2,
        ).map(tuple),
    ),
    max_size=12,
    unique_by=lambda run: run.run_id,
)
