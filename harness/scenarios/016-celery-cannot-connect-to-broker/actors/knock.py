"""Tells what becomes of a connection to the address that is configured: open, or the number of its error."""

import json
import os
import socket
from urllib.parse import urlsplit

url = urlsplit(os.environ["CELERY_BROKER_URL"])
try:
    socket.create_connection((url.hostname, url.port), timeout=5).close()
    answer = "open"
except OSError as error:
    answer = "name unknown" if isinstance(error, socket.gaierror) else str(error.errno)
print(json.dumps({"configured address": answer}))
