"""What every engine must be able to run: a job that doubles a number, and one that fails."""

from celery import Celery

app = Celery("tasks")


@app.task(name="numbers.double")
def double(number: int) -> int:
    return 2 * number


@app.task(name="numbers.fail")
def fail() -> None:
    raise ValueError("boom")
