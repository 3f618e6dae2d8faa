"""Tells which GPUs torch sees, without using one."""

import json

import torch

print(json.dumps({"cuda": torch.cuda.device_count() > 0, "mps": torch.backends.mps.is_available()}))
