"""What an editor typed for one version, as the fields of the same page of another version.

Statements have a key that a copy keeps, so a row finds itself again under another number.
"""

from concepts.models import STATEMENT_KINDS
from eerstelijn.desk import merging
from eerstelijn.desk.choosing import may_be_key


def moved(data, group, source, target):
    """The fields of a form of one version as those of another; `source` is None when it is gone."""
    data = data.copy()
    if group is None:
        if source and source.pk != target.pk:
            _start_reason(data, target)
        return data
    for inline in group.inlines:
        model = inline.model
        prefix = model._meta.get_field("version").remote_field.get_accessor_name()
        there = dict(model.objects.filter(version=target).values_list("key", "pk"))
        known = dict(model.objects.filter(version=source).values_list("pk", "key"))
        for name in [name for name in data if name.startswith(f"{prefix}-")]:
            row, _, field = name.rpartition("-")
            if field == "id" and may_be_key(data[name]):
                key = known.get(int(data[name])) if source else data.get(f"{row}-key")
                data[name] = str(there.get(key, data[name]))
    return data


def _start_reason(data, target):
    """A working copy starts without a reason: what was typed is its first, not what stood there."""
    seen = merging.read(data.get(merging.SEEN, ""))
    if merging.digest(data.get("reason")) == seen.get("reason"):
        data["reason"] = target.reason
    seen["reason"] = merging.digest(target.reason)
    data[merging.SEEN] = merging.written(seen)


def counted(version):
    """What a version holds, in words: 11 passages, 8 deelnames."""
    words = []
    for model in STATEMENT_KINDS.values():
        number = model.objects.filter(version=version).count()
        name = model._meta.verbose_name if number == 1 else model._meta.verbose_name_plural
        words += [f"{number} {name}"] if number else []
    return words
