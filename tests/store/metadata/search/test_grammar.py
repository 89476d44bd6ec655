"""What the grammar takes and refuses, and where it says an error is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runyard.errors import FilterError
from runyard.store.metadata.search.grammar import MAX_COMPARISONS, MAX_DEPTH, parse_filter, parse_order
from runyard.store.metadata.search.tokens import MAX_LENGTH
from runyard.store.metadata.search.tree import (
    Aggregate,
    And,
    Comparison,
    Kind,
    Name,
    Not,
    Or,
    OrderTerm,
    Tree,
    Value,
    to_text,
)
from runyard.store.metadata.search.values import MAX_VALUES
from runyard.store.metadata.search.vocabulary import EXPERIMENTS, LOGGED_MODELS, MODEL_VERSIONS, RUNS
from tests.store.metadata.search.strategies import TREES


def is_(
    kind: Kind, key: str, operator: str, value: Value = None, aggregate: Aggregate = "latest"
) -> Comparison:
    return Comparison(Name(kind, key, aggregate), operator, value)


LOW = is_("metric", "loss", "<", 1)
BLUE = is_("tag", "colour", "=", "blue")
LR = is_("param", "lr", "=", "0.1")

ACCEPTED: list[tuple[str, Tree | None]] = [
    ("", None),
    (" \n", None),
    # Names.
    ("metrics.loss < 1", LOW),
    ("metric.loss<1", LOW),
    ("`metrics`.loss < 1", LOW),
    ("metrics.`loss` < 1", LOW),
    ('metrics."loss" < 1', LOW),
    ("metrics.'loss' < 1", LOW),
    ("metrics.train/loss > 1", is_("metric", "train/loss", ">", 1)),
    ("metrics.f1-score > 1", is_("metric", "f1-score", ">", 1)),
    ("metrics.a.b.c >= 1", is_("metric", "a.b.c", ">=", 1)),
    ("metrics.1a >= 1", is_("metric", "1a", ">=", 1)),
    ("metrics.é >= 1", is_("metric", "é", ">=", 1)),
    ("metrics.and >= 1", is_("metric", "and", ">=", 1)),
    ('metrics."a b" >= 1', is_("metric", "a b", ">=", 1)),
    ("metrics.x>=-1", is_("metric", "x", ">=", -1)),
    ("parameters.lr = '0.1'", LR),
    ("parameter.lr = '0.1'", LR),
    ("param.lr = '0.1'", LR),
    ('params.lr = "0.1"', LR),
    ("tag.colour = 'blue'", BLUE),
    ("tags.mlflow.user = 'x'", is_("tag", "mlflow.user", "=", "x")),
    ("tags.`it's` = 'x'", is_("tag", "it's", "=", "x")),
    ("attributes.status = 'RUNNING'", is_("attribute", "status", "=", "RUNNING")),
    ("attr.status = 'RUNNING'", is_("attribute", "status", "=", "RUNNING")),
    ("run.status = 'RUNNING'", is_("attribute", "status", "=", "RUNNING")),
    ("status = 'RUNNING'", is_("attribute", "status", "=", "RUNNING")),
    ('"status" = "RUNNING"', is_("attribute", "status", "=", "RUNNING")),
    ("`run name` = 'x'", is_("attribute", "run_name", "=", "x")),
    ("attributes.`Run Name` = 'x'", is_("attribute", "run_name", "=", "x")),
    ("Created > 5", is_("attribute", "start_time", ">", 5)),
    ("creation_time > 5.5", is_("attribute", "start_time", ">", 5.5)),
    ("dataset.context = 'train'", is_("dataset", "context", "=", "train")),
    ("min(metrics.loss) < 1", is_("metric", "loss", "<", 1, "min")),
    ("max( metrics.`a b` ) < 1", is_("metric", "a b", "<", 1, "max")),
    ("count(metrics.loss) < 1", is_("metric", "loss", "<", 1, "count")),
    ("metrics.min < 1", is_("metric", "min", "<", 1)),
    # Values.
    ("metrics.x = 1e-3", is_("metric", "x", "=", 0.001)),
    ("metrics.x = .5", is_("metric", "x", "=", 0.5)),
    ("metrics.x = 5.", is_("metric", "x", "=", 5.0)),
    ("metrics.x < 1e400", is_("metric", "x", "<", float("inf"))),
    ("metrics.x > -inf", is_("metric", "x", ">", float("-inf"))),
    ("metrics.x = 99999999999999999999", is_("metric", "x", "=", 1e20)),
    # Between quotes stands the value as it is.
    ("params.x = 'it''s'", is_("param", "x", "=", "it''s")),
    ("params.x = 'it\\'s'", is_("param", "x", "=", "it\\'s")),
    ("params.x = 'C:\\dir\\'", is_("param", "x", "=", "C:\\dir\\")),
    ('params.x = "it\'s"', is_("param", "x", "=", "it's")),
    ("params.x = 'a;b -- c'", is_("param", "x", "=", "a;b -- c")),
    ("params.x = ''", is_("param", "x", "=", "")),
    ("params.x = E'it\\'s \"\\\\\"\\n'", is_("param", "x", "=", 'it\'s "\\"\n')),
    # Operators.
    ("params.x like 'a%'", is_("param", "x", "LIKE", "a%")),
    ("params.x NOT ILIKE 'a%'", is_("param", "x", "NOT ILIKE", "a%")),
    ("params.x regexp '^a'", is_("param", "x", "REGEXP", "^a")),
    ("params.x IS NULL", is_("param", "x", "IS NULL")),
    ("metrics.x is  not  null", is_("metric", "x", "IS NOT NULL")),
    ("run_id IN ('a')", is_("attribute", "run_id", "IN", ("a",))),
    ("run_id NOT IN ('a', \"b\",)", is_("attribute", "run_id", "NOT IN", ("a", "b"))),
    ("metrics.x IN (1, 2.5)", is_("metric", "x", "IN", (1, 2.5))),
    ("metrics.x BETWEEN 1 AND 2", And((is_("metric", "x", ">=", 1), is_("metric", "x", "<=", 2)))),
    # Connectives.
    ("metrics.loss<1 AND params.lr='0.1'and tags.colour='blue'", And((LOW, LR, BLUE))),
    ("metrics.loss < 1 OR params.lr = '0.1' AND tags.colour = 'blue'", Or((LOW, And((LR, BLUE))))),
    ("(metrics.loss < 1 OR params.lr = '0.1') AND tags.colour = 'blue'", And((Or((LOW, LR)), BLUE))),
    ("NOT metrics.loss < 1 AND params.lr = '0.1'", And((Not(LOW), LR))),
    ("NOT NOT (metrics.loss < 1)", Not(Not(LOW))),
    ("metrics.loss < 1 AND (params.lr = '0.1' AND tags.colour = 'blue')", And((LOW, LR, BLUE))),
    # MLflow forgives these.
    ("metrics.loss < 1 AND", LOW),
    ("AND metrics.loss < 1", LOW),
    ("metrics.loss < 1 AND AND params.lr = '0.1'", And((LOW, LR))),
    ("metrics.loss < 1 params.lr = '0.1'", And((LOW, LR))),
]

# What is refused, at which character, and words of the message.
REJECTED = [
    ("metrics.a b < 1", 10, "comparison operator"),
    ("Metrics.x < 1", 0, "Invalid entity type 'Metrics'"),
    ('"metrics".x < 1', 9, "Unexpected character '.'"),
    ("metrics. < 1", 7, "Unexpected character '.'"),
    ("STATUS = 'x'", 0, "Invalid attribute key 'STATUS'"),
    ("status. = 'x'", 6, "Unexpected character"),
    ("lifecycle_stage = 'x'", 0, "Invalid attribute key"),
    ("dataset.foo = 'x'", 0, "Invalid dataset key 'foo'"),
    ("metrics.x < '1'", 12, "Expected a number"),
    ("metrics.x < nan", 12, "Expected a number"),
    ("metrics.x < +1", 12, "Unexpected character '+'"),
    ("metrics.x < 1_000", 12, "Unexpected character '1'"),
    ("metrics.x < - 1", 12, "Unexpected character '-'"),
    ("metrics.x < metrics.y", 12, "Expected a number"),
    ("metrics.x == 1", 10, "Write '='"),
    ("metrics.x <> 1", 10, "Write '!='"),
    ("metrics.x ! = 1", 10, "Unexpected character '!'"),
    ("metrics.x LIKE '1'", 10, "Invalid comparator 'LIKE'"),
    ("metrics.x", 9, "comparison operator, found the end"),
    ("metrics.x <", 11, "found the end"),
    ("5 > metrics.x", 0, "Expected a name"),
    ("< 5", 0, "Expected a name"),
    ("params.x = 1", 11, "quoted string"),
    ("params.x = y", 11, "quoted string"),
    ("params.x = `y`", 11, "quoted string"),
    ("params.x > 'y'", 9, "Invalid comparator '>'"),
    ("params.x RLIKE 'y'", 9, "comparison operator"),
    ("params.x = 'y", 11, "not closed"),
    ('params.x = "y', 11, "not closed"),
    ("params.`x = 'y'", 6, "Unexpected character '.'"),
    ("params.x = 'a' 'b'", 15, "found ''b''"),
    ("params.x = N'a'", 11, "quoted string"),
    ("params.x = E'\\q'", 13, "Unknown escape"),
    ("params.x REGEXP '('", 16, "Invalid regular expression"),
    ("params.x REGEXP '(?=a)'", 16, "Invalid regular expression"),
    ("params.x REGEXP '(a)\\1'", 16, "Invalid regular expression"),
    ("params.x REGEXP '((a{100}){100}){100}'", 16, "Invalid regular expression"),
    ("params.x IS", 11, "Expected NULL"),
    ("params.x NOT = 'y'", 13, "comparison operator"),
    ("run_id IN ()", 11, "quoted string"),
    ("run_id IN (1, 2)", 11, "quoted string"),
    ("run_id IN ('a' 'b')", 15, "Expected ')'"),
    ("run_id IN 'a'", 10, "Expected '('"),
    ("metrics.x BETWEEN 1 OR 2", 20, "Expected AND"),
    ("start_time > '1'", 13, "Expected a number"),
    ("(metrics.x < 1", 14, "Expected ')'"),
    ("metrics.x < 1)", 13, "Expected AND, OR or the end"),
    ("()", 1, "Expected a name"),
    ("metrics.x < 1 OR", 16, "Expected a name"),
    ("metrics.x < 1 AND OR metrics.y < 1", 18, "Expected a comparison"),
    ("metrics.x < 1 && metrics.y < 1", 14, "Unexpected character '&'"),
    ("metrics.x < 1, metrics.y < 1", 13, "Expected AND"),
    ("metrics.x < 1;", 13, "';' is not allowed"),
    ("metrics.x < 1 -- c", 14, "Unexpected character '-'"),
    ("metrics.x < 1 /* c */", 14, "Unexpected character '/'"),
    ("median(metrics.x) < 1", 0, "Invalid attribute key 'median'"),
    ("min(params.x) < 1", 4, "takes a run's metric"),
    ("min(metrics.x < 1", 14, "Expected ')'"),
    ("params.x = 'a\0'", 13, "Unexpected character"),
    ("params.x = '\ud800'", 12, "Unexpected character"),
]


@pytest.mark.parametrize(("text", "tree"), ACCEPTED, ids=[text for text, _ in ACCEPTED])
def test_accepted(text: str, tree: Tree | None) -> None:
    assert parse_filter(text, RUNS) == tree


@pytest.mark.parametrize(
    ("text", "position", "words"), REJECTED, ids=[ascii(text) for text, _, _ in REJECTED]
)
def test_rejected_with_the_position_of_the_error(text: str, position: int, words: str) -> None:
    with pytest.raises(FilterError) as caught:
        parse_filter(text, RUNS)
    assert words in caught.value.message
    assert caught.value.position == position
    assert (caught.value.error_code, caught.value.status) == ("INVALID_PARAMETER_VALUE", 400)


@settings(max_examples=300, deadline=None)
@given(TREES)
def test_a_tree_that_is_written_out_reads_back(tree: Tree) -> None:
    assert parse_filter(to_text(tree), RUNS) == tree


@settings(max_examples=500, deadline=None)
@given(
    st.one_of(
        st.text(max_size=40),
        st.lists(
            st.sampled_from(
                [
                    "metrics.x",
                    "params.`a`",
                    "AND",
                    "OR",
                    "NOT",
                    "(",
                    ")",
                    "<",
                    "=",
                    "1",
                    "'a'",
                    "IN",
                    ",",
                    "IS",
                    "NULL",
                ]
            ),
            max_size=12,
        ).map(" ".join),
    )
)
def test_any_text_is_a_tree_or_a_filter_error(text: str) -> None:
    try:
        tree = parse_filter(text, RUNS)
    except FilterError as error:
        assert error.position is None or 0 <= error.position <= len(text)
    else:
        assert tree is None or parse_filter(to_text(tree), RUNS) == tree


def test_limits_on_size() -> None:
    one = "metrics.x < 1"
    parse_filter(" AND ".join([one] * MAX_COMPARISONS), RUNS)
    for text, words in [
        (" AND ".join([one] * (MAX_COMPARISONS + 1)), "comparisons"),
        ("NOT " * MAX_DEPTH + one, "levels"),
        ("(" * 100_000, "levels"),
        (" " * (MAX_LENGTH + 1) + one, "characters"),
        (f"metrics.x IN ({','.join(['1'] * (MAX_VALUES + 1))})", "values"),
        (f"params.x REGEXP '{'a' * 1_001}'", "characters"),
        (f"params.x LIKE '{'a' * 10_001}'", "characters"),
        (f"params.`{'a' * 1_001}` = 'x'", "characters"),
    ]:
        with pytest.raises(FilterError, match=words):
            parse_filter(text, RUNS)


ORDERS = [
    ("metrics.loss", OrderTerm(Name("metric", "loss"))),
    ("metrics.loss asc", OrderTerm(Name("metric", "loss"))),
    (" metrics.`a b`  Desc ", OrderTerm(Name("metric", "a b"), False)),
    ('tags."mlflow.user" DESC', OrderTerm(Name("tag", "mlflow.user"), False)),
    ("metrics.train/loss DESC", OrderTerm(Name("metric", "train/loss"), False)),
    ("max(metrics.loss) DESC", OrderTerm(Name("metric", "loss", "max"), False)),
    ("start_time", OrderTerm(Name("attribute", "start_time"))),
    ("Created DESC", OrderTerm(Name("attribute", "start_time"), False)),
    ("attributes.run_name", OrderTerm(Name("attribute", "run_name"))),
]


@pytest.mark.parametrize(("text", "term"), ORDERS)
def test_orders(text: str, term: OrderTerm) -> None:
    assert parse_order([text], RUNS) == (term,)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "metrics.a foo",
        "metrics.a, metrics.b",
        "metrics.a NULLS LAST",
        "dataset.name",
        "foo",
        "'x'",
        "1",
    ],
)
def test_orders_that_are_refused(text: str) -> None:
    with pytest.raises(FilterError):
        parse_order([text], RUNS)


def test_an_order_names_nothing_twice_and_is_not_endless() -> None:
    with pytest.raises(FilterError, match="twice"):
        parse_order(["start_time", "Created DESC"], RUNS)
    with pytest.raises(FilterError, match="at most"):
        parse_order([f"metrics.m{index}" for index in range(21)], RUNS)


def test_each_entity_has_its_own_names() -> None:
    assert parse_filter("experiment_id IN ('1', '22')", EXPERIMENTS) == is_(
        "attribute", "experiment_id", "IN", (1, 22)
    )
    assert parse_filter("version_number = '3'", MODEL_VERSIONS) == is_("attribute", "version_number", "=", 3)
    assert parse_filter("creation_timestamp_ms > 5", LOGGED_MODELS) == is_(
        "attribute", "creation_timestamp", ">", 5
    )
    for text, vocabulary in [
        ("metrics.x < 1", EXPERIMENTS),
        ("experiment_id = 'x'", EXPERIMENTS),
        ("experiment_id > '1'", EXPERIMENTS),
        ("creation_time > 5.5", EXPERIMENTS),
        ("creation_time > 99999999999999999999", EXPERIMENTS),
        ("version_number = 'x'", MODEL_VERSIONS),
        ("version_number = 3.5", MODEL_VERSIONS),
        ("run_name = 'x'", LOGGED_MODELS),
        ("min(metrics.x) < 1", LOGGED_MODELS),
    ]:
        with pytest.raises(FilterError):
            parse_filter(text, vocabulary)
