"""Where the JSON of each record stands, below the folder of the data."""

from scripts.ledger import Department, Measure, Policy

FOLDER = "data/v1"  # 1 is the version of the layout


def path_of(record: Policy | Measure | Department) -> str:
    return removed_path(record.address.removesuffix("/"))


def removed_path(address: str) -> str:
    """The same by the address of the record's page (policies/x/20), for what stands there and for what stood there."""
    kind, *rest = address.split("/")
    return f"measures/{'/'.join(rest)}.json" if kind == "policies" and len(rest) > 1 else f"{address}.json"
