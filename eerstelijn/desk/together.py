"""Two editors at one form: what was sent is put together with what others saved since.

For every form of the desk that shows the fields of a record, an account too; how it is done is in
`eerstelijn.desk.merging`, and the form of such a desk is a `RecordForm`.
"""

from functools import partial

from django.contrib.admin.utils import flatten_fieldsets, unquote

from eerstelijn.database.locks import take
from eerstelijn.desk import merging
from eerstelijn.desk.summary import summary


class PutsTogether:
    """The form of one record, and what is wrong with it."""

    def _changeform_view(self, request, object_id, form_url, extra_context):
        """What was sent is first put together with what others saved since the page was made."""
        request.was_saved = False  # whatever an earlier try said: it is undone
        if request.method == "POST" and object_id is not None:
            request.POST = request.sent = getattr(request, "sent", request.POST)
            if self.has_change_permission(request):
                record = self.get_object(request, unquote(object_id))
                record = record and self.lock(record)
                if record is None or not self.has_change_permission(request, record):
                    answer = self.overtaken_view(request, object_id, record, extra_context)
                    if answer:
                        return answer
                else:
                    self.merge(request, record)
        return self.answer(request, object_id, form_url, extra_context)

    def answer(self, request, object_id, form_url, extra_context):
        """The answer to a form whose fields are complete."""
        return super()._changeform_view(request, object_id, form_url, extra_context)

    def merge(self, request, record):
        """Put what was sent together with a record as it is now, locked (`desk.merging`)."""
        request.POST = data = request.POST.copy()
        names = flatten_fieldsets(self.get_fieldsets(request, record))
        form = self.get_form(request, record, change=True, fields=names)(instance=record)
        merging.merge(form, data, "")
        for inline, formset in self.rows(request, record):
            merging.merge_rows(formset, data, inline.has_change_permission(request, record))

    def rows(self, request, record):
        """The rows under a record as they are now, with the desk of their kind."""
        for formset_class, inline in self.get_formsets_with_inlines(request, record):
            queryset = inline.get_queryset(request)
            prefix = formset_class.get_default_prefix()
            yield inline, formset_class(instance=record, prefix=prefix, queryset=queryset)

    def overtaken_view(self, request, object_id, record, extra_context):
        """The answer to a form whose record is gone; None for Django's own."""

    def lock(self, obj):
        record = self.model._base_manager.filter(pk=obj.pk)
        take(record)
        return record.first()

    def render_change_form(self, request, context, **kwargs):
        form, rows = context["adminform"].form, context["inline_admin_formsets"]
        context["seen"] = getattr(form, "seen", "")
        if request.method == "POST":
            link = partial(self.problem_url, request, context["original"])
            context["summary"] = summary(form, [row.formset for row in rows], link)
            context["errors"] = ()  # Django's own line, which says only how many
        return super().render_change_form(request, context, **kwargs)

    def problem_url(self, request, obj, problem):
        """The address that a problem of the whole record leads to, where there is one."""
        return ""
