from tasks import app


@app.task
def double(number):
    return 2 * number
