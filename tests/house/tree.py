"""The files of the repository, for the tests of the house itself."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ("governance", "portfolio", "reporting", "publishing")
MADE = {"node_modules", "var", "__pycache__", "htmlcov", "staticfiles"}
KEPT = {".ci"}


def files(*suffixes: str) -> list[Path]:
    """Return every file somebody wrote, or only those ending as said; nothing installed, cached or compiled."""
    found = []
    for folder, names, members in os.walk(ROOT):
        names[:] = [name for name in names if name in KEPT or not (name in MADE or name.startswith("."))]
        found += [Path(folder, member) for member in members if not member.endswith((".pyc", ".mo"))]
    return sorted(path for path in found if not suffixes or path.suffix in suffixes)


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
