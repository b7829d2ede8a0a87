"""A process that records a decision and is killed on the way (test_crash.py). Run as a program of its own.

Reads from standard input, line by line, before which step it shall die; for each it forks, records in the child, and
answers with how the child ended: "killed" or "done". Steps are the statements, and what comes just before and just
after the transaction is committed.
"""

import json
import os
import signal
import sys


def _watch(connection, fatal):
    """Count every step on the connection; die before the fatal one, with no chance to tidy up."""
    step = 0

    def take_step():
        nonlocal step
        step += 1
        if step == fatal:
            os.kill(os.getpid(), signal.SIGKILL)

    def statement(execute, sql, params, many, context):
        take_step()
        return execute(sql, params, many, context)

    commit = connection._commit

    def commit_and_survive():
        take_step()
        commit()
        take_step()

    connection.ensure_connection()
    connection._commit = commit_and_survive
    connection.execute_wrappers.append(statement)


def _record(about):
    from governance.domain import decisions  # noqa: PLC0415 - not before django.setup()
    from governance.domain.voting import Poll  # noqa: PLC0415 - as above
    from governance.models import AgendaItem, User  # noqa: PLC0415 - as above

    item = AgendaItem.objects.select_related("case", "meeting").get(pk=about["item"])
    decisions.record_decision(
        case=item.case,
        meeting=item.meeting,
        item=item,
        outcome="approved",
        text="Besluttet ved navneopråb.",
        by=User.objects.get(pk=about["by"]),
        poll=Poll(method="roll_call", votes={int(seat): choice for seat, choice in about["votes"].items()}),
    )


def main():
    import django  # noqa: PLC0415 - a program of its own

    django.setup()
    from django.db import connection  # noqa: PLC0415 - as above

    about = json.loads(sys.argv[1])
    connection.settings_dict["NAME"] = about["database"]
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            _watch(connection, int(line))
            _record(about)
            connection.close()
            os._exit(0)
        _pid, status = os.waitpid(child, 0)
        ended = "killed" if os.WIFSIGNALED(status) else "done" if os.WEXITSTATUS(status) == 0 else "broken"
        sys.stdout.write(f"{ended}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
