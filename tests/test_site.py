"""The built site as files: whole or as it was, no dead link, nothing fetched from elsewhere."""

import gzip
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
from os.path import normpath
from pathlib import Path

import pytest

from scripts.history import read_history
from scripts.ledger import Dates
from scripts.prove import Seen, prove, read_csv
from scripts.write import MARKER, NotOurs, write_tree
from tests.conftest import CITY, ROOT, downloads_of, run


def digests(folder):
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_site_is_sound(site):
    out, ledger = site
    assert prove(out, ledger.site.address) == []


def test_every_record_has_its_page_and_downloads(site):
    out, ledger = site
    for record in (*ledger.policies, *ledger.measures, *ledger.departments):
        assert (out / record.address / "index.html").is_file()
        kind = "policies" if record in ledger.policies else "measures" if record in ledger.measures else "departments"
        assert (out / f"data/v1/{kind}/{record.id}.json").is_file()
    for address in (
        "",
        "policies",
        "measures",
        "departments",
        "deadlines",
        "targets",
        "data",
        "data/dictionary",
        "about",
        "contribute",
    ):
        assert (out / address / "index.html").is_file()
    assert (out / "404.html").is_file()


def test_downloads_reach_the_site_byte_for_byte(site):
    out, ledger = site
    made = digests(out)
    for path, content in downloads_of(ledger).items():
        assert made[path] == hashlib.sha256(content).hexdigest(), path


def test_records_stay_out_of_the_navigation(site):
    out, ledger = site
    sizes = {measure.id: (out / measure.address / "index.html").stat().st_size for measure in ledger.measures}
    assert max(sizes.values()) < 40_000
    text = (out / ledger.measures[0].address / "index.html").read_text("utf-8")
    navigation = text[text.index('class="pl-nav"') : text.index("</header>")]
    assert navigation.count("<a ") < 12


def seen(path):
    page = Seen()
    page.feed(path.read_text("utf-8"))
    return page


def packed(path):
    return len(gzip.compress(path.read_bytes(), mtime=0))


def test_a_page_weighs_little(site):
    """Bytes over the wire, compressed: all that the first page needs, and then each further page."""
    out, ledger = site
    for measure in ledger.measures:
        path = out / measure.address / "index.html"
        files = {(path.parent / address).resolve() for address, _ in seen(path).fetched}
        assert packed(path) + sum(map(packed, files)) <= 70_000
        assert packed(path) <= 12_000
    assert not (out / "assets/javascripts").exists(), "the theme's scripts are not published"


def test_every_record_is_three_links_away_at_most(site):
    out, ledger = site
    near, edge = {out / "index.html"}, {out / "index.html"}
    for _ in range(3):
        links = {
            (path, address.split("#")[0]) for path in edge for address, _ in seen(path).links if "://" not in address
        }
        found = {
            Path(normpath(path.parent / address / "index.html")) for path, address in links if address.endswith("/")
        }
        edge = {path for path in found if path.is_file()} - near
        near |= edge
    for record in (*ledger.policies, *ledger.measures, *ledger.departments):
        assert out / record.address / "index.html" in near, record.id


@pytest.mark.parametrize(
    ("damage", "complaint"),
    [
        (lambda page: page.replace('href="../', 'href="../nowhere/', 1), "链接没有目标"),
        (lambda page: page.replace("</main>", '<img src="https://tracker.example/x.png"></main>'), "向别的网站取文件"),
        (lambda page: page.replace("</main>", '<a href="#nowhere">x</a></main>'), "锚点不存在"),
        (lambda page: page.replace("</main>", '<a href="javascript:alert(1)">x</a></main>'), "不安全的链接"),
        (lambda page: page.replace('lang="zh"', ""), "没有语言"),
        (lambda page: page.replace("<h1>", "<p>").replace("</h1>", "</p>"), "一级标题"),
        (lambda page: page.replace('name="description"', 'name="other"'), "没有摘要"),
    ],
)
def test_the_prover_would_notice(site, damage, complaint, tmp_path):
    out, ledger = site
    copy = shutil.copytree(out, tmp_path / "site")
    path = copy / ledger.measures[0].address / "index.html"
    before = path.read_text("utf-8")
    path.write_text(damage(before), "utf-8")
    assert path.read_text("utf-8") != before
    assert any(complaint in fault for fault in prove(copy, ledger.site.address))


def test_the_prover_would_notice_a_wrong_csv(site, tmp_path):
    out, ledger = site
    copy = shutil.copytree(out, tmp_path / "site")
    path = copy / "data/v1/deadlines.csv"
    path.write_text(path.read_text("utf-8").replace("2020.10", "2020.1").replace("2020.12", "2020.1"), "utf-8")
    assert any("deadlines" in fault for fault in prove(copy, ledger.site.address))


