"""The app of tasks.py, with the pool chosen by setting."""

from tasks import add, app

__all__ = ["add", "app"]

app.conf.worker_pool = "solo"
