"""Collects the portal's Danish texts and compares them with the English catalogue (called by script/translations)."""

import argparse
import os
import sys
import tempfile
from io import StringIO
from pathlib import Path

import polib
from django.conf import settings
from django.core.management import call_command
from django.core.management.commands.makemessages import Command

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"
SOURCES = ["os2portal", "governance", "portfolio", "reporting", "publishing", "templates"]
SHOWN = 20


def main() -> int:
    """Update the catalogue, or with --check only say what is missing; the exit code is 1 when something is."""
    parser = argparse.ArgumentParser(prog="script/translations", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail when an English text is missing")
    options = parser.parse_args()

    texts = collected_texts()
    known = polib.pofile(str(CATALOGUE)) if CATALOGUE.exists() else polib.POFile()
    if not options.check:
        known.merge(texts)
        for entry in known.obsolete_entries():
            known.remove(entry)
        known.metadata |= {"Language": "en", "Content-Type": "text/plain; charset=UTF-8"}
        known.metadata |= {"Plural-Forms": "nplurals=2; plural=(n != 1);"}
        CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
        known.save(str(CATALOGUE))
    problems = missing(texts, known)
    for problem in problems[:SHOWN]:
        print(problem)
    if len(problems) > SHOWN:
        print(f"... and {len(problems) - SHOWN} more")
    print(f"{len(texts)} texts, {len(problems)} to mend in {CATALOGUE.relative_to(ROOT)}")
    return 1 if problems else 0


def collected_texts():
    """Return every text marked for translation, as Django's makemessages finds it, as a polib catalogue."""
    settings.configure(USE_I18N=True)
    # makemessages writes into the "locale" beside it, so it works on links in a folder of its own.
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        Path("locale").mkdir()
        for name in SOURCES:
            Path(name).symlink_to(ROOT / name)
        call_command(Command(), locale=["en"], symlinks=True, no_location=True, stdout=StringIO())
        found = Path("locale/en/LC_MESSAGES/django.po")
        texts = polib.pofile(str(found)) if found.exists() else polib.POFile()
        os.chdir(ROOT)
    return texts


def missing(texts, known) -> list[str]:
    """Say, a line each, which texts have no English, one to be looked at again, or one nobody asks for any more."""
    english = {(entry.msgctxt, entry.msgid): entry for entry in known if not entry.obsolete}
    wanted = {(entry.msgctxt, entry.msgid) for entry in texts}
    lines = []
    for key in sorted(wanted, key=lambda key: key[1]):
        entry = english.get(key)
        if entry is None:
            lines.append(f"not in the catalogue: {key[1]!r}")
        elif entry.fuzzy:
            lines.append(f"marked fuzzy: {key[1]!r}")
        elif not entry.translated():
            lines.append(f"no English text: {key[1]!r}")
    lines += [f"no longer used: {key[1]!r}" for key in sorted(set(english) - wanted, key=lambda key: key[1])]
    return lines


if __name__ == "__main__":
    sys.exit(main())
