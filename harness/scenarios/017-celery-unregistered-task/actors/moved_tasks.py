"""The same task in a module of another name; with NAME it keeps the name it had."""

import os

from tasks import app


@app.task(name=os.environ.get("NAME"))
def double(number):
    return 2 * number
