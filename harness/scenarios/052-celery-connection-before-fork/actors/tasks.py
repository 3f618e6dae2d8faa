"""Tasks that ask the server for a number, and say whether they got theirs. CONNECT tells when the connection is made."""

import os

import redis
from celery import Celery
from celery.signals import worker_process_init
from connections import Connection

app = Celery("tasks")
when = os.environ.get("CONNECT")
in_a_worker = when is not None
connection = Connection() if when == "at import" else None
client = redis.Redis.from_url(os.environ["SERVER_URL"]) if in_a_worker else None


@worker_process_init.connect
def connect_in_the_child(**_):
    global connection
    if when == "in the child":
        connection = Connection()


@app.task
def is_own_answer(number):
    return connection.echo(number) == number


@app.task
def is_own_answer_of_redis_py(number):
    return int(client.echo(str(number))) == number
