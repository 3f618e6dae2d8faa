"""One task. Broker and result backend come from the environment."""

from celery import Celery

app = Celery("tasks")


@app.task
def add(a: int, b: int) -> int:
    return a + b
