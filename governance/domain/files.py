"""Files that people put in: which kinds, how large, and whether the content is what the name says.

Used for evidence on checklists and for guidance. Anything that a browser could run is left out.
"""

from pathlib import PurePath

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from governance.refusals import Refusal

# What a file may be, and how such a file begins.
KINDS: dict[str, tuple[bytes, ...]] = {
    ".pdf": (b"%PDF-",),
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".docx": (b"PK\x03\x04",),
    ".xlsx": (b"PK\x03\x04",),
    ".pptx": (b"PK\x03\x04",),
    ".odt": (b"PK\x03\x04",),
    ".ods": (b"PK\x03\x04",),
    ".odp": (b"PK\x03\x04",),
    ".txt": (),
    ".md": (),
    ".csv": (),
}


def reasons_against_file(upload: UploadedFile) -> list[Refusal]:
    """Why a file cannot be taken in: its kind, its size, or content that is not what its name says."""
    suffix = PurePath(upload.name or "").suffix.lower()
    if suffix not in KINDS:
        kinds = ", ".join(kind.removeprefix(".") for kind in KINDS)
        message = _("Filen kan ikke bruges. Vælg en af disse typer: %(kinds)s.") % {"kinds": kinds}
        return [Refusal("file_kind", message)]
    if not upload.size:
        return [Refusal("file_empty", _("Filen er tom."))]
    if upload.size > settings.EVIDENCE_MAX_BYTES:
        limit = settings.EVIDENCE_MAX_BYTES // (1024 * 1024)
        return [Refusal("file_size", _("Filen er for stor. Den må højst fylde %(limit)d MB.") % {"limit": limit})]
    upload.seek(0)
    head = upload.read(512)
    upload.seek(0)
    starts = KINDS[suffix]
    is_text = not starts and b"\x00" not in head and not head.startswith((b"MZ", b"\x7fELF", b"<!DOCTYPE", b"<html"))
    if not is_text and not head.startswith(starts or (b"\x00\x00never",)):
        message = _("Filens indhold passer ikke til dens navn. Gem den igen i det rigtige format.")
        return [Refusal("file_content", message)]
    return []
