"""Handing out a file that somebody put in: always to be saved, never run or shown by the browser on our address."""

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404


def attachment_of(stored: FieldFile, title: str, *, is_public: bool = False) -> FileResponse:
    """The file under its title, with headers that let a browser do nothing but save it; 404 when it is gone."""
    if not stored or not stored.storage.exists(stored.name):
        raise Http404
    suffix = stored.name.rpartition(".")[2]
    name = title if title.lower().endswith(f".{suffix}") else f"{title}.{suffix}"
    answer = FileResponse(stored.open("rb"), as_attachment=True, filename=name, content_type="application/octet-stream")
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "public, no-cache" if is_public else "private, no-store"
    return answer
