"""Danish order and Danish search, worked out in Python so that SQLite and PostgreSQL give the same answers.

Both are stored in plain columns when a row is saved. Binary order is wrong on both databases, and `icontains` folds
only ASCII on SQLite.
"""

import re
import unicodedata
from functools import lru_cache

import snowballstemmer

_LAST_LETTERS = {"æ": 27, "ø": 28, "å": 29}
_WORD = re.compile(r"[0-9a-zæøåéü]+")


def _fold(text: str) -> str:
    """Lower case, `aa` as `å`, other accents off."""
    folded = text.casefold().replace("aa", "å").replace("ä", "æ").replace("ö", "ø")
    kept = (c if c in _LAST_LETTERS else unicodedata.normalize("NFKD", c)[0] for c in folded)
    return "".join(kept)


def sort_key(text: str) -> str:
    """A key whose binary order is Danish alphabetical order: two digits per letter, æ ø å last, figures first."""
    digits = []
    for character in _fold(text):
        if character in _LAST_LETTERS:
            digits.append(f"{_LAST_LETTERS[character] + 20}")
        elif "a" <= character <= "z":
            digits.append(f"{ord(character) - ord('a') + 21}")
        elif character.isdecimal():
            digits.append(f"{int(character) + 10}")
        else:
            digits.append("00")
    return "".join(digits)[:200]


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    """Kept, because finding a stem takes 40 µs and texts share most of their words. A stemmer is not thread-safe."""
    return snowballstemmer.stemmer("danish").stemWord(word)


def stems(text: str) -> list[str]:
    """The Danish word stems of a text, in order, with repeats."""
    return [_stem(word) for word in _WORD.findall(_fold(text))]


def search_text(*texts: str) -> str:
    """What is stored to be searched: the folded words (for parts of compounds) and their stems, each once."""
    joined = " ".join(texts)
    return " ".join(dict.fromkeys([*_WORD.findall(_fold(joined)), *stems(joined)]))


def search_terms(query: str) -> list[str]:
    """The stems that all must occur in `search_text` for a row to match the reader's words."""
    return list(dict.fromkeys(stems(query)))
