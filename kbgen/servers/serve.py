"""Serves the finished sites on this machine only, each on its own port, with the headers a real server should send.

Files are opened by their path at every request, because a build exchanges the whole folder. Two headers of a real server are missing,
as they need https: ``Strict-Transport-Security`` and the policy's ``upgrade-insecure-requests``.
"""

from __future__ import annotations

import os
import shutil
import stat
import threading
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import BinaryIO, ClassVar
from urllib.parse import quote, unquote_to_bytes

from kbgen.errors import SettingsError
from kbgen.servers.headers import SVG_POLICY, TYPES, policy, script_hashes, security_headers

HOST = "127.0.0.1"


def _nothing_gone() -> Collection[str]:
    return ()


@dataclass(frozen=True, slots=True)
class ServedSite:
    """A site to serve.

    Attributes:
        name: its name, for messages.
        folder: its folder; it may be exchanged while it is served.
        internal: whether it is not for everybody; changes some headers.
        port: the port; 0 for any that is free.
        prefixes: folders of the languages beside the default one, e.g. ``ru/``; each has its own ``404.html``.
        gone: gives the site addresses that were live once; asked at every request for something that is not there.
        events: the origin that its pages may tell what was searched for; empty for none.
    """

    name: str
    folder: Path
    internal: bool = False
    port: int = 0
    prefixes: Sequence[str] = ()
    gone: Callable[[], Collection[str]] = _nothing_gone
    events: str = ""


class Server:
    """Serves sites until it is stopped; use it with ``with``, or call :meth:`start` and :meth:`stop`."""

    def __init__(self, sites: Sequence[ServedSite]) -> None:
        self._sites = tuple(sites)
        self._running: list[tuple[_SiteServer, threading.Thread]] = []

    @property
    def urls(self) -> dict[str, str]:
        """Name of the site → its address, with a closing slash. Empty while nothing is served."""
        return {server.site.name: f"http://{HOST}:{server.server_port}/" for server, _ in self._running}

    def start(self) -> None:
        """Bind all ports and serve in the background. Raises SettingsError where a port is taken; then nothing is served."""
        for site in self._sites:
            try:
                server = _SiteServer(site)
            except OSError as error:
                self.stop()
                hint = "choose another port, or 0 for any that is free"
                raise SettingsError(f"the port {site.port} cannot be used for the site '{site.name}': {error.strerror}", hint) from error
            thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, name=f"serve-{site.name}", daemon=True)
            self._running.append((server, thread))
            thread.start()

    def stop(self) -> None:
        """Stop serving and free the ports; may be called twice."""
        for server, thread in self._running:
            server.shutdown()
            thread.join()
            server.server_close()
        self._running.clear()

    def __enter__(self) -> Server:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()


