"""Show the site while it is being worked on: every change of data, pages, templates or program builds the tree anew."""

import subprocess
import sys
import threading
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

WATCHED = ("docs", "scripts")  # and the data folder; MkDocs itself watches build/docs, overrides/ and mkdocs.yml
SETTLED = 0.2  # seconds without a further change, for editors save in several steps


class Changes(FileSystemEventHandler):
    """Remembers that something changed."""

    def __init__(self) -> None:
        self.seen = threading.Event()

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type in ("modified", "created", "deleted", "moved") and "__pycache__" not in str(event.src_path):
            self.seen.set()


def serve(root: Path, data: Path, port: int) -> int:
    """Build, then run `mkdocs serve` and build again after every change, until interrupted."""
    # A fresh process each time: this one would go on using old code.
    build = [sys.executable, "-m", "scripts", "build", "--data", str(data.resolve()), "--settings"]
    if subprocess.run(build, cwd=root).returncode:
        return 1
    engine = subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "serve", "--livereload", "-f", "build/mkdocs.yml", "-a", f"127.0.0.1:{port}"],
        cwd=root,
    )
    changes = Changes()
    observer = Observer()
    for folder in (data.resolve(), *(root / name for name in WATCHED)):
        observer.schedule(changes, str(folder), recursive=True)
    observer.start()
    try:
        while engine.poll() is None:
            if changes.seen.wait(1):
                while changes.seen.is_set():
                    changes.seen.clear()
                    changes.seen.wait(SETTLED)
                subprocess.run(build, cwd=root)
    except KeyboardInterrupt:
        pass
    finally:
        observer.stop()
        engine.terminate()
        engine.wait()
    return 0
