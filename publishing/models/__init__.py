"""What is public, stored apart from what is not."""

from .publications import Publication, PublishedInitiative

__all__ = ["Publication", "PublishedInitiative"]
