"""Masks passwords, tokens and keys in command lines and addresses."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence

MASK = "***"
# What ends the name of something secret. `tokenizer`, `max-tokens` and `bypass` are none.
_SECRET = (
    r"(?:password|passwd|passphrase|secret|credentials?|authorization|"
    r"(?:api|access|secret|private|account)[-_]?key|(?:access|auth|refresh|bearer|id)[-_]?token|"
    r"(?<![a-z])(?:token|pass|pwd|pw))"
)
_OPTION = re.compile(rf"--?[\w.\-]*{_SECRET}", re.IGNORECASE)
# `name=value`, `"name": "value"`, `?name=value&`: the value up to its quote, or else to a space or mark.
_PAIR = re.compile(
    rf"({_SECRET}[\"']?\s*[:=]\s*)(\"[^\"]*\"|'[^']*'|[^\s\"'&,;}}]+)",
    re.IGNORECASE,
)
_SCHEME = re.compile(r"\b(bearer|basic)\s+[^\s\"']+", re.IGNORECASE)
_USER = re.compile(r"(\b[a-z][a-z0-9+.\-]*://)[^/\s@]*:[^/\s]*@", re.IGNORECASE)
# `https://TOKEN@host`, as services take tokens; in `ssh://git@host`, it is a user's name.
_WEB_USER = re.compile(r"(\bhttps?://)[^/\s@]+@", re.IGNORECASE)
# Tokens that some services give, told by how they begin.
_KNOWN = re.compile(r"\b(hf_|ghp_|gho_|ghs_|github_pat_|glpat-|sk-|xox[abp]-|AKIA|eyJ)[\w\-.]{12,}")


def command_line(arguments: Sequence[str]) -> str:
    """A command as a shell takes it, without what is secret in it."""
    shown = []
    follows = False
    for argument in arguments:
        # `--password --verbose` gives none.
        secret = follows and not argument.startswith("--")
        shown.append(MASK if secret else _masked(argument))
        follows = not secret and _OPTION.fullmatch(argument) is not None
    return shlex.join(shown).replace(f"'{MASK}'", MASK)


def without_credentials(url: str) -> str:
    """An address without the user name, password or token in it."""
    return _masked(_WEB_USER.sub(r"\1", _USER.sub(r"\1", url)))


def _masked(text: str) -> str:
    text = _SCHEME.sub(rf"\1 {MASK}", text)
    text = _USER.sub(rf"\1{MASK}@", text)
    text = _WEB_USER.sub(rf"\1{MASK}@", text)
    text = _PAIR.sub(rf"\1{MASK}", text)
    return _KNOWN.sub(rf"\1{MASK}", text)
