"""Tells whether this Python can use gdbm, as most of those in images can."""

import importlib.util
import json

print(json.dumps({"gdbm": importlib.util.find_spec("_gdbm") is not None}))
