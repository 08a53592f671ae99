"""The lines of each kind of statement on the page of a concept, as HTML.

Each function prints a part of a chapter (`eerstelijn.pages.parts.Part`): its items, with their
sources beside them. `to.page` is what the page says (`ConceptPage`).
"""

from collections.abc import Iterable
from html import escape
from typing import Any

from concepts.page.path import path
from eerstelijn.pages.parts import Part
from eerstelijn.pages.printing import Printer, anchor, capital
from eerstelijn.templatetags.texts import breakable, markdown, role_tile, source_date
from eerstelijn.templatetags.trees import dots, tree
from eerstelijn.webaddress import link_to


def _statements(to: Printer, part: Part, line: Any) -> str:
    """Statements as a list, each with when it held."""
    lines = "".join(f"<li{anchor(row)}>{line(row)}\n{to.dates(row)}</li>\n" for row in part.items)
    return to.block(f'<ul class="statements">\n{lines}</ul>\n', part.statements)


def passages(to: Printer, part: Part) -> str:
    """Passages of one kind, each with its sources beside it."""
    return "".join(
        to.block(
            f'<div class="prose"{anchor(row)}>'
            f"{to.numbered(row, markdown(row.text, to.words))}\n{to.dates(row)}</div>\n",
            row,
        )
        for row in part.items
    )


def audiences(to: Printer, part: Part) -> str:
    """Who a concept is meant for."""
    return _statements(to, part, lambda row: to.said(row, capital(row.wording)))


def legal_bases(to: Printer, part: Part) -> str:
    """Acts that a concept rests on, or plans and documents about it."""

    def line(row: Any) -> str:
        role, url = escape(capital(row.get_role_display())), row.decree.get_absolute_url()
        link = f'<a href="{escape(url)}">{to.name(row.decree.dated_title)}</a>'
        return f"\n{role}\n{to.numbered(row, link)}"

    return _statements(to, part, line)


def standings(to: Printer, part: Part) -> str:
    """Whether a concept still runs, and as of when; what it went on in where that is public."""

    def line(row: Any) -> str:
        if not row.into_name:
            return f"\n{to.numbered(row, escape(row.sentence))}"
        link = f'<a href="{escape(row.into.get_absolute_url())}">{escape(row.into_name)}</a>'
        date = source_date(row.date)
        return f"\nOpgegaan in {link}\n{to.numbered(row, f'({date})')}"

    return _statements(to, part, line)


def access(to: Printer, part: Part) -> str:
    """How a citizen gets there, beside what the sources call eerste lijn."""
    lines = "".join(
        f"<p{anchor(row)}><b>{to.text(capital(row))}.</b> {to.said(row, row.explanation)}</p>\n"
        f"{to.dates(row)}"
        for row in part.items
    )
    if term := to.page.shared.first_line:
        url = escape(term.get_absolute_url())
        lines += (
            f'<p class="aside">\n{to.said(term, to.page.first_line_said)} '
            f'<a href="{url}">Wat eerste lijn betekent</a>\n</p>\n'
        )
    return to.block(f'<div class="prose">\n{lines}</div>\n', part.statements)


def coverages(to: Printer, part: Part) -> str:
    """Where a concept works."""

    def line(row: Any) -> str:
        facts = "".join(
            f"<div>\n<dt>{label}</dt>\n<dd>{said}</dd>\n</div>\n" for label, said in _reach(to, row)
        )
        wording = to.said(row, capital(row.wording))
        return f'<b>{wording}</b>\n<dl class="meta">\n{facts}</dl>'

    return _statements(to, part, line)


def _reach(to: Printer, row: Any) -> Iterable[tuple[str, str]]:
    """What is known of where it works, as a label and HTML."""
    yield "Georganiseerd per", _link(to, row.scale, row.scale.name)
    yield "Bereik", to.text(row.get_extent_display())
    if row.number is not None:
        yield "Aantal volgens de bron", str(row.number)
    if row.is_planned:
        yield "Gepland", escape(str(row.expected)) if row.expected else "zonder datum"
    if areas := row.territory.all():
        yield "Gebieden", f"\n{', '.join(_link(to, area, area.name) for area in areas)}\n"


def _link(to: Printer, record: Any, name: str) -> str:
    return f'<a href="{escape(record.get_absolute_url())}">{to.name(name)}</a>'


def roles(to: Printer, part: Part) -> str:
    """Partners by role."""
    groups = "".join(_role(to, group) for group in to.page.role_groups)
    return to.block(f'<div>\n<dl class="roles">\n{groups}</dl>\n</div>\n', part.statements)


def _role(to: Printer, group: dict[str, Any]) -> str:
    look = " in-line" if group["in_line"] else ""
    partners = "".join(_partner(to, partner) for partner in group["partners"])
    return (
        f"<div>\n<dt>{role_tile(group['key'])}{escape(group['label'])}</dt>\n<dd>\n"
        f'<ul class="role-partners{look}">\n{partners}</ul>\n</dd>\n</div>\n'
    )


