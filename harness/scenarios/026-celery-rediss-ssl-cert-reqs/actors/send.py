"""Sends a task as a web process does, with the very settings of the worker, and tells whether it could."""

import json

from tasks import double

try:
    double.delay(2)
    print(json.dumps({"state": "completed", "result": "sent"}))
except Exception as error:
    print(json.dumps({"state": "failed", "error": f"{type(error).__name__}: {error}"}))
