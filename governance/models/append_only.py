"""Rows that are written once. Corrections are new rows."""

from django.db import models


class HistoryIsNeverRewrittenError(Exception):
    """Somebody tried to change or remove a row that is part of the record."""


class AppendOnlyQuerySet(models.QuerySet):
    """Refuses what would rewrite history. The foreign keys that point out of such rows are PROTECT."""

    def update(self, **_fields):
        """Refuse."""
        raise HistoryIsNeverRewrittenError(self.model.__name__)

    def delete(self):
        """Refuse."""
        raise HistoryIsNeverRewrittenError(self.model.__name__)


class AppendOnlyModel(models.Model):
    """Base of every row of the record: decisions, lifecycle events, snapshots, received reports' parts."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        """Write the row the first time; refuse afterwards."""
        if not self._state.adding:
            raise HistoryIsNeverRewrittenError(type(self).__name__)
        super().save(*args, **kwargs)

    def delete(self, *_args, **_kwargs):
        """Refuse."""
        raise HistoryIsNeverRewrittenError(type(self).__name__)
