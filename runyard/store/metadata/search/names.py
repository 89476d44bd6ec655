"""From the spelling of a name to what it names."""

from __future__ import annotations

from runyard.store.metadata.search.tokens import Token
from runyard.store.metadata.search.tree import Name
from runyard.store.metadata.search.vocabulary import DATASET_COLUMNS, Vocabulary

MAX_KEY = 1_000


def resolve(token: Token, vocabulary: Vocabulary) -> Name:
    """The name that a token spells. Raises FilterError when the vocabulary has no such name."""
    if token.kind == "name":
        return _with_prefix(token, vocabulary)
    if token.kind in ("word", "quoted"):
        return _attribute(token, token.value, vocabulary)
    found = "the end" if token.kind == "end" else f"'{token.text}'"
    raise token.wrong(f"Expected a name, such as {_example(vocabulary)}, found {found}")


def _with_prefix(token: Token, vocabulary: Vocabulary) -> Name:
    kind = vocabulary.prefixes.get(token.prefix)
    if kind is None:
        kinds = ", ".join(f"'{kind}'" for kind in sorted(set(vocabulary.prefixes.values())))
        raise token.wrong(f"Invalid entity type '{token.prefix}'. Valid values are {kinds}")
    if len(token.value) > MAX_KEY:
        raise token.wrong(f"The name has more than {MAX_KEY} characters")
    if kind == "attribute":
        return _attribute(token, token.value, vocabulary)
    if kind == "dataset" and token.value not in DATASET_COLUMNS:
        valid = ", ".join(f"'{key}'" for key in DATASET_COLUMNS)
        raise token.wrong(f"Invalid dataset key '{token.value}'. Valid keys are {valid}")
    return Name(kind, token.value)


def _attribute(token: Token, key: str, vocabulary: Vocabulary) -> Name:
    canonical = vocabulary.aliases.get(key, key)
    if canonical not in vocabulary.attributes:
        valid = ", ".join(f"'{name}'" for name in vocabulary.attributes)
        raise token.wrong(f"Invalid attribute key '{key[:100]}' specified. Valid keys are {valid}")
    return Name("attribute", canonical)


def _example(vocabulary: Vocabulary) -> str:
    return "metrics.loss" if "metric" in vocabulary.prefixes else next(iter(vocabulary.attributes))
