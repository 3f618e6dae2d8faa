"""Tasks of a worker whose children take so long to start. Each child does one task and is replaced."""

import os
import time

from celery import Celery
from celery.signals import worker_process_init

app = Celery("tasks")
app.conf.worker_max_tasks_per_child = int(os.environ.get("TASKS_PER_CHILD", 1))
if "ALIVE_TIMEOUT" in os.environ:
    app.conf.worker_proc_alive_timeout = float(os.environ["ALIVE_TIMEOUT"])


@worker_process_init.connect
def prepare(**_):
    time.sleep(float(os.environ["START_SECONDS"]))


@app.task
def double(number):
    return 2 * number
