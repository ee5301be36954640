"""The same data gives the same bytes and modes on any day, in any time zone, locale and folder, with any hash seed."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, run

# Whatever asks for the time while a build runs hears another day.
ANOTHER_DAY = """
import datetime, os, time
shift = int(os.environ.get("DAYS_LATER", "0")) * 86400
for name in ("time", "time_ns", "localtime", "gmtime"):
    def later(*arguments, _true=getattr(time, name), _name=name, _now=time.time):
        if _name == "time":
            return _true() + shift
        if _name == "time_ns":
            return _true() + shift * 10**9
        return _true(*(arguments or (_now() + shift,)))
    setattr(time, name, later)
class Date(datetime.date):
    @classmethod
    def today(cls):
        return cls.fromordinal(super().today().toordinal() + shift // 86400)
class DateTime(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return super().now(tz) + datetime.timedelta(seconds=shift)
datetime.date, datetime.datetime = Date, DateTime
"""
ENVIRONMENTS = (
    {"TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "0", "umask": 0o022, "folder": "here", "DAYS_LATER": "0"},
    {
        "TZ": "Asia/Shanghai",
        "LC_ALL": "zh_CN.UTF-8",
        "PYTHONHASHSEED": "1",
        "umask": 0o077,
        "folder": "here",
        "DAYS_LATER": "1",
    },
    {
        "TZ": "America/New_York",
        "LC_ALL": "C.UTF-8",
        "PYTHONHASHSEED": "2",
        "umask": 0o002,
        "folder": "here",
        "DAYS_LATER": "40",
    },
    {
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "POSIX",
        "PYTHONHASHSEED": "random",
        "umask": 0o000,
        "folder": "here",
        "DAYS_LATER": "366",
    },
    {
        "TZ": "Pacific/Pago_Pago",
        "LC_ALL": "tr_TR.UTF-8",
        "PYTHONHASHSEED": "4",
        "umask": 0o027,
        "folder": "另一个 文件夹",
        "DAYS_LATER": "-400",
    },
    {
        "TZ": "Asia/Kathmandu",
        "LC_ALL": "en_US.UTF-8",
        "PYTHONHASHSEED": "5",
        "umask": 0o022,
        "folder": "另一个 文件夹",
        "DAYS_LATER": "3000",
    },
    {"TZ": "Africa/Casablanca", "LC_ALL": "C", "PYTHONHASHSEED": "6", "umask": 0o077, "folder": "b", "DAYS_LATER": "7"},
    {
        "TZ": "Australia/Lord_Howe",
        "LC_ALL": "ja_JP.EUC-JP",
        "PYTHONHASHSEED": "4294967295",
        "umask": 0o037,
        "folder": "b",
        "DAYS_LATER": "0",
    },
)


def built(folder: Path, environment: dict, out: Path, clock: Path) -> dict[str, tuple[str, int]]:
    """Digest and mode of every file of a site that was built so."""
    given = {name: value for name, value in environment.items() if name not in ("umask", "folder")}
    given = {**os.environ, **given, "PYTHONPATH": str(clock)}
    made = run("site", "--out", str(out), cwd=folder, env=given, umask=environment["umask"])
    assert made.returncode == 0, made.stdout + made.stderr
    return {
        path.relative_to(out).as_posix(): (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mode & 0o777)
        for path in sorted(out.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def clock(tmp_path_factory):
    folder = tmp_path_factory.mktemp("clock")
    (folder / "sitecustomize.py").write_text(ANOTHER_DAY, "utf-8")
    return folder


def test_the_clock_of_this_test_is_wrong(clock):
    ask = "import time, datetime; print(time.localtime().tm_year, datetime.date.today().year, datetime.datetime.now().year)"
    environment = {**os.environ, "PYTHONPATH": str(clock), "DAYS_LATER": "36525"}
    years = subprocess.check_output([sys.executable, "-c", ask], env=environment, text=True).split()
    assert all(int(year) > 2100 for year in years)


def test_eight_environments_give_the_same_bytes_and_modes(tmp_path, clock):
    copies = {"here": ROOT}
    for name in {environment["folder"] for environment in ENVIRONMENTS} - {"here"}:
        copies[name] = tmp_path / name
        skipped = shutil.ignore_patterns(".venv", "build", "site", ".site.*", ".hypothesis", "*cache*")
        shutil.copytree(ROOT, copies[name], ignore=skipped, symlinks=True)
    first: dict[str, tuple[str, int]] = {}
    for number, environment in enumerate(ENVIRONMENTS):
        found = built(copies[environment["folder"]], environment, tmp_path / f"site-{number}", clock)
        first = first or found
        assert len(found) > 300 and sorted(found) == sorted(first)
        different = [path for path in found if found[path] != first[path]]
        assert not different, (environment, different)
        assert {mode for _, mode in found.values()} == {0o644}
        shutil.rmtree(tmp_path / f"site-{number}")
