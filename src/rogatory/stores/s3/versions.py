"""Earlier versions of objects, which a bucket may keep for ever: evidence is destroyed only when they go as well.

The client library knows the newest version of an object alone, so the two requests that this needs are made here:
`ListObjectVersions`, and `DELETE ?versionId=`, signed as AWS Signature Version 4 says.
"""

import hashlib
import hmac
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Protocol
from urllib.parse import quote, urlsplit

import httpx2
from lxml import etree

from rogatory.errors import Unavailable

MAX_LISTING = 8 * 1024 * 1024
#: What a store answers that keeps no versions at all.
_KNOWS_NONE = (404, 405, 501)
_EMPTY = hashlib.sha256(b"").hexdigest()


class VersionsRemain(Unavailable):
    """Earlier versions of what was destroyed could not be removed from the bucket."""

    code = "versions-remain"
    remedy = (
        "Give the node's keys the right to list and to delete versions "
        "(s3:ListBucketVersions, s3:DeleteObjectVersion), then destroy again."
    )


class Place(Protocol):
    """What of `s3.S3Place` is asked here."""

    @property
    def endpoint(self) -> str: ...
    @property
    def bucket(self) -> str: ...
    @property
    def region(self) -> str: ...
    @property
    def prefix(self) -> str: ...
    @property
    def access_key(self) -> str: ...
    @property
    def secret_key(self) -> str: ...
    @property
    def session_token(self) -> str: ...


class S3Versions:
    """The earlier versions of what is below a place."""

    def __init__(self, place: Place) -> None:
        self._place = place

    def purge(self, name: str) -> int:
        """Remove every version, and every mark of a deletion, of the objects of the blob *name*; how many.

        Raises `VersionsRemain`.
        """
        prefix = f"{self._place.prefix.strip('/')}/{name}/".lstrip("/")
        with httpx2.Client(trust_env=False, follow_redirects=False, timeout=30) as client:
            found = list(self._versions(client, prefix))
            for key, version in found:
                answer = self._ask(client, "DELETE", key, {"versionId": version})
                if answer.status_code not in (200, 204, 404):
                    raise VersionsRemain(f"the store answered {answer.status_code} to the deletion of a version")
        return len(found)

    def _versions(self, client: httpx2.Client, prefix: str) -> Iterator[tuple[str, str]]:
        where: dict[str, str] = {}
        while True:
            answer = self._ask(client, "GET", "", {"versions": "", "prefix": prefix, **where})
            if answer.status_code in _KNOWS_NONE:
                return
            if answer.status_code != 200:
                raise VersionsRemain(f"the store answered {answer.status_code} to the listing of versions")
            tree = _read(answer.content)
            for one in tree:
                if _tag(one) in ("Version", "DeleteMarker"):
                    key, version = _text(one, "Key"), _text(one, "VersionId")
                    if version not in ("", "null"):
                        yield key, version
            if _text(tree, "IsTruncated") != "true":
                return
            where = {
                "key-marker": _text(tree, "NextKeyMarker"),
                "version-id-marker": _text(tree, "NextVersionIdMarker"),
            }

    def _ask(self, client: httpx2.Client, method: str, key: str, query: Mapping[str, str]) -> httpx2.Response:
        place = self._place
        path = quote("/".join(one for one in (urlsplit(place.endpoint).path.rstrip("/"), place.bucket, key) if one))
        path = path if path.startswith("/") else f"/{path}"
        asked = "&".join(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in sorted(query.items()))
        host = urlsplit(place.endpoint).netloc
        headers = signed(place, method, path, asked, host=host, at=datetime.now(UTC))
        try:
            return client.request(method, f"{urlsplit(place.endpoint).scheme}://{host}{path}?{asked}", headers=headers)
        except httpx2.HTTPError as error:
            raise VersionsRemain(f"the store cannot be reached: {error}") from error


def signed(place: Place, method: str, path: str, query: str, *, host: str, at: datetime) -> dict[str, str]:
    """The headers of a request without a body, signed as AWS Signature Version 4 says (service s3)."""
    stamp, day = at.strftime("%Y%m%dT%H%M%SZ"), at.strftime("%Y%m%d")
    headers = {"host": host, "x-amz-content-sha256": _EMPTY, "x-amz-date": stamp}
    if place.session_token:
        headers["x-amz-security-token"] = place.session_token
    names = ";".join(sorted(headers))
    lines = "".join(f"{name}:{headers[name]}\n" for name in sorted(headers))
    request = f"{method}\n{path}\n{query}\n{lines}\n{names}\n{_EMPTY}"
    scope = f"{day}/{place.region}/s3/aws4_request"
    text = f"AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{hashlib.sha256(request.encode()).hexdigest()}"
    key = f"AWS4{place.secret_key}".encode()
    for part in scope.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    signature = hmac.digest(key, text.encode(), "sha256").hex()
    headers["authorization"] = (
        f"AWS4-HMAC-SHA256 Credential={place.access_key}/{scope}, SignedHeaders={names}, Signature={signature}"
    )
    return headers


def _read(data: bytes) -> etree._Element:
    if len(data) > MAX_LISTING:
        raise VersionsRemain("the store's list of versions is too long")
    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    except etree.XMLSyntaxError as error:
        raise VersionsRemain("the store's list of versions is not XML") from error


def _tag(one: etree._Element) -> str:
    return str(etree.QName(one).localname)


def _text(parent: etree._Element, name: str) -> str:
    return next((one.text or "" for one in parent if _tag(one) == name), "")
