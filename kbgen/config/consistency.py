"""What must fit together in the settings beyond the kind of each value. Every check is a function of valid settings to flaws."""

from __future__ import annotations

import re
import typing
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from kbgen.config.plain import SLUG, Flaw, check, fills_host, quoted, unknown
from kbgen.model.meta import HIDING, ArticleType, Header
from kbgen.model.settings import Condition, Settings
from kbgen.strict.suggest import did_you_mean
from kbgen.strict.yaml import Path

COLOURS = (
    "red pink purple deep-purple indigo blue light-blue cyan teal green light-green lime yellow amber orange deep-orange brown grey "
    "blue-grey black white"
).split()
"""The names of Material's palette."""

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_CODE = re.compile(r"KB\d{3}")
_EMAIL = re.compile(r"[^@\s<>\"']+@[^@\s<>\"']+")
_FOREIGN_KEY = re.compile(r"[^\s.]+(\.[^\s.]+)*")
_SLUG_WORDS = "small letters a to z, digits and hyphens only"


def inconsistencies(settings: Settings, known_flaws: tuple[Flaw, ...]) -> Iterator[Flaw]:
    """Yield what does not fit together, without what follows from flaws that are known already.

    Args:
        settings: valid settings; where there are known flaws, without the faulty values.
        known_flaws: what was found wrong with single values, with paths inside the settings.
    """
    broken = {flaw.path[0] for flaw in known_flaws if 0 < len(flaw.path) <= 2}
    told = {flaw.path for flaw in known_flaws}
    if any(path[0] == "sites" and path[2:] == ("audience",) for path in told if path):
        broken.add("sites.audience")
    for needs, check_settings in _CHECKS:
        if broken & needs:
            continue
        for flaw in check_settings(settings):
            inside_told = any(flaw.path[:length] in told for length in range(1, len(flaw.path) + 1))
            # A text or a list that lost its faulty parts may look empty. An entry (of sites, of languages) is judged by its name.
            lost_parts = len(flaw.path) > 2 and any(path[:-1] == flaw.path for path in told)
            if not inside_told and not lost_parts:
                yield flaw


def _audiences(settings: Settings) -> Iterator[Flaw]:
    names = settings.audiences
    for position, name in enumerate(names):
        if not re.fullmatch(SLUG, name):
            yield Flaw(("audiences", position), f"{quoted(name)} is not possible here: {_SLUG_WORDS}")
        elif name in names[:position]:
            yield Flaw(("audiences", position), f"{quoted(name)} stands twice")
    # What has no readable audience counts as internal: without that circle it would have nowhere to go but the public site.
    if "public" not in names[:1] or "internal" not in names:
        yield Flaw(("audiences",), "have to start with 'public' and to hold 'internal'; others may be added after 'public'")


def _sites(settings: Settings) -> Iterator[Flaw]:
    if not settings.sites:
        yield Flaw(("sites",), "has to name at least one site")
    urls: dict[str, str] = {}
    for name, site in settings.sites.items():
        at: Path = ("sites", name)
        if not re.fullmatch(SLUG, name) or len(name) > 40:
            yield Flaw(at, f"a site's name is the name of its folder: {_SLUG_WORDS}, at most 40")
        yield from ((Flaw((*at, "name"), "is empty"),) if not site.name else ())
        if site.colour not in COLOURS:
            yield Flaw((*at, "colour"), f"{quoted(site.colour)} is " + unknown(site.colour, COLOURS, "to Material's palette"))
        yield from _address((*at, "url"), site.url)
        if site.url and site.url in urls:
            yield Flaw((*at, "url"), f"is the address of the site {quoted(urls[site.url])} too; each site needs its own")
        urls.setdefault(site.url, name)


def _site_audiences(settings: Settings) -> Iterator[Flaw]:
    for name, site in settings.sites.items():
        # Where one of these two is missing, that is told of the list.
        if site.audience not in {*settings.audiences, "public", "internal"}:
            yield Flaw(("sites", name, "audience"), unknown(site.audience, settings.audiences, f"audience {quoted(site.audience)}"))


def _narrowest(settings: Settings) -> Iterator[Flaw]:
    used = {site.audience for site in settings.sites.values()}
    narrowest = settings.audiences[-1] if settings.audiences else ""
    if len(settings.sites) == 1 and settings.audiences[:1] == tuple(used):
        return  # a help center alone; what is internal is then read in the repository only
    # What is no audience may be the narrowest one misspelt.
    if not used or not narrowest or narrowest in used or not used <= set(settings.audiences):
        return
    remedy = "add a site for it" if narrowest == "internal" else "add a site for it, or take it out of 'audiences'"
    yield Flaw(
        ("sites",), f"no site is for {quoted(narrowest)}, the narrowest audience: what is written for it would be in no site; {remedy}"
    )


