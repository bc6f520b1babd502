"""Where a link of an article leads on one site: to a page, an asset, elsewhere, or nowhere it may lead."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from kbgen.audiences.pages import CONTACT, DESK, PAGES, is_inside, page_address
from kbgen.content.media import ASSET_TYPES
from kbgen.content.places import matches
from kbgen.model.address import encoded, relative
from kbgen.model.article import Article, Asset, Link, Rendering, Unreadable
from kbgen.model.plan import Edition
from kbgen.model.settings import Settings
from kbgen.strict.suggest import did_you_mean


@dataclass(frozen=True, slots=True)
class View:
    """What one edition's pages may lead to.

    Attributes:
        edition: the edition.
        articles: every readable article by its source path, seen by the site or not.
        unreadable: every unreadable file by its source path.
        shown: source paths of the articles that the site shows, with the rendering it shows of each.
        withheld: source paths of articles for this site that are left out of it.
        live: site addresses (language prefix included) that stood in the site before.
        addresses: site address → source path, for all that is shown.
        assets: all assets by path.
        spelled: path in composed letters (NFC) → the path as the disk has it, where the two differ.
        generated: name of a generated page → its address in each edition of the site.
        alerts: addresses of the pages of single alerts in each edition of the site.
        contact: anchors of the contact page.
    """

    edition: Edition
    articles: Mapping[str, Article]
    unreadable: Mapping[str, Unreadable]
    shown: Mapping[str, Rendering]
    withheld: frozenset[str]
    live: frozenset[str]
    addresses: Mapping[str, str]
    assets: Mapping[str, Asset]
    spelled: Mapping[str, str]
    generated: Mapping[str, str] = field(default_factory=dict)
    alerts: frozenset[str] = frozenset()
    contact: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Target:
    """Where a link leads: the href to write (None: take the link off), the asset to ship, and what is wrong, as code, message, hint."""

    href: str | None
    asset: str = ""
    problem: tuple[str, str, str] | None = None


def resolve(link: Link, article: Article, rendering: Rendering, view: View, settings: Settings) -> Target:
    """Resolve one link as the page of ``article`` in the edition shows it."""
    try:
        return _resolve(link, article, rendering, view, settings)
    except ValueError:  # from urlsplit, e.g. for a bracket in the host
        return Target(None, problem=("KB404", f"'{link.target}' is no address", "write it anew"))


def _resolve(link: Link, article: Article, rendering: Rendering, view: View, settings: Settings) -> Target:
    parts = urlsplit(link.target.strip())
    if parts.scheme in {"http", "https"} or parts.netloc:
        return _absolute(link, article, view, settings)
    if parts.scheme == "page":
        return _generated(link, parts.path, parts.fragment, article, view, settings)
    if parts.scheme:
        return Target(link.target.strip())
    if not parts.path:
        return _own_anchor(unquote(parts.fragment), link.target, rendering)
    if parts.path.startswith("/"):
        return _by_address(unquote(parts.path).lstrip("/"), parts.fragment, article, view, settings)
    path = posixpath.normpath(posixpath.join(posixpath.dirname(article.source.path), unquote(parts.path)))
    path = view.spelled.get(unicodedata.normalize("NFC", path), path)
    if not path.startswith(settings.content_dir.strip("/") + "/"):
        return Target(None, problem=("KB404", f"'{link.target}' leads out of the content folder", "link to a file inside it"))
    if link.kind == "image" or not path.endswith(".md"):
        return _asset(path, link, article, view, settings)
    return _page(path, unquote(parts.fragment), article, view, settings)


def _generated(link: Link, name: str, fragment: str, article: Article, view: View, settings: Settings) -> Target:
    """A link to a page that kbgen makes, as ``page:contact``."""
    address = view.generated.get(name)
    if address is not None and link.kind == "link":
        return _to_generated(link.target, view.edition.prefix, address, unquote(fragment), article, view, settings)
    # What the narrowest site has must not be told from outside: there such a page counts as hidden whether it exists or not.
    if name in DESK and not settings.is_narrowest(view.edition.site):
        return _inside(link.target, settings)
    near = "" if name in PAGES else did_you_mean(name, PAGES)
    near = near or f"the pages are: {', '.join(f'page:{each}' for each in PAGES)}; each is made where its data are"
    return Target(None, problem=("KB401", f"there is no page '{link.target}' on this site", near))


def _inside(written: str, settings: Settings) -> Target:
    message = f"links to '{written}', a page for {settings.audiences[-1]} readers"
    return Target(None, problem=("KB301", message, "take the link off, or put it into an internal block"))


def _to_generated(written: str, prefix: str, address: str, fragment: str, article: Article, view: View, settings: Settings) -> Target:
    href = relative(_here(article, settings), prefix + address)
    if fragment in {"", "top"}:
        return Target(href)
    if address == page_address(CONTACT) and fragment not in view.contact:
        known = f"the places are: {', '.join(f'#{name}' for name in sorted(view.contact))}"
        return Target(href, problem=("KB402", f"there is no place '#{fragment}' on the page '{written}'", known))
    return Target(f"{href}#{encoded(fragment)}")


def site_address(edition_prefix: str, address: str) -> str:
    """An address inside the site: language prefix and address in the edition."""
    return edition_prefix + address


def prefix_of(language: str, settings: Settings) -> str:
    """The folder of a language's edition in its site."""
    return "" if language == settings.default_language else f"{language}/"


