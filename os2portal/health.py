"""Two addresses for machines: whether the process answers, and whether it can do its work."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache


@login_not_required
@never_cache
def alive(_request: HttpRequest) -> JsonResponse:
    """The process answers. Asks nothing else, so that a slow database does not get it restarted."""
    return JsonResponse({"status": "ok"})


@login_not_required
@never_cache
def ready(_request: HttpRequest) -> JsonResponse:
    """The database answers and its tables are as this version wants them; 503 otherwise."""
    executor = MigrationExecutor(connection)
    waiting = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    return JsonResponse({"status": "migrations waiting" if waiting else "ok"}, status=503 if waiting else 200)
