"""Prints, as a JSON list, what pip's report of an installation lacks on Windows.

    overlooked.py REPORT PYTHON-IN-FULL

pip reads the conditions of a requirement (`sys_platform == "win32"`, `python_version < "3.11"`) for the
system and the Python that it runs on itself, whatever it installs for: https://github.com/pypa/pip/issues/11664
"""

import json
import sys

from pip._vendor.packaging.requirements import Requirement
from pip._vendor.packaging.utils import canonicalize_name


def windows(python: str) -> dict:
    return {
        "os_name": "nt",
        "sys_platform": "win32",
        "platform_system": "Windows",
        "platform_machine": "AMD64",
        "platform_python_implementation": "CPython",
        "implementation_name": "cpython",
        "python_version": python.rpartition(".")[0],
        "python_full_version": python,
        "extra": "",
    }


def overlooked(report: dict, python: str) -> list:
    packages = [package["metadata"] for package in report["install"]]
    installed = {canonicalize_name(package["name"]): package["version"] for package in packages}
    required = [
        Requirement(text) for package in packages for text in package.get("requires_dist", [])
    ]

    def is_met(one: Requirement) -> bool:
        version = installed.get(canonicalize_name(one.name))
        return version is not None and one.specifier.contains(version, prereleases=True)

    applying = [one for one in required if one.marker is None or one.marker.evaluate(windows(python))]
    return sorted({f"{one.name}{one.specifier}" for one in applying if not is_met(one)})


if __name__ == "__main__":
    path, python = sys.argv[1:]
    with open(path, encoding="utf-8") as report:
        print(json.dumps(overlooked(json.load(report), python)))
