"""`/gezondheid/`: may this site receive visitors, and can its editors save?"""

from django.db import Error, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.http import JsonResponse
from django.views.decorators.cache import never_cache

from eerstelijn.database import refusals

OK = "ok"
READ_ONLY = "alleen-lezen"
DISK_FULL = "schijf vol"
NO_ANSWER = "databank antwoordt niet"
NOT_MIGRATED = "migraties ontbreken"

#: Readers are served all the same.
WELL = (OK, READ_ONLY, DISK_FULL)

#: Milliseconds that the database gets for each question: whoever watches is told soon.
PATIENCE = 400

#: A question whose answer does not fit in the memory it may use, so that PostgreSQL writes some
#: 100 kB to its disk and takes them away again. It changes no table, and a standby can do it too.
WRITE = "SELECT count(*) FROM generate_series(1, 8000)"


@never_cache
def health(request):
    """200 when visitors can be served, else 503, with the reason; `?levend` asks no database."""
    if "levend" in request.GET:
        return JsonResponse({"status": OK})
    status = _status()
    return JsonResponse({"status": status}, status=200 if status in WELL else 503)


def _status():
    try:
        with transaction.atomic():
            return _status_of_database()
    except Error as error:
        return DISK_FULL if refusals.code_of(error) == "53100" else NO_ANSWER


def _status_of_database():
    with connection.cursor() as cursor:
        # For this transaction only: whoever gets the connection next has the usual limits.
        cursor.execute(f"SET LOCAL statement_timeout = {PATIENCE}; SET LOCAL work_mem = '64kB'")
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return NOT_MIGRATED
        cursor.execute("SELECT current_setting('transaction_read_only')")
        is_read_only = cursor.fetchone() == ("on",)
        cursor.execute(WRITE)
    return READ_ONLY if is_read_only else OK
