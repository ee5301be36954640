"""Make the whole site beside the old one, prove it, and only then let it take the old one's place."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import rjsmin

from scripts.engine import environment, settings
from scripts.ledger import Ledger
from scripts.prove import prove
from scripts.stage import stage
from scripts.write import NotOurs, room_beside, swap

# What the engine and its theme add although no page asks for it.
UNUSED = (
    "sitemap.xml.gz",
    "assets/javascripts",
    "assets/images",
    "assets/search*.js",  # stands in search/, under the name of its content
    "assets/stylesheets/*.map",
    "assets/stylesheets/palette.*",
)


def publish(ledger: Ledger, root: Path, out: Path) -> int:
    """Stage, build with MkDocs, prove, swap. Returns the exit status; on failure `out` is as it was."""
    build = root / "build"
    build.mkdir(exist_ok=True)
    with locked(build / ".lock") as free:
        if not free:
            print("另一个生成正在进行，请等它结束再试。", file=sys.stderr)
            return 2
        try:
            new = room_beside(out.resolve())
        except NotOurs as refusal:
            print(refusal, file=sys.stderr)
            return 2
        if status := stage(ledger, root, build / "docs"):
            return status
        engine = [
            sys.executable,
            "-m",
            "mkdocs",
            "build",
            "--strict",
            "-f",
            str(settings(ledger, root)),
            "-d",
            str(new),
        ]
        if subprocess.run(engine, cwd=root, env=environment()).returncode:
            shutil.rmtree(new, ignore_errors=True)
            print("网站没有生成；上一次的网站没有改动。", file=sys.stderr)
            return 1
        for unused in UNUSED:
            for path in new.glob(unused):
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        for script in (new / "assets").glob("*.js"):
            script.write_text(rjsmin.jsmin(script.read_text("utf-8")), "utf-8")
        if faults := prove(new, ledger.site.address):
            print("\n".join(faults), file=sys.stderr)
            print(f"生成的网站有 {len(faults)} 处问题，留在 {new}；上一次的网站没有改动。", file=sys.stderr)
            return 1
        swap(new, out.resolve())
    pages = sum(1 for _ in out.rglob("*.html"))
    print(f"网站已生成：{out}/（{pages} 页）")
    return 0


@contextmanager
def locked(path: Path) -> Iterator[bool]:
    """True if no other build is under way. The system lets go of the lock even if a build is killed."""
    with path.open("w") as lock:
        try:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except ImportError:  # Windows: a file that is open for writing cannot be replaced, which serves as well
            pass
        except BlockingIOError:
            yield False
            return
        yield True
