"""Tasks that are at it until they are let go on, by a file."""

import os
import time

from celery import Celery

app = Celery("tasks")


def double_slowly(number):
    print("at it", flush=True)
    deadline = time.monotonic() + 180
    while not os.path.exists("go on") and time.monotonic() < deadline:
        time.sleep(0.1)
    return 2 * number


@app.task(acks_late=True)
def late(number):
    return double_slowly(number)


@app.task
def early(number):
    return double_slowly(number)
