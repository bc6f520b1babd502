"""The server, over real sockets."""

from __future__ import annotations

import http.client
import os
import re
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from kbgen.errors import SettingsError
from kbgen.servers.serve import ServedSite, Server, decoded_path

HOME = "<!doctype html><title>Привет</title><script>var a = 1</script><script type=application/json>{}</script><script src=x.js></script>"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    site = tmp_path / "site" / "public"
    files = {
        "index.html": HOME,
        "404.html": "not here",
        "ru/404.html": "нет такой",
        "ru/index.html": "<script>var b = 2</script>",
        "billing/refund/index.html": "refund",
        "a b/index.html": "spaced",
        "assets/x.css": "a {}",
        "assets/x.svg": "<svg/>",
        "assets/x.js.map": "{}",
        "assets/odd.xyz": "?",
        ".kbgen": "hidden",
    }
    for path, text in files.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(text, encoding="utf-8")
    (tmp_path / "site" / "internal").mkdir()
    (tmp_path / "site" / "internal" / "index.html").write_text("runbook", encoding="utf-8")
    return site


@pytest.fixture
def served(folder: Path) -> Iterator[tuple[str, int]]:
    site = ServedSite("public", folder, prefixes=("ru/",), gone=lambda: {"old/page/", "ru/old/"})
    with Server([site]) as server:
        yield "127.0.0.1", int(server.urls["public"].rsplit(":", 1)[1].strip("/"))


