"""What each group of the desk may do with the records.

It stands here and nowhere else; `ensure_groups` sets it again after every change.
"""

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db import transaction

from concepts.models import ConceptVersion, Statement
from eerstelijn.login.groups import BEHEERDER, GROUPS, LEZER, REDACTEUR

#: Derived tables: nobody edits them, so nobody has rights on them.
DERIVED = {"agencyline", "arealine", "indexedword", "searchentry"}
#: What is put on record of what editors do: nobody edits that either.
ON_RECORD = {"handover"}
#: What a command found: everyone sees it, nobody edits it.
FOUND = {"checkedlink"}
#: What readers wrote: nobody adds or changes that, and whoever answers it keeps an outcome.
REPORTS = {"report"}
#: Decisions of an eindredacteur; a redacteur only sees them.
DECISIONS = {"review", "oldslug"}


def rights_of(group):
    """The rights of a group, as pairs of app and codename."""
    models = {
        (app, model._meta.model_name): model
        for app in ("governance", "concepts", "links", "reports")
        for model in apps.get_app_config(app).get_models()
        if model._meta.model_name not in DERIVED | ON_RECORD
    }
    rights = {(app, f"view_{name}") for app, name in models}
    if group == LEZER:
        return rights
    for (app, name), model in models.items():
        if name in FOUND:
            continue
        if name in REPORTS:
            rights.add((app, f"change_{name}"))
        elif name not in DECISIONS:
            rights |= {(app, f"add_{name}"), (app, f"change_{name}")}
        # Statements go with their version, so whoever may write may also delete them.
        if issubclass(model, (ConceptVersion, Statement)):
            rights.add((app, f"delete_{name}"))
    if group != REDACTEUR:
        rights |= {
            (app, f"{verb}_{name}")
            for app, name in models
            for verb in ("add", "change", "delete")
            # Readers alone add reports.
            if (name, verb) != ("report", "add") and name not in FOUND
        }
        rights.add(("concepts", "publish_conceptversion"))
    if group == BEHEERDER:
        verbs = ("view", "add", "change", "delete")
        rights |= {("auth", f"{verb}_{model}") for verb in verbs for model in ("user", "group")}
        rights.add(("login", "view_loginevent"))
    return rights


@transaction.atomic
def ensure_groups():
    """Make the groups and give each exactly its rights; `migrate` makes the rights, so after it."""
    known = {
        (permission.content_type.app_label, permission.codename): permission
        for permission in Permission.objects.select_related("content_type")
    }
    for name in GROUPS:
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.set([known[right] for right in sorted(rights_of(name))])
