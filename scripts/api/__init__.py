"""What the data under /data/v1/ is made of, as lists: every address, and every field of every record. The schemas, the
OpenAPI description and the documentation page are made from them."""

from scripts.api.addresses import FOLDER, path_of, removed_path
from scripts.api.endpoints import ENDPOINTS, GROUPS, PARAMETERS, Endpoint, Parameter, example, published
from scripts.api.model import Field, Many, Maybe, Shape, names
from scripts.api.records import RECORDS, Record

__all__ = [
    "ENDPOINTS",
    "FOLDER",
    "GROUPS",
    "PARAMETERS",
    "RECORDS",
    "Endpoint",
    "Field",
    "Many",
    "Maybe",
    "Parameter",
    "Record",
    "Shape",
    "example",
    "names",
    "path_of",
    "published",
    "removed_path",
]
