"""A small time-stamp authority of one's own, around `openssl ts`: for tests, exercises and closed networks.

What it signs is worth what its operator's clock and key are worth: between States, an authority that neither of them
runs is better. Its folder holds a root certificate to hand out (`authority.pem`), the signing certificate with its
key, and the serial number of the last token.
"""

import subprocess
import tempfile
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID

from rogatory.errors import BadInput, Unavailable
from rogatory.transports.timestamps import QUERY, REPLY

ROOT, SIGNER, KEY, CONFIG, SERIAL = "authority.pem", "signer.pem", "signer.key", "openssl.cnf", "serial"
YEARS = timedelta(days=3652)
MAX_QUERY_BYTES = 4096
_SECONDS = 10
_CONFIG = """\
[tsa]
default_tsa = here
[here]
serial = {folder}/serial
signer_cert = {folder}/signer.pem
signer_key = {folder}/signer.key
certs = {folder}/authority.pem
signer_digest = sha256
default_policy = 1.3.6.1.4.1.59999.1
digests = sha256, sha384, sha512
ess_cert_id_chain = yes
ess_cert_id_alg = sha256
"""


class AuthorityExists(BadInput):
    """There is a time-stamp authority in this folder already."""

    code = "timestamp-authority-exists"
    remedy = "Choose another folder; the tokens it gave need its certificate for ever."


class NoAuthorityHere(BadInput):
    """There is no time-stamp authority in this folder."""

    code = "no-timestamp-authority-here"
    remedy = "Make one with: rogatory timestamp-authority init FOLDER"


class OpensslFailed(Unavailable):
    """The program openssl gave no time-stamp."""

    code = "openssl-failed"
    remedy = "Is openssl installed? Its own words stand in the message."


def make(folder: Path, name: str) -> Path:
    """Make an authority called *name* in *folder*; its root certificate. Raises `AuthorityExists`."""
    if (folder / ROOT).exists():
        raise AuthorityExists(f"there is a time-stamp authority in {folder} already")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    now = datetime.now(UTC)
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root_name, signer_name = _name(f"{name}: root"), _name(name)
    root = _certificate(root_name, root_name, root_key, now).add_extension(
        x509.BasicConstraints(ca=True, path_length=0), critical=True
    )
    signer = _certificate(signer_name, root_name, key, now).add_extension(
        x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True
    )
    # The root's own key is not kept: it has nothing more to sign.
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    private = folder / KEY
    private.touch(mode=0o600)
    private.write_bytes(secret)
    (folder / SIGNER).write_bytes(_pem(signer.sign(root_key, hashes.SHA256())))
    (folder / SERIAL).write_text("01\n", encoding="ascii")
    (folder / ROOT).write_bytes(_pem(root.sign(root_key, hashes.SHA256())))
    return folder / ROOT


class Authority:
    """The authority in *folder*; gives one token at a time, each with a serial number of its own."""

    def __init__(self, folder: Path) -> None:
        """Raises `NoAuthorityHere`."""
        if not (folder / ROOT).exists():
            raise NoAuthorityHere(f"there is no time-stamp authority in {folder}")
        self._folder = folder.absolute()
        self._turn = threading.Lock()
        (folder / CONFIG).write_text(_CONFIG.format(folder=self._folder), encoding="utf-8")

    def answer(self, query: bytes) -> bytes:
        """The response to *query*, both DER; a query that cannot be read is refused in it. Raises `OpensslFailed`."""
        with self._turn, tempfile.TemporaryDirectory(prefix="rogatory-tsa-") as place:
            asked, given = Path(place) / "query", Path(place) / "reply"
            asked.write_bytes(query)
            command = ["openssl", "ts", "-reply", "-config", str(self._folder / CONFIG), "-section", "here"]
            command += ["-queryfile", str(asked), "-out", str(given)]
            try:
                done = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False)
            except (OSError, subprocess.TimeoutExpired) as error:
                raise OpensslFailed(f"openssl could not be run: {error}") from error
            if not given.exists():
                raise OpensslFailed(f"openssl gave no answer: {done.stderr.strip()[-300:]}")
            return given.read_bytes()


def serve(folder: Path, host: str, port: int) -> ThreadingHTTPServer:
    """A server of the authority in *folder*, listening (port 0: any) and not yet serving; raises `NoAuthorityHere`."""
    authority = Authority(folder)

    class Door(BaseHTTPRequestHandler):
        """POST a query, get a response."""

        timeout = _SECONDS

        def do_POST(self) -> None:
            length = self.headers.get("Content-Length", "")
            if not length.isdigit() or int(length) > MAX_QUERY_BYTES or self.headers.get("Content-Type") != QUERY:
                self.send_error(400, f"POST {QUERY} of at most {MAX_QUERY_BYTES} bytes")
                return
            try:
                data = authority.answer(self.rfile.read(int(length)))
            except OpensslFailed as error:
                self.send_error(503, error.message[:200].replace("\n", " "))
                return
            self.send_response(200)
            self.send_header("Content-Type", REPLY)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing: who asks for the time is nobody's business."""

    server = ThreadingHTTPServer((host, port), Door)
    server.daemon_threads = True
    return server


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, text)])


def _certificate(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, now: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + YEARS)
    )


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)
