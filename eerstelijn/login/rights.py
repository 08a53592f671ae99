"""Who keeps the accounts, what an account may do in words, and which accounts must stay.

A site always has someone who can let others in: the last active beheerder or superuser stays one.
An account that did something stays too, so that what it did keeps its name.
"""

from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.db.models import Q

from eerstelijn.login import events
from eerstelijn.login.groups import BEHEERDER
from eerstelijn.login.models import LoginEvent

LAST = "Dit is de laatste die accounts beheert. Maak eerst iemand anders beheerder."


def keepers():
    """The accounts that can let others in."""
    may = Q(is_superuser=True) | Q(groups__name=BEHEERDER)
    return get_user_model().objects.filter(may, is_active=True, is_staff=True).distinct()


def is_last(account):
    """Whether nobody else keeps the accounts."""
    who = set(keepers().values_list("pk", flat=True))
    return who == {account.pk}


def why_kept(accounts):
    """Why these accounts cannot be deleted, a sentence for each that has to stay."""
    going = {account.pk for account in accounts}
    everyone = set(keepers().values_list("pk", flat=True))
    reasons = [
        f"{account.username} deed al iets in het beheer, en dat blijft op naam staan. Zet bij het "
        "account “Actief” uit: dan kan niemand er nog mee aanmelden."
        for account in accounts
        if did_something(account)
    ]
    if everyone and everyone <= going:
        reasons.append(LAST)
    return reasons


def did_something(account):
    if account.last_login:
        return True
    by_it = LoginEvent.objects.filter(by=account.username)
    return by_it.exists() or LogEntry.objects.filter(user=account).exists()


def rights(account):
    """What an account may do, in words."""
    groups = ", ".join(account.groups.order_by("name").values_list("name", flat=True))
    own = account.user_permissions.order_by("pk").values_list("codename", flat=True)
    yes_no = {True: "ja", False: "nee"}
    return {
        "groepen": groups or "geen",
        "actief": yes_no[account.is_active],
        "mag in het beheer": yes_no[account.is_staff],
        "superuser": yes_no[account.is_superuser],
        "eigen rechten": ", ".join(own) or "geen",
    }


def record_rights(request, name, before, after):
    """Keep a change of what an account or group may do, if there is one."""
    changes = [
        f"{what}: {before[what]} → {now}" for what, now in after.items() if before[what] != now
    ]
    if changes:
        record_by(request, LoginEvent.Kind.RIGHTS, name, "; ".join(changes))


def record_by(request, kind, name, detail=""):
    """Keep what the one who is logged in did to an account."""
    by, address = request.user.get_username(), events.address_of(request)
    events.record(kind, name, by=by, address=address, detail=detail)
