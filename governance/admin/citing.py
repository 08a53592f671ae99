"""A place in a source, typed where it is cited and saved with it: in a row, a record or a change.

What is chosen from the list stays as it is; what is typed comes behind it. Without the script the
two fields work the same: it only suggests (reading.js).
"""

from django import forms
from django.contrib.admin.utils import flatten
from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.urls import path, reverse_lazy

from eerstelijn.desk.admin import RecordAdmin
from eerstelijn.desk.fields import LineField
from eerstelijn.desk.inlines import RowInline
from eerstelijn.desk.reading import ReadsDates
from governance import placing
from governance.models import ChangeEvent

#: The list of places that every cited record has; a kind may have more of them.
CITATIONS = "citations"
TITLE = "Nieuwe plaats in een bron"
SUGGESTIONS = "admin:governance_citation_suggest"
#: The most characters of a source or a place that are looked at.
LONGEST = 250


def names_of(cited):
    """What the two fields of a list of places are called: for a source, and a place in it."""
    stem = cited.removesuffix(CITATIONS)
    return f"{stem}new_source", f"{stem}new_place"


def fields_of(cited):
    """The two fields of a list of places, by their name."""
    source, place = names_of(cited)
    return {
        source: LineField(
            label="Bron",
            required=False,
            max_length=LONGEST,
            widget=_line("source", **{"data-citing-url": reverse_lazy(SUGGESTIONS)}),
            help_text="De korte of de hele titel. Bijvoorbeeld: Tekst.",
        ),
        place: LineField(
            label="Plaats in die bron",
            required=False,
            max_length=LONGEST,
            widget=_line("place"),
            help_text="Nummer, tussentitel of blok, voetnoot. Bijvoorbeeld: 2.1.1 Sociaal Huis, "
            "voetnoot 3. Voor een webpagina mag “hele pagina”.",
        ),
    }


def _line(part, **attributes):
    shared = {"class": "vTextField", "autocomplete": "off", "data-citing": part}
    return forms.TextInput(attrs={**shared, **attributes})


def block_of(cited, title=TITLE):
    """The fold with the two fields of a list of places."""
    return (title, {"classes": ["collapse"], "fields": [names_of(cited)]})


class TypesPlaces:
    """A form with room for a place that is typed: it becomes the last of its list."""

    #: The lists of places that have the two fields.
    cited = (CITATIONS,)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        #: What was typed, as a place, by its list; one without a number comes with the form.
        self.places = {}

    def clean(self):
        data = super().clean()
        for cited in self.cited:
            try:
                place = place_typed(self.cleaned_data, *names_of(cited))
            except ValidationError as error:
                self.add_error(None, error)
                continue
            if place:
                self._cite(cited, place)
        return data

    def _cite(self, cited, place):
        chosen = [row for row in self.cleaned_data.get(cited, []) if row.pk]
        self.cleaned_data[cited] = [*chosen, *([place] if place not in chosen else [])]
        self.places[cited] = place

    def make_places(self):
        """Save the places that are not there yet."""
        for cited, place in self.places.items():
            if not place.pk:
                self._cite(cited, placing.made(place))

    def _save_m2m(self):
        self.make_places()
        super()._save_m2m()

    def reading_of(self, name):
        """What becomes of what was typed, below its field."""
        for cited, place in self.places.items():
            if name == names_of(cited)[1]:
                return {"said": placing.in_words(place), "is_read": True}
        return super().reading_of(name)


def place_typed(data, source_name, place_name):
    """The place that two fields say together; None of two that are empty. Errors name the field."""
    source, place = data.get(source_name), data.get(place_name)
    if not source and not place:
        return None
    if not source:
        raise ValidationError({source_name: "Typ ook in welke bron deze plaats staat."})
    try:
        found = placing.source_of(source)
    except ValidationError as error:
        raise ValidationError({source_name: error.messages}) from None
    if not place:
        raise ValidationError({place_name: f"Typ ook waar in “{found.short_title}” het staat."})
    try:
        return placing.place_of(found, place)
    except ValidationError as error:
        raise ValidationError({place_name: error.messages}) from None


class CitingForm(TypesPlaces, ReadsDates, forms.Form):
    """A form of no record of its own that says who says so, as the form of a change does."""

    def __init__(self, *args, desk, request, **kwargs):
        super().__init__(*args, **kwargs)
        events = desk.admin_site.get_model_admin(ChangeEvent)
        chosen = events.formfield_for_dbfield(ChangeEvent._meta.get_field(CITATIONS), request)
        chosen.label, chosen.required = "Bron", False
        self.fields |= {CITATIONS: chosen, **fields_of(CITATIONS)}


class Cites:
    """The desk of a record or a row that cites, with room below each list of places."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        cited = tuple(self.model.citing_fields())
        fields = {name: field for each in cited for name, field in fields_of(each).items()}
        bases = (TypesPlaces, self.form)
        self.form = type(self.form)(self.form.__name__, bases, {"cited": cited, **fields})

    def get_fieldsets(self, request, obj=None):
        blocks = super().get_fieldsets(request, obj)
        if not self.has_change_permission(request, obj):
            return blocks
        return [each for block in blocks for each in (block, *self._room_below(block))]

    def _room_below(self, block):
        for cited in self.model.citing_fields():
            if cited in flatten(block[1]["fields"]):
                name = self.opts.get_field(cited).verbose_name
                yield block_of(cited, TITLE if cited == CITATIONS else f"{TITLE}: {name}")

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and db_field.name in self.model.citing_fields():
            field.widget.can_add_related = False  # it is made here, and not in a window
        return field


class CitingInline(Cites, RowInline):
    """Rows that cite."""


class CitingAdmin(Cites, RecordAdmin):
    """Records that cite."""


class SuggestsPlaces:
    """What the two fields suggest while one types, on the desk of places."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.suggest_view)
        return [path("suggesties/", view, name=SUGGESTIONS.partition(":")[2]), *super().get_urls()]

    def suggest_view(self, request):
        """Sources like what was typed, the places of the one that is meant, and what it comes to.

        A problem is told as it would be after saving; a field that is still empty has none.
        """
        if not self.has_view_or_change_permission(request):
            return JsonResponse({}, status=403)
        typed, place = (
            LineField(required=False).clean(request.GET.get(name, "")[:LONGEST])
            for name in ("bron", "plaats")
        )
        found = {"sources": [], "places": [], "said": "", "is_read": False}
        if typed:
            found["sources"] = [
                {"value": source.short_title, "label": source.name}
                for source in placing.sources_like(typed)
            ]
            found |= self._of_source(typed, place)
        return JsonResponse(found)

    def _of_source(self, typed, place):
        try:
            source = placing.source_of(typed)
            places = source.places.all()[: placing.MOST_PLACES]
            found = {"places": [row.location for row in places], "source": source.short_title}
        except ValidationError as error:
            return {"said": " ".join(error.messages)} if place else {}
        if not place:
            return found
        try:
            meant = placing.place_of(source, place)
        except ValidationError as error:
            return {**found, "said": " ".join(error.messages)}
        return {**found, "said": placing.in_words(meant), "is_read": True}
