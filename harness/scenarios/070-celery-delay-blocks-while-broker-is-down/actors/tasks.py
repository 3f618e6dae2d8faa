import json
import os

from celery import Celery

app = Celery("tasks")
app.conf.update(json.loads(os.environ.get("SETTINGS", "{}")))


@app.task
def double(number):
    return 2 * number


@app.task(ignore_result=True)
def note(number):
    print(number)
