"""`/gezondheid/`: may this site receive visitors?"""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@never_cache
@require_safe
def health(request):
    """200 when the database answers and holds every migration, else 503 with the reason."""
    status = _status()
    return JsonResponse({"status": status}, status=200 if status == "ok" else 503)


def _status():
    try:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return "databank antwoordt niet"
    return "migraties ontbreken" if plan else "ok"
