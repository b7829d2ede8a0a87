"""Several people at the same moment, each in a thread with a connection of its own. For tests of concurrency."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, current_thread, main_thread

from django.db import connection, connections
from django.db.models import Model

HESITATION = 0.05


def make_saves_hesitate(monkeypatch):
    """Let every save in a thread wait a little, so that without locks all would have read before any wrote."""
    save = Model.save

    def hesitate(self, *args, **kwargs):
        if current_thread() is not main_thread():
            time.sleep(HESITATION)
        return save(self, *args, **kwargs)

    monkeypatch.setattr(Model, "save", hesitate)


def at_once(*attempts):
    """Let everybody act in the same moment; what each got, in order. An error in one of them is raised here."""
    line = Barrier(len(attempts))

    def act(attempt):
        connection.ensure_connection()
        line.wait(timeout=30)
        try:
            return attempt()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(attempts)) as threads:
        return [future.result(timeout=120) for future in [threads.submit(act, attempt) for attempt in attempts]]
