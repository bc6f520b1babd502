"""A staged folder written by hand: every kind of page, on both sites, in both languages. No other floor takes part."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from kbgen.engines.theme_dir import theme_dir
from kbgen.model.plan import Edition
from kbgen.model.ports import RenderJob
from kbgen.model.staged import canonical

BODY = """<p>You can return a payment within <strong>30 days</strong>. The money comes back the way it was paid.</p>
<h2 id="before-you-start">Before you start</h2>
<ul class="task-list"><li class="task-list-item"><label class="task-list-control"><input type="checkbox" disabled checked><span
 class="task-list-indicator"></span></label> You are an <em>owner</em> of the project.</li>
<li class="task-list-item"><label class="task-list-control"><input type="checkbox" disabled><span
 class="task-list-indicator"></span></label> The invoice is closed.</li></ul>
<div class="admonition note"><p class="admonition-title">Note</p><p>Card payments take up to five working days.
See <a href="../invoice/">invoices</a>.</p></div>
<div class="admonition warning"><p class="admonition-title">Warning</p><p>A refund cannot be taken back.</p></div>
<h2 id="steps">Steps</h2>
<ol><li>Open <strong>Settings → Billing</strong>.</li><li>Choose the payment and press <kbd>Refund</kbd>.</li>
<li>Type the amount, e.g. {{ 7*7 }} or {% raw %}.</li></ol>
<div class="highlight"><pre><span></span><code><span class="nt">&quot;status&quot;</span><span class="p">:</span>
<span class="s2">&quot;refunded&quot;</span>
</code></pre></div>
<h3 id="limits">Limits by plan</h3>
<table><thead><tr><th>Plan</th><th>Per day</th><th align="right">Amount</th></tr></thead>
<tbody><tr><td>Start</td><td>3</td><td align="right">100</td></tr>
<tr><td>Growth</td><td>20</td><td align="right">5,000</td></tr></tbody></table>
"""
INTERNAL = """<aside class="kb-internal" data-label="{label}"><p>Above 500 ask the duty finance manager first.
Code <code>RF-2</code>.</p></aside>
"""
AREAS = {
    "en": [
        ("account", "Sign-in and account", "Passwords, roles, two-step sign-in.", "account-circle-outline", 9),
        ("setup", "Project set-up", "Put the code on your site and choose phone numbers.", "cog-outline", 14),
        ("reports", "Reports", "Read calls, visits and costs side by side.", "chart-bar", 21),
        ("goals", "Goals", "Count what matters to you.", "flag-outline", 6),
        ("integrations", "Integrations", "Connect ad accounts and your CRM.", "connection", 17),
        ("billing", "Billing", "Plans, invoices and refunds.", "credit-card-outline", 2),
    ],
    "ru": [
        ("account", "Вход и учётная запись", "Пароли, роли, вход с подтверждением.", "account-circle-outline", 9),
        ("setup", "Настройка проекта", "Установите код на сайт и выберите номера.", "cog-outline", 14),
        ("reports", "Отчёты", "Звонки, визиты и расходы рядом.", "chart-bar", 21),
        ("goals", "Цели", "Считайте то, что для вас важно.", "flag-outline", 3),
        ("integrations", "Интеграции", "Подключите рекламные кабинеты и CRM.", "connection", 17),
        ("billing", "Оплата", "Тарифы, счета и возвраты.", "credit-card-outline", 2),
    ],
}
TITLES = {"en": ("Return a payment", "Download an invoice"), "ru": ("Вернуть платёж", "Скачать счёт")}
NAMES = {
    ("public", "en"): ("Lumenta Help", "Guides and answers for every part of Lumenta"),
    ("public", "ru"): ("Справочный центр Lumenta", "Инструкции и ответы о всех возможностях Lumenta"),
    ("internal", "en"): ("Lumenta Support Wiki", "Runbooks, procedures and everything customers see, with notes for us"),
    ("internal", "ru"): ("База знаний поддержки Lumenta", "Инструкции, порядок действий и всё, что видят клиенты"),
}
HOST = {"public": "https://help.lumenta.example/", "internal": "https://wiki.lumenta.example/"}


def edition_json(site: str, language: str, **changes: Any) -> dict[str, Any]:
    """The engine's settings of an edition."""
    strings = json.loads((theme_dir() / "strings" / f"{language}.json").read_text("utf-8"))
    name, tagline = NAMES[site, language]
    settings = {
        "site": site,
        "audience": site,
        "widest": site == "internal",
        "language": language,
        "prefix": "" if language == "en" else f"{language}/",
        "name": name,
        "tagline": tagline,
        "url": HOST[site],
        "colour": "indigo" if site == "public" else "blue-grey",
        "languages": [{"code": "en", "name": "English", "href": ""}, {"code": "ru", "name": "Русский", "href": "ru/"}],
        "contact": {"url": "https://lumenta.example/contact", "email": "support@lumenta.example"},
        "strings": strings,
    }
    return settings | changes


