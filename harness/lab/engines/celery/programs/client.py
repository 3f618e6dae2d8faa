"""Sends one task, awaits its result, and prints what became of it as a line of JSON.

    client.py TASK ARGUMENTS-AS-JSON DEADLINE-IN-SECONDS

The broker and the result backend come from CELERY_BROKER_URL and CELERY_RESULT_BACKEND.
"""

import json
import sys

from celery import Celery
from celery.exceptions import TimeoutError as NoResultYet


def submit(task: str, arguments: list, deadline: float) -> dict:
    app = Celery("client")
    try:
        sent = app.send_task(task, args=arguments)
    except Exception as error:
        return {"state": "failed", "error": f"not sent: {describe(error)}"}
    try:
        return {"state": "completed", "result": sent.get(timeout=deadline)}
    except NoResultYet:
        return {"state": "pending"}
    except Exception as error:
        return {"state": "failed", "error": describe(error)}


def describe(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


if __name__ == "__main__":
    task, arguments, deadline = sys.argv[1:]
    print(json.dumps(submit(task, json.loads(arguments), float(deadline))), flush=True)
