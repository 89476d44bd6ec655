"""Take the pictures of docs/images: `python -m scripts.take_screenshots [NAME…]`.

Trains the demo in a fresh workspace, then opens its pages in the browser of the tests. Without names all pictures are
taken, and those that are no more are removed.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

from hatch_build import node_and_npm
from tests.e2e.studio import post, prepare
from tests.faults.server import Server

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
# More than a page has, apart from the edges of its letters; those of the fewest pixels are kept, too, as of a dot.
COLORS = 256


def train(workspace: Path) -> None:
    """Fill a workspace as `make demo` does."""
    command = [
        sys.executable,
        str(ROOT / "examples/demo.py"),
        "--folder",
        str(workspace),
        "--port",
        "0",
        "--no-wait",
    ]
    subprocess.run(command, check=True, env={**os.environ, "LOGNAME": "ada"})


def fill_trash(address: str) -> None:
    """Delete what the search found of no use, so that the trash has something to show."""
    found = post(
        address, "runs/search", {"experiment_ids": ["1"], "filter": "metrics.`validation/accuracy` < 0.5"}
    )
    for run in found.get("runs", []):
        post(address, "runs/delete", {"run_id": run["info"]["run_id"]})


def compress(path: Path) -> None:
    """Rewrite a picture with a palette."""
    with Image.open(path) as image:
        image.convert("RGB").quantize(COLORS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(
            path, optimize=True
        )


def main() -> None:
    """Train, take the pictures, make them small."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument(
        "--workspace", type=Path, help="one that the demo filled before, instead of training anew"
    )
    parser.add_argument("--to", type=Path, default=IMAGES)
    arguments = parser.parse_args()
    prepare()
    node, _ = node_and_npm()
    with tempfile.TemporaryDirectory() as folder:
        workspace = arguments.workspace or Path(folder) / "data"
        if arguments.workspace is None:
            train(workspace)
        pictures = Path(folder) / "pictures"
        pictures.mkdir()
        with Server(workspace) as server:
            fill_trash(server.address)
            command = [str(node), str(ROOT / "scripts/screenshots.mjs"), server.address, str(pictures)]
            subprocess.run([*command, *arguments.names], check=True)
        taken = sorted(pictures.glob("*.png"))
        for picture in taken:
            compress(picture)
            picture.replace(arguments.to / picture.name)
        if not arguments.names:
            for old in set(arguments.to.glob("*.png")) - {arguments.to / picture.name for picture in taken}:
                old.unlink()


if __name__ == "__main__":
    main()