def context(site: str, language: str, kind: str, address: str, **changes: Any) -> dict[str, Any]:
    """A page's context with everything a page of its kind may have."""
    wiki = site == "internal"
    up = "../" * address.count("/")
    here = posixpath.join

    def href(target: str) -> str:
        return up + target or "./"

    def row(number: int) -> dict[str, Any]:
        return {
            "title": TITLES[language][number],
            "href": href(("billing/refund/", "billing/invoice/")[number]),
            "summary": ("How to send money back, and how long it takes." if language == "en" else "Как вернуть деньги и сколько ждать.")
            if number == 0
            else "",
            "type_title": "How-to" if language == "en" else "Как сделать",
            "audience": "public" if number or not wiki else "internal",
        }

    rows = [row(0), row(1)]
    own = "" if language == "en" else "ru/"
    alternates = [
        {
            "language": code,
            "name": name,
            "href": ("../" * (address.count("/") + own.count("/")) + prefix + address) or "./",
            "current": code == language,
            "url": here(HOST[site], prefix + address),
            "exists": True,
        }
        for code, name, prefix in (("en", "English", ""), ("ru", "Русский", "ru/"))
    ]
    active = address.split("/", 1)[0]
    deep = kind in ("article", "correcting")
    billing = AREAS[language][-1]
    value: dict[str, Any] = {
        "kind": kind,
        "title": {"home": NAMES[site, language][0], "area": billing[1]}.get(kind, TITLES[language][0]),
        "description": "" if kind == "correcting" else billing[2],
        "url": address,
        "canonical": here(HOST[site], own + address),
        "area": {"title": billing[1], "href": href("billing/")} if deep else None,
        "breadcrumbs": []
        if kind == "home"
        else [{"title": "Home" if language == "en" else "Главная", "href": href("")}]
        + ([{"title": billing[1], "href": href("billing/")}] if deep else []),
        "nav": [
            {
                "title": title,
                "href": href(f"{area}/"),
                "active": area == active,
                "items": [{"title": one["title"], "href": one["href"], "active": deep and one["href"].endswith(address)} for one in rows]
                if area == active
                else [],
            }
            for area, title, *_ in AREAS[language]
        ],
        "alternates": alternates,
        "toc": [],
        "type": "",
        "type_title": "",
        "audience": site,
        "reviewed": "",
        "reviewed_text": "",
        "notice": None,
        "owner": "",
        "id": "",
        "areas": [],
        "articles": [],
    }
    if kind == "search":
        other = "ru" if language == "en" else "en"
        value["view"] = {"others": [{"language": other, "name": other, "root": "../ru/" if language == "en" else "../../"}]}
    if kind in ("home", "search"):
        value["areas"] = [
            {"title": title, "summary": summary, "href": href(f"{area}/"), "count": count, "icon": icon, "articles": rows}
            for area, title, summary, icon, count in AREAS[language]
        ]
    if kind in ("home", "area"):
        value["articles"] = rows
    if kind == "article":
        headings = (("before-you-start", "Before you start", 2), ("steps", "Steps", 2), ("limits", "Limits by plan", 3))
        value |= {
            "toc": [{"id": id_, "title": title, "level": level} for id_, title, level in headings],
            "type": "how-to",
            "type_title": rows[0]["type_title"],
            "reviewed": "2026-03-01",
            "reviewed_text": "1 March 2026" if language == "en" else "1 марта 2026 г.",
        }
        if wiki:
            text = json.loads((theme_dir() / "strings" / f"{language}.json").read_text("utf-8"))["notice.overdue"]
            value |= {"owner": "Billing team", "id": "KB-7Q4M", "notice": {"kind": "overdue", "text": text}}
    return value | changes


def edition_pages(site: str, language: str) -> dict[str, tuple[dict[str, Any], str]]:
    """Every kind of page of an edition: address → context and body. Areas other than billing are there so that links lead somewhere."""
    label = "Internal" if language == "en" else "Для сотрудников"
    body = BODY + (INTERNAL.format(label=label) if site == "internal" else "")
    pages = {
        "": (context(site, language, "home", ""), ""),
        "billing/": (context(site, language, "area", "billing/"), ""),
        "billing/refund/": (context(site, language, "article", "billing/refund/"), body),
        "billing/invoice/": (context(site, language, "correcting", "billing/invoice/"), ""),
        "search/": (context(site, language, "search", "search/"), ""),
    }
    for area, title, *_ in AREAS[language][:-1]:
        pages[f"{area}/"] = (context(site, language, "area", f"{area}/", title=title, description="", articles=[]), "")
    return pages


def stage(
    folder: Path, settings: Mapping[str, Any], pages: Mapping[str, tuple[Mapping[str, Any], str]], only: Iterable[str] | None = None
) -> Path:
    """Write a staged folder; ``only`` names the addresses to render now."""
    (folder / "pages").mkdir(parents=True)
    (folder / "edition.json").write_bytes(canonical(settings))
    for address in pages if only is None else only:
        value, body = pages[address]
        path = folder / "pages" / address / "index.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(canonical(value) + b"\n" + body.encode("utf-8"))
    return folder


def job(site: str, language: str, source: Path, target: Path) -> RenderJob:
    return RenderJob(Edition(site, language, "" if language == "en" else f"{language}/"), source, target)


def tree(folder: Path) -> dict[str, bytes]:
    """Path → bytes of all files below a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
