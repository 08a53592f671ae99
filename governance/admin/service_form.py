"""The form of "Dienst fuseert, wijzigt of stopt": what an editor says of a change of services."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from eerstelijn.datelabels import UnreadDate
from eerstelijn.dates import SourceDate
from eerstelijn.desk.choosing import ManyByTyping
from eerstelijn.desk.fields import LineField, PlainTextField
from eerstelijn.desk.reading import attributes
from governance.admin.citing import CitingForm
from governance.models import Agency, ChangeEvent, ChangeSubject
from governance.succession import KINDS, ServiceChange, free_slug, same_change

#: A new service as it is typed: its name, and its abbreviation between brackets.
NEW = re.compile(r"(?P<name>[^()]+?)\s*(?:\((?P<abbreviation>[^()]{1,30})\))?")
#: More are no service that splits, but a list that was pasted in the wrong place.
MOST_NEW = 10


class KindChoice(forms.RadioSelect):
    """The kinds of change, each with a line that says what it is."""

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        kind = KINDS[value]
        before, after = kind.counts("before"), kind.counts("after")
        option["hint"] = f"{kind.hint} Vóór: {before}. Erna: {after}."
        return option


class ServiceChangeForm(CitingForm):
    """Who changes into whom, when, and who says so; `change` is what it comes to."""

    kind = forms.ChoiceField(
        label="Wat gebeurt er?",
        choices=[(kind.key, kind.label) for kind in KINDS.values()],
        widget=KindChoice,
    )
    before = forms.ModelMultipleChoiceField(label="Welke diensten nu?", queryset=None)
    after = forms.ModelMultipleChoiceField(
        label="Welke diensten erna?", queryset=None, required=False
    )
    new = PlainTextField(
        label="Bestaat ze nog niet?",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        help_text="De naam van de nieuwe dienst, één per regel; de afkorting tussen haakjes. "
        "Bijvoorbeeld: Departement Zorg (DZ).",
    )
    day = LineField(
        label="Vanaf",
        max_length=60,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text="Zoals de bron het zegt. Bijvoorbeeld: 1 juni 2023. De oude diensten eindigen de "
        "dag voordien.",
    )
    status = forms.ChoiceField(
        label="Is het al zover?",
        choices=[
            (ChangeEvent.Status.DONE, "Is gebeurd"),
            (ChangeEvent.Status.ANNOUNCED, "Is aangekondigd"),
        ],
        initial=ChangeEvent.Status.DONE,
        widget=forms.RadioSelect,
        help_text="Wat is aangekondigd, verandert nog niets aan de lijsten.",
    )
    announced = forms.ModelChoiceField(
        queryset=ChangeEvent.objects.filter(status=ChangeEvent.Status.ANNOUNCED),
        required=False,
        widget=forms.HiddenInput,
    )

    #: What the form comes to, once it is clean; and the change that says the same already.
    change = same = None

    def __init__(self, *args, desk, **kwargs):
        super().__init__(*args, desk=desk, **kwargs)
        self.fields["day"].widget.attrs |= attributes("start")
        agencies = Agency.objects.select_related("parent", "policy_domain")
        one_side = ChangeSubject._meta.get_field("agency")
        for name in ("before", "after"):
            self.fields[name].queryset = agencies
            self.fields[name].widget = ManyByTyping(one_side, desk.admin_site)
            self.fields[name].widget.choices = self.fields[name].choices

    def clean_day(self):
        try:
            return SourceDate.parse(self.cleaned_data["day"], "start")
        except UnreadDate as error:
            said = str(error) or "We lezen hier geen dag in."
            raise ValidationError(f"{said} Schrijf bijvoorbeeld 1 juni 2023.") from None

    def clean_new(self):
        """The names of the services that come with the change, each with its abbreviation."""
        lines = [line.strip() for line in self.cleaned_data["new"].splitlines() if line.strip()]
        if len(lines) > MOST_NEW:
            raise ValidationError(f"Dat zijn er meer dan {MOST_NEW}.")
        found = [NEW.fullmatch(line) for line in lines]
        if None in found:
            line = lines[found.index(None)]
            raise ValidationError(f"“{line}” is geen naam met hoogstens één afkorting erachter.")
        return [(match["name"], match["abbreviation"] or "") for match in found]

    def clean(self):
        data = super().clean()
        if self.errors:
            return data
        before = list(data["before"])
        self.change = ServiceChange(
            kind=KINDS[data["kind"]],
            before=before,
            after=[*data["after"], *(_like(before, *said) for said in data["new"])],
            day=data["day"],
            status=data["status"],
            citations=data["citations"],
            announced=data["announced"],
        )
        self.same = same_change(self.change)
        if self.same:
            raise ValidationError(f"Dit staat er al: “{self.same}”.", code="same")
        for name, problem in self.change.problems(timezone.localdate()):
            self.add_error(name, problem)
        self._check_new()
        return data

    def _check_new(self):
        """What the database would refuse of a new service, said before anything is touched."""
        names = set()
        for agency in self.change.after:
            if agency.pk:
                continue
            if agency.name.casefold() in names:
                self.add_error("new", f"“{agency}” staat er twee keer.")
            names.add(agency.name.casefold())
            agency.slug = free_slug(Agency, agency.name)
            try:
                agency.full_clean()
            except ValidationError as error:
                self.add_error("new", [f"{agency}: {said}" for said in error.messages])


def _like(before, name, abbreviation):
    """A new service, of the kind and in the place of the first that it follows."""
    former = before[0]
    return Agency(
        name=name,
        abbreviation=abbreviation,
        kind=former.kind,
        tree=former.tree,
        parent=None if former.parent in before else former.parent,
        policy_domain=former.policy_domain,
    )
