"""An app that imports the modules named in INCLUDE."""

import os

from celery import Celery

app = Celery("tasks", include=os.environ.get("INCLUDE", "").split())
app.conf.task_acks_late = "ACKS_LATE" in os.environ