def _partner(to: Printer, partner: dict[str, Any]) -> str:
    """A partner, what is said of its role, and how often it is asked elsewhere."""
    row, note = partner["statement"], partner["note"]
    said = to.linked(partner["label"], partner["url"])
    said += f", {to.said(row, note)}" if note else to.numbered(row)
    asked = partner["asked"] and to.linked(partner["asked"], partner["asked_url"])
    elsewhere = f'<span class="asked">{asked}</span>' if asked else ""
    # No room after the last word: a semicolon may follow it.
    return f"<li{anchor(row)}>\n<span>\n{said}</span>\n{elsewhere}</li>\n"


def milestones(to: Printer, part: Part) -> str:
    """Milestones on a path."""
    return (
        f'<div class="block" id="tijdlijn">\n<div>\n{path(to, to.page.milestones)}</div>\n'
        f"{to.margin(part.statements)}</div>\n"
    )


def relations(to: Printer, part: Part) -> str:
    """Relations with other concepts, in both directions: tree, kind of relation, name."""
    lines = "".join(_relation(to, relation) for relation in to.page.relations)
    return to.block(f'<div>\n<ul class="relations">\n{lines}</ul>\n</div>\n', part.statements)


def _relation(to: Printer, relation: dict[str, Any]) -> str:
    row, note = relation["statement"], relation["note"]
    place = anchor(row) if relation["is_own"] else ""  # what others state has no place here
    link = to.numbered(row, to.linked(relation["label"], relation["url"]))
    remark = f"<small>{to.text(note)}</small>" if note else ""
    return (
        f"<li{place}>\n{tree(relation['tree'], 22)}\n"
        f'<span class="relation-kind">{escape(relation["kind"])}</span>\n'
        f"<span>\n{link}\n{remark}</span>\n</li>\n"
    )


def figures(to: Printer, part: Part) -> str:
    """Key figures; where two add up to a third, the third with them as dots."""
    in_dots = to.page.in_dots
    shown = "".join(_figure(to, row) for row in part.items if row not in in_dots)
    shown += _dots(to, to.page.dots) if in_dots else ""
    look = f'class="figures tree-{escape(to.page.tree)}"'
    return to.block(f"<div {look}>\n{shown}</div>\n", part.statements)


def _figure(to: Printer, row: Any) -> str:
    unit = "" if row.unit in row.label else f" <small>{to.text(breakable(row.unit))}</small>\n"
    date = f'<p class="as-of">{source_date(row.date)}</p>\n' if row.date else ""
    return (
        f'<div class="figure"{anchor(row)}>\n<b>{escape(row.amount)}{unit}</b>\n'
        f"<p>{to.said(row, row.label)}</p>\n{date}{to.dates(row)}</div>\n"
    )


def _as_of(row: Any) -> str:
    return f" <small>{source_date(row.date)}</small>" if row.date else ""


def _dots(to: Printer, drawn: Any) -> str:
    full, open_part = (round(each.value) for each in (drawn.full, drawn.open))
    legend = "".join(
        f'<li{anchor(row)}><i class="{look}"></i>\n'
        f"<span><b>{escape(row.amount)}</b> {to.said(row, row.label)}{_as_of(row)}</span></li>\n"
        for look, row in (("full", drawn.full), ("open", drawn.open))
    )
    return (
        f'<div class="figure-dots">{dots(full, open_part)}\n'
        f'<ul class="legend">\n{legend}</ul>\n</div>\n'
    )


def discrepancies(to: Printer, part: Part) -> str:
    """Where the sources contradict each other, in few lines."""
    lines = "".join(
        f'<li id="{escape(row.slug)}" tabindex="-1">\n<h3>{to.name(row.title)}</h3>\n'
        f"{_claims(to, row)}<div>\n{_verdict(to, row)}{to.margin(row.claims.all())}</div>\n</li>\n"
        for row in part.items
    )
    return f'<ul class="clashes">\n{lines}</ul>\n'


def remarks(to: Printer, part: Part) -> str:
    """Where the sources differ without contradicting each other."""
    return "".join(
        to.block(
            f'<div class="remark">\n<h3>{to.name(row.title)} '
            f"<small>{escape(row.get_kind_display())}</small></h3>\n"
            f"{_claims(to, row)}{_verdict(to, row)}</div>\n",
            row.claims.all(),
        )
        for row in part.items
    )


def _claims(to: Printer, row: Any) -> str:
    claims = "".join(
        f"<li><b>{to.text(capital(claim.value))}.</b> {to.said(claim, claim.text)}</li>\n"
        for claim in row.claims.all()
    )
    return f"<ul>\n{claims}</ul>\n"


def _verdict(to: Printer, row: Any) -> str:
    """What the site makes of a point on which the sources differ."""
    chosen = row.preferred
    verdict = f"We volgen: {to.text(chosen.value)}." if chosen else "Geen keuze."
    note = to.text(row.note) if row.note else ""
    return f'<p class="verdict">\n<b>{verdict}</b>\n{note}\n</p>\n'


