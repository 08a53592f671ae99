"""Where the statements of a version are edited: on the tab of their kind."""

from django.contrib import admin

from concepts.admin.statements import GROUPS
from concepts.models import ConceptVersion

admin.site.put_on_tabs(ConceptVersion, GROUPS.values(), "admin:concepts_conceptversion_group")
