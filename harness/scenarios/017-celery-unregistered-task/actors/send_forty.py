"""Sends forty tasks, and tells how many were done and how many failed."""

import json

from tasks import app

results = [app.send_task("more_tasks.double", [4]) for _ in range(40)]
errors = []
for result in results:
    try:
        result.get(timeout=15)
    except Exception as error:
        errors.append(f"{type(error).__name__}: {error}")
answer = {"state": "failed", "error": errors[0]} if errors else {"state": "completed", "result": 40}
print(json.dumps({**answer, "some failed": len(errors) > 0, "some done": len(errors) < 40}), flush=True)
