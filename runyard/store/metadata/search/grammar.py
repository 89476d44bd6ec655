"""Parses MLflow's filter grammar, and more, to trees: docs/reference/search.md shows it with examples.

    filter      = conjunction { "OR" conjunction }
    conjunction = { "AND" } negation { [ "AND" ] negation }      (MLflow forgives missing and surplus ANDs)
    negation    = "NOT" negation | "(" filter ")" | comparison
    comparison  = name ( "=" | "!=" | "<" | "<=" | ">" | ">=" ) value
                | name [ "NOT" ] ( "LIKE" | "ILIKE" | "REGEXP" ) string
                | name [ "NOT" ] "IN" "(" value { "," value } [ "," ] ")"
                | name [ "NOT" ] "BETWEEN" value "AND" value
                | name "IS" [ "NOT" ] "NULL"
    name        = attribute | prefix "." key | ( "min" | "max" | "count" ) "(" "metrics" "." key ")"
    order       = name [ "ASC" | "DESC" ]

All errors are FilterErrors with the position of the token that is wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from runyard.errors import FilterError
from runyard.store.metadata.search.names import resolve
from runyard.store.metadata.search.tokens import Token, tokenize
from runyard.store.metadata.search.tree import Aggregate, And, Comparison, Name, Not, Or, OrderTerm, Tree
from runyard.store.metadata.search.values import Values, check_pattern, value_type
from runyard.store.metadata.search.vocabulary import Vocabulary

# SQLite's own parser gives up at about 45 levels, and at 1,000 terms in one chain.
MAX_DEPTH = 20
MAX_COMPARISONS = 500
MAX_ORDER_TERMS = 20

_COMPARATORS = ("=", "!=", "<", "<=", ">", ">=")
_PATTERNS = ("LIKE", "ILIKE", "REGEXP")
_AGGREGATES = ("min", "max", "count")


def parse_filter(text: str | None, vocabulary: Vocabulary) -> Tree | None:
    """The tree of a filter; None for an empty one, which matches everything."""
    if text is None or not text.strip():
        return None
    parser = _Parser(text, vocabulary)
    tree = parser.filter()
    parser.expect_end()
    return tree


def parse_order(clauses: Sequence[str], vocabulary: Vocabulary) -> tuple[OrderTerm, ...]:
    """The terms of an `order_by` list. A name may occur once."""
    if len(clauses) > MAX_ORDER_TERMS:
        raise FilterError(f"order_by has {len(clauses)} entries; at most {MAX_ORDER_TERMS} are allowed")
    terms: list[OrderTerm] = []
    for clause in clauses:
        term = _Parser(clause, vocabulary).order_term()
        if any(term.name == other.name for other in terms):
            raise FilterError(f"order_by names '{term.name.key}' twice")
        terms.append(term)
    return tuple(terms)


class _Parser:
    """Recursive descent over the tokens of one expression."""

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.tokens = tokenize(text)
        self.index = 0
        self.depth = 0
        self.comparisons = 0
        self.values = Values()

    @property
    def token(self) -> Token:
        return self.tokens[self.index]

    def advance(self) -> Token:
        token = self.token
        self.index += 1
        return token

    def at_keyword(self, *keywords: str) -> bool:
        return self.token.kind == "word" and self.token.text.upper() in keywords

    def accept_keyword(self, keyword: str) -> bool:
        found = self.at_keyword(keyword)
        if found:
            self.index += 1
        return found

    def accept(self, punctuation: str) -> bool:
        found = self.token.kind == "punctuation" and self.token.text == punctuation
        if found:
            self.index += 1
        return found

    def expect(self, punctuation: str) -> None:
        if not self.accept(punctuation):
            raise self.expected(f"'{punctuation}'")

    def expect_end(self) -> None:
        if self.token.kind != "end":
            raise self.expected("AND, OR or the end")

    def expected(self, what: str) -> FilterError:
        found = "the end" if self.token.kind == "end" else f"'{_shortened(self.token.text)}'"
        return self.token.wrong(f"Expected {what}, found {found}")

    def filter(self) -> Tree:
        parts = [self.conjunction()]
        while self.accept_keyword("OR"):
            parts.append(self.conjunction())
        return parts[0] if len(parts) == 1 else Or(_flat(parts, Or))

    def conjunction(self) -> Tree:
        while self.accept_keyword("AND"):
            pass
        parts = [self.negation()]
        while True:
            joined = self.accept_keyword("AND")
            while self.accept_keyword("AND"):
                pass
            if not self.starts_term():
                if joined and self.token.kind != "end":
                    raise self.expected("a comparison")
                break
            parts.append(self.negation())
        return parts[0] if len(parts) == 1 else And(_flat(parts, And))

    def starts_term(self) -> bool:
        if self.token.kind == "word":
            return not self.at_keyword("OR")
        return self.token.kind in ("name", "quoted") or self.token.text == "("

    def negation(self) -> Tree:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.token.wrong(f"More than {MAX_DEPTH} levels of NOT and parentheses")
        tree = self.nested()
        self.depth -= 1
        return tree

    def nested(self) -> Tree:
        if self.accept_keyword("NOT"):
            return Not(self.negation())
        if self.accept("("):
            tree = self.filter()
            self.expect(")")
            return tree
        return self.comparison()

    def comparison(self) -> Tree:
        self.comparisons += 1
        if self.comparisons > MAX_COMPARISONS:
            raise self.token.wrong(f"More than {MAX_COMPARISONS} comparisons")
        position = self.token.position
        name = self.name()
        at = self.token
        operator = self.operator()
        expects = value_type(name, self.vocabulary)
        last = self.tokens[self.index - 1]
        expects.check_operator(operator, at.position, last.position + len(last.text) - at.position)
        if operator in ("IS NULL", "IS NOT NULL"):
            return Comparison(name, operator, None, position)
        if operator in ("BETWEEN", "NOT BETWEEN"):
            return self.between(name, operator, position)
        if operator in ("IN", "NOT IN"):
            return Comparison(name, operator, self.value_list(name), position)
        at = self.token
        value = self.values.take(self.advance(), expects)
        if isinstance(value, str):
            check_pattern(operator, value, at)
        return Comparison(name, operator, value, position)

    def between(self, name: Name, operator: str, position: int) -> Tree:
        expects = value_type(name, self.vocabulary)
        low = self.values.take(self.advance(), expects)
        if not self.accept_keyword("AND"):
            raise self.expected("AND")
        high = self.values.take(self.advance(), expects)
        bounds = And((Comparison(name, ">=", low, position), Comparison(name, "<=", high, position)))
        if operator == "BETWEEN":
            return bounds
        # Like NOT IN, it asks for the name to be there.
        return And((Comparison(name, "IS NOT NULL", None, position), Not(bounds)))

    def value_list(self, name: Name) -> tuple[str | int | float, ...]:
        expects = value_type(name, self.vocabulary)
        self.expect("(")
        values = [self.values.take(self.advance(), expects)]
        while self.accept(","):
            if self.token.text == ")":
                break
            values.append(self.values.take(self.advance(), expects))
        self.expect(")")
        return tuple(values)

    def operator(self) -> str:
        if self.token.kind == "operator":
            if self.token.text not in _COMPARATORS:
                meant = "=" if self.token.text == "==" else "!="
                raise self.token.wrong(f"Write '{meant}' for '{self.token.text}'")
            return self.advance().text
        if self.accept_keyword("IS"):
            return "IS NOT NULL" if self.accept_null_test() else "IS NULL"
        negated = "NOT " if self.accept_keyword("NOT") else ""
        if self.at_keyword("IN", "BETWEEN", *_PATTERNS):
            return negated + self.advance().text.upper()
        raise self.expected("a comparison operator")

    def accept_null_test(self) -> bool:
        negated = self.accept_keyword("NOT")
        if not self.accept_keyword("NULL"):
            raise self.expected("NULL")
        return negated

    def name(self) -> Name:
        token = self.advance()
        if token.kind == "word" and token.text in _AGGREGATES and self.accept("("):
            inner = self.advance()
            name = resolve(inner, self.vocabulary)
            if name.kind != "metric" or self.vocabulary.entity != "run":
                raise inner.wrong(f"{token.text}() takes a run's metric")
            self.expect(")")
            return Name("metric", name.key, cast(Aggregate, token.text))
        return resolve(token, self.vocabulary)

    def order_term(self) -> OrderTerm:
        name = self.name()
        if name.kind == "dataset":
            raise FilterError("Runs can't be ordered by their datasets", 0)
        ascending = not self.accept_keyword("DESC")
        if ascending:
            self.accept_keyword("ASC")
        if self.token.kind != "end":
            raise self.expected("ASC, DESC or the end")
        return OrderTerm(name, ascending)


def _flat(parts: list[Tree], kind: type[And] | type[Or]) -> tuple[Tree, ...]:
    flat: list[Tree] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, kind) else (part,))
    return tuple(flat)


def _shortened(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"
