import os

from celery import Celery
from redis.connection import DefaultParser
from redis.exceptions import ConnectionError

if os.environ.get("TAKES_IT_FOR") == "a lost connection":
    for error in ("UNBLOCKED", "READONLY"):
        DefaultParser.EXCEPTION_CLASSES[error] = ConnectionError

app = Celery("tasks")


@app.task
def double(number):
    return 2 * number
