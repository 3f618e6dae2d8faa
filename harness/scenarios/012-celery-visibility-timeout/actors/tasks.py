"""Tasks that are at it until they are let go on, by a file."""

import os
import time

from celery import Celery

app = Celery("tasks")
app.conf.broker_transport_options = {"visibility_timeout": float(os.environ["VISIBILITY_TIMEOUT"])}
app.conf.worker_prefetch_multiplier = 1


def double_slowly(number):
    deadline = time.monotonic() + 60
    print("at it", flush=True)
    while not os.path.exists("go on") and time.monotonic() < deadline:
        time.sleep(0.02)
    return 2 * number


@app.task(acks_late=True)
def late(number):
    return double_slowly(number)


@app.task
def early(number):
    return double_slowly(number)
