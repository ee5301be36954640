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
}
