"""Empties, garbles or deletes a file of the schedule, as a full disk or a cut of the power may."""

import sys
from pathlib import Path

file, how = sys.argv[1:]
for path in Path().glob(file):
    if how == "empty":
        path.write_bytes(b"")
    if how == "garble":
        path.write_text("garble\n")
    if how == "delete":
        path.unlink()