def ask(at: tuple[str, int], path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection(*at, timeout=5)
    try:
        connection.putrequest(method, path, skip_host="Host" in headers)
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    finally:
        connection.close()


def raw(at: tuple[str, int], request: bytes) -> bytes:
    with socket.create_connection(at, timeout=5) as connection:
        connection.sendall(request)
        connection.shutdown(socket.SHUT_WR)
        found = b""
        while part := connection.recv(65536):
            found += part
        return found


@pytest.mark.parametrize(
    ("path", "text", "kind"),
    [
        ("/", HOME, "text/html; charset=utf-8"),
        ("/?q=1", HOME, "text/html; charset=utf-8"),
        ("/index.html", HOME, "text/html; charset=utf-8"),
        ("/billing/refund/", "refund", "text/html; charset=utf-8"),
        ("/%62illing/refund/", "refund", "text/html; charset=utf-8"),
        ("/a%20b/", "spaced", "text/html; charset=utf-8"),
        ("/assets/x.css", "a {}", "text/css; charset=utf-8"),
        ("/assets/x.svg", "<svg/>", "image/svg+xml; charset=utf-8"),
        ("/assets/odd.xyz", "?", "application/octet-stream"),
    ],
)
def test_files_with_their_type(served: tuple[str, int], path: str, text: str, kind: str):
    status, headers, body = ask(served, path)
    assert (status, body.decode(), headers["content-type"]) == (200, text, kind)
    assert ask(served, path, "HEAD") == (200, headers | {"date": ask(served, path, "HEAD")[1]["date"]}, b"")


def test_a_folder_is_led_to_with_a_slash_and_never_listed(served: tuple[str, int]):
    status, headers, _ = ask(served, "/billing/refund")
    assert (status, headers["location"]) == (301, "/billing/refund/")
    assert ask(served, "/a%20b")[1]["location"] == "/a%20b/"
    assert ask(served, "/assets/")[0] == 404
    assert ask(served, "/assets")[0] == 404


@pytest.mark.parametrize(
    ("path", "status", "text"),
    [
        ("/nothing/", 404, "not here"),
        ("/ru/nothing/", 404, "нет такой"),
        ("/old/page/", 410, "not here"),
        ("/old/page", 410, "not here"),
        ("/old/page/index.html", 410, "not here"),
        ("/ru/old/", 410, "нет такой"),
        ("/.kbgen", 404, "not here"),
        ("/.git/config", 404, "not here"),
        ("/assets/x.js.map", 404, "not here"),
        ("/index.html/", 404, "not here"),
        ("//internal/index.html", 404, "not here"),
        ("/" + "x" * 5000, 404, "not here"),
    ],
)
def test_what_is_not_there(served: tuple[str, int], path: str, status: int, text: str):
    found, headers, body = ask(served, path)
    assert (found, body.decode()) == (status, text)
    assert headers["content-type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize(
    "path",
    [
        "/../internal/index.html",
        "/%2e%2e/internal/index.html",
        "/..%2finternal/index.html",
        "/%2E%2e%2Finternal%2Findex.html",
        "/billing%2Frefund/",
        "/..%5cinternal",
        "/..\\internal\\index.html",
        "/./index.html",
        "/billing//refund/",
        "/index.html%00",
        "/%0d%0aSet-Cookie:x",
        "/%ff",
        "http://127.0.0.1/index.html",
        "*",
    ],
)
def test_malformed_paths_are_refused(served: tuple[str, int], path: str):
    host = f"127.0.0.1:{served[1]}"
    answer = raw(served, f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode("latin-1"))
    assert answer.startswith(b"HTTP/1.1 400")
    assert b"runbook" not in answer
    assert b"Set-Cookie" not in answer


def test_symbolic_links_and_special_files(served: tuple[str, int], folder: Path):
    (folder / "out.html").symlink_to(folder.parent / "internal" / "index.html")
    (folder / "way").symlink_to(folder.parent / "internal")
    (folder / "loop.html").symlink_to("loop.html")
    (folder / "inside.html").symlink_to("billing/refund/index.html")
    os.mkfifo(folder / "pipe.html")
    for path in ("/out.html", "/way/", "/way/index.html", "/loop.html", "/pipe.html"):
        assert ask(served, path)[0] == 404, path
    assert ask(served, "/inside.html")[2] == b"refund"


def test_a_sibling_whose_name_begins_alike_is_outside(served: tuple[str, int], folder: Path):
    (folder.parent / "public-old").mkdir()
    (folder.parent / "public-old" / "x.html").write_text("old")
    (folder / "x.html").symlink_to(folder.parent / "public-old" / "x.html")
    assert ask(served, "/x.html")[0] == 404


@pytest.mark.parametrize(
    "host", ["evil.example.com", "evil.example.com:{port}", "127.0.0.1", "localhost", "127.0.0.1:1", "localhost.:{port}", ""]
)
def test_another_host_is_refused(served: tuple[str, int], host: str):
    status, _, body = ask(served, "/", Host=host.format(port=served[1]))
    assert status == 421
    assert b"<" not in body


@pytest.mark.parametrize("host", ["localhost:{port}", "LOCALHOST:{port}", "127.0.0.1:{port}", "[::1]:{port}"])
def test_this_machine_is_answered(served: tuple[str, int], host: str):
    assert ask(served, "/", Host=host.format(port=served[1]))[0] == 200


def test_no_host_or_two_hosts_are_refused(served: tuple[str, int]):
    host = f"Host: 127.0.0.1:{served[1]}\r\n".encode()
    assert b"421" in raw(served, b"GET / HTTP/1.0\r\n\r\n").splitlines()[0]
    assert b"421" in raw(served, b"GET / HTTP/1.1\r\n" + host + b"Host: evil.example.com\r\n\r\n").splitlines()[0]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT"])
def test_only_get_and_head(served: tuple[str, int], method: str):
    status, headers, body = ask(served, "/", method)
    assert (status, headers["allow"]) == (405, "GET, HEAD")
    assert b"<" not in body


def test_other_methods_and_nonsense_tell_nothing(served: tuple[str, int]):
    answer = raw(served, b"BREW / HTTP/1.1\r\nHost: x\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 501")
    assert b"Python" not in answer


def test_headers_of_the_public_site(served: tuple[str, int]):
    _, headers, _ = ask(served, "/ru/nothing/")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["cross-origin-opener-policy"] == headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["permissions-policy"].startswith("camera=()")
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert headers["cache-control"] == "no-store"
    assert "x-robots-tag" not in headers
    assert "Python" not in headers["server"]
    assert "access-control-allow-origin" not in headers


def test_headers_of_the_internal_site(folder: Path):
    with Server([ServedSite("internal", folder, internal=True)]) as server:
        at = ("127.0.0.1", int(server.urls["internal"].rsplit(":", 1)[1].strip("/")))
        for path in ("/", "/nothing/", "/..%2f"):
            _, headers, _ = ask(at, path)
            assert headers["referrer-policy"] == "no-referrer"
            assert headers["x-robots-tag"] == "noindex, nofollow, noarchive"
            assert headers["cache-control"] == "private, no-store"


def test_the_policy_allows_the_inline_scripts_and_no_others(served: tuple[str, int], folder: Path):
    policy = ask(served, "/billing/refund/")[1]["content-security-policy"]
    scripts = re.search(r"script-src ([^;]*)", policy)
    assert scripts is not None
    # printf 'var a = 1' | openssl dgst -sha256 -binary | base64; the same for 'var b = 2'
    expected = {"'self'", "'sha256-h1HrJPkDwnmmTjhElzuRBLDNtr5UPz5PinuqE+ovmj8='", "'sha256-ozYHTzDorZsvLT5f8FxPk7KpgxB8hRNCYkz0ART+hak='"}
    assert set(scripts[1].split()) == expected
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    (folder / "ru" / "index.html").write_text("no script", encoding="utf-8")
    assert "ozYHTzDorZsvLT5f8FxPk7KpgxB8hRNCYkz0ART+hak=" not in ask(served, "/")[1]["content-security-policy"]


def test_a_picture_that_can_hold_scripts_is_caged(served: tuple[str, int]):
    assert "sandbox" in ask(served, "/assets/x.svg")[1]["content-security-policy"]


def test_the_folder_may_be_exchanged(served: tuple[str, int], folder: Path):
    new = folder.parent / "new"
    new.mkdir()
    (new / "index.html").write_text("new", encoding="utf-8")
    folder.rename(folder.parent / "was")
    assert ask(served, "/")[0] == 404
    new.rename(folder)
    assert ask(served, "/")[2] == b"new"


def test_each_site_has_its_port_and_is_bound_to_this_machine_only(folder: Path):
    sites = [ServedSite("public", folder), ServedSite("internal", folder.parent / "internal", internal=True)]
    with Server(sites) as server:
        ports = {name: int(url.rsplit(":", 1)[1].strip("/")) for name, url in server.urls.items()}
        assert len(set(ports.values())) == 2
        assert ask(("127.0.0.1", ports["internal"]), "/")[2] == b"runbook"
        with pytest.raises(OSError, match="refused"):
            socket.create_connection(("127.0.0.2", ports["public"]), timeout=2)
    assert server.urls == {}
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", ports["public"]), timeout=2)


def test_a_taken_port_is_said(folder: Path, served: tuple[str, int]):
    server = Server([ServedSite("internal", folder), ServedSite("public", folder, port=served[1])])
    with pytest.raises(SettingsError, match=f"port {served[1]} .* 'public'"):
        server.start()
    assert server.urls == {}


def test_many_requests_on_one_connection(served: tuple[str, int]):
    connection = http.client.HTTPConnection(*served, timeout=5)
    for path, status in (("/", 200), ("/nothing", 404), ("/%2e%2e", 400), ("/billing/refund", 301), ("/", 200)):
        connection.request("GET", path)
        answer = connection.getresponse()
        assert (answer.status, len(answer.read()) > 0) == (status, True)
    connection.close()


@pytest.mark.parametrize(
    ("target", "path"), [("/", ""), ("/a/b?c=/../d", "a/b"), ("/a/#x", "a/"), ("/%D1%8F/", "я/"), ("/%252e%252e/x", "%2e%2e/x")]
)
def test_decoded_path(target: str, path: str):
    assert decoded_path(target) == path