def test_reading_a_csv_leaves_the_process_as_it_was(site):
    def settings():
        return signal.getsignal(signal.SIGPIPE), sys.excepthook

    before = settings()
    read_csv(site[0] / "data/v1/measures.csv")
    assert settings() == before


def test_styles_and_scripts_name_no_other_host(site):
    out, _ = site
    for path in (out / "assets/ledger.css", out / "assets/ledger.js"):
        assert "http" not in path.read_text("utf-8")
    seen = Seen()
    seen.feed((out / "index.html").read_text("utf-8"))
    for address, _ in seen.fetched:
        if address.endswith(".css"):
            assert "url(http" not in (out / address).read_text("utf-8") and "@import" not in (out / address).read_text(
                "utf-8"
            )


# --- whole, or as it was


@pytest.fixture
def copy(tmp_path):
    return shutil.copytree(CITY / "data", tmp_path / "data")


def test_bad_data_leaves_the_last_good_build(copy, tmp_path):
    out = tmp_path / "docs"
    assert run("build", "--data", str(copy), "--out", str(out)).returncode == 0
    before = digests(out)
    (copy / "site.yml").write_text("name：坏的\n", "utf-8")
    made = run("build", "--data", str(copy), "--out", str(out))
    assert made.returncode == 1 and "fullwidth-colon" in made.stdout and "没有改动" in made.stderr
    assert digests(out) == before


def test_bad_data_leaves_the_last_good_site(copy, tmp_path):
    out = tmp_path / "site"
    assert run("site", "--data", str(copy), "--out", str(out)).returncode == 0
    before = digests(out)
    (copy / "themes.yml").unlink()
    assert run("site", "--data", str(copy), "--out", str(out)).returncode == 1
    assert digests(out) == before and not (tmp_path / ".site.new").exists()


def test_a_killed_build_leaves_the_last_good_site(copy, tmp_path):
    out = tmp_path / "site"
    build = ("site", "--data", str(copy), "--out", str(out))
    assert run(*build).returncode == 0
    before = digests(out)
    for wait in (0.3, 0.8, 1.2, 1.6, 2.0):
        started = subprocess.Popen(
            [sys.executable, "-m", "scripts", *build],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        time.sleep(wait)
        os.killpg(started.pid, signal.SIGKILL)
        started.wait()
        assert digests(out) == before
    assert run(*build).returncode == 0
    assert digests(out) == before


def test_somebody_elses_folder_is_not_touched(copy, tmp_path):
    out = tmp_path / "photos"
    out.mkdir()
    (out / "holiday.jpg").write_bytes(b"x")
    for command in ("build", "site"):
        made = run(command, "--data", str(copy), "--out", str(out))
        assert made.returncode == 2 and "没有改动" in made.stderr
    assert [path.name for path in out.iterdir()] == ["holiday.jpg"]
    with pytest.raises(NotOurs):
        write_tree(out, [])


def test_a_tree_is_written_whole_and_unchanged_files_stay(tmp_path):
    out = tmp_path / "tree"
    write_tree(out, {"a.md": "1", "b/c.json": b"2", "gone.md": "3"}.items())
    inode = (out / "a.md").stat().st_ino
    write_tree(out, {"a.md": "1", "b/c.json": b"4"}.items())
    assert {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()} == {
        "a.md",
        "b/c.json",
        MARKER,
    }
    assert (out / "a.md").stat().st_ino == inode and (out / "b/c.json").read_bytes() == b"4"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["tree"]


def test_dates_of_change_come_from_git_or_are_absent(copy, tmp_path, monkeypatch):
    def git(*arguments, folder=tmp_path):
        subprocess.run(
            ["git", "-c", "user.name=t", "-c", "user.email=t@t", *arguments],
            cwd=folder,
            check=True,
            capture_output=True,
        )

    assert read_history(copy).dates == {}
    git("init", "-q")
    git("add", ".")
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2026-01-02T23:04:05+00:00")
    git("commit", "-q", "-m", "1")
    files = [path for path in sorted(copy.rglob("*")) if path.is_file()]
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2026-02-03T12:00:00+08:00")
    files[0].write_text(files[0].read_text("utf-8") + "\n", "utf-8")
    git("commit", "-q", "-a", "-m", "2")
    known = read_history(copy).dates
    assert list(sorted(known)) == [path.relative_to(copy).as_posix() for path in files]
    changed = known.pop(files[0].relative_to(copy).as_posix())
    assert changed == Dates("2026-01-03 07:04", "2026-02-03 12:00"), "in China it was the next day"
    assert set(known.values()) == {Dates("2026-01-03 07:04", "2026-01-03 07:04")}
    git("clone", "-q", "--depth", "1", f"file://{tmp_path}", str(tmp_path / "shallow"))
    assert read_history(tmp_path / "shallow" / "data").dates == {}, "a shallow clone does not know"
