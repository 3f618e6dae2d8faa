"""Tells whether this Python can import the client of Redis, and if not, why."""

import json

try:
    import redis  # noqa: F401

    answer = "yes"
except ImportError as error:
    answer = str(error)
print(json.dumps({"import redis": answer}))
