"""Both servers side by side: every call goes to each, and what differs is noted."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.compat.servers import Server
from tests.differential.calls import Answer, Json, call
from tests.differential.differences import GENERAL
from tests.differential.normalising import normal

API = "/api/2.0/mlflow/"
Answers = tuple[Answer, Answer]


@dataclass
class Both:
    """Sends calls to MLflow and to Runyard.

    Texts in a call may hold `{name}`: what each server's own answer was remembered by that name, for example the
    id of a run. `{unique}` is a new text for every call, the same for both.
    """

    mlflow: Server
    runyard: Server
    names: dict[str, tuple[str, str]] = field(default_factory=dict)
    found: list[str] = field(default_factory=list)

    def ask(self, method: str, path: str, body: Json = None, **options: Any) -> Answers:
        """The answers of MLflow and of Runyard; a path without a leading slash is below the API's."""
        unique = uuid.uuid4().hex[:10]
        where = path if path.startswith("/") else API + path
        first, second = (
            call(
                server.port,
                method,
                self._filled(where, side, unique),
                self._filled(body, side, unique),
                **options,
            )
            for side, server in enumerate((self.mlflow, self.runyard))
        )
        return first, second

    def remember(self, name: str, values: tuple[str, str]) -> None:
        self.names[name] = values

    def same(
        self,
        method: str,
        path: str,
        body: Json = None,
        *,
        remember: dict[str, str] | None = None,
        allow: tuple[str, ...] = (),
        **options: Any,
    ) -> Answers:
        """Both must answer the same, or differ as one of the general differences in `allow` says.

        What `remember` names (for example `run.info.run_id`) is kept for later calls.
        """
        answers = self.ask(method, path, body, **options)
        if not any(GENERAL[entry](*answers) for entry in allow):
            self._compare(f"{method} {path} {body} {options or ''}", answers)
        for name, dotted in (remember or {}).items():
            self.names[name] = (_at(answers[0].body, dotted), _at(answers[1].body, dotted))
        return answers

    def refused(
        self, method: str, path: str, body: Json = None, *, names: str = "", **options: Any
    ) -> Answers:
        """Both must refuse with the same status and code, and Runyard's message must name `names`."""
        answers = self.same(method, path, body, **options)
        what = f"{method} {path} {body}"
        if answers[0].status < 400:
            self.found.append(f"{what}: accepted by MLflow: {answers[0]}")
        elif names.lower() not in answers[1].message.lower():
            self.found.append(f"{what}: {names!r} is not named in {answers[1].message!r}")
        return answers

    def differs(
        self,
        entry: str,
        method: str,
        path: str,
        body: Json = None,
        *,
        mlflow: Callable[[Answer], bool],
        runyard: Callable[[Answer], bool],
        **options: Any,
    ) -> Answers:
        """A listed difference (`entry` of docs/reference/differences.md): each answers in its own way, as stated."""
        answers = self.ask(method, path, body, **options)
        for name, holds, answer in (("MLflow", mlflow, answers[0]), ("Runyard", runyard, answers[1])):
            if not holds(answer):
                self.found.append(
                    f"{entry}: {method} {path} {body}: {name} answers otherwise: {_shown(answer)}"
                )
        return answers

    def new_experiment(self, name: str = "experiment") -> None:
        self.same("POST", "experiments/create", {"name": "of {unique}"}, remember={name: "experiment_id"})

    def new_run(self, name: str = "run", **fields: Any) -> None:
        body = {"experiment_id": "{experiment}", "start_time": 1000, **fields}
        self.same("POST", "runs/create", body, remember={name: "run.info.run_id"})

    def _compare(self, what: str, answers: Answers) -> None:
        first, second = (normal(answer) for answer in answers)
        if first != second:
            shown = f"\n    MLflow  {_shown(answers[0])}\n    Runyard {_shown(answers[1])}"
            self.found.append(f"{what}{shown}\n    {'; '.join(_differing('', first, second))}")

    def _filled(self, value: Any, side: int, unique: str) -> Any:
        if isinstance(value, dict):
            return {key: self._filled(child, side, unique) for key, child in value.items()}
        if isinstance(value, list):
            return [self._filled(child, side, unique) for child in value]
        if isinstance(value, str):
            for name, values in self.names.items():
                value = value.replace("{" + name + "}", values[side])
            return value.replace("{unique}", unique)
        return value


def _differing(path: str, first: Any, second: Any) -> list[str]:
    """The places where two normalised answers differ."""
    if isinstance(first, dict) and isinstance(second, dict):
        keys = sorted(first.keys() | second.keys())
        missing = object()
        pairs = [(f"{path}.{key}", first.get(key, missing), second.get(key, missing)) for key in keys]
        lost = [f"only Runyard has {where}" for where, one, _ in pairs if one is missing]
        lost += [f"only MLflow has {where}" for where, _, other in pairs if other is missing]
        common = [pair for pair in pairs if missing not in pair[1:]]
        return lost + [text for where, one, other in common for text in _differing(where, one, other)]
    if isinstance(first, list) and isinstance(second, list) and len(first) == len(second):
        pairs = [
            (f"{path}[{index}]", one, other)
            for index, (one, other) in enumerate(zip(first, second, strict=True))
        ]
        return [text for where, one, other in pairs for text in _differing(where, one, other)]
    return [] if first == second else [f"{path}: {first!r} / {second!r}"]


def _at(body: Json, dotted: str) -> str:
    for part in dotted.split("."):
        body = body.get(part, {}) if isinstance(body, dict) else {}
    return body if isinstance(body, str) else f"no-{dotted}"


def _shown(answer: Answer) -> str:
    return f"{answer.status} {str(answer.body)[:400]}"
