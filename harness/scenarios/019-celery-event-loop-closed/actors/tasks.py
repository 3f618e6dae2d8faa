"""Tasks that ask Redis with an asynchronous client."""

import asyncio
import os
import threading

from celery import Celery
from redis.asyncio import Redis

app = Celery("tasks")
url = os.environ["CELERY_BROKER_URL"]

shared = Redis.from_url(url)
own = threading.local()


@app.task
def shared_client():
    return asyncio.run(ping(shared))


@app.task
def shared_client_new_loop():
    return asyncio.new_event_loop().run_until_complete(ping(shared))


@app.task
def client_of_the_task():
    return asyncio.run(ping_with_a_client_of_its_own())


@app.task
def loop_of_the_process():
    if not hasattr(own, "loop"):
        own.loop = asyncio.new_event_loop()
        own.client = Redis.from_url(url)
    return own.loop.run_until_complete(ping(own.client))


async def ping(client):
    return await client.ping()


async def ping_with_a_client_of_its_own():
    async with Redis.from_url(url) as client:
        return await client.ping()
