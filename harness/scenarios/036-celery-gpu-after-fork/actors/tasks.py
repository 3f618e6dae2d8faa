"""Tasks that compute on the GPU, which the module has used already, or which only tasks use."""

import os

import torch
from celery import Celery

app = Celery("tasks")
device = os.environ["DEVICE"]
ones = torch.ones(3)
if os.environ["FIRST_USED"] == "at import":
    ones = ones.to(device)


@app.task
def add():
    return ones.to(device).sum().item()
