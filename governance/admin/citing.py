"""A place in a source, typed in the row that cites it and saved with that row.

What is chosen from the list stays as it is; what is typed comes behind it. Without the script the
two fields work the same: it only suggests (citing.js).
"""

from django import forms
from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.urls import path, reverse_lazy

from eerstelijn.desk.fields import LineField
from eerstelijn.desk.forms import RowForm
from eerstelijn.desk.inlines import RowInline
from governance import placing

TITLE = "Nieuwe plaats in een bron"
#: The two fields, and the address that suggests for them.
SOURCE, PLACE = "new_source", "new_place"
SUGGESTIONS = "admin:governance_citation_suggest"
#: The most characters of either that are looked at.
LONGEST = 250


def _line(part, **attributes):
    shared = {"class": "vTextField", "autocomplete": "off", "data-citing": part}
    return forms.TextInput(attrs={**shared, **attributes})


class CitingRowForm(RowForm):
    """A row that cites; a place that is typed here becomes its last source."""

    new_source = LineField(
        label="Bron",
        required=False,
        max_length=LONGEST,
        widget=_line("source", **{"data-citing-url": reverse_lazy(SUGGESTIONS)}),
        help_text="De korte of de hele titel. Bijvoorbeeld: Tekst.",
    )
    new_place = LineField(
        label="Plaats in die bron",
        required=False,
        max_length=LONGEST,
        widget=_line("place"),
        help_text="Nummer, tussentitel of blok, voetnoot. Bijvoorbeeld: 2.1.1 Sociaal Huis, "
        "voetnoot 3. Voor een webpagina mag “hele pagina”.",
    )
    #: What was typed, as a place; one without a number comes with the row.
    place = None

    def clean(self):
        data = super().clean()
        try:
            self.place = place_typed(*map(self.cleaned_data.get, (SOURCE, PLACE)))
        except ValidationError as error:
            self.add_error(None, error)
        if self.place and self.place.pk:
            self._cite(self.place)
        return data

    def _cite(self, place):
        cited = self.cleaned_data.get("citations", [])
        self.cleaned_data["citations"] = [*cited, *([place] if place not in cited else [])]

    def _save_m2m(self):
        if self.place and not self.place.pk:
            self.place = placing.made(self.place)
            self._cite(self.place)
        super()._save_m2m()

    def reading_of(self, name):
        """What becomes of what was typed, below its field."""
        if name == PLACE and self.is_bound and self.place:
            return {"said": placing.in_words(self.place), "is_read": True}
        return super().reading_of(name)


def place_typed(source, place):
    """The place that two fields say together; None of two that are empty. Errors name the field."""
    if not source and not place:
        return None
    if not source:
        raise ValidationError({SOURCE: "Typ ook in welke bron deze plaats staat."})
    try:
        found = placing.source_of(source)
    except ValidationError as error:
        raise ValidationError({SOURCE: error.messages}) from None
    if not place:
        raise ValidationError({PLACE: f"Typ ook waar in “{found.short_title}” het staat."})
    try:
        return placing.place_of(found, place)
    except ValidationError as error:
        raise ValidationError({PLACE: error.messages}) from None


class CitingInline(RowInline):
    """Rows that cite, each with room for a place that is not in the list yet."""

    form = CitingRowForm

    def get_fieldsets(self, request, obj=None):
        first, *rest = super().get_fieldsets(request, obj)
        if not self.has_change_permission(request, obj):
            return [first, *rest]
        return [first, (TITLE, {"classes": ["collapse"], "fields": [(SOURCE, PLACE)]}), *rest]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and db_field.name == "citations":
            field.widget.can_add_related = False  # it is made in the row, and not in a window
        return field


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
