"""The API as an OpenAPI 3.1 description: every address, what stands there, and true examples from the data."""

import re
from collections.abc import Iterable

from scripts.api import FOLDER, GROUPS, PARAMETERS, Endpoint, example, published
from scripts.ledger import Ledger
from scripts.tables import TABLES
from scripts.tables.about import COMPILED, description

LATER = ("openapi.json", "SHA256SUMS", "ledger.zip")  # made after this description, and always
UNVERSIONED = "1"  # of the data, where its history is not known
NOTICE = (
    "静态文件，只读，不需要密钥，没有次数限制。地址和编号不会变；同一个 v1 里，字段和列只增不减。"
    "移除的记录在原处留下说明（带有 removed 字段）。官方文件的原文不适用著作权法。"
)


def make_openapi(ledger: Ledger, paths: Iterable[str]) -> dict:
    """`paths` are those of all files of the data made so far; what was not made is not described."""
    site = ledger.site
    endpoints = list(published(ledger, {*paths, *LATER}))
    return {
        "openapi": "3.1.1",
        "info": {
            "title": site.name,
            "version": ledger.history.version or UNVERSIONED,
            "description": f"{description(ledger)}\n\n{NOTICE}",
            "license": {"name": COMPILED.title, "identifier": COMPILED.name},
            **({"contact": {"name": site.operator}} if site.operator else {}),
        },
        "externalDocs": {
            "description": "接口说明",
            "url": site.url("data/api/") if site.address else "../api/index.html",
        },
        # Without an address of its own: the folder in which this file stands.
        "servers": [{"url": site.url(FOLDER) if site.address else "./", "description": "数据的第 1 版接口"}],
        "security": [],  # nothing here needs a key
        "tags": [{"name": title, "description": f"{title}的地址"} for title in GROUPS.values()],
        "paths": {endpoint.path: {"get": _operation(endpoint, ledger)} for endpoint in endpoints},
        "components": {
            "parameters": {
                name: _parameter(name, ledger)
                for name in PARAMETERS
                if any(name in endpoint.parameters for endpoint in endpoints)
            },
            "responses": {
                "NotFound": {
                    "description": "没有这个文件。多数服务器回答的是给人看的网页。",
                    "content": {"text/html": {"schema": {"type": "string"}}},
                }
            },
        },
    }


def _operation(endpoint: Endpoint, ledger: Ledger) -> dict:
    media: dict = {"schema": _schema(endpoint)} if endpoint.media.endswith("json") else {}
    media["examples"] = {"example": {"summary": "数据里的一个例子", "externalValue": example(endpoint, ledger)}}
    return {
        "operationId": "get" + "".join(word.capitalize() for word in re.findall(r"\w+", endpoint.path)),
        "summary": endpoint.title,
        "tags": [GROUPS[endpoint.group]],
        **(
            {"parameters": [{"$ref": f"#/components/parameters/{name}"} for name in endpoint.parameters]}
            if endpoint.parameters
            else {}
        ),
        **({"externalDocs": {"description": "这种文件的标准", "url": endpoint.standard}} if endpoint.standard else {}),
        "responses": {
            "200": {"description": endpoint.title, "content": {endpoint.media: media}},
            "404": {"$ref": "#/components/responses/NotFound"},
        },
    }


def _schema(endpoint: Endpoint) -> dict:
    """Which schemas describe what stands there. A table may be empty, and then it fits the schema of any table."""
    if not endpoint.schemas:
        return {"type": "object"}
    if "table" in endpoint.parameters:
        (form,) = endpoint.schemas
        return {"anyOf": [{"$ref": form.format(table=table.name)} for table in TABLES]}
    found = [{"$ref": schema} for schema in endpoint.schemas]
    return found[0] if len(found) == 1 else {"oneOf": found}


def _parameter(name: str, ledger: Ledger) -> dict:
    parameter = PARAMETERS[name]
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": parameter.title,
        "schema": parameter.shape,
        "example": parameter.example(ledger),
    }
