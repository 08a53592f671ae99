"""How an editor chooses many records, and puts them in order where that says something."""

from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.forms import ModelMultipleChoiceField
from django.utils.html import format_html, format_html_join

from eerstelijn.desk.merging import InOrder

#: What stands between the name of a field and the numbers of what was chosen, in the order shown,
#: in the name of the line that puts it in order.
ORDER = "-_volgorde-"
#: The digits of the largest number that every database field takes.
LONGEST_KEY = 18
HELP = "In een andere volgorde? Typ de nummers zoals je ze wilt, bijvoorbeeld 2 1."


def may_be_key(text):
    """Whether a text of an address or a form can be the number of a record."""
    return len(str(text)) <= LONGEST_KEY and str(text).isdecimal()


class KnownOnly:
    """A search list that shows what was chosen, where that can be a record at all."""

    def optgroups(self, name, value, attr=None):
        return super().optgroups(name, [key for key in value if may_be_key(key)], attr)


class OneByTyping(KnownOnly, AutocompleteSelect):
    """Django's search list of one record."""


class ManyByTyping(KnownOnly, AutocompleteSelectMultiple):
    """Django's search list without its cross that clears all choices at once.

    It lies over the choices, and stands in their list without being one of them.
    """

    def build_attrs(self, base_attrs, extra_attrs=None):
        return super().build_attrs(base_attrs, extra_attrs) | {"data-allow-clear": "false"}


class InOrderByTyping(ManyByTyping):
    """A search list whose choices have an order.

    Below it stands what was chosen, numbered, and a line for the numbers in another order. One
    line, not a box for each: a page of a hundred rows stays under the limit of fields. It works
    without the script; what is chosen last comes last.
    """

    def format_value(self, value):
        return InOrder(super().format_value(value))

    def optgroups(self, name, value, attr=None):
        """The choices in their own order, where a search list has that of the records."""
        places = {pk: place for place, pk in enumerate(value)}
        [(group, options, index), *others] = super().optgroups(name, value, attr)
        options.sort(key=lambda option: places.get(str(option["value"]), -1))
        return [(group, options, index), *others]

    def value_from_datadict(self, data, files, name):
        chosen = data.getlist(name) if hasattr(data, "getlist") else data.get(name) or []
        if len(chosen) == 1 and " " in str(chosen[0]).strip():
            return InOrder(chosen[0].split())  # as `merging` writes what the database holds
        line = next((key for key in data if key.startswith(f"{name}{ORDER}")), None)
        if line is None:
            return InOrder(chosen)
        shown = line.removeprefix(f"{name}{ORDER}").split(".")
        numbers = [int(word) for word in data[line].replace(",", " ").split() if may_be_key(word)]
        first = [shown[number - 1] for number in numbers if 0 < number <= len(shown)]
        places = {pk: place for place, pk in reversed([*enumerate(first)])}
        return InOrder(sorted(chosen, key=lambda pk: places.get(pk, len(first))))

    def render(self, name, value, attrs=None, renderer=None):
        """The list, and below it what was chosen with its numbers, once there are two."""
        select = super().render(name, value, attrs, renderer)
        pks = self.format_value(value)
        if len(pks) < 2:
            return select
        labels = {
            str(option["value"]): option["label"]
            for _, options, _ in self.optgroups(name, pks)
            for option in options
        }
        id_ = f"{(attrs or {}).get('id', name)}-volgorde"
        return format_html(
            '{}<div class="in-order"><ol>{}</ol><label for="{}">Volgorde</label> '
            '<input type="text" id="{}" name="{}{}{}" size="8" autocomplete="off" '
            'inputmode="numeric" aria-describedby="{}-uitleg"> '
            '<span class="help" id="{}-uitleg">{}</span></div>',
            select,
            format_html_join("", "<li>{}</li>", ((labels.get(pk, pk),) for pk in pks)),
            *(id_, id_, name, ORDER, ".".join(pks), id_, id_, HELP),
        )


class InOrderField(ModelMultipleChoiceField):
    """Choices that are kept in the order in which they were sent."""

    def clean(self, value):
        found = {str(row.pk): row for row in super().clean(value)}
        return [found[str(pk)] for pk in dict.fromkeys(map(str, value or ())) if str(pk) in found]

    def has_changed(self, initial, data):
        before = [str(self.prepare_value(each)) for each in initial or ()]
        return not self.disabled and before != [str(each) for each in data or ()]
