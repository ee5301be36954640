"""Which pages stand for all the others."""

from scripts.ledger import Ledger


def one_of_each_kind(ledger: Ledger) -> list[str]:
    """The address of one page of every kind; of records the first and the last."""
    kinds = [
        "",
        "policies/",
        "measures/",
        "departments/",
        "deadlines/",
        "targets/",
        "data/",
        "data/dictionary/",
        "data/query/",
        "data/api/",
        "data/changelog/",
        "data/practices/",
        "changes/",
        "changes/corrections/",
        "quality/",
        "about/",
        "contribute/",
        "matrix/",
        "network/",
        "relations/",
        "instruments/",
        "glossary/",
        "search/",
        "404.html",
    ]
    # Long, and the same whatever the ledger: once is enough.
    guides = [] if ledger.site.address else ["contribute/rules/", "contribute/fields/"]
    records = [
        ledger.policies[0],
        ledger.measures[0],
        ledger.measures[-1],
        ledger.departments[0],
        ledger.departments[-1],
    ]
    terms = [f"themes/{ledger.themes[0].id}/", f"audiences/{ledger.audiences[0].id}/"]
    return [*kinds, *guides, *(record.address for record in records), f"{ledger.policies[-1].address}source/", *terms]
