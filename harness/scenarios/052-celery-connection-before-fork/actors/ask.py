"""Sends 200 tasks at once, and tells how many of them did not get the answer to their own question."""

import json
import sys

from celery.result import ResultSet
from tasks import app

task = app.tasks[sys.argv[1]]
answers = ResultSet([task.delay(number) for number in range(1000, 1200)]).join(timeout=40, propagate=False)
wrong = sum(answer is not True for answer in answers)
print(
    json.dumps(
        {
            "state": "completed",
            "result": wrong,
            "answers of others": sum(answer is False for answer in answers),
            "errors": sum(isinstance(answer, Exception) for answer in answers),
        }
    )
)
