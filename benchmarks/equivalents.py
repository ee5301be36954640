"""Mutants that change nothing that anybody could see: file below scripts/, function, before, after → the reason."""

EQUIVALENT: dict[tuple[str, str, str, str], str] = {}