def _site_texts(settings: Settings) -> Iterator[Flaw]:
    for name, site in settings.sites.items():
        for field, texts in (("name", site.name), ("tagline", site.tagline)):
            if isinstance(texts, Mapping):
                for code in texts:
                    if code not in settings.languages:
                        yield Flaw(("sites", name, field, code), unknown(code, settings.languages, "language"))


def _languages(settings: Settings) -> Iterator[Flaw]:
    folders: dict[str, str] = {}
    for code, language in settings.languages.items():
        at: Path = ("languages", code)
        if not _LANGUAGE.fullmatch(code):
            yield Flaw(at, "is no language code such as 'en', 'ru' or 'pt-BR'")
        folder = language.folder or code
        where = (*at, "folder")
        if folder == "." and len(settings.languages) > 1:
            yield Flaw(where, "'.' (the content folder itself) is possible only where there is one language")
        elif folder != "." and not _safe(folder):
            yield Flaw(where, f"{quoted(folder)} has to be a plain folder inside the content folder, e.g. '{code}'")
        for other, owner in folders.items():
            if folder != "." and other != "." and _nested(folder, other):
                yield Flaw(where, f"{quoted(folder)} is not apart from the folder of '{owner}', {quoted(other)}")
        folders[folder] = code
    if not settings.languages:
        yield Flaw(("languages",), "has to name at least one language")


def _default_language(settings: Settings) -> Iterator[Flaw]:
    code = settings.default_language
    if settings.languages and code not in settings.languages:
        yield Flaw(("default_language",), unknown(code, settings.languages, f"language {quoted(code)}"))


def _content_dir(settings: Settings) -> Iterator[Flaw]:
    if not _safe(settings.content_dir):
        yield Flaw(("content_dir",), f"{quoted(settings.content_dir)} has to be a plain folder inside the project, e.g. 'content'")
    elif settings.content_dir.split("/")[0] in {"site", "theme"}:
        yield Flaw(("content_dir",), f"{quoted(settings.content_dir)} is kbgen's own folder; articles need another one")


def _review(settings: Settings) -> Iterator[Flaw]:
    known = typing.get_args(ArticleType)
    for name in settings.review.by_type:
        if name not in known:
            yield Flaw(("review", "by_type", name), unknown(name, known, "article type"))


def _front_matter(settings: Settings) -> Iterator[Flaw]:
    for key, source in settings.front_matter.map.items():
        at: Path = ("front_matter", "map", key)
        if key not in Header.model_fields:
            yield Flaw(at, unknown(key, Header.model_fields, "key of kbgen's front matter"))
        elif isinstance(source, str):
            if not _FOREIGN_KEY.fullmatch(source):
                yield Flaw(at, f"{quoted(source)} is no key; a key inside another one is written with a dot, e.g. 'ms.date'")
        else:
            yield from _conditions(settings, at, key, source)
    yield from _hiding(settings)
    for position, key in enumerate(settings.front_matter.ignore):
        at = ("front_matter", "ignore", position)
        if key in Header.model_fields:
            yield Flaw(at, f"{quoted(key)} is a key of kbgen's own front matter and cannot be ignored")
        elif key.casefold() in HIDING or did_you_mean(key, ["audience"]):
            yield Flaw(at, f"{quoted(key)} hides pages elsewhere; map it to an audience under front_matter.map instead")


def _hiding(settings: Settings) -> Iterator[Flaw]:
    """Keys that hide a page elsewhere and are read here, but not for the audience: the page would no longer be hidden."""
    read = {key: _foreign_keys(source) for key, source in settings.front_matter.map.items() if key in Header.model_fields}
    for key, foreign in read.items():
        for name in sorted(foreign & HIDING - read.get("audience", frozenset())):
            yield Flaw(("front_matter", "map", key), f"{quoted(name)} hides pages elsewhere; map it to an audience too")


def _foreign_keys(source: str | tuple[Condition, ...]) -> frozenset[str]:
    if isinstance(source, str):
        return frozenset({source.split(".", 1)[0]})
    return frozenset(name for condition in source for name in condition.when)


def _conditions(settings: Settings, at: Path, key: str, conditions: tuple[Condition, ...]) -> Iterator[Flaw]:
    if not conditions:
        yield Flaw(at, "has no condition")
    for position, condition in enumerate(conditions):
        if not condition.when:
            yield Flaw((*at, position, "when"), "names no key; a condition without one would always hold")
        for flaw in _header(settings, {key: condition.value}):
            yield Flaw((*at, position, "value", *flaw.path[1:]), flaw.message)


def _defaults(settings: Settings) -> Iterator[Flaw]:
    for position, default in enumerate(settings.defaults):
        at: Path = ("defaults", position)
        if not default.paths:
            yield Flaw((*at, "paths"), "names no path")
        for number, glob in enumerate(default.paths):
            if not _is_glob(glob):
                yield Flaw((*at, "paths", number), f"{quoted(glob)} has to be a path from the content folder, e.g. 'en/billing/**'")
        for key in ("title", "id"):
            if key in default.set:
                yield Flaw((*at, "set", key), "belongs to one article and has no default")
        for flaw in _header(settings, {key: value for key, value in default.set.items() if key not in {"title", "id"}}):
            yield Flaw((*at, "set", *flaw.path), flaw.message)


