from celery import Celery

app = Celery("tasks")


@app.task
def double(number):
    return 2 * number
