"""What is wrong with a form, as a list of links above it: each to the field that it is about."""

from dataclasses import dataclass

from django.core.exceptions import NON_FIELD_ERRORS, ObjectDoesNotExist
from django.utils.text import Truncator, capfirst


@dataclass
class Line:
    """One fault: where it is, what is wrong, and the address of the place; some have no place."""

    message: str
    place: str = ""
    url: str = ""

    @property
    def leaves(self):
        """Whether the address is another page: it opens beside this one, with what was typed."""
        return not self.url.startswith("#")

    @property
    def link_text(self):
        """What leads to the place: its name, or else the message itself."""
        return f"{self.place or self.message}{' (nieuw tabblad)' if self.leaves else ''}"

    @property
    def rest(self):
        """What stands after the link."""
        return f": {self.message}" if self.place else ""


def summary(form, formsets, link=None):
    """The faults of a form and of its rows, in the order of the page.

    `link` gives the address that a message about the whole record leads to.
    """
    lines = list(_lines(form, link=link))
    for formset in formsets:
        if not formset.is_bound:
            continue
        for message in formset.non_form_errors():
            place = capfirst(formset.model._meta.verbose_name_plural)
            lines.append(Line(message, place, f"#{formset.prefix}-group"))
        for number, row in enumerate(formset.forms):
            if row.errors and not (formset.can_delete and formset._should_delete_form(row)):
                lines += _lines(row, _name(row, number), f"#{formset.prefix}-{number}")
    return lines


def _lines(form, row="", row_url="", link=None):
    for name, errors in form.errors.as_data().items():
        for error in errors:
            for message in error.messages:
                if name == NON_FIELD_ERRORS:
                    url = row_url or (link(error.message) if link else "")
                    yield Line(message, row, url)
                else:
                    field = form[name]
                    places = [str(part) for part in (row, field.label) if part]
                    asked = error.code == "question"
                    anchor = f"vraag-{field.html_name}" if asked else field.id_for_label
                    yield Line(message, ", ".join(places), f"#{anchor}")


def _name(row, number):
    """A row as its heading calls it: by what it says, or by its number while it is new."""
    kind = capfirst(row.instance._meta.verbose_name)
    if not row.instance.pk:
        return f"{kind} {number + 1}"
    try:
        return f"{kind} “{Truncator(str(row.instance)).chars(40)}”"
    except ObjectDoesNotExist:  # a required relation that was emptied
        return f"{kind} {number + 1}"
