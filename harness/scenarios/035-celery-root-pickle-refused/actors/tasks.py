import os

from celery import Celery

app = Celery("tasks")
app.conf.accept_content = os.environ["ACCEPT"].split()


@app.task
def double(number):
    return 2 * number
