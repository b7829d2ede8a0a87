"""What the worker does for publishing."""

from django.core.files.base import ContentFile
from django_tasks import task

from publishing.minutes_paper import public_paper
from publishing.models import PublishedMinutes, PublishedMinutesFile
from reporting.papers.paper import set_paper


@task()
def make_minutes_file(*, minutes_id: int) -> None:
    """Make and store an edition of public minutes as PDF. One that is made is left alone."""
    minutes = PublishedMinutes.objects.get(pk=minutes_id)
    if PublishedMinutesFile.objects.filter(minutes=minutes).exists():
        return
    pdf = set_paper(public_paper(minutes.public, minutes.published_at))
    row = PublishedMinutesFile(minutes=minutes)
    row.file.save("referat.pdf", ContentFile(pdf.content), save=False)
    row.save()
