"""Foreign validators, installed on demand into a scratch folder outside the repository: Python packages into a virtual
environment of their own, npm packages into a folder of their own, programs of the system through its package manager."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Mapping
from pathlib import Path

SCRATCH = Path(os.environ.get("POLICY_LEDGER_SCRATCH") or Path(tempfile.gettempdir()) / "policy-ledger-validators")


def python(packages: Mapping[str, str]) -> Path:
    """The programs of a virtual environment with these packages (name to version), made once for each set of them."""
    folder, wanted = SCRATCH / "python", json.dumps(packages, indent=1)
    done = folder / "packages.json"
    if not done.is_file() or done.read_text("utf-8") != wanted:
        venv.create(folder, clear=True, with_pip=True)
        pins = [f"{name}=={version}" for name, version in packages.items()]
        _install([str(folder / "bin/python"), "-m", "pip", "install", "--quiet", *pins])
        done.write_text(wanted, "utf-8")
    return folder / "bin"


def wheel(package: str, version: str) -> Path:
    """A wheel that is only read, so it may ask for a newer Python than this one."""
    folder = SCRATCH / "wheels"
    name = f"{package.replace('-', '_')}-{version}-*.whl"
    if not list(folder.glob(name)):
        options = ["--no-deps", "--only-binary", ":all:", "--python-version", "3.13", "--dest", str(folder)]
        _install([sys.executable, "-m", "pip", "download", "--quiet", *options, f"{package}=={version}"])
    return next(folder.glob(name))


def npm(packages: Mapping[str, str]) -> Path:
    """The folder with the `node_modules` of these packages (name to version)."""
    if not shutil.which("npm"):
        sys.exit("测量需要 Node.js 和 npm。请先安装，再运行 make measure。")
    folder, wanted = SCRATCH / "npm", json.dumps({"private": True, "dependencies": packages}, indent=1)
    done = folder / "installed.json"
    if not done.is_file() or done.read_text("utf-8") != wanted:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        (folder / "package.json").write_text(wanted, "utf-8")
        _install(["npm", "install", "--no-audit", "--no-fund", "--silent", "--prefix", str(folder)])
        done.write_text(wanted, "utf-8")
    return folder


def program(name: str, package: str) -> str:
    """Where a program of the system is; empty where it is missing and cannot be installed."""
    if not shutil.which(name) and shutil.which("apt-get"):
        subprocess.run(["apt-get", "install", "-y", "-qq", package], capture_output=True)
    return shutil.which(name) or ""


def _install(command: list[str]) -> None:
    made = subprocess.run(command, capture_output=True, text=True)
    if made.returncode:
        sys.exit(f"没能安装检查工具：\n{made.stderr}")
