"""The fields of the desk: text in one form and not too long, numbers as people write them."""

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError

from eerstelijn import one_form

#: The most signs of one text. The longest of the content has some 1,800.
LONGEST_TEXT = 20_000


def not_too_long(text):
    """Refuse a text that is none any more, in words: a browser would cut it off in silence."""
    if len(text) > LONGEST_TEXT:
        raise ValidationError(
            f"Een tekst telt hoogstens {_thousands(LONGEST_TEXT)} tekens; deze telt er "
            f"{_thousands(len(text))}. Kort hem in, of verdeel hem over meer rijen.",
            code="max_length",
        )


def _thousands(number):
    return f"{number:,}".replace(",", ".")


class PlainTextField(forms.CharField):
    """A text of more lines, brought in one form: browsers and Word send others."""

    default_validators = [not_too_long]

    def to_python(self, value):
        return one_form.text(super().to_python(value)).strip()


class LineField(forms.CharField):
    """A name or another line, also in a box of more lines; an Enter in it counts as a space."""

    def to_python(self, value):
        return one_form.line(super().to_python(value))


class AddressField(forms.SlugField):
    """A short name for addresses; what nobody sees in it, nobody typed."""

    def to_python(self, value):
        return one_form.line(super().to_python(value))


class WebField(forms.URLField):
    """An address on the web, the same."""

    def to_python(self, value):
        return super().to_python(one_form.line(value or ""))


def brought_in_one_form(forms_sent):
    """What was brought in one form in forms that were saved: the fields, and the kinds of signs."""
    places, kinds = [], []
    for form in forms_sent:
        for name in form.changed_data:
            if isinstance(form.fields.get(name), (PlainTextField, LineField)):
                found = one_form.changes(form[name].data or "")
                kinds += [kind for kind in found if kind not in kinds]
                if found and form.fields[name].label not in places:
                    places.append(form.fields[name].label)
    return places, kinds


class NumberField(forms.DecimalField):
    """A number as people write it: 58 and 7,5, without the zeros that the column adds."""

    def prepare_value(self, value):
        if isinstance(value, Decimal):
            value = value.quantize(1) if value == value.to_integral() else value.normalize()
        return value
