"""The versions of a concept as its page lists them, and what can be done with each."""

from itertools import zip_longest

from concepts.admin import steps
from concepts.admin.columns import status_icon
from concepts.admin.comparing import compare_url
from concepts.admin.previewing import preview_url
from concepts.models import Review, Status


def rows_of(versions, user):
    """The versions of a concept, newest first; a former one with where it is taken up again."""
    may = user.has_perm("concepts.add_conceptversion")
    may_restore = may and not any(version.is_open for version in versions)
    return [
        {
            "version": version,
            "url": steps.change_url(version),
            "icon": status_icon(version.status),
            "restore_url": steps.restore_url(version) if may_restore and place else "",
            "preview_url": preview_url(version),
            "decide_url": decide_url(version, user),
            "earlier": earlier.number if earlier else None,
            "compare_url": compare_url(version.concept_id, earlier.number, version.number)
            if earlier
            else "",
        }
        for place, (version, earlier) in enumerate(zip_longest(versions, versions[1:]))
    ]


def last_review(versions):
    """The last look at the version on the site, among those of a concept; None without one."""
    public = [version.pk for version in versions if version.status == Status.PUBLISHED]
    return Review.objects.filter(version__in=public).order_by("-date").first() if public else None


def decide_url(version, user):
    """Where this editor decides on an open version; empty when that is for others."""
    step = steps.APPROVE
    if step.fits(version) and step.may(user) and step.is_for(version, user):
        return steps.question_url(version, step, "")
    return ""


def about_restoring(versions):
    """What an editor can do with the former ones among the versions of a concept, newest first."""
    if not any(version.status in (Status.FORMER, Status.ARCHIVED) for version in versions[1:]):
        return ""
    newest = versions[0]
    if newest.is_open:
        return (
            f"Versie {newest.number} is in bewerking. Publiceer ze of gooi ze weg; daarna kun je "
            "een vroegere versie terughalen."
        )
    return (
        "Iets verkeerd gepubliceerd? Maak een werkversie van een vroegere versie en publiceer die "
        "opnieuw. Er gaat niets verloren."
    )
