"""What the form pack `templates/dkfds` needs to know about a field: kind, classes, hint, and where its errors link to.

Only the pack's own templates load this. Ids follow Django (`id_x_helptext`, `id_x_error`), so that a widget rendered
anywhere is described by the same elements.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django import forms, template
from django.forms import BoundField
from django.forms.utils import flatatt
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from governance.templatetags.dkfds_errors import explain
from governance.templatetags.os2 import symbol

register = template.Library()

DJANGO_TEXTAREA_ROWS = "10"
LIGHTS = {"green", "yellow", "red", "grey", "none"}


@dataclass(frozen=True, slots=True)
class Problem:
    """One line of the error summary: what to do, and the id of the place to do it (empty for the whole form)."""

    text: str
    target: str


@register.filter
def control_kind(field: BoundField) -> str:
    """Which of the pack's shapes the field has: checkbox, choices, seg, file or input."""
    widget = field.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return "checkbox"
    if isinstance(widget, forms.RadioSelect):  # CheckboxSelectMultiple is one, too
        return "seg" if "os2-seg" in _css(field) else "choices"
    if isinstance(widget, forms.FileInput):
        return "file"
    return "input"


@register.filter
def is_boxes(field: BoundField) -> bool:
    """Whether the choices are checkboxes (several may be chosen) and not radios."""
    return isinstance(field.field.widget, forms.CheckboxSelectMultiple)


def _css(field: BoundField) -> list[str]:
    return field.field.widget.attrs.get("class", "").split()


@register.filter
def css_of(field: BoundField) -> str:
    """The classes the form gave the widget; groups carry them on the element that holds the choices."""
    return " ".join(_css(field))


# ---------------------------------------------------------------- what describes the control
@register.filter
def hint_of(field: BoundField) -> str:
    """The help text; dates say how they are written when the form does not."""
    if field.help_text:
        return conditional_escape(field.help_text)
    if isinstance(field.field, forms.DateField):
        return _("For eksempel 30-06-2027")
    return ""


@register.filter
def described_by(field: BoundField) -> str:
    """The ids of the hint and the error, in reading order."""
    parts = [f"{field.auto_id}_helptext"] if hint_of(field) else []
    if field.errors:
        parts.append(f"{field.auto_id}_error")
    return " ".join(parts)


@register.filter
def errors_of(field: BoundField) -> list[str]:
    """The field's errors, each as a sentence that says what to do."""
    return [explain(error, field) for error in field.errors.as_data()]


@register.filter
def is_optional(field: BoundField) -> bool:
    """Whether the label says "(frivilligt)". A filter form, where all is, switches it off: `mark_optional = False`."""
    return not field.field.required and getattr(field.form, "mark_optional", True)


# ---------------------------------------------------------------- the control
@register.simple_tag
def control(field: BoundField, css: str = "", label: str = "") -> SafeString:
    """The input, select or textarea itself, with dkfds' classes. `label` names it where no label element can."""
    widget, inner = field.field.widget, field.field
    classes = [*_css(field), "form-select" if isinstance(widget, forms.Select) else "form-input"]
    attrs: dict[str, str | bool] = {"placeholder": False}  # never a label; hints stand outside the field
    if description := described_by(field):
        attrs["aria-describedby"] = description
    if label:
        attrs["aria-label"] = label
    if isinstance(inner, forms.DateField):
        classes.append("os2-date")
        attrs |= {"inputmode": "numeric", "autocomplete": "off"}
    elif isinstance(inner, forms.DecimalField):
        attrs["inputmode"] = "decimal"
        classes.append("os2-amount")
    elif isinstance(inner, forms.IntegerField):
        attrs["inputmode"] = "numeric"
        classes.append("os2-amount")
    if isinstance(widget, forms.FileInput):
        classes.append("os2-file")
        # Files are served through views that ask who may see them, so there is no address to show: the template names
        # the present file, and the input is a plain one.
        widget = forms.FileInput(widget.attrs)
    if isinstance(widget, forms.Textarea):
        attrs["cols"] = False
        if widget.attrs.get("rows") == DJANGO_TEXTAREA_ROWS:
            attrs["rows"] = "5"
    attrs["class"] = " ".join(dict.fromkeys([*classes, *css.split()]))
    return field.as_widget(widget=widget, attrs=attrs)


