"""Decoding what clients send: lenient where MLflow is, and errors that name the field."""

from __future__ import annotations

import json
import math

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from runyard.errors import BadRequest, InvalidParameter, MissingParameter
from runyard.http.codec import decode_body
from runyard.mlflow_api import wire


def value_of(text: str) -> float | None:
    body = f'{{"key": "k", "value": {text}, "timestamp": 1}}'.encode()
    return decode_body(body, "application/json", wire.LogMetric).value


@pytest.mark.parametrize("text", ['"Infinity"', "Infinity", '"inf"'])
def test_every_spelling_of_infinity(text: str) -> None:
    assert value_of(text) == math.inf


@pytest.mark.parametrize("text", ['"NaN"', "NaN", '"nan"'])
def test_every_spelling_of_nan(text: str) -> None:
    value = value_of(text)
    assert value is not None
    assert math.isnan(value)


def test_numbers_may_be_text_as_protocol_buffers_spell_them() -> None:
    body = b'{"timestamp": "1700000000000", "step": "-9223372036854775808", "value": "1.5", "new": {}}'
    metric = decode_body(body, "application/json", wire.LogMetric)
    assert (metric.timestamp, metric.step, metric.value) == (1700000000000, -(2**63), 1.5)


@given(st.floats(allow_nan=False), st.integers(-(2**63), 2**63 - 1))
def test_values_and_steps_survive_json_and_msgpack(value: float, step: int) -> None:
    fields = {"key": "k", "value": value, "step": step, "timestamp": 0}
    packed = decode_body(msgspec.msgpack.encode(fields), "application/msgpack", wire.LogMetric)
    assert (packed.value, packed.step) == (value, step)
    text = decode_body(json.dumps(fields).encode(), "application/json", wire.LogMetric)
    assert (text.value, text.step) == (value, step)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (b'{"metrics": [{"key": "k", "value": {}}]}', r"metrics\[0\]\.value"),
        (b'{"run_id": 5}', "run_id"),
        (b'{"tags": "x"}', "tags"),
    ],
)
def test_a_wrong_type_names_its_field(body: bytes, field: str) -> None:
    with pytest.raises(InvalidParameter, match=f"'{field}'"):
        decode_body(body, "application/json", wire.LogBatch)


class Inner(msgspec.Struct):
    key: str


class Outer(msgspec.Struct):
    inner: list[Inner]


def test_a_missing_field_is_named_with_its_path() -> None:
    with pytest.raises(MissingParameter, match=r"'inner\[0\]\.key'"):
        decode_body(b'{"inner": [{}]}', "application/json", Outer)


@given(st.binary(max_size=200))
def test_any_bytes_are_decoded_or_refused(body: bytes) -> None:
    for kind in ("application/json", "application/msgpack"):
        try:
            decode_body(body, kind, wire.LogBatch)
        except (BadRequest, InvalidParameter):
            pass