def _header(settings: Settings, values: Mapping[str, Any]) -> Iterator[Flaw]:
    """What is wrong with values for front matter: the same rules as in an article."""
    known = {key: _named(value) for key, value in values.items() if key in Header.model_fields}
    for key in values:
        if key not in known:
            yield Flaw((key,), unknown(key, Header.model_fields))
    yield from check(Header, {"title": "-", **known}, {"title": "-"}).flaws
    audience = values.get("audience")
    if isinstance(audience, str) and audience not in settings.audiences:
        yield Flaw(("audience",), unknown(audience, settings.audiences, f"audience {quoted(audience)}"))


def _named(value: Any) -> Any:
    """A default's value as an article gets it: ``{stem}`` stands for the name of its file."""
    if isinstance(value, (list, tuple)):
        return tuple(_named(each) for each in value)
    return value.replace("{stem}", "stem") if isinstance(value, str) else value


def _contact(settings: Settings) -> Iterator[Flaw]:
    contact = settings.contact
    if contact.email and not _EMAIL.fullmatch(contact.email):
        yield Flaw(("contact", "email"), f"{quoted(contact.email)} is no e-mail address")
    if contact.url and not contact.url.startswith(("https://", "http://")):
        yield Flaw(("contact", "url"), f"{quoted(contact.url)}: an address starts with https://")
    else:
        if fills_host(contact.url):
            yield Flaw(("contact", "url"), f"{quoted(contact.url)} fills in the host; {{article}} and the like are possible behind it only")
        # A form is filled in by what stands behind the question mark; all before it is an address like others.
        yield from _address(("contact", "url"), re.sub(r"\{\w+\}", "x", contact.url).partition("?")[0])
        if not contact.url.isprintable() or re.search(r"[\s\"'<>\\]", contact.url):
            yield Flaw(
                ("contact", "url"), f"{quoted(contact.url)} is no plain address such as https://help.example.com/new?from={{article}}"
            )


def _address(at: Path, url: str) -> Iterator[Flaw]:
    if not url:
        return
    try:
        parts = urlsplit(url)
        host, odd = parts.hostname, bool(parts.query or parts.fragment or parts.username is not None or parts.port == 0)
    except ValueError:
        host, odd = None, True
    if not host or odd or not url.isprintable() or re.search(r"[\s\"'<>\\?#]", url):
        yield Flaw(at, f"{quoted(url)} is no plain address such as https://help.example.com/")


def _severity(settings: Settings) -> Iterator[Flaw]:
    for glob, codes in settings.severity.items():
        if not _is_glob(glob):
            yield Flaw(("severity", glob), "has to be a path from the content folder, e.g. 'en/billing/**'")
        for code, severity in codes.items():
            at: Path = ("severity", glob, code)
            if not _CODE.fullmatch(code):
                yield Flaw(at, f"{quoted(code)} is no code such as KB202")
            elif code[2] in "03" and severity != "error":
                yield Flaw(at, "faults of reading (0xx) and of audiences (3xx) are always errors; remove it")


def _safe(path: str) -> bool:
    """Whether it is a relative path of plain folders, in its one spelling. A leading dot or underscore is for what is no article."""
    segments = path.split("/")
    plain = path.isprintable() and not re.search(r"[\\:%?#*\[\]]", path)
    return plain and str(PurePosixPath(path)) == path and not any(not segment or segment[0] in "._~ " for segment in segments)


def _nested(one: str, other: str) -> bool:
    one, other = f"{one.casefold()}/", f"{other.casefold()}/"
    return one.startswith(other) or other.startswith(one)


def _is_glob(glob: str) -> bool:
    return bool(glob) and glob.isprintable() and not glob.startswith("/") and "\\" not in glob and ".." not in glob.split("/")


_Check = tuple[frozenset[str], Callable[[Settings], Iterator[Flaw]]]
_CHECKS: tuple[_Check, ...] = (
    # Checks that look a word up in a part of the settings wait until that part is whole.
    (frozenset({"audiences"}), _audiences),
    (frozenset({"audiences"}), _site_audiences),
    (frozenset({"audiences", "sites", "sites.audience"}), _narrowest),
    (frozenset({"languages"}), _site_texts),
    (frozenset({"languages", "default_language"}), _default_language),
    (frozenset({"audiences"}), _defaults),
    (frozenset({"audiences"}), _front_matter),
    (frozenset({"sites"}), _sites),
    (frozenset(), _languages),
    (frozenset(), _content_dir),
    (frozenset(), _review),
    (frozenset(), _contact),
    (frozenset(), _severity),
)
