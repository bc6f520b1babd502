"""The settings in ``mkdocs.yml`` under ``plugins: - kbgen:``, typed. Every key has a default but the sites."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from kbgen.model.data import Texts
from kbgen.model.meta import Interval

CONTACT_FIELDS = ("article", "language", "query", "answers")
"""What a contact form's address may hold in braces: the article a reader comes from, its language, what they searched and answered."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Site(_Strict):
    """One site: what one audience sees."""

    name: Texts | str = Field(description="The site's name, one for all languages or one for each.")
    url: str = Field("", description="Its address, with https:// and a closing slash; empty while there is none.")
    audience: str = Field(description="The audience it is for; it holds that audience's articles and all wider ones.")
    colour: str = Field("indigo", description="The colour of its header, a name of Material's palette.")
    tagline: Texts | str = ""

    @field_validator("url")
    @classmethod
    def _closing_slash(cls, value: str) -> str:
        if value and not value.startswith(("https://", "http://")):
            raise ValueError("an address starts with https://")
        return value if not value or value.endswith("/") else value + "/"


class Language(_Strict):
    """A language the articles are written in."""

    name: str = Field(description="Its own name, e.g. Русский.")
    folder: str = Field("", description="Its folder inside the content folder; by default its code; '.' for the content folder itself.")


class Review(_Strict):
    """How often articles have to be reviewed."""

    every: Interval = "180d"
    by_type: Mapping[str, Interval] = {}
    due_within: int = Field(30, ge=0, le=3650, description="Days before the end of the interval at which an article counts as due.")
    unreviewed: Literal["error", "warning"] = Field("error", description="What an article that was never reviewed is.")


class Condition(_Strict):
    """A mapped value that depends on other keys: when all of ``when`` are so, the key gets ``value``."""

    when: Mapping[str, Any]
    value: Any


class FrontMatter(_Strict):
    """How the headers of an existing tree are read without rewriting them."""

    map: Mapping[str, str | tuple[Condition, ...]] = Field({}, description="Our key → their key, or → conditions on their keys.")
    ignore: tuple[str, ...] = Field((), description="Keys of theirs that mean nothing here.")


class Default(_Strict):
    """Values for the articles whose path (from the content folder) matches one of the globs and that do not set them.

    ``{stem}`` in a text, or in a text of a list, is the file's name without ``.md``: ``alerts: ["{stem}"]``.
    """

    paths: tuple[str, ...]
    set: Mapping[str, Any]


class Contact(_Strict):
    """How readers reach support."""

    url: str = Field("", description="The contact form's address; may hold {article}, {language}, {query} and {answers}.")
    email: str = ""
    sign_in: str = Field("", description="Id of the article for those who cannot sign in, shown first on the contact page.")

    @field_validator("url")
    @classmethod
    def _known_braces(cls, value: str) -> str:
        unknown = sorted(set(re.findall(r"\{([^{}]*)\}", value)) - set(CONTACT_FIELDS))
        if unknown:
            raise ValueError(f"knows no {{{unknown[0]}}}; it may hold {', '.join(f'{{{name}}}' for name in CONTACT_FIELDS)}")
        return value


class Search(_Strict):
    """What the search box does besides searching."""

    events: str = Field("", description="Address that is told what readers look for and do not find, with https://; empty: nobody is told.")

    @field_validator("events")
    @classmethod
    def _of_one_host(cls, value: str) -> str:
        # The address becomes a source in the sites' policy: nothing may stand in it that would end the source or name a second one.
        if value and not re.fullmatch(r"https?://[A-Za-z0-9.-]+(:[0-9]+)?(/[^\s;,\"'<>\\]*)?", value):
            raise ValueError("an address starts with https:// and holds neither spaces nor quotes, commas and semicolons")
        return value

    @property
    def events_origin(self) -> str:
        """Scheme and host of the address, e.g. ``https://events.example``; empty where nobody is told."""
        return "/".join(self.events.split("/")[:3])


class Limits(_Strict):
    """Bounds on what is read, so that no file can stop a build."""

    article_bytes: int = Field(1_000_000, ge=1, le=100_000_000)
    header_bytes: int = Field(64_000, ge=1, le=1_000_000)
    asset_bytes: int = Field(10_000_000, ge=1, le=1_000_000_000)
    files: int = Field(100_000, ge=1, le=10_000_000)


class Settings(_Strict):
    """All settings of kbgen."""

    sites: Mapping[str, Site] = Field(description="Name → site; the name is the folder under site/.")
    audiences: tuple[str, ...] = Field(("public", "internal"), description="From the widest circle to the narrowest.")
    languages: Mapping[str, Language] = {"en": Language(name="English", folder=".")}
    default_language: str = "en"
    content_dir: str = Field("content", description="The folder of articles; mkdocs.yml calls it docs_dir.")
    review: Review = Review()
    front_matter: FrontMatter = FrontMatter()
    defaults: tuple[Default, ...] = ()
    contact: Contact = Contact()
    search: Search = Search()
    severity: Mapping[str, Mapping[str, Literal["error", "warning", "info"]]] = Field(
        {}, description="Path glob → code → severity. Not for 0xx and 3xx."
    )
    sections: Mapping[str, Mapping[str, tuple[str, ...]]] = Field(
        {}, description="Language → id of a section → other words that its heading may say."
    )
    limits: Limits = Limits()

    def folder(self, language: str) -> str:
        """The folder of a language inside the content folder, without slashes at the ends; ``""`` for the content folder itself."""
        folder = self.languages[language].folder or language
        return "" if folder == "." else folder.strip("/")

    def sees(self, site: str, audience: str) -> bool:
        """Whether this site shows what is written for this audience. An unknown audience is seen by the narrowest site only."""
        order = self.audiences
        rank = order.index(audience) if audience in order else len(order) - 1
        return rank <= order.index(self.sites[site].audience)

    def wider_sites(self) -> tuple[str, ...]:
        """The sites that are not for the narrowest audience: those on which an article may be missing."""
        return tuple(name for name, site in self.sites.items() if site.audience != self.audiences[-1])

    def is_open(self, site: str) -> bool:
        """Whether the site is for everybody. All others ask search engines to stay away and don't tell other hosts their addresses."""
        return self.sites[site].audience == self.audiences[0]

    def is_narrowest(self, site: str) -> bool:
        """Whether the site is for the narrowest audience: the wiki, which shows internal blocks and asks to be left out of indexes."""
        return self.sites[site].audience == self.audiences[-1]


def text_in(texts: Texts | str, language: str, default_language: str) -> str:
    """The text in this language, else in the default language, else the first there is, else ``""``."""
    if isinstance(texts, str):
        return texts
    return texts.get(language) or texts.get(default_language) or next(iter(texts.values()), "")
