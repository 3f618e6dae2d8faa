"""Ends once Redis answers PING with PONG."""

import os
import time

from redis import Redis
from redis.exceptions import ConnectionError

client = Redis.from_url(os.environ["BROKER_URL"])
while True:
    try:
        client.ping()
        break
    except ConnectionError as error:
        print(error, flush=True)
        time.sleep(0.5)
print("PONG", flush=True)