def _absolute(link: Link, article: Article, view: View, settings: Settings) -> Target:
    """An address with a host: another's, or one of the project's own sites."""
    target = "https:" + link.target if link.target.startswith("//") else link.target.strip()
    parts = urlsplit(target)
    for name, site in settings.sites.items():
        own = urlsplit(site.url)
        # Whatever the scheme, the port or a user's name before it: the host and the path tell whose address it is.
        if not site.url or parts.hostname != own.hostname or not (parts.path + "/").startswith(own.path):
            continue
        if name == view.edition.site:
            return _by_address(unquote(parts.path)[len(own.path) :], parts.fragment, article, view, settings)
        order = settings.audiences
        if order.index(site.audience) > order.index(settings.sites[view.edition.site].audience):
            return Target(None, problem=("KB301", f"links to the {name} site", "take the link off, or put it into an internal block"))
    if link.kind == "image":
        message = f"shows an image of another host ({parts.hostname}), which would tell that host about every reader"
        return Target(None, problem=("KB404", message, "copy the image into the content folder"))
    return Target(link.target.strip())


def _own_anchor(fragment: str, written: str, rendering: Rendering) -> Target:
    if fragment in {"", "top"}:
        return Target(written.strip() or "#")
    anchor = _anchor(fragment, rendering)
    if anchor:
        return Target(f"#{encoded(anchor)}")
    if fragment.startswith("fnref"):
        return Target(None)  # the way back from a footnote that nothing refers to
    return Target(None, problem=("KB402", f"there is no heading or anchor '#{fragment}' here", _known(rendering)))


def _anchor(fragment: str, rendering: Rendering) -> str:
    """The anchor a fragment means: itself, or the id of the heading that other tools would have given this id; ``""`` for none."""
    if fragment in rendering.outline.anchors:
        return fragment
    wanted = _plain_id(fragment)
    for heading in rendering.outline.headings:
        if heading.id and wanted and wanted in {_plain_id(heading.text), _plain_id(heading.text).replace("--", "-")}:
            return heading.id
    return ""


def _plain_id(text: str) -> str:
    """A heading's id as GitHub and many exports make it: lower case, punctuation dropped, spaces to hyphens, letters kept as they are."""
    return re.sub(r"[^\w\- ]", "", text.casefold()).replace(" ", "-")


def _known(rendering: Rendering) -> str:
    known = [heading.id for heading in rendering.outline.headings if heading.id]
    return "the headings are: " + ", ".join(f"#{name}" for name in known[:12]) if known else "give the place an id, e.g. ## Title {#id}"


