"""Searches of the model registry: registered models and their versions."""

from __future__ import annotations

from collections.abc import Sequence

from runyard.store.metadata.search.grammar import parse_filter, parse_order
from runyard.store.metadata.search.listing import Listing, attribute_and_tag_keys, with_ties
from runyard.store.metadata.search.page import Page, check_max_results
from runyard.store.metadata.search.parameters import Binder
from runyard.store.metadata.search.tree import And, Comparison, Name, Tree, conjuncts, with_text
from runyard.store.metadata.search.vocabulary import MODEL_VERSIONS, REGISTERED_MODELS, Vocabulary
from runyard.store.metadata.session import Session

DEFAULT_MODELS = 100
MOST_MODELS = 1_000
DEFAULT_VERSIONS = 10_000
MOST_VERSIONS = 200_000

# MLflow keeps prompts among the registered models, under this tag, and hides them from searches of models.
PROMPT_TAG = Name("tag", "mlflow.prompt.is_prompt")


def search_registered_models(
    session: Session,
    filter: str | None = None,
    order_by: Sequence[str] = (),
    max_results: int = DEFAULT_MODELS,
    page_token: str | None = None,
    workspace: str = "default",
    text: str = "",
) -> Page:
    """One page of the registered models of a workspace, ordered by `order_by`, then by name.

    `text` is what names contain, whatever its case. Prompts come only when the filter asks for them. Raises
    InvalidParameter (FilterError for the expressions).
    """
    check_max_results(max_results, MOST_MODELS)
    tree, prompts = _prompts(with_text(parse_filter(filter, REGISTERED_MODELS), "name", text))
    terms = with_ties(parse_order(order_by, REGISTERED_MODELS), [("name", True)])
    asked = ["registered models", workspace, filter or "", text, list(order_by)]

    def where(binder: Binder) -> str:
        return f"m.workspace = {binder.bind(workspace)} AND {_hidden(prompts, REGISTERED_MODELS, binder)}"

    keys = attribute_and_tag_keys(REGISTERED_MODELS, terms)
    return Listing(REGISTERED_MODELS, "registered_model m", keys, where, tree).page(
        session, asked, max_results, page_token
    )


def search_model_versions(
    session: Session,
    filter: str | None = None,
    order_by: Sequence[str] = (),
    max_results: int = DEFAULT_VERSIONS,
    page_token: str | None = None,
    workspace: str = "default",
) -> Page:
    """One page of the model versions of a workspace.

    The last updated come first without `order_by`; ties are broken by name, then by version, newest first.
    Prompts as in `search_registered_models`. Raises InvalidParameter (FilterError for the expressions).
    """
    check_max_results(max_results, MOST_VERSIONS)
    tree, prompts = _prompts(parse_filter(filter, MODEL_VERSIONS))
    asked_order = parse_order(order_by or ["last_updated_timestamp DESC"], MODEL_VERSIONS)
    terms = with_ties(asked_order, [("name", True), ("version_number", False)])
    asked = ["model versions", workspace, filter or "", list(order_by)]

    def where(binder: Binder) -> str:
        return f"m.workspace = {binder.bind(workspace)} AND {_hidden(prompts, MODEL_VERSIONS, binder)}"

    keys = attribute_and_tag_keys(MODEL_VERSIONS, terms)
    tables = "model_version v JOIN registered_model m ON m.id = v.model_id"
    return Listing(MODEL_VERSIONS, tables, keys, where, tree).page(session, asked, max_results, page_token)


def _prompts(tree: Tree | None) -> tuple[Tree | None, bool]:
    """The tree without what it says of prompts, and whether it asks for them.

    A model that is no prompt lacks the tag, so `!= 'true'` and `= 'false'` must not demand it.
    """
    parts = conjuncts(tree)
    about = [part for part in parts if isinstance(part, Comparison) and part.name == PROMPT_TAG]
    if not about:
        return tree, False
    if _asks(about[0]):
        return tree, True
    rest = tuple(part for part in parts if part not in about)
    return (And(rest) if len(rest) > 1 else rest[0] if rest else None), False


def _asks(part: Comparison) -> bool:
    return (part.operator, str(part.value).lower()) in (("=", "true"), ("!=", "false"))


def _hidden(prompts: bool, vocabulary: Vocabulary, binder: Binder) -> str:
    if prompts:
        return "1 = 1"
    table = vocabulary.tables["tag"]
    return (
        f"NOT EXISTS (SELECT 1 FROM {table.table} c WHERE c.{table.owner} = {vocabulary.id} "
        f"AND c.key = {binder.bind(PROMPT_TAG.key)} AND c.value = 'true')"
    )
