"""The command line: python -m scripts <command>. Exit status 0 done, 1 problems in the data, 2 wrong use."""

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from scripts.arguments import Parser
from scripts.check import Report, check
from scripts.history import read_history
from scripts.ledger import NOTHING, Ledger
from scripts.load import load
from scripts.period import CHINA
from scripts.problem import visible
from scripts.report import FORMATS, as_summary, counted
from scripts.write import MARKER, NotOurs, write_file, write_tree

ROOT = Path(__file__).parents[1]


def main(arguments: Sequence[str] | None = None) -> int:
    for stream in (sys.stdout, sys.stderr):
        # Chinese on any terminal; a file name that is not UTF-8 must not break the report of it.
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    args = _parser().parse_args(arguments)
    # A web server must be able to read what is written, whatever the umask of the shell.
    os.umask(0o022)
    try:
        status = args.run(args)
        sys.stdout.flush()
    except BrokenPipeError:  # who reads what is printed has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return status


def _parser() -> argparse.ArgumentParser:
    parser = Parser(prog="python -m scripts", description="政策台账：检查数据，生成网页和开放数据。")
    commands = parser.add_subparsers(required=True, metavar="命令")

    def command(name: str, run, help: str, among=commands) -> argparse.ArgumentParser:
        added = among.add_parser(name, help=help, description=help)
        added.set_defaults(run=run)
        added.add_argument("--data", type=Path, default=Path("data"), metavar="DIR", help="数据文件夹，默认 data")
        return added

    checking = command("check", run_check, "检查全部数据文件，一次列出所有问题")
    checking.add_argument(
        "--format", choices=FORMATS, default="text", help="text 给人看；github 标在合并请求的行上；json 给程序"
    )
    checking.add_argument("--fix", action="store_true", help="先改正写法上有把握的问题，再检查；内容一概不改")
    formatting = command("format", run_format, "把数据文件整理成统一的版式，说明文字不动")
    formatting.add_argument("--check", action="store_true", help="只说哪些文件要整理，不改文件")
    building = command("build", run_build, "检查，然后生成网页的 Markdown 和全部下载文件")
    building.add_argument(
        "--out", type=Path, default=Path("build/docs"), metavar="DIR", help="输出文件夹，默认 build/docs"
    )
    building.add_argument(
        "--settings", action="store_true", help=argparse.SUPPRESS
    )  # for serve: the engine's settings too
    making = command("site", run_site, "build，再生成整个网站并检查链接")
    making.add_argument("--out", type=Path, default=Path("site"), metavar="DIR", help="网站文件夹，默认 site")
    making.add_argument(
        "--address",
        type=_address,
        default="",
        metavar="URL",
        help="网站的完整网址；data/site.yml 写了 address 的，以它为准",
    )
    importing = command("import", run_import, "把一份公文整理成台账的草稿，拿不准的地方逐处列出")
    importing.add_argument("file", type=Path, metavar="FILE", help="公文：.txt、.md、.docx、.html 或有文字层的 .pdf")
    importing.add_argument(
        "--id",
        required=True,
        metavar="编号",
        help="政策文件的编号：小写英文字母、数字和连字符，如 city-tasks；写定后不改",
    )
    importing.add_argument(
        "--jurisdiction",
        default="",
        metavar="编号",
        help="文件属于哪个辖区：data/jurisdictions.yml 里的编号；不写，按文件编号和原文判断",
    )
    importing.add_argument("--dry-run", action="store_true", help="只看结果，不写数据文件")
    importing.add_argument(
        "--report", type=Path, default=Path("build/import"), metavar="DIR", help="对照页的文件夹，默认 build/import"
    )
    confirming = command("confirm", run_confirm, "把核对过的“待确认”从数据里删去；别的一概不动")
    confirming.add_argument(
        "what", nargs="+", metavar="文件或代号", help="数据文件（删去它的全部待确认），或对照页列出的代号"
    )
    comparing = command("diff", run_diff, "说明两个版本之间数据改了什么")
    comparing.add_argument("base", help="从哪个版本：Git 的版本（如 main、v1.0），或另一个数据文件夹")
    comparing.add_argument("head", nargs="?", default="", help="到哪个版本；不写就是现在的数据文件夹")
    comparing.add_argument(
        "--format", choices=("markdown", "json"), default="markdown", help="markdown 给人看；json 给程序"
    )
    command("snapshot", run_snapshot, "把现在的数据存成固定版本 data/snapshots/日期/，以后不再改动")
    serving = command("serve", run_serve, "在本机预览，改了数据、模板或程序就自动更新")
    serving.add_argument("--port", type=int, default=8000, help="端口，默认 8000")
    watching = command("watch", run_watch, "打开每份政策文件的公开网址，与存档的原文比对")
    watching.add_argument("--format", choices=("text", "json"), default="text", help="text 给人看；json 给程序")
    watching.add_argument(
        "--out", type=Path, default=Path("build/watch"), metavar="DIR", help="输出文件夹，默认 build/watch"
    )
    proposing = command("propose", run_propose, "把议题表单的回答改进数据文件；改不了的说明原因")
    proposing.add_argument("body", type=Path, metavar="FILE", help="议题正文（GitHub 由表单生成的 Markdown）")
    proposing.add_argument(
        "--forms",
        type=Path,
        default=Path(".github/ISSUE_TEMPLATE"),
        metavar="DIR",
        help="表单文件夹，默认 .github/ISSUE_TEMPLATE",
    )
    creating = commands.add_parser(
        "new", help="新建一条记录的模板，由编辑填写", description="新建一条记录的模板，由编辑填写。"
    )
    kinds = creating.add_subparsers(required=True, metavar="种类")
    policy = command("policy", run_new_policy, "新的政策文件", kinds)
    policy.add_argument("id", metavar="编号", help="小写英文字母、数字和连字符，如 city-tasks；写定后不改")
    policy.add_argument("--source", type=Path, metavar="FILE", help="收到的原文，逐字节存为 source.txt")
    measure = command("measure", run_new_measure, "一份政策文件里新的一条", kinds)
    measure.add_argument("policy", metavar="文件编号", help="如 city-tasks")
    measure.add_argument("number", nargs="?", metavar="序号", help="两位数，如 07；不写就接着最后一条")
    department = command("department", run_new_department, "新的部门", kinds)
    department.add_argument("id", metavar="编号", help="辖区编号加连字符加英文词，如 city-education；写定后不改")
    return parser