def _by_address(path: str, fragment: str, article: Article, view: View, settings: Settings) -> Target:
    """A link written as an address from the site's root, e.g. ``/ru/billing/refund/``."""
    wanted = path if not path or path.endswith("/") else path + "/"
    source = view.addresses.get(wanted)
    if source:
        return _page(source, unquote(fragment), article, view, settings)
    prefixes = [prefix_of(code, settings) for code in settings.languages]
    if wanted in prefixes:
        return Target(relative(_here(article, settings), wanted))
    made = {*view.generated.values(), *view.alerts}
    # The longest prefix first: that of the default language is empty.
    prefix = max((each for each in prefixes if wanted.startswith(each)), key=len)
    address = wanted.removeprefix(prefix)
    if address in made:
        return _to_generated(f"/{path}", prefix, address, unquote(fragment), article, view, settings)
    if is_inside(address) and not settings.is_narrowest(view.edition.site):
        return _inside(f"/{path}", settings)  # whether it is there must not be told from outside
    return Target(None, problem=("KB401", f"there is no page at the address '/{path}' on this site", "link to the article's .md file"))


def _page(path: str, fragment: str, article: Article, view: View, settings: Settings) -> Target:
    rendering = view.shown.get(path)
    other = view.articles.get(path)
    if other and path in view.withheld:
        address = site_address(prefix_of(other.language, settings), other.address)
        return Target(relative(_here(article, settings), address) if address in view.live else None)
    if other and rendering:
        return _to(other, rendering, fragment, article, settings)
    broken = view.unreadable.get(path)
    if broken:
        address = site_address(prefix_of(broken.language, settings), broken.address)
        if address in view.live:
            return Target(relative(_here(article, settings), address))
    if other and settings.sees(view.edition.site, other.meta.audience):
        return Target(None)  # another file has its address; that is said already, and refuses the site
    if other:
        message = f"links to an article for {other.meta.audience} readers ({other.id})"
        return Target(None, problem=("KB301", message, "take the link off, or put it into an internal block"))
    why = "cannot be read" if broken else "does not exist"
    near = did_you_mean(path, view.shown)  # only what the site may show: a hint must not tell of more
    return Target(None, problem=("KB401", f"links to {path}, which {why}", near or "correct the link, or take it off"))


def _to(other: Article, rendering: Rendering, fragment: str, article: Article, settings: Settings) -> Target:
    href = relative(_here(article, settings), site_address(prefix_of(other.language, settings), other.address))
    if fragment in {"", "top"}:
        return Target(href)
    anchor = _anchor(fragment, rendering)
    if anchor:
        return Target(f"{href}#{encoded(anchor)}")
    return Target(href, problem=("KB402", f"there is no heading or anchor '#{fragment}' in {other.source.path}", _known(rendering)))


def _asset(path: str, link: Link, article: Article, view: View, settings: Settings) -> Target:
    what = "image" if link.kind == "image" else "file"
    if not settings.sees(view.edition.site, _asset_audience(path, settings)):
        message = f"the {what} '{link.target}' lies in a folder for a narrower audience"
        return Target(None, problem=("KB308", message, "move it to another folder, or take it off"))
    asset = view.assets.get(path)
    if asset:
        return Target(relative(_here(article, settings), view.edition.prefix + asset_address(asset)), asset=path)
    suffix = posixpath.splitext(path)[1]
    if suffix and suffix.lower().lstrip(".") not in ASSET_TYPES:
        message = f"the {what} '{link.target}' is of a type that is not shipped"
        return Target(None, problem=("KB404", message, f"the types are: {', '.join(sorted(ASSET_TYPES))}"))
    if what == "file" and not suffix:
        return Target(None, problem=("KB401", f"links to '{link.target}', which is no article", "link to the article's .md file"))
    return Target(None, problem=("KB403", f"the {what} '{link.target}' is not there", f"add {path}, or correct the link"))


def _asset_audience(path: str, settings: Settings) -> str:
    """The audience that the settings' defaults give to a folder of assets; the widest where they give none.

    The path alone decides, not whether the file is there: what is missing must look the same from outside as what is hidden.
    """
    inside = path.removeprefix(settings.content_dir.strip("/") + "/")
    for default in reversed(settings.defaults):
        if "audience" in default.set and any(matches(inside, glob) for glob in default.paths):
            return str(default.set["audience"])
    return settings.audiences[0]


def _here(article: Article, settings: Settings) -> str:
    return site_address(prefix_of(article.language, settings), article.address)


def asset_address(asset: Asset) -> str:
    """Where an asset stands in an edition. The digest in it makes it safe to cache for ever; folders' names do not get out."""
    return f"assets/files/{asset.digest[:12]}/{posixpath.basename(asset.path)}"