class _SiteServer(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, site: ServedSite) -> None:
        self.site = site
        self._policy: tuple[object, str] = (None, "")
        super().__init__((HOST, site.port), _Handler)

    def policy(self) -> str:
        """The site's policy: all pages share their inline scripts, so those of the home and 404 pages of each language are enough.

        Made anew when one of these pages has changed.
        """
        paths = [self.site.folder / prefix / name for prefix in ("", *self.site.prefixes) for name in ("index.html", "404.html")]
        pages: list[bytes] = []
        known: list[object] = []
        for path in paths:
            with suppress(OSError):
                status = path.stat()
                known.append((path, status.st_ino, status.st_mtime_ns, status.st_size))
        if self._policy[0] != known:
            for path in paths:
                with suppress(OSError):
                    pages.append(path.read_bytes())
            self._policy = (known, policy(script_hashes(pages), self.site.events))
        return self._policy[1]

    def open(self, path: str) -> BinaryIO | None:
        """Open a regular file of the site; None where there is none, or where a symbolic link leads out of the site."""
        root = os.path.realpath(self.site.folder)
        real = os.path.realpath(os.path.join(root, path))  # noqa: PTH118 - Path drops closing slashes
        if os.path.commonpath((root, real)) != root:
            return None
        try:
            descriptor = os.open(real, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        except OSError:
            return None
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            return None
        return os.fdopen(descriptor, "rb")

    def handle_error(self, request: object, client_address: object) -> None:
        """A reader who goes away in the middle is no error worth a traceback."""


class _Handler(BaseHTTPRequestHandler):
    server: _SiteServer
    protocol_version = "HTTP/1.1"
    server_version = "kbgen"
    sys_version = ""
    timeout = 30
    _HOSTS: ClassVar[tuple[str, ...]] = ("localhost", "127.0.0.1", "[::1]")

    def do_GET(self) -> None:
        """Answer with a file."""
        if not self._from_here():
            return
        path = decoded_path(self.path)
        if path is None:
            self._say(HTTPStatus.BAD_REQUEST, "this address is malformed")
            return
        if any(part.startswith(".") for part in path.split("/")) or path.endswith(".map"):
            self._not_found(path)
            return
        name = f"{path}index.html" if path.endswith("/") or not path else path
        file = self.server.open(name)
        if file is not None:
            self._send(HTTPStatus.OK, name, file)
            return
        index = self.server.open(f"{path}/index.html")
        if not path.endswith("/") and index is not None:
            index.close()
            self._say(HTTPStatus.MOVED_PERMANENTLY, "moved", ("Location", f"/{quote(path)}/"))
            return
        self._not_found(path)

    do_HEAD = do_GET  # noqa: N815 - the standard library's names

    def _refuse(self) -> None:
        if self._from_here():
            self._say(HTTPStatus.METHOD_NOT_ALLOWED, "only GET and HEAD are answered", ("Allow", "GET, HEAD"))

    do_POST = do_PUT = do_DELETE = do_PATCH = do_OPTIONS = do_TRACE = do_CONNECT = _refuse  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is logged."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:  # noqa: ARG002
        """What the standard library refuses is refused in plain text, and the connection ends."""
        self.close_connection = True
        self._say(HTTPStatus(code), HTTPStatus(code).phrase.lower())

    def _from_here(self) -> bool:
        """Whether the request names this machine as its host. Else a page of another host has made its name lead here (DNS rebinding)."""
        hosts = self.headers.get_all("Host") or []
        allowed = {f"{host}:{self.server.server_port}" for host in self._HOSTS}
        if len(hosts) == 1 and hosts[0].strip().lower() in allowed:
            return True
        self.close_connection = True
        self._say(HTTPStatus.MISDIRECTED_REQUEST, "this server answers to localhost only")
        return False

    def _not_found(self, path: str) -> None:
        prefix = next((prefix for prefix in self.server.site.prefixes if path.startswith(prefix)), "")
        address = path.removesuffix("index.html").rstrip("/") + "/"
        status = HTTPStatus.GONE if address in self.server.site.gone() else HTTPStatus.NOT_FOUND
        for name in (f"{prefix}404.html", "404.html"):
            file = self.server.open(name)
            if file is not None:
                self._send(status, name, file)
                return
        self._say(status, "there is no such page")

    def _send(self, status: HTTPStatus, name: str, file: BinaryIO) -> None:
        with file:
            suffix = PurePosixPath(name).suffix.lower()
            self._head(status, TYPES.get(suffix, "application/octet-stream"), os.fstat(file.fileno()).st_size)
            self._close_head(SVG_POLICY if suffix == ".svg" else self.server.policy())
            if self.command != "HEAD":
                shutil.copyfileobj(file, self.wfile)

    def _say(self, status: HTTPStatus, text: str, *headers: tuple[str, str]) -> None:
        data = f"{text}\n".encode()
        # A body nobody has read would be taken for the next request.
        self.close_connection = self.close_connection or self.command not in {"GET", "HEAD"}
        self._head(status, "text/plain; charset=utf-8", len(data), *headers)
        self._close_head("default-src 'none'")
        if self.command != "HEAD":
            self.wfile.write(data)

    def _head(self, status: HTTPStatus, kind: str, size: int, *headers: tuple[str, str]) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(size))
        for name, value in (*headers, *security_headers(self.server.site.internal)):
            self.send_header(name, value)
        if self.close_connection:
            self.send_header("Connection", "close")

    def _close_head(self, policy_text: str) -> None:
        self.send_header("Content-Security-Policy", policy_text)
        self.end_headers()


def decoded_path(target: str) -> str | None:
    """The path of a request, relative to the site, decoded; None for one that no link would have.

    Refused are encoded slashes, ``.`` and ``..`` in any spelling, backslashes, control characters, empty segments, and what is not UTF-8.
    """
    raw = target.partition("?")[0].partition("#")[0]
    if not raw.startswith("/") or "%2f" in raw.lower():
        return None
    try:
        path = unquote_to_bytes(raw[1:]).decode("utf-8")
    except UnicodeDecodeError:
        return None
    if "\\" in path or not path.isprintable():
        return None
    parts = path.split("/")
    if "" in parts[:-1] or {".", ".."} & set(parts):
        return None
    return path
