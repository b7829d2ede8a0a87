"""The link from a refusal to where it can be mended."""

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from governance.refusals import Mend

register = template.Library()


@register.simple_tag
def mend_url(mend: Mend) -> str:
    """The address of a mend."""
    address = reverse(mend.url_name, kwargs=mend.kwargs)
    return f"{address}#{mend.fragment}" if mend.fragment else address


@register.simple_tag
def mend_link(mend: Mend) -> SafeString:
    """A mend as a link in its own words."""
    return format_html('<a class="os2-do" href="{}">{}</a>', mend_url(mend), mend.label)
