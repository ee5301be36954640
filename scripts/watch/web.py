"""Get what a public address serves now: within a time limit and a size limit, and with honest words on what failed."""

import errno
import gzip
import io
import socket
import ssl
import string
import time
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPException, InvalidURL
from threading import Thread
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit, urlunsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

AGENT = "policy-ledger-watch/1.0 (checks now and then whether an archived policy text is still published)"
LIMIT = 30.0  # seconds for one try
WAITS = (5.0, 20.0)  # seconds before the second and the third try
MOST = 20 * 1024 * 1024  # bytes
PIECE = 65536
CUT_OFF = (errno.ENETUNREACH, errno.ENETDOWN)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What an address gave in the end: a body, or in `trouble` (Chinese) why there is none."""

    address: str  # after redirects
    media_type: str = ""  # lower case; "" if the server does not say
    charset: str = ""
    body: bytes = b""
    trouble: str = ""
    is_unreadable: bool = False  # it is there, but not for this program
    is_cut_off: bool = False  # no server was reached: no such name, or no network
    is_passing: bool = False  # may be over at the next try


class Redirects(HTTPRedirectHandler):
    """At most five, and to web addresses only."""

    max_redirections = 5
    max_repeats = 1

    def redirect_request(self, request, answer, code, message, headers, address):
        if urlsplit(address).scheme not in ("http", "https"):
            raise HTTPError(address, code, message, headers, answer)
        return super().redirect_request(request, answer, code, message, headers, address)


def fetch(address: str, *, limit: float = LIMIT, most: int = MOST, waits: Sequence[float] = WAITS) -> Answer:
    """`limit` in seconds for each try, `most` in bytes, `waits` in seconds before each further try. Never raises."""
    answer = _try_within(address, limit, most)
    for wait in waits:
        if not answer.is_passing:
            break
        time.sleep(wait)
        answer = _try_within(address, limit, most)
    return answer


def _try_within(address: str, limit: float, most: int) -> Answer:
    # The time limit of a socket is for each packet: a server that sends a byte now and then would hold us for days.
    done: list[Answer] = []
    worker = Thread(target=lambda: done.append(_try(address, limit, most)), daemon=True)
    worker.start()
    worker.join(limit)
    return done[0] if done else _slow(address, limit)


def _slow(address: str, limit: float) -> Answer:
    return Answer(address=address, trouble=f"{limit:g} 秒内没有收完。", is_passing=True)


def _try(address: str, limit: float, most: int) -> Answer:
    end = time.monotonic() + limit
    try:
        request = Request(_ascii(address), headers={"User-Agent": AGENT, "Accept-Encoding": "identity"})
        if request.type not in ("http", "https"):
            return Answer(address=address, trouble="不是 http 或 https 开头的网址。")
        with build_opener(Redirects).open(request, timeout=limit) as response:
            return _received(response, end, limit, most)
    except HTTPError as error:
        with error:
            trouble = f"服务器答复 HTTP {error.code}。"
            if 300 <= error.code < 400:
                trouble = (
                    f"跳转超过 {Redirects.max_redirections} 次、来回打转，或跳到了不是网页的地址（HTTP {error.code}）。"
                )
            return Answer(address=address, trouble=trouble, is_passing=error.code >= 500 or error.code in (408, 429))
    except URLError as error:
        return _failed(address, error.reason, limit)
    except (OSError, HTTPException, EOFError, ValueError, zlib.error) as error:
        return _failed(address, error, limit)


def _received(response, end: float, limit: float, most: int) -> Answer:
    address = response.geturl()
    received = bytearray()
    while len(received) <= most and (piece := response.read(PIECE)):
        received += piece
        if time.monotonic() > end:
            return _slow(address, limit)
    too_big = Answer(address=address, trouble=f"内容超过 {most / 1024 / 1024:g} MB，没有读完。", is_unreadable=True)
    if len(received) > most:
        return too_big
    promised = response.headers.get("Content-Length", "")
    if promised.isdecimal() and len(received) < int(promised):
        raise EOFError
    body = bytes(received)
    match response.headers.get("Content-Encoding", "identity").strip().lower():
        case "" | "identity":
            pass
        case "gzip" | "x-gzip":  # not asked for, yet some servers send nothing else
            body = gzip.GzipFile(fileobj=io.BytesIO(body)).read(most + 1)
        case _:
            return Answer(address=address, trouble="内容用了本程序不会解的压缩方式。", is_unreadable=True)
    if len(body) > most:
        return too_big
    return Answer(
        address=address,
        media_type=response.headers.get_content_type() if response.headers["Content-Type"] else "",
        charset=response.headers.get_content_charset() or "",
        body=body,
    )


def _failed(address: str, error: object, limit: float) -> Answer:
    match error:
        case TimeoutError():
            return _slow(address, limit)
        case socket.gaierror():
            return Answer(address=address, trouble="查不到这个域名。", is_cut_off=True, is_passing=True)
        case OSError(errno=code) if code in CUT_OFF:
            return Answer(address=address, trouble="网络不通。", is_cut_off=True, is_passing=True)
        case ssl.SSLCertVerificationError():
            return Answer(address=address, trouble="网站的 HTTPS 证书无效。")
        case ConnectionRefusedError():
            return Answer(address=address, trouble="服务器拒绝连接。", is_passing=True)
        case InvalidURL():
            return Answer(address=address, trouble="网址写法不对。")
        case OSError() | HTTPException() | EOFError() | zlib.error():
            return Answer(address=address, trouble="连接中断，没有收到完整的内容。", is_passing=True)
    return Answer(address=address, trouble="网址写法不对。")


def _ascii(address: str) -> str:
    """Chinese in host and path, as browsers send it."""
    parts = urlsplit(address)
    if not address.isascii() and parts.hostname:
        host = parts.hostname.encode("idna").decode("ascii")
        parts = parts._replace(netloc=host + (f":{parts.port}" if parts.port else ""))
    return quote(urlunsplit(parts), safe=string.punctuation)
