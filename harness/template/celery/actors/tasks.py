import os

from celery import Celery

app = Celery("tasks", include=os.environ.get("INCLUDE", "").split())
