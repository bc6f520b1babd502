"""The contact page: for those who cannot sign in first, then the channels, then how support works. What it tells, its site may see."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from kbgen.audiences.pages import CONTACT
from kbgen.model.support import SEVERITIES, Channel
from kbgen.staging.asking import filled
from kbgen.staging.frame import generated_context
from kbgen.staging.phrases import span
from kbgen.staging.scene import Scene

_SHOWN_SCHEMES = ("mailto:", "tel:", "https://", "http://")


def contact_context(scene: Scene) -> dict[str, Any]:
    """The context of the contact page."""
    levels = sorted(scene.data.severities, key=lambda level: -SEVERITIES.index(level.id))
    channels = [_channel(scene, channel) for channel in scene.data.channels]
    form = scene.settings.contact.url
    view = {
        "sign_in": _sign_in(scene),
        "channels": channels,
        "form": bool(form) and not any(channel["template"] == form for channel in channels),
        "written": any(not channel.written for channel in scene.data.channels),
        "priorities": [
            {
                "id": level.id,
                "name": scene.text(level.name),
                "definition": scene.text(level.definition),
                "examples": [scene.text(example) for example in level.examples],
            }
            for level in levels
        ],
        "plans": [
            {
                "id": plan.id,
                "name": scene.text(plan.name),
                "summary": scene.text(plan.summary),
                "free": plan.free,
                "includes": [scene.text(each) for each in plan.includes],
                "limits": [scene.text(each) for each in plan.limits],
            }
            for plan in scene.data.plans
        ],
    }
    return generated_context(scene, CONTACT, view)


def _sign_in(scene: Scene) -> dict[str, str] | None:
    """The article for those who cannot sign in, where the site has it."""
    wanted = scene.settings.contact.sign_in
    found = scene.find(wanted) if wanted else None
    if found is None:
        return None
    language, page = found
    href = scene.across(scene.plan.generated[CONTACT], language, page.article.address)
    return {"title": page.article.meta.title, "summary": page.article.meta.summary, "href": href, "language": language}


def _channel(scene: Scene, channel: Channel) -> dict[str, Any]:
    reserve = scene.data.channel(channel.reserve)
    unread = scene.data.channel(channel.unread.to) if channel.unread else None
    form = scene.settings.contact.url
    is_form = bool(form) and form.partition("?")[0].rstrip("/") == channel.address.partition("?")[0].rstrip("/")
    return {
        "id": channel.id,
        "name": scene.text(channel.name),
        "use": scene.text(channel.use),
        "hours": scene.text(channel.hours),
        "clock": f"{channel.open.start} {channel.open.end} {channel.open.zone}" if channel.open else "",
        "address": filled(form, language=scene.language) if is_form else channel.address,
        "template": form if is_form else channel.address if channel.address.startswith("mailto:") else "",
        "label": _label(channel.address),
        "written": channel.written,
        "ours": scene.inside and channel.audience != scene.settings.audiences[0],
        "reserve": scene.text(reserve.name) if reserve else "",
        "unread": scene.text(unread.name) if unread else "",
        "after": span(channel.unread.after, scene.language) if channel.unread else "",
    }


def _label(address: str) -> str:
    """An address as people write it."""
    scheme = next((each for each in _SHOWN_SCHEMES if address.startswith(each)), "")
    return unquote(address[len(scheme) :]).split("?", 1)[0].rstrip("/") if scheme else ""
