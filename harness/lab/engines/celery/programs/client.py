"""Sends tasks, awaits the result of one, and tells what became of it in lines of JSON.

    client.py TASK ARGUMENTS-AS-JSON DEADLINE-IN-SECONDS [MORE-AS-JSON]

ARGUMENTS is a list, or an object of keyword arguments. MORE may hold
    ask      `submit` (default), `add`, which does not wait, or `await`, which waits for the task `id`
    bulk     true if ARGUMENTS is a list of them, for a task each
    options  of the task, as send_task takes them
    client   settings of the app
The broker and the result backend come from CELERY_BROKER_URL and CELERY_RESULT_BACKEND.
"""

import json
import os
import sys
import threading
from datetime import datetime

from celery import Celery
from celery.exceptions import TimeoutError as NoResultYet


def tell(answer: dict) -> None:
    print(json.dumps(answer), flush=True)


def send(app: Celery, task: str, arguments, options: dict) -> str:
    given = {"kwargs": arguments} if isinstance(arguments, dict) else {"args": arguments}
    return app.send_task(task, **given, **{name: as_time(name, value) for name, value in options.items()}).id


def as_time(name: str, value):
    if name in ("eta", "expires") and isinstance(value, str):
        return datetime.fromisoformat(value.replace("Z", "+00:00"))
    return value


def fate(app: Celery, task_id: str, deadline: float) -> dict:
    try:
        return {"state": "completed", "result": app.AsyncResult(task_id).get(timeout=deadline)}
    except NoResultYet:
        return {"state": "pending"}
    except Exception as error:
        return {"state": "failed", "error": describe(error)}


def describe(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def give_up(deadline: float) -> None:
    tell({"state": "pending", "error": f"not sent: the broker had not taken it within {deadline:g} s"})
    os._exit(0)


def work(task: str, arguments, deadline: float, more: dict) -> None:
    app = Celery("client")
    app.conf.update(more.get("client", {}))
    ask = more.get("ask", "submit")
    if ask == "await":
        tell(fate(app, more["id"], deadline))
        return
    watch = threading.Timer(deadline, give_up, (deadline,))
    watch.daemon = True
    watch.start()
    try:
        jobs = arguments if more.get("bulk") else [arguments]
        ids = [send(app, task, one, more.get("options", {})) for one in jobs]
    except Exception as error:
        watch.cancel()
        tell({"state": "failed", "error": f"not sent: {describe(error)}"})
        return
    watch.cancel()
    tell({"ids": ids})
    if ask == "submit":
        tell(fate(app, ids[0], deadline))


if __name__ == "__main__":
    task, arguments, deadline, *more = sys.argv[1:]
    work(task, json.loads(arguments), float(deadline), json.loads(more[0]) if more else {})