def _address(text: str) -> str:
    """An address as a hosting service tells it, with or without the slash at its end."""
    return text if not text or text.endswith("/") else f"{text}/"


def run_check(args: argparse.Namespace) -> int:
    if args.fix:
        _fix(args.data)
    report = _checked(args.data)
    if args.format == "json":
        print(FORMATS["json"](report.problems))
    else:
        _show(report, args.format)
        if report.ledger:
            print(_summary(report))
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if args.format == "github" and summary:
        with open(summary, "a", encoding="utf-8") as page:
            page.write(as_summary(report.problems))
    return _status(report)


def _fix(data: Path) -> None:
    """Mend what is safe, and say what it was."""
    from scripts.fix import fix

    for file in [*fix(data)]:
        write_file(file.target, file.text.encode("utf-8"))
        if file.target != file.path:
            file.path.unlink()
        told = "、".join(what if times == 1 else f"{what} {times} 处" for what, times in file.what.items())
        print(f"{visible(file.target.as_posix())}：已改正{told}。", file=sys.stderr)


def run_format(args: argparse.Namespace) -> int:
    from scripts.format import formatted

    changed = 0
    for record in load(args.data).records:
        raw = Path(record.file).read_bytes()
        made = formatted(raw.decode("utf-8-sig").replace("\r\n", "\n"), record.kind).encode("utf-8")
        if made == raw:
            continue
        changed += 1
        if not args.check:
            write_file(Path(record.file), made)
        print(f"{visible(record.file)}：{'要整理' if args.check else '已整理'}")
    if args.check and changed:
        print(
            f"{changed} 个文件的版式要整理，请运行 make fix（没有 make 的，运行 python -m scripts format）。",
            file=sys.stderr,
        )
    return int(args.check and changed > 0)


