"""What an editor finds on the start page of the desk: their own work first, then what waits."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.contrib import admin
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast
from django.urls import reverse

from concepts import waiting
from concepts.models import STATEMENT_KINDS, ConceptVersion, Status
from concepts.queues import QUEUES
from concepts.queues.base import Queue, QueueGroup
from concepts.reviewing import PUBLISH
from concepts.uncited import without_source
from concepts.work.counting import counts
from eerstelijn.desk.addresses import desk_url
from eerstelijn.desk.forms import moment, name_of

#: How many versions a section shows; the others are in the list of versions.
SHOWN = 10
#: How many versions "Pas op de site" shows.
RECENT = 5


@dataclass(frozen=True)
class Item:
    """One version on the start page: where it is, how it stands, and what to do with it."""

    title: str
    url: str
    status: str
    status_label: str
    said: str
    button: str
    #: Where the button leads: to the page on which this editor goes on.
    button_url: str
    #: What who sent it back wrote with it.
    note: str = ""
    is_first: bool = False


@dataclass(frozen=True)
class Section:
    """A heading with its versions. `empty` is what is said at the end when there are none."""

    title: str
    empty: str
    items: list[Item] = field(default_factory=list)
    more: int = 0

    @property
    def count(self) -> int:
        return len(self.items) + self.more


@dataclass(frozen=True)
class Waiting:
    """A queue on the start page."""

    queue: Queue
    number: int


def open_versions() -> QuerySet:
    """Versions in the making, each with who made it, who touched it last, and when."""
    kind = ContentType.objects.get_for_model(ConceptVersion)
    entries = LogEntry.objects.filter(
        content_type=kind, object_id=Cast(OuterRef("pk"), CharField())
    ).order_by("-action_time", "-pk")
    return (
        ConceptVersion.objects.open()
        .defer("search")
        .annotate(
            maker=Subquery(entries.filter(action_flag=ADDITION).values("user")[:1]),
            touched_by=Subquery(entries.values("user")[:1]),
            touched_at=Subquery(entries.values("action_time")[:1]),
            # Of a form, and not of a step: that is told in a sentence.
            saved=Subquery(
                entries.filter(change_message__startswith="[{").values("change_message")[:1]
            ),
            uncited=without_source(),
        )
        .order_by("-touched_at", "name")
    )


def sort(versions: Sequence[ConceptVersion], user: User) -> dict[str, list[ConceptVersion]]:
    """Whose turn it is with each version in the making, as this editor sees it."""
    sorted_: dict[str, list[ConceptVersion]] = {
        "back": [], "review": [], "mine": [], "handed": [], "others": [],
    }  # fmt: skip
    notes = {version.pk: step.note for version, step in waiting.came_back_to(user)}
    turns = {version.pk: "handed" for version, _ in waiting.handed_in_of(user)}
    turns |= {version.pk: "review" for version, _ in waiting.waiting_for(user)}
    turns |= dict.fromkeys(notes, "back")
    for version in versions:
        version.sent_back_note = notes.get(version.pk, "")
        is_mine = version.status == Status.WORKING_COPY and version.maker == user.pk
        sorted_[turns.get(version.pk) or ("mine" if is_mine else "others")].append(version)
    return sorted_


def saved_last(version: ConceptVersion) -> str:
    """The page of a version on which something was saved last; its own, when that is not known."""
    changes = json.loads(version.saved or "[]")
    names = {said.get("name") for change in changes for said in change.values()}
    rows = (row for row in STATEMENT_KINDS.values() if str(row._meta.verbose_name) in names)
    return admin.site.page_of(version, next(rows, None))


def decision_url(version: ConceptVersion) -> str:
    """The page on which a version is read and decided on."""
    name = "admin:concepts_conceptversion_step"
    return reverse(name, args=[version.pk, "publiceer"], query={"vraag": ""})


class MyWork:
    """The start page of one editor, in a number of queries that does not grow."""

    def __init__(self, user: User):
        self.user = user
        versions = list(open_versions())
        ids = {pk for version in versions for pk in (version.maker, version.touched_by)}
        self._names = {
            account.pk: name_of(account) for account in User.objects.filter(pk__in=ids - {None})
        }
        self._turns = sort(versions, user)
        sections = self._sections()
        self.sections = [section for section in sections if section.items]
        self.nothing = " ".join(filter(None, (each.empty for each in sections if not each.items)))
        self.others = [self._other(version) for version in self._turns["others"][:SHOWN]]
        self.more_others = max(0, len(self._turns["others"]) - SHOWN)
        queues = [kind() for kind in QUEUES.values() if kind.may_see(user)]
        numbers = counts(queues)
        self._waiting = [Waiting(queue, numbers[queue.name]) for queue in queues]

    @property
    def greeting(self) -> str:
        """The opening sentence: what there is to do."""
        name = self.user.first_name or self.user.get_username()
        back, review, mine = (len(self._turns[turn]) for turn in ("back", "review", "mine"))
        said = [
            *([f"{_versions(back)} {_is(back, 'kwam', 'kwamen')} terug bij jou"] if back else []),
            *(
                [f"{_versions(review)} {_is(review, 'wacht', 'wachten')} op jouw nazicht"]
                if review
                else []
            ),
        ]
        if not said and mine:
            said = [f"je hebt {_versions(mine)} in bewerking"]
        text = " en ".join(said) or "niets wacht op jou"
        return f"Dag {name}. {text[0].upper()}{text[1:]}."

    @property
    def groups(self) -> list[tuple[str, list[Waiting]]]:
        """The queues in which something waits, by how pressing they are."""
        by_group = [
            (
                group.value,
                [row for row in self._waiting if row.number and row.queue.group is group],
            )
            for group in QueueGroup
        ]
        return [(title, rows) for title, rows in by_group if rows]

    @property
    def empty(self) -> str:
        """The queues in which nothing waits, in one sentence; "" when there are none."""
        titles = [row.queue.title for row in self._waiting if not row.number]
        return (
            f"Leeg: {', '.join(title[0].lower() + title[1:] for title in titles)}."
            if titles
            else ""
        )

    @property
    def recent(self) -> list[dict[str, str]]:
        """What came on the site last."""
        versions = ConceptVersion.objects.published().defer("search").order_by("-published_at")
        return [
            {
                "title": f"{version.name}, versie {version.number}",
                "url": desk_url(version),
                "said": _sentence(moment(version.published_at), version.published_by),
                "reason": version.reason,
            }
            for version in versions[:RECENT]
        ]

    def _sections(self) -> list[Section]:
        turns = self._turns
        return [
            self._section(
                "Kwam terug", "Niets kwam terug bij jou.", turns["back"], "Werk verder", saved_last
            ),
            self._section(
                "Wacht op jouw nazicht",
                "Niets wacht op jouw nazicht." if self.user.has_perm(PUBLISH) else "",
                turns["review"],
                "Kijk na",
                decision_url,
            ),
            self._section(
                "Mijn werkversies",
                "Je hebt geen werkversies.",
                turns["mine"],
                "Werk verder",
                saved_last,
            ),
            self._section("Wacht op een ander", "", turns["handed"], "Bekijk", desk_url),
        ]

    def _section(self, title, empty, versions, button, leads_to) -> Section:
        items = [self._item(version, button, leads_to(version)) for version in versions[:SHOWN]]
        return Section(title, empty, items, max(0, len(versions) - SHOWN))

    def _item(self, version, button, button_url) -> Item:
        lacks = version.uncited
        ready = version.status == Status.WORKING_COPY and lacks
        label = (
            f"nog nodig: {lacks} {_is(lacks, 'uitspraak', 'uitspraken')} zonder bron"
            if ready
            else version.get_status_display()
        )
        return Item(
            f"{version.name}, versie {version.number}",
            desk_url(version),
            "zonder-bron" if ready else version.status,
            label,
            self._last(version),
            button,
            button_url,
            version.sent_back_note,
            button == "Kijk na",
        )

    def _last(self, version) -> str:
        if version.touched_at is None:
            return ""
        by = self._names.get(version.touched_by, "")
        who = "door jou" if version.touched_by == self.user.pk else f"door {by}" if by else ""
        return f"Laatst gewijzigd {' '.join(filter(None, [who, moment(version.touched_at)]))}."

    def _other(self, version) -> dict[str, str]:
        return {
            "title": f"{version.name}, versie {version.number}",
            "url": desk_url(version),
            "who": self._names.get(version.maker, ""),
            "said": f"{version.get_status_display()}. {self._last(version)}".strip(),
        }


def _sentence(when: str, by: str) -> str:
    return f"{when[0].upper()}{when[1:]}{f', {by}' if by else ''}"


def _versions(number: int) -> str:
    return f"{number} {_is(number, 'versie', 'versies')}"


def _is(number: int, one: str, many: str) -> str:
    return one if number == 1 else many
