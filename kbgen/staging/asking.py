"""The way to support: links that say which article a reader comes from, in which language.

``contact.url`` of the settings may hold ``{article}``, ``{language}``, ``{query}`` and ``{answers}``. Here the first two are filled in and
the others left empty; a script fills in all four. A mail address stays plain here; the script gives it a subject.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from kbgen.audiences.pages import CONTACT
from kbgen.staging.scene import Scene

_FIELD = re.compile(r"\{(\w+)\}")


def filled(template: str, **values: str) -> str:
    """An address with its braces filled in, URL-encoded; empty where nothing is known. One without braces stays as it is."""
    return _FIELD.sub(lambda found: quote(values.get(found[1], ""), safe=""), template)


def ways(scene: Scene, here: str, article: str = "") -> dict[str, str]:
    """How a page leads to support.

    Args:
        scene: the edition.
        here: the page's address.
        article: id of the article the page shows; its readers see it in the address.

    Returns:
        ``href`` (without JavaScript), ``template`` (for the script), ``email``, ``article``, ``language``, ``page`` (the contact page).
    """
    contact = scene.settings.contact
    mail = f"mailto:{contact.email}" if contact.email else ""
    page = scene.generated(here, CONTACT)
    return {
        "href": filled(contact.url, article=article, language=scene.language) or mail or page,
        "template": contact.url or mail,
        "email": contact.email,
        "article": article,
        "language": scene.language,
        "page": page,
    }
