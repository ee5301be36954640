"""Mutants that change nothing that anybody could see: file below scripts/, function, before, after → the reason."""

EQUIVALENT: dict[tuple[str, str, str, str], str] = {
    ("load/__init__.py", "Record", "True", "False"): "No code changes a record; frozen only says so.",
    (
        "check/source.py",
        "_opcodes",
        "len(written) * len(region) > COMPARABLE",
        "len(written) * len(region) >= COMPARABLE",
    ): "The limit is one of time, of a size that no two texts have exactly.",
    ("check/clause.py", "Named", "True", "False"): "No code changes a name; frozen only says so.",
    (
        "check/source.py",
        "align",
        "piece.kind == 'page_number'",
        "piece.kind != 'page_number'",
    ): "Where lines begin is worked out only if there are page numbers: that saves time.",
    ("fix/lines.py", "mend_lines", "break", "if False:"): "What is mended already is looked at again: that takes time.",
    ("check/clause.py", "Reading", "True", "False"): "No code changes a reading; frozen only says so.",
    ("load/nodes.py", "Items", "True", "False"): "No code changes a list; frozen only says so.",
    ("check/evidence.py", "", "5000000", "5000001"): "A limit of size that no file has exactly.",
    ("check/source.py", "_behind_number", "return {}", "return None"): "Both mean that nothing stands here.",
    ("check/source.py", "_between", "return {}", "return None"): "Both mean that nothing stands here.",
    ("load/decode.py", "legacy", "share > COMMON", "share >= COMMON"): "A share that no text has exactly.",
    (
        "load/decode.py",
        "legacy",
        "character > '\\x7f'",
        "character >= '\\x7f'",
    ): "The sign DEL is in no encoding's common set.",
    ("load/reader.py", "_Open.__init__", "False", "True"): "Every key sets it anew before it is asked for.",
    (
        "load/reader.py",
        "Reader._scalar",
        "len(value) > LONGEST",
        "len(value) >= LONGEST",
    ): "A limit of size that no value has exactly.",
    ("load/__init__.py", "Evidence", "True", "False"): "No code changes a file's facts; frozen only says so.",
    (
        "check/source.py",
        "align",
        "words and starts",
        "words or starts",
    ): "Without page numbers nothing stands across one.",
}
