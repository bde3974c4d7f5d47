"""A real nginx with the sample of deploy/, on free ports and with a certificate of its own."""

from __future__ import annotations

import contextlib
import datetime
import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import IPv4Address
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.conftest import ROOT

SAMPLE = ROOT / "deploy" / "nginx.conf"
NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
START_SECONDS = 10

_MAIN = """
{user}
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log {folder}/access.log;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/juwen.conf;
}}
"""


@dataclass(frozen=True)
class Proxy:
    """A running nginx: its addresses, and the certificate that it shows."""

    http: str
    https: str
    certificate: Path


def nginx_or_skip() -> str:
    """The program; where there is none, the test is skipped."""
    if NGINX is None:
        pytest.skip("NOT TESTED WITH NGINX: there is no nginx here; install it: apt-get install nginx")
    return NGINX


def write_configuration(folder: Path, upstream: str) -> Proxy:
    """The sample as it stands, but for ports, names of files and the address of the server, as nginx.conf."""
    certificate, key = make_certificate(folder)
    http, https = free_port(), free_port()
    text = SAMPLE.read_text(encoding="utf-8")
    for pattern, put in (
        (r"listen \[::\]:.*\n", "\n"),
        (r"listen 80;", f"listen 127.0.0.1:{http};"),
        (r"listen 443 ", f"listen 127.0.0.1:{https} "),
        (r"server 127\.0\.0\.1:7860;", f"server {urlsplit(upstream).netloc};"),
        (r"(ssl_certificate +)\S+;", rf"\g<1>{certificate};"),
        (r"(ssl_certificate_key +)\S+;", rf"\g<1>{key};"),
    ):
        text, count = re.subn(pattern, put, text)
        assert count, f"deploy/nginx.conf holds no {pattern}"
    (folder / "juwen.conf").write_text(text, encoding="utf-8")
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(_MAIN.format(folder=folder, user=user), encoding="utf-8")
    return Proxy(f"http://127.0.0.1:{http}", f"https://127.0.0.1:{https}", certificate)


@contextlib.contextmanager
def running_nginx(folder: Path, upstream: str) -> Iterator[Proxy]:
    """nginx before the server at ``upstream``, until the block ends."""
    program = nginx_or_skip()
    proxy = write_configuration(folder, upstream)
    command = [program, "-p", str(folder), "-e", str(folder / "error.log"), "-c", str(folder / "nginx.conf")]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL)  # noqa: S603 - the program that was found
    try:
        deadline = time.monotonic() + START_SECONDS
        while not _listens(proxy.https):
            log = folder / "error.log"
            assert process.poll() is None, log.read_text() if log.exists() else "nginx ended"
            assert time.monotonic() < deadline, "nginx does not listen"
            time.sleep(0.02)
        yield proxy
    finally:
        process.terminate()
        process.wait(START_SECONDS)


def make_certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate of 127.0.0.1, signed by itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    certificate_file, key_file = folder / "certificate.pem", folder / "key.pem"
    certificate_file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    key_file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return certificate_file, key_file


def free_port() -> int:
    """A port that nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _listens(url: str) -> bool:
    parts = urlsplit(url)
    try:
        socket.create_connection((parts.hostname or "", parts.port or 0), timeout=1).close()
    except OSError:
        return False
    return True
