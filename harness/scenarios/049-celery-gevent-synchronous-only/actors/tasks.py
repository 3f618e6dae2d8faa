"""A task that awaits in asyncio, and one that asks Django's database, as they meet in one worker."""

import asyncio
from pathlib import Path

import django
from celery import Celery
from django.conf import settings

app = Celery("tasks")
settings.configure(
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
)
django.setup()


async def wait():
    print("the coroutine runs", flush=True)
    while not Path("go-on").exists():
        await asyncio.sleep(0.1)
    return "waited"


@app.task
def asynchronous():
    return asyncio.run(wait())


@app.task
def query():
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT 2 + 2")
        return cursor.fetchone()[0]
