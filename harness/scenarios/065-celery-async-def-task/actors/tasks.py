import asyncio
from pathlib import Path

from celery import Celery

app = Celery("tasks")


async def double_slowly(number):
    await asyncio.sleep(0.01)
    Path("body-ran").touch()
    return 2 * number


@app.task
async def asynchronous(number):
    return await double_slowly(number)


@app.task(ignore_result=True)
async def asynchronous_without_result(number):
    return await double_slowly(number)


@app.task
def runs_it(number):
    return asyncio.run(double_slowly(number))


@app.task(ignore_result=True)
def runs_it_without_result(number):
    return asyncio.run(double_slowly(number))


@app.task
def body_ran():
    return Path("body-ran").exists()
