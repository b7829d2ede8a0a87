"""Frozen dataclasses to JSON and back. Amounts are written as strings and days as ISO, so that nothing is rounded.

A field that has its default is left out; reading fills it in. The checksum is of the canonical text: sorted keys, no
spaces, UTF-8.
"""

import dataclasses
import hashlib
import json
import types
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache, partial
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")


class UnreadableDataError(Exception):
    """Stored data that this version of the portal cannot read."""


def to_json(value: Any) -> Any:
    """A frozen dataclass (or what stands in one) as plain JSON values."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: to_json(getattr(value, field.name))
            for field in dataclasses.fields(value)
            if not _is_default(field, getattr(value, field.name))
        }
    if isinstance(value, tuple):
        return [to_json(item) for item in value]
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None or isinstance(value, bool | int) else str(value)


def _is_default(field: dataclasses.Field, value: Any) -> bool:
    return field.default is not dataclasses.MISSING and field.default == value


def from_json(wanted: type[T], data: Mapping[str, Any]) -> T:
    """The dataclass that was written. Raises UnreadableDataError when it was written by another version."""
    kind: Any = wanted
    readers = _readers(kind)
    unknown = data.keys() - readers.keys()
    version = getattr(wanted, "VERSION", None)
    if version is not None and data.get("version", version) != version:
        raise UnreadableDataError(f"{wanted.__name__} version {data['version']}, not {version}")
    if unknown:
        raise UnreadableDataError(f"{wanted.__name__} has no {', '.join(sorted(unknown))}")
    values = {name: readers[name](value) for name, value in data.items()}
    try:
        return wanted(**values)
    except TypeError as error:
        raise UnreadableDataError(str(error)) from error


@cache
def _readers(wanted: Any) -> dict[str, Any]:
    hints = get_type_hints(wanted)
    return {field.name: _reader(hints[field.name]) for field in dataclasses.fields(wanted)}


def _reader(hint: Any) -> Any:
    """How a value of a type is read back."""
    if get_origin(hint) in (Union, types.UnionType):
        inner = _reader(next(arg for arg in get_args(hint) if arg is not type(None)))
        return lambda value: None if value is None else inner(value)
    if get_origin(hint) is tuple:
        inner = _reader(get_args(hint)[0])
        return lambda value: tuple(inner(item) for item in value)
    if dataclasses.is_dataclass(hint):
        return partial(from_json, cast("type", hint))
    simple = {Decimal: Decimal, datetime: datetime.fromisoformat, date: date.fromisoformat}
    return simple.get(hint, lambda value: value)


def canonical(data: Any) -> bytes:
    """The one text of JSON values that a checksum is made of, whatever order a database gives the keys back in."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def checksum(data: Any) -> str:
    """SHA-256 of the canonical text, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical(data)).hexdigest()
