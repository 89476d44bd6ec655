"""Reads a model's signature: three lists in JSON within MLmodel, as `mlflow.models.ModelSignature` writes them."""

from __future__ import annotations

import json
from typing import Any

from runyard.studio_api.registry_models import Signature, SignatureField

# Nested types beyond it are shown as "…".
MAX_DEPTH = 6


def read_signature(given: Any) -> Signature | None:
    """The signature; None when there is none."""
    if not isinstance(given, dict):
        return None
    parts = {part: _fields(given.get(part)) for part in ("inputs", "outputs", "params")}
    return Signature(**parts) if any(part is not None for part in parts.values()) else None


def _fields(text: Any) -> list[SignatureField] | None:
    if not isinstance(text, str):
        return None
    try:
        given = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(given, list):
        return None
    return [_field(each) for each in given if isinstance(each, dict)]


def _field(given: dict[str, Any]) -> SignatureField:
    tensor = given.get("tensor-spec")
    shape = tensor.get("shape") if isinstance(tensor, dict) else given.get("shape")
    name = given.get("name")
    required = given.get("required")
    return SignatureField(
        name=None if name is None else str(name),
        type=type_name(given),
        shape=None if shape is None else _shape(shape),
        required=required if isinstance(required, bool) else None,
        default=json.dumps(given["default"], ensure_ascii=False) if "default" in given else None,
    )


def _shape(shape: Any) -> str:
    return f"({', '.join(map(str, shape))})" if isinstance(shape, list) else str(shape)


def type_name(given: Any, depth: int = 0) -> str:
    """A type as one reads it: `double`, `tensor(float32)`, `array(string)`, `object(a: long, b?: double)`."""
    if not isinstance(given, dict) or depth > MAX_DEPTH:
        return "…" if isinstance(given, dict) else str(given)
    kind = str(given.get("type", given.get("dtype", "any")))
    if kind == "tensor" and isinstance(given.get("tensor-spec"), dict):
        return f"tensor({given['tensor-spec'].get('dtype')})"
    if kind == "array":
        return f"array({type_name(given.get('items', {}), depth + 1)})"
    if kind == "map":
        return f"map({type_name(given.get('values', {}), depth + 1)})"
    properties = given.get("properties")
    if kind == "object" and isinstance(properties, dict):
        return f"object({', '.join(_property(name, each, depth) for name, each in properties.items())})"
    return kind


def _property(name: str, given: Any, depth: int) -> str:
    optional = isinstance(given, dict) and given.get("required") is False
    return f"{name}{'?' if optional else ''}: {type_name(given, depth + 1)}"
