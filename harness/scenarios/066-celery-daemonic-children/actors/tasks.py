"""Tasks that start processes of their own, in so many pools one after the other."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

from celery import Celery

app = Celery("tasks")
numbers = [1, 2, 3]


def double(number):
    return 2 * number


@app.task
def multiprocessing_with(times):
    for _ in range(times):
        with multiprocessing.Pool(2) as pool:
            doubled = pool.map(double, numbers)
        print("one pool done")
    return doubled


@app.task
def multiprocessing_closed(times):
    for _ in range(times):
        pool = multiprocessing.Pool(2)
        doubled = pool.map(double, numbers)
        pool.close()
        pool.join()
        print("one pool done")
    return doubled


@app.task
def process_executor(times):
    for _ in range(times):
        with ProcessPoolExecutor(2) as pool:
            doubled = list(pool.map(double, numbers))
        print("one pool done")
    return doubled


@app.task
def thread_executor(times):
    for _ in range(times):
        with ThreadPoolExecutor(2) as pool:
            doubled = list(pool.map(double, numbers))
        print("one pool done")
    return doubled
