"""Servers that the benchmark of transfers compares with or puts in front of a node; each ends with its context."""

import getpass
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rogatory.exercise.node import free_port


@contextmanager
def rsync_daemon(folder: Path) -> Iterator[str]:
    """An rsync daemon whose module is *folder*; the address to send to."""
    port = free_port()
    conf = folder.parent / "rsyncd.conf"
    owner = "uid = root\ngid = root\n" if getpass.getuser() == "root" else ""
    conf.write_text(f"use chroot = no\n{owner}[in]\npath = {folder}\nread only = no\n", encoding="ascii")
    command = ["rsync", "--daemon", "--no-detach", f"--port={port}", "--address=127.0.0.1", f"--config={conf}"]
    with _serving(command, port):
        yield f"rsync://127.0.0.1:{port}/in/"


@contextmanager
def ssh_server(folder: Path) -> Iterator[list[str]]:
    """An sshd with throwaway keys; the options with which scp reaches it."""
    port, place = free_port(), folder / "ssh"
    place.mkdir(mode=0o700)
    Path("/run/sshd").mkdir(exist_ok=True)
    for name in ("host", "client"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(place / name)], check=True)
    shutil.copy(place / "client.pub", place / "authorized")
    conf = place / "sshd_config"
    lines = (f"Port {port}", "ListenAddress 127.0.0.1", f"HostKey {place / 'host'}", "UsePAM no", "StrictModes no")
    more = (f"AuthorizedKeysFile {place / 'authorized'}", "PermitRootLogin yes", "Subsystem sftp internal-sftp")
    conf.write_text("\n".join((*lines, *more)) + "\n", encoding="ascii")
    trust = ["-o", "StrictHostKeyChecking=no", "-o", f"UserKnownHostsFile={place / 'known'}", "-o", "LogLevel=ERROR"]
    with _serving([shutil.which("sshd") or "/usr/sbin/sshd", "-D", "-e", "-f", str(conf)], port):
        yield ["-q", "-P", str(port), "-i", str(place / "client"), *trust]


@contextmanager
def nginx_front(folder: Path, *, port: int, to: int) -> Iterator[None]:
    """nginx with TLS 1.3 on *port*, as the how-to sets it up, before the node that listens on *to*."""
    conf = folder / "nginx.conf"
    conf.write_text(
        f"""daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.log; worker_processes 1;
events {{ worker_connections 64; }}
http {{
    access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
    server {{
        listen 127.0.0.1:{port} ssl;
        ssl_certificate {folder}/cert.pem; ssl_certificate_key {folder}/key.pem; ssl_protocols TLSv1.3;
        client_max_body_size 64m;
        location / {{
            proxy_pass http://127.0.0.1:{to}; proxy_http_version 1.1; proxy_set_header Connection "";
            proxy_request_buffering off; proxy_set_header Host $http_host;
        }}
    }}
}}
""",
        encoding="ascii",
    )
    with _serving([shutil.which("nginx") or "/usr/sbin/nginx", "-c", str(conf), "-p", str(folder)], port):
        yield


def certificate(folder: Path) -> Path:
    """A throwaway certificate for localhost in *folder*, whose key stands beside it."""
    made = ["openssl", "req", "-x509", "-newkey", "ed25519", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    names = ["-addext", "subjectAltName=DNS:localhost"]
    out = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")]
    subprocess.run([*made, *names, *out], check=True, capture_output=True)
    return folder / "cert.pem"


@contextmanager
def _serving(command: list[str], port: int) -> Iterator[None]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 10
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                if time.monotonic() > deadline or process.poll() is not None:
                    raise RuntimeError(f"{command[0]} did not start") from None
                time.sleep(0.02)
        yield
    finally:
        process.terminate()
        process.wait(timeout=10)