def run_build(args: argparse.Namespace) -> int:
    from scripts.engine import settings
    from scripts.stage import stage

    def make(ledger: Ledger) -> int:
        if args.settings:
            settings(ledger, ROOT)
        return stage(ledger, ROOT, args.out)

    return _with_ledger(args, make)


def run_site(args: argparse.Namespace) -> int:
    from scripts.publish import publish

    def make(ledger: Ledger) -> int:
        address = ledger.site.address or args.address
        here = replace(ledger, site=replace(ledger.site, address=address))
        return publish(here, ROOT, args.out)

    return _with_ledger(args, make)


def run_import(args: argparse.Namespace) -> int:
    from scripts.importer import Refused, import_document
    from scripts.importer.keep import keep
    from scripts.importer.summary import summary

    try:
        imported = import_document(args.file, args.id, args.data, _progress, args.jurisdiction)
        print(summary(imported))
        told, status = keep(imported, args.id, args.data, args.report, args.dry_run)
    except Refused as refusal:
        print(refusal, file=sys.stderr)
        return 2
    print(told)
    return status


def run_confirm(args: argparse.Namespace) -> int:
    from scripts.confirm import confirm, still_open

    # A path as typed, or as the data is told about: below its folder.
    paths = {one: next((path for path in (Path(one), args.data / one) if path.is_file()), None) for one in args.what}
    files = {path.resolve() for path in paths.values() if path}
    keys = {one for one, path in paths.items() if not path}
    tree = load(args.data)
    found = [*confirm(tree, args.data, files, keys)]
    met = {*(key for one in found for key in one.keys), *(one.path.resolve() for one in found)}
    missed = [one for one, path in paths.items() if (path.resolve() if path else one) not in met]
    for one in missed:
        print(f"{visible(one)}：{_why_missed(one, paths[one])}", file=sys.stderr)
    for one in found:
        if one.text is None:
            print(
                f"{visible(str(one.path))}：写法不是通常的样子，程序不敢改，请手工删去 review 里的待确认。",
                file=sys.stderr,
            )
            continue
        write_file(one.path, one.text.encode("utf-8"))
        print(f"{visible(str(one.path))}：删去待确认 {len(one.questions)} 处。")
    if not found:
        return 1
    left = still_open(tree) - sum(len(one.questions) for one in found if one.text is not None)
    print(f"还有 {left} 处待确认。" if left else "待确认的都核对完了。请运行 check。")
    return int(bool(missed) or any(one.text is None for one in found))


def _why_missed(one: str, path: Path | None) -> str:
    if path:
        return "这个文件里没有待确认。"
    if "/" in one or one.endswith((".yml", ".yaml")):
        return "没有这个文件。请检查路径和 --data。"
    return "没有这个代号：已经删去，或者写得不全。"


def _progress(step: str) -> None:
    """A bar on a terminal, so that nobody takes a long document for a program that hangs."""
    from scripts.importer import STEPS

    if sys.stderr.isatty():
        done = STEPS.index(step)
        bar = "█" * done + "░" * (len(STEPS) - done)
        print(f"\r{bar} {step}…\033[K", end="" if done + 1 < len(STEPS) else "\r\033[K", file=sys.stderr, flush=True)


def run_diff(args: argparse.Namespace) -> int:
    from scripts.diff import FORMATS as told
    from scripts.history.between import Unknown, between

    try:
        changes = between(args.base, args.head or str(args.data), args.data)
    except Unknown as unknown:
        print(unknown, file=sys.stderr)
        return 2
    # What does not pass the check has no names to offer; the changes are told all the same.
    print(told[args.format](changes, check(load(args.data)).ledger or NOTHING), end="")
    return 0


def run_snapshot(args: argparse.Namespace) -> int:
    from scripts.downloads.snapshot import make_snapshot
    from scripts.history.git import is_clean

    def make(ledger: Ledger) -> int:
        day = ledger.history.changed_on
        if not day:
            print("没有完整的修改历史，不知道数据的日期。请在完整克隆的仓库里运行。", file=sys.stderr)
            return 2
        if not is_clean(args.data):
            print("数据文件夹里有还没有提交的改动，请先提交。", file=sys.stderr)
            return 2
        folder = args.data / "snapshots" / day
        if folder.exists():
            print(f"{folder} 已经有了。固定版本不再改动。")
            return 0
        write_tree(folder, make_snapshot(ledger))
        (folder / MARKER).unlink()
        print(f"已存成 {folder}，请提交。")
        return 0

    return _with_ledger(args, make)


