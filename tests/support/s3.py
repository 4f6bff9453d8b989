"""An S3-compatible store for tests: moto's server, over real HTTP on a free port of loopback."""

import itertools
from dataclasses import replace
from types import TracebackType
from typing import Any, Self

import boto3
from moto.server import ThreadedMotoServer

from rogatory.stores.s3.store import S3Place

REGION = "eu-west-3"
_KEYS = {"access_key": "tests-only", "secret_key": "tests-only-secret"}
_numbers = itertools.count(1)


class S3Server:
    """A server that ends with its block."""

    def __init__(self) -> None:
        self._server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)

    def __enter__(self) -> Self:
        self._server.start()
        host, port = self._server.get_host_and_port()
        self.address = f"http://{host}:{port}"
        self._client: Any = boto3.client(
            "s3",
            endpoint_url=self.address,
            region_name=REGION,
            aws_access_key_id=_KEYS["access_key"],
            aws_secret_access_key=_KEYS["secret_key"],
        )
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._client.close()
        self._server.stop()

    def bucket(self, *, versioned: bool = False) -> "Bucket":
        """A new, empty bucket."""
        name = f"evidence-{next(_numbers)}"
        self._client.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": REGION})
        if versioned:
            self._client.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
        place = S3Place(endpoint=self.address, bucket=name, region=REGION, prefix="node/vnm", **_KEYS)
        return Bucket(self._client, place)


class Bucket:
    """One bucket, as its owner sees it; keys with their prefix."""

    def __init__(self, client: Any, place: S3Place) -> None:
        self._client, self.place = client, place

    def listed(self) -> list[str]:
        found = self._client.list_objects_v2(Bucket=self.place.bucket)
        return [one["Key"] for one in found.get("Contents", [])]

    def versions(self) -> list[str]:
        found = self._client.list_object_versions(Bucket=self.place.bucket)
        return [one["Key"] for one in (*found.get("Versions", []), *found.get("DeleteMarkers", []))]

    def get(self, key: str) -> bytes:
        data: bytes = self._client.get_object(Bucket=self.place.bucket, Key=key)["Body"].read()
        return data

    def put(self, key: str, data: bytes) -> None:
        self._client.put_object(Bucket=self.place.bucket, Key=key, Body=data)

    def delete(self, key: str) -> None:
        self._client.delete_object(Bucket=self.place.bucket, Key=key)

    def elsewhere(self) -> S3Place:
        """The same place at an address where nobody answers."""
        return replace(self.place, endpoint="http://127.0.0.1:9")
