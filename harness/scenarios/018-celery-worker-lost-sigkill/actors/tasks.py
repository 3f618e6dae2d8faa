import os
import signal
import sys
import time
from pathlib import Path

from celery import Celery

app = Celery("tasks")
if "MAX_MEMORY_KB" in os.environ:
    app.conf.worker_max_memory_per_child = int(os.environ["MAX_MEMORY_KB"])


@app.task
def take_memory(megabytes):
    return len(b"x" * (megabytes * 2**20))


@app.task
def double(number):
    return 2 * number


@app.task
def end_by(name):
    os.kill(os.getpid(), signal.Signals[name])
    time.sleep(5)


@app.task
def leave(code):
    sys.exit(code)


@app.task(time_limit=1)
def run_too_long():
    time.sleep(20)


def end_the_first_time():
    died = Path("died")
    if died.exists():
        return "second run"
    died.touch()
    os.kill(os.getpid(), signal.SIGKILL)


@app.task(acks_late=True)
def late():
    return end_the_first_time()


@app.task(acks_late=True, reject_on_worker_lost=True)
def rejected():
    return end_the_first_time()


@app.task(acks_late=True, reject_on_worker_lost=True)
def rejected_and_hopeless():
    os.kill(os.getpid(), signal.SIGKILL)
