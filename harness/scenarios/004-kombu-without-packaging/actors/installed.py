"""Prints, as a line of JSON, which packaging and which kombu an import finds, `none` where there is none."""

import json
from importlib.metadata import version
from importlib.util import find_spec


def found(name: str) -> str:
    return "none" if find_spec(name) is None else version(name)


if __name__ == "__main__":
    print(json.dumps({name: found(name) for name in ("packaging", "kombu")}), flush=True)
