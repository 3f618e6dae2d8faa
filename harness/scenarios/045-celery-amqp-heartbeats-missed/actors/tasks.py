"""A task that holds its process until it is let go on, by a file, and lets nothing else run in it."""

import json
import os
import time

from celery import Celery

app = Celery("tasks")
app.conf.update(json.loads(os.environ.get("SETTINGS", "{}")))


@app.task
def compute(number):
    print("at it", flush=True)
    deadline = time.monotonic() + 14
    while time.monotonic() < deadline and not os.path.exists("go on"):
        sum(range(10_000))
    return 2 * number
