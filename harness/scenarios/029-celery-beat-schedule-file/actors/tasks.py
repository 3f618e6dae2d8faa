from celery import Celery

app = Celery("tasks")
app.conf.beat_schedule = {"tick": {"task": "tasks.tick", "schedule": 1.0}}


@app.task
def tick():
    pass
