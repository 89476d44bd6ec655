"""What is installed, as the names of folders say it: reading the metadata of hundreds of packages takes a second."""

from __future__ import annotations

import os
import sys

SUFFIX = ".dist-info"
# MLflow's limit of a tag's value until 2.x; the server takes 8,000.
MOST_CHARACTERS = 5000


def installed() -> list[str]:
    """`name==version` of each package, sorted; of two versions, the one that is imported.

    The folder's name is `NAME-VERSION.dist-info` (Python's specification "Recording installed projects").
    """
    found: dict[str, str] = {}
    for folder in sys.path:
        try:
            names = os.listdir(folder or ".")
        except OSError:
            continue
        for each in names:
            name, dash, version = each.removesuffix(SUFFIX).rpartition("-")
            if each.endswith(SUFFIX) and dash:
                found.setdefault(name.replace("_", "-"), version)
    return [f"{name}=={version}" for name, version in sorted(found.items(), key=lambda item: item[0].lower())]


def package_tags() -> dict[str, str]:
    """`runyard.packages` with a package in each line, and `runyard.packages.2`, … where one tag does not hold them."""
    parts: list[str] = []
    for line in installed():
        if parts and len(parts[-1]) + 1 + len(line) <= MOST_CHARACTERS:
            parts[-1] += f"\n{line}"
        else:
            parts.append(line)
    return {
        "runyard.packages" if number == 1 else f"runyard.packages.{number}": part
        for number, part in enumerate(parts, 1)
    }