@register.simple_tag
def checkbox(field: BoundField) -> SafeString:
    """The single checkbox."""
    attrs: dict[str, str | bool] = {"class": " ".join(["form-checkbox", *_css(field)])}
    if description := described_by(field):
        attrs["aria-describedby"] = description
    return field.as_widget(attrs=attrs)


@register.filter
def options_of(field: BoundField) -> Iterator[dict]:
    """The choices of a group: `input` (the native control), `id`, `label` and, for lights, their `symbol`."""
    css = "" if control_kind(field) == "seg" else "form-checkbox" if is_boxes(field) else "form-radio"
    for option in field:
        data = option.data
        # The group's fieldset is what is invalid and described; a single radio cannot be.
        kept = {name: value for name, value in data["attrs"].items() if name not in ("class", "aria-invalid")}
        attrs = {"type": data["type"], "name": data["name"], "value": str(data["value"]), **kept}
        if css:
            attrs["class"] = css
        yield {
            "input": format_html("<input{}>", flatatt(attrs)),
            "id": option.id_for_label,
            "label": option.choice_label,
            "symbol": _light(data["value"]) if "os2-seg--lys" in _css(field) else "",
        }


def _light(value: object) -> SafeString | str:
    return symbol(f"s-{value}", css="os2-s") if str(value) in LIGHTS else ""


@register.filter
def current_file(field: BoundField) -> str:
    """The name of the file that is there already, or nothing."""
    present = field.initial
    return str(present).rsplit("/", 1)[-1] if present and hasattr(present, "url") else ""


@register.simple_tag
def clear_file(field: BoundField) -> dict | None:
    """Name and id of the box that removes an optional file; None where a file must stay."""
    widget = field.field.widget
    if field.field.required or not isinstance(widget, forms.ClearableFileInput):
        return None
    name = widget.clear_checkbox_name(field.html_name)
    return {"name": name, "id": widget.clear_checkbox_id(name)}


# ---------------------------------------------------------------- the error summary
@register.filter
def focus_id(field: BoundField) -> str:
    """Where a link to the field must lead: the control, or the first choice of a group."""
    if control_kind(field) in ("choices", "seg"):
        return f"{field.auto_id}_0"
    return field.id_for_label or field.auto_id


@register.filter
def problems(form: forms.BaseForm | forms.BaseFormSet) -> list[Problem]:
    """All that must be mended before the form can be saved, in the order of the page. Works for formsets, too."""
    if isinstance(form, forms.BaseFormSet):
        own = [Problem(explain(error), "") for error in form.non_form_errors().as_data()]
        return own + [
            Problem(_("Række %(row)d: %(text)s") % {"row": row, "text": problem.text}, problem.target)
            for row, each in enumerate(form, start=1)
            for problem in problems(each)
        ]
    if not form.is_bound:
        return []
    found = [Problem(explain(error), "") for error in form.non_field_errors().as_data()]
    for field in form:
        target = "" if field.is_hidden else focus_id(field)
        found += [Problem(text, target) for text in errors_of(field)]
    return found


@register.filter
def are_fields(found: list[Problem]) -> bool:
    """Whether all of them can be mended in a field, so that "Ret 3 ting" is true."""
    return all(problem.target for problem in found)


# ---------------------------------------------------------------- buttons
@register.filter
def button_css(button) -> str:
    """The design system's classes for a crispy button: a submit is primary unless it names another kind."""
    own = [css for css in button.field_classes.split() if css != "btn" and not css.startswith("btn-")]
    if not any(css.startswith("button-") for css in own):
        own.insert(0, "button-primary" if button.input_type == "submit" else "button-secondary")
    return " ".join(["button", *own])
