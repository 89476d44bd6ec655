"""What a request for a Python asks for, such as "3.11" or ">=3.10,<3.12"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from runyard.jobs.environments.failed import EnvironmentFailed

_VERSION = re.compile(r"\d{1,2}(\.\d{1,3}){0,2}\Z")
_PART = re.compile(r"(?P<operator>>=|<=|==|!=|~=|>|<)(?P<version>\d{1,2}(\.\d{1,3}){0,2})(?P<any>\.\*)?\Z")


def checked(request: str) -> str:
    """The request without gaps; raises EnvironmentFailed for what is neither a version nor a range."""
    wanted = "".join(request.split())
    if is_version(wanted) or all(_PART.match(part) for part in wanted.split(",")):
        return wanted
    raise EnvironmentFailed(
        f"The environment's 'python' must be a version such as '3.11' or a range such as '>=3.10,<3.12': '{request}'"
    )


def is_version(wanted: str) -> bool:
    """Whether a checked request is a version, whole or its beginning, and no range."""
    return _VERSION.match(wanted) is not None


def fits(wanted: str, version: str) -> bool:
    """Whether a version is one of those that a checked request asks for (PEP 440, without its pre-releases)."""
    if is_version(wanted):
        return _begins(_numbers(version), _numbers(wanted))
    return all(_holds(part, _numbers(version)) for part in wanted.split(","))


def nearest(wanted: str, versions: Sequence[str], lenient: bool) -> str | None:
    """The version that may stand in for `wanted`: of the same minor version, or with `lenient` of the nearest one."""
    if not is_version(wanted) or "." not in wanted:
        return None
    major, minor = _numbers(wanted)[:2]
    known = [_numbers(version) for version in versions if _VERSION.match(version)]
    able = [one for one in known if one[0] == major and (lenient or one[1] == minor)]
    if not able:
        return None
    # Of two that are as near, the newer one.
    best = min(able, key=lambda one: (abs(one[1] - minor), *(-number for number in one)))
    return ".".join(str(number) for number in best)


def _holds(part: str, numbers: tuple[int, ...]) -> bool:
    found = _PART.match(part)
    if found is None:
        return False
    asked = _numbers(found["version"])
    same = _begins(numbers, asked) if found["any"] else numbers == asked
    return {
        ">=": numbers >= asked,
        "<=": numbers <= asked,
        ">": numbers > asked,
        "<": numbers < asked,
        "==": same,
        "!=": not same,
        "~=": numbers >= asked and _begins(numbers, asked[:-1]),
    }[found["operator"]]


def _begins(numbers: tuple[int, ...], asked: tuple[int, ...]) -> bool:
    return numbers[: len(asked)] == asked


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", version)[:3])
