"""The form of "Gemeenten fuseren": eight fields, since the rest is known of the old ones."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from eerstelijn.desk.choosing import ManyByTyping
from eerstelijn.desk.fields import LineField, NumberField
from eerstelijn.desk.reading import A_DAY, NO_DAY, attributes
from governance.admin.citing import CitingForm
from governance.areas.joining import PROVINCE, MunicipalMerger
from governance.models import ChangeEvent, ChangeSubject, CoverageArea

#: How the choice of an area of a kind is called on the second page; the slug of the kind follows.
KIND = "ligt-"


class MunicipalMergerForm(CitingForm):
    """Which municipalities become which, when, and who says so; `merger` is what it comes to."""

    old = forms.ModelMultipleChoiceField(label="Welke gemeenten gaan samen?", queryset=None)
    name = LineField(
        label="Naam van de nieuwe gemeente",
        max_length=120,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    nis = LineField(
        label="NIS-code",
        max_length=5,
        widget=forms.TextInput(attrs={"class": "vTextField", "inputmode": "numeric"}),
        help_text="Vijf cijfers. Houdt één van hen haar code, schrijf dan die.",
    )
    day = forms.DateField(
        label="Vanaf",
        widget=forms.DateInput(attrs={"class": "vTextField"}, format="%d/%m/%Y"),
        error_messages={"invalid": NO_DAY},
        help_text="De eerste dag van de nieuwe gemeente. Bijvoorbeeld: 1/1/2031.",
    )
    province = forms.ModelChoiceField(
        label="Provincie",
        queryset=None,
        required=False,
        help_text="Enkel als ze nu in verschillende provincies liggen.",
    )
    point = LineField(
        label="Punt op de kaart",
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text="Lambert 72, x en y in meter: 100300 185700. Leeg: dat van de grootste.",
    )
    surface = NumberField(
        label="Oppervlakte (km²)",
        required=False,
        localize=True,
        min_value=0,
        max_digits=7,
        decimal_places=1,
        help_text="Leeg: de som.",
    )

    #: What the form comes to, once it is clean; and the event that says the same already.
    merger = same = None

    def __init__(self, *args, desk, **kwargs):
        super().__init__(*args, desk=desk, **kwargs)
        self.fields["day"].widget.attrs |= attributes(A_DAY)
        # Those that ended too: a form that is sent twice finds what its first did.
        self.fields["old"].queryset = CoverageArea.objects.municipalities()
        widget = ManyByTyping(ChangeSubject._meta.get_field("area"), desk.admin_site)
        self.fields["old"].widget = widget
        widget.choices = self.fields["old"].choices
        self.fields["province"].queryset = CoverageArea.objects.filter(
            kind__slug=PROVINCE, valid_until=None
        )

    def clean_nis(self):
        nis = self.cleaned_data["nis"]
        if not (nis.isascii() and nis.isdigit() and len(nis) == 5):
            raise ValidationError("Een NIS-code heeft vijf cijfers.")
        return nis

    def clean_day(self):
        day = self.cleaned_data["day"]
        if not 1977 <= day.year < 2200:
            raise ValidationError("Dat jaar kan niet.")
        return day

    def clean_point(self):
        words = self.cleaned_data["point"].replace(",", " ").split()
        if not words:
            return (None, None)
        fit = [word.isascii() and word.isdigit() and len(word) == 6 for word in words]
        if len(words) != 2 or not all(fit):
            raise ValidationError("Schrijf x en y, elk in zes cijfers: 100300 185700.")
        return tuple(map(int, words))

    def clean(self):
        data = super().clean()
        if self.errors:
            return data
        done = data["day"] <= timezone.localdate()
        x, y = data["point"]
        self.merger = merger = MunicipalMerger(
            old=list(data["old"]),
            name=data["name"],
            nis=data["nis"],
            day=data["day"],
            places=data["citations"],
            province=data["province"],
            x=x,
            y=y,
            surface=data["surface"],
            status=ChangeEvent.Status.DONE if done else ChangeEvent.Status.ANNOUNCED,
        )
        merger.choices = self._choices()
        self.same = merger.same()
        if self.same:
            raise ValidationError(f"Dit staat er al: “{self.same}”.", code="same")
        for name, problem in merger.problems():
            self.add_error(name, problem)
        return data

    def _choices(self):
        """The areas that were chosen on the second page, where the old ones lie in several."""
        sent = {
            key.removeprefix(KIND): value
            for key, value in self.data.items()
            if key.startswith(KIND)
        }
        if not sent:
            return {}
        found = {}
        for lies in self.merger.lies:
            by_pk = {str(area.pk): area for area in lies.areas}
            if sent.get(lies.kind.slug) in by_pk:
                found[lies.kind.slug] = by_pk[sent[lies.kind.slug]]
        self.merger.__dict__.pop("lies", None)  # derived anew, with what was chosen
        return found
