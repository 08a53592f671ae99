"""What a change touches, as a page shows it before anything is saved: with a box for each thing."""

from dataclasses import dataclass, field

from django.contrib.admin.models import LogEntry
from django.utils.text import get_text_list

from eerstelijn.desk import shown
from eerstelijn.desk.restoring import RESTORE
from governance.admin.events import SURE
from governance.succession import Changed

#: The boxes that an editor ticked, and all that stood on the page.
TICKED, SHOWN = "raakt", "getoond"
#: Back to the form, as it was typed.
BACK = "terug"


def is_typed_again(request):
    """Whether the form itself is to be shown as it was typed: a session ended on that page."""
    on_preview = SHOWN in request.POST or SURE in request.POST
    return not shown.decides(request) and not on_preview


def names_of_answers():
    """What the fields of the page are called, for its template."""
    return {"sure": SURE, "back": BACK, "ticked": TICKED, "shown": SHOWN}


def typed(request, *others):
    """The form as it was sent, as pairs of name and value; without what the page itself asks."""
    own = ("csrfmiddlewaretoken", SURE, BACK, TICKED, SHOWN, shown.SHOWN, RESTORE, *others)
    return [(n, v) for n, values in request.POST.lists() if n not in own for v in values]


@dataclass
class Choice:
    """A touched thing on the page, with the box or the list that says what becomes of it."""

    row: object
    #: Pairs of a value and a successor; one for a box, more for a list, none for neither.
    options: list = field(default_factory=list)
    chosen: str = ""
    is_new: bool = False

    @property
    def is_box(self):
        return len(self.options) == 1

    @property
    def value(self):
        return self.options[0][0] if self.options else ""


@dataclass
class ChoiceGroup:
    """The touched things of one kind, and what their boxes mean."""

    touching: object
    choices: list
    meaning: str

    @property
    def title(self):
        has_options = any(choice.options for choice in self.choices)
        return self.touching.title if has_options else self.touching.title_without

    @property
    def count(self):
        ticked = sum(bool(choice.chosen) for choice in self.choices)
        return f"{ticked} van {len(self.choices)} gekozen"


class Preview:
    """What a change touches, with what an editor chose of it, or else what speaks for itself."""

    def __init__(self, change, kinds, sent=None):
        self.change, self.kinds = change, {kind.key: kind for kind in kinds}
        self.shown = set(sent.getlist(SHOWN)) if sent is not None else None
        self.ticked = set(filter(None, sent.getlist(TICKED))) if sent is not None else None
        self.groups, self.absent = [], []
        for kind in kinds:
            choices = [self._choice(kind, row) for row in kind.rows(change)]
            if choices:
                self.groups.append(ChoiceGroup(kind, choices, kind.meaning(change)))
            else:
                self.absent.append(kind.plural)

    def _choice(self, kind, row):
        name = f"{kind.key}-{row.pk}"
        choice = Choice(row)
        if row.is_open and not kind.goes_over:
            choice.options = [(name, "")]
        elif row.is_open and self.change.is_done:
            choice.options = [
                (f"{name}-{number}", agency) for number, agency in enumerate(self.change.after)
            ]
        choice.is_new = self.shown is not None and name not in self.shown
        values = [value for value, _ in choice.options]
        if self.shown is None or choice.is_new:
            choice.chosen = values[0] if row.is_ticked and len(values) == 1 else ""
        else:
            choice.chosen = next((value for value in values if value in self.ticked), "")
        return choice

    @property
    def has_moved(self):
        """Whether something came since the editor looked; what went is done nothing with."""
        return any(choice.is_new for group in self.groups for choice in group.choices)

    @property
    def said(self):
        """All that the page says, for its mark: not what is ticked, which is the editor's."""
        return self.sentence, [
            (each.title, each.meaning, [choice.row for choice in each.choices])
            for each in self.groups
        ]

    @property
    def shown_now(self):
        return [
            f"{group.touching.key}-{choice.row.pk}"
            for group in self.groups
            for choice in group.choices
        ]

    @property
    def untouched(self):
        return f"Raakt niet: {get_text_list(self.absent, 'en')}." if self.absent else ""

    def do_chosen(self, user):
        """Do what was ticked; the change itself stands. Answers with what changed."""
        changed = []
        for group in self.groups:
            for choice in group.choices:
                if not choice.chosen:
                    continue
                successor = None
                if group.touching.goes_over:
                    successor = self.change.after[int(choice.chosen.rpartition("-")[2])]
                changed += group.touching.carry_out(self.change, choice.row.pk, successor, user)
        return changed


def together(changed):
    """Each record once, with all that was said of it."""
    found = {}
    for each in changed:
        key = (type(each.record), each.record.pk)
        if key in found:
            found[key].message += each.message
        else:
            found[key] = Changed(each.record, each.flag, list(each.message))
    return list(found.values())


def tell(site, user, changed):
    """Let the log and search know of each record that changed."""
    for each in changed:
        LogEntry.objects.log_actions(
            user.pk, [each.record], each.flag, each.message, single_object=True
        )
        site.saved(each.record)


def problems_of(form):
    """What is wrong, each with the field that it is about."""
    found = []
    for name, errors in form.errors.items():
        field = form[name] if name in form.fields else None
        for message in errors:
            found.append(
                {
                    "message": message,
                    "place": field.label if field else "",
                    "url": f"#{field.id_for_label or field.auto_id}" if field else "",
                }
            )
    return found
