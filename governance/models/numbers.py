"""Running numbers per series and year."""

from django.db import models


class NumberSeries(models.Model):
    """The last number given out in a series, e.g. ("case", 2026). Locked while the next one is taken."""

    name = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "year"], name="governance_number_series")]

    def __str__(self):
        return f"{self.name} {self.year}: {self.last}"
