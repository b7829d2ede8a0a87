"""What the examples say, read once from examples.yaml, and the mark that every one of them carries."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from portfolio.domain.reference import SAFE_LOADER

MARK = "Eksempel: "
TEXTS = Path(__file__).parent / "examples.yaml"


@cache
def texts() -> dict[str, dict[str, Any]]:
    """The texts of initiatives, answers and cases, by their keys."""
    return yaml.load(TEXTS.read_text(encoding="utf-8"), Loader=SAFE_LOADER)  # noqa: S506 - both are safe loaders
