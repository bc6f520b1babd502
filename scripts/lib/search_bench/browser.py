"""Chromium, and a server that says which files it was asked for and how large they are gzipped."""

from __future__ import annotations

import gzip
import mimetypes
import os
import shutil
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Page, sync_playwright

_FLAGS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update")
_PAGE = b"<!doctype html><meta charset=utf-8><title>bench</title><script src=/bench.js></script>"
_SCRIPT = Path(__file__).with_name("page.js")
_NEVER_MIND_MS = 600_000


def find_chromium() -> str:
    """Path of a Chromium, ``""`` where there is none. ``KBGEN_CHROMIUM`` names one that is not on the path."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("KBGEN_CHROMIUM") or next(filter(None, map(shutil.which, names)), "")


class Shelf:
    """What the server serves: files by path from memory, or from a folder. Counts what it was asked for."""

    def __init__(self) -> None:
        self._files: Mapping[str, bytes] = {}
        self._folder: Path | None = None
        self._sizes: dict[str, int] = {}
        self._asked: list[str] = []
        self._lock = threading.Lock()

    def serve(self, files: Mapping[str, bytes] | None = None, folder: Path | None = None) -> None:
        """Serve these from now on."""
        self._files, self._folder = files or {}, folder
        self._sizes.clear()
        self.forget()

    def read(self, path: str) -> bytes | None:
        """A file; None where there is none."""
        if path == "":
            return _PAGE
        if path == "bench.js":
            return _SCRIPT.read_bytes()
        data = self._files.get(path)
        if data is None and self._folder is not None and (self._folder / path).is_file():
            data = (self._folder / path).read_bytes()
        if data is not None:
            with self._lock:
                self._asked.append(path)
                if path not in self._sizes:
                    self._sizes[path] = len(gzip.compress(data, 6, mtime=0))
        return data

    def forget(self) -> None:
        """Count from nothing again."""
        with self._lock:
            self._asked.clear()

    def gzipped(self, under: str = "") -> int:
        """Bytes, gzipped, of the files asked for since, each once; only of those under this path."""
        with self._lock:
            return sum(self._sizes[path] for path in set(self._asked) if path.startswith(under))


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    shelf: Shelf

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path).lstrip("/")
        data = self.shelf.read(path)
        self.send_response(200 if data is not None else 404)
        self.send_header("Content-Type", mimetypes.guess_type(path)[0] or "text/html")
        self.send_header("Content-Length", str(len(data or b"")))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(data or b"")

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def opened(executable: str) -> Iterator[tuple[Page, Shelf]]:
    """A page on the server's shelf."""
    shelf = Shelf()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"shelf": shelf, "disable_nagle_algorithm": True}))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=executable, args=list(_FLAGS))
            context = browser.new_context(base_url=f"http://127.0.0.1:{server.server_port}")
            page = context.new_page()
            page.set_default_timeout(_NEVER_MIND_MS)
            yield page, shelf
            browser.close()
    finally:
        server.shutdown()
        server.server_close()
