import json
import os
import time

from celery import Celery
from gevent import monkey

app = Celery("tasks")
if "POOL_OF_THE_SETTINGS" in os.environ:
    app.conf.worker_pool = os.environ["POOL_OF_THE_SETTINGS"]

print(json.dumps({"sockets patched": monkey.is_module_patched("socket")}), flush=True)


@app.task
def nap():
    time.sleep(0.5)
    return "rested"