def run_serve(args: argparse.Namespace) -> int:
    from scripts.serve import serve

    return serve(ROOT, args.data, args.port)


def run_watch(args: argparse.Namespace) -> int:

    from scripts.watch import originals, watch
    from scripts.watch.report import FORMATS as told
    from scripts.watch.report import issues

    report = check(load(args.data))
    if not report.ledger:
        _show(report, "text")
        return _status(report)
    findings = watch(report.ledger, originals(args.data))
    print(told[args.format](findings))
    if any(finding.verdict == "offline" for finding in findings):
        return 1  # nothing was compared: no result is written, and what is missing cannot be taken for good news
    try:
        write_tree(args.out, issues(findings, _today()).items())
    except NotOurs as refusal:
        print(refusal, file=sys.stderr)
        return 2
    return int(any(finding.needs_a_person for finding in findings))


def run_propose(args: argparse.Namespace) -> int:

    from scripts.propose import propose
    from scripts.propose.body import NeedsAPerson, read_forms

    try:
        body = args.body.read_bytes().decode("utf-8", "replace")
    except OSError as error:
        print(f"{args.body} 打不开（{error.strerror}）。", file=sys.stderr)
        return 2
    forms = read_forms(args.forms)
    if not forms:
        print(f"{args.forms} 里没有表单。", file=sys.stderr)
        return 2
    try:
        done = propose(load(args.data), body, forms, _today())
    except NeedsAPerson as reason:
        print(f"没有改动，请人来处理。\n{reason}")
        return 1
    done.file.write_bytes(done.content)
    print(f"{done.title}\n{done.told}")
    return 0


def run_new_policy(args: argparse.Namespace) -> int:
    from scripts.new import new_policy

    return _told(lambda: new_policy(args.data, args.id, args.source))


def run_new_measure(args: argparse.Namespace) -> int:
    from scripts.new import new_measure

    return _told(lambda: new_measure(args.data, args.policy, args.number))


def run_new_department(args: argparse.Namespace) -> int:
    from scripts.new import new_department

    return _told(lambda: new_department(args.data, args.id))


def _told(make) -> int:
    """Make a new record and tell what was written, or why nothing was."""
    from scripts.new import Refused

    try:
        print("\n".join(make()))
    except Refused as refusal:
        print(refusal, file=sys.stderr)
        return 2
    return 0


def _with_ledger(args: argparse.Namespace, make) -> int:
    """Make something of the Ledger; with problems in the data, what was made before stays as it is."""
    report = _checked(args.data)
    _show(report, "text")
    if not report.ledger:
        print("数据有错，没有生成；上一次生成的结果没有改动。", file=sys.stderr)
        return _status(report)
    return make(report.ledger)


def _checked(data: Path) -> Report:
    return check(load(data), read_history(data), _today())


def _today() -> str:
    """The day in China, wherever the program runs: those who say what they did live by it."""
    return datetime.now(CHINA).date().isoformat()


def _status(report: Report) -> int:
    if any(problem.rule == "missing-folder" for problem in report.problems):
        return 2
    return 0 if report.ledger else 1


def _show(report: Report, format: str) -> None:
    if report.problems:
        print(FORMATS[format](report.problems))
        print(counted(report.problems), file=sys.stderr)


def _summary(report: Report) -> str:
    ledger = report.ledger
    shares = sum(len(measure.responsibilities) for measure in ledger.measures)
    groups = sum(department.is_collective for department in ledger.departments)
    lines = []
    for policy in ledger.policies:
        covered, invented = policy.coverage()
        lines.append(
            f"原文覆盖 {covered:.1%}，多出 {invented} 字：{visible(policy.short_title)}，{len(ledger.measures_of(policy))} 条。"
        )
    lines.append(
        f"共 {len(ledger.measures)} 条措施，{shares} 项责任，{len(ledger.departments)} 个部门（其中集合主体 {groups} 个）。"
    )
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