def ownerships(to: Printer, part: Part) -> str:
    """Whose a concept is: the owner as the source has it, and the body that it went on in."""
    owners = "".join(_owner(to, owner) for owner in to.page.owners)
    return to.block(f"<div>\n{owners}</div>\n", part.statements)


def _owner(to: Printer, owner: dict[str, Any]) -> str:
    look = "" if owner["today"] else " change-one"
    before = _owner_before(to, owner)
    after = _owner_today(to, owner) if owner["today"] else ""
    place = anchor(owner["statement"])
    return f'<div class="change{look}"{place}>\n{before}{after}</div>\n'


def _owner_before(to: Printer, owner: dict[str, Any]) -> str:
    row = owner["statement"]
    name = to.numbered(row, to.linked(owner["name"], owner["url"]))
    domain = _link(to, row.policy_domain, row.policy_domain.name)
    if owner["ended"]:
        ended = f"{source_date(owner['ended'])}{to.numbered(owner['changes'])}"
        domain += f".\nDe dienst bestond tot en met {ended}"
    said = f'<p class="aside">\nBeleidsdomein\n{domain}\n</p>\n'
    if owner["wording"]:
        said += f'<p class="aside">Zo staat het er: {to.text(owner["wording"])}</p>\n'
    if owner["remark"]:
        said += f'<p class="aside remark-line">{to.text(owner["remark"])}</p>\n'
    return (
        '<div class="before">\n<p class="kind">In de bronnen</p>\n'
        f"<p>\n{tree(owner['tree'], 24)}{name}\n</p>\n{said}{to.dates(row)}</div>\n"
    )


def _owner_today(to: Printer, owner: dict[str, Any]) -> str:
    """The body that it went on in; on a chosen day, that of the day."""
    today = owner["today"]
    name = to.numbered(owner["changes"], to.linked(today.name, today.get_absolute_url()))
    drawn = tree(owner["statement"].agency.tree, 24)
    since = f'<p class="aside">Sinds {source_date(today.start)}</p>\n' if today.start else ""
    return (
        f'<div class="after">\n<p class="kind">{escape(owner["when"])}</p>\n'
        f"<p>\n{drawn}{name}\n</p>\n{since}</div>\n"
    )


def further(to: Printer, part: Part) -> str:
    """Where to read on: addresses, the sources that describe it, and what the sources linked to."""
    facts = "".join(_described(to, source) for source in to.page.described_by)
    facts += "".join(_lost(to, row) for row in to.page.lost_links)
    return to.block(f'<dl class="facts">\n{NEAR_YOU}{facts}</dl>\n', to.page.lost_links)


NEAR_YOU = (
    "<div>\n<dt>Adressen bij jou in de buurt</dt>\n"
    '<dd><a href="https://www.desocialekaart.be/">De Sociale Kaart</a>. '
    "Deze site geeft zelf geen adressen.</dd>\n</div>\n"
)


def _described(to: Printer, source: Any) -> str:
    url = link_to(source.url)
    original = f',\n<a href="{escape(url)}">het origineel (pdf)</a>' if url else ""
    return (
        f"<div>\n<dt>{to.name(source.short_title)}</dt>\n<dd>\n"
        f"{_link(to, source, source.name)}{original}\n</dd>\n</div>\n"
    )


def _lost(to: Printer, row: Any) -> str:
    """What a source linked to before it became text."""
    said = to.numbered(row, to.linked(row.text, link_to(row.url)))
    note = f'<p class="aside">{to.text(row.note)}</p>\n' if row.note else ""
    return f"<div>\n<dt>{escape(row.state_in_words)}</dt>\n<dd>\n{said}\n{note}</dd>\n</div>\n"


def similar(to: Printer, part: Part) -> str:
    """What is most like a concept (`concepts.likeness.similar.SimilarBlock`)."""
    return "".join(
        f'<ul class="similar">\n{"".join(map(_similar, block.rows))}</ul>\n'
        f'<p class="aside">De twee letters zijn de rol hier en de rol daar. {block.more_said}\n'
        f'<a href="{escape(block.url)}">Alle overlap</a></p>\n'
        for block in part.items
    )


def _similar(row: Any) -> str:
    name, partners = escape(row.concept.name), "".join(map(_shared, row.partners))
    return (
        f'<li>\n<span class="similar-name">{tree(row.concept.tree, 22)}'
        f'<a href="{escape(row.concept.url)}">{name}</a></span>\n'
        f"<span>\n<b>{escape(row.number)}</b>:\n{partners}</span>\n"
        f'<span class="aside">{escape(row.rest)}</span>\n<a href="{escape(row.compare_url)}">'
        f'Vergelijk<span class="visually-hidden"> met {name}</span></a>\n</li>\n'
    )


def _shared(partner: Any) -> str:
    """A partner that both ask, with its role here and there."""
    return (
        f'<span class="similar-partner">{role_tile(partner.here)}{role_tile(partner.there)}\n'
        f'<a href="{escape(partner.url)}">{escape(partner.name)}</a></span>\n'
    )
