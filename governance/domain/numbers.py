"""Running numbers: cases, decisions, initiatives, meetings, snapshots."""

from django.db import transaction

from governance.models import NumberSeries


@transaction.atomic
def next_number(*, series: str, year: int) -> int:
    """Give out the next number of a series in a year, starting at 1. Two at once never get the same."""
    NumberSeries.objects.get_or_create(name=series, year=year)
    row = NumberSeries.objects.select_for_update().get(name=series, year=year)
    row.last += 1
    row.save(update_fields=["last"])
    return row.last


def next_reference(*, series: str, year: int) -> str:
    """The next number as it is written: "2026-41"."""
    return f"{year}-{next_number(series=series, year=year):02d}"
