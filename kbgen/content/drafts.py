"""From files to drafts: headers read, internal blocks found, snippets put in; everything but the conversion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kbgen.content.door import Opened, open_source
from kbgen.content.header import read_header
from kbgen.content.includes import Expanded, Snippet, expand
from kbgen.content.internal import Blocks, View, rows, scan
from kbgen.content.places import address_of, language_of
from kbgen.model.address import reserved
from kbgen.model.article import SourceFile, Unreadable
from kbgen.model.data import Data
from kbgen.model.finding import Place, Problem
from kbgen.model.meta import Meta
from kbgen.model.settings import Settings


@dataclass(frozen=True, slots=True)
class Draft:
    """An article that was read but not yet converted.

    Attributes:
        texts: its text, snippets in place, in each view; where there are no internal blocks all views are the same object.
        blocks: how many internal blocks the frame and the whole text hold.
        unsure: what is wrong with the whole text only, so that nothing but the narrowest audience's site is concerned.
        problems: what else is wrong without making it unreadable.
    """

    source: SourceFile
    language: str
    path: str
    address: str
    meta: Meta
    id: str
    body_line: int
    texts: Mapping[View, Expanded]
    blocks: Mapping[View, int]
    unsure: tuple[Problem, ...]
    problems: tuple[Problem, ...]


def read_snippets(sources: Mapping[str, SourceFile], settings: Settings) -> tuple[dict[str, Snippet], tuple[Problem, ...]]:
    """The snippets that can be used, by their path inside ``_snippets``, and what is wrong with those and the others."""
    snippets: dict[str, Snippet] = {}
    problems: list[Problem] = []
    for name, source in sources.items():
        opened = open_source(source, settings.limits)
        if isinstance(opened, tuple):
            problems.extend(opened)
            continue
        body = opened.body.rstrip("\r\n")
        blocks = scan(body)
        if blocks.faults:
            problems.extend(_faults(blocks, source, opened.body_line))
            continue
        audience = _snippet_audience(source, opened, settings, problems)
        snippets[name] = Snippet(source.path, audience, {view: rows(body, blocks, opened.body_line, view) for view in View})
    order = settings.audiences
    for name, snippet in sorted(snippets.items()):
        language, _, rest = name.partition("/")
        common = snippets.get(rest) if language in settings.languages else None
        if common and order.index(snippet.audience) > order.index(common.audience):
            # Taking it instead would let an internal file change what the public site shows.
            message = f"is for {snippet.audience} readers but stands for {common.path}, which is for {common.audience} ones; it is not used"
            problems.append(Problem("KB305", Place(snippet.path), message, "write the same audience in both, or give it another name"))
            del snippets[name]
    return snippets, tuple(problems)


def _snippet_audience(source: SourceFile, opened: Opened, settings: Settings, problems: list[Problem]) -> str:
    audience = opened.spelled("audience")
    if audience in settings.audiences and not set(opened.values) - {"audience", "title"}:
        return str(audience)
    line, column = opened.marks.get(("audience",), (1, 1))
    message = f"a snippet's header holds audience: ({' or '.join(settings.audiences)}) and nothing else; it counts as internal"
    problems.append(Problem("KB305", Place(source.path, line, column), message, "write its audience"))
    return settings.audiences[-1]


def read_draft(source: SourceFile, settings: Settings, data: Data, snippets: Mapping[str, Snippet]) -> Draft | Unreadable | Problem:
    """Read an article's file; a lone problem means that it lies where no article can be."""
    inside = source.path.removeprefix(settings.content_dir.strip("/") + "/")
    place = language_of(inside, settings)
    if place is None:
        hint = f"move it to one of: {', '.join(settings.folder(code) + '/' for code in settings.languages)}"
        return Problem("KB504", Place(source.path), "left out: it lies in no language's folder", hint)
    language, path = place
    address = address_of(path)
    opened = open_source(source, settings.limits)
    unfit = _unfit(source, address, settings)
    if isinstance(opened, tuple):
        return Unreadable(source, language, path, address, (*opened, *unfit))
    folder = path.split("/", 1)[0] if "/" in path else ""
    meta, article_id, said = read_header(source.path, inside, folder, opened, settings, data)
    if unfit:
        return Unreadable(source, language, path, address, unfit, meta, article_id)
    own = scan(opened.body)
    if own.faults:
        return Unreadable(source, language, path, address, (*said, *_faults(own, source, opened.body_line)), meta, article_id)
    texts = _texts(opened, own, source.path, snippets, language)
    marked = {text: own if text == opened.body else scan(text) for text in {each.text for each in texts.values()}}
    frame, shown, whole = (marked[texts[view].text] for view in (View.FRAME, View.OPEN, View.WHOLE))
    # A snippet may have put the markers where they are none. What the public site shows is judged by what it shows alone.
    amiss = (*_placed(frame, texts[View.FRAME]), *_placed(shown, texts[View.OPEN]))
    if shown.ranges:
        message = "a snippet with an unclosed code fence makes an example of an internal block into a block, or the reverse"
        amiss = (*amiss, Problem("KB303", Place(*texts[View.OPEN].origin[shown.ranges[0][0]]), message, "close the fence in the snippet"))
    if amiss:
        return Unreadable(source, language, path, address, (*said, *dict.fromkeys(amiss)), meta, article_id)
    return Draft(
        source,
        language,
        path,
        address,
        meta,
        article_id,
        opened.body_line,
        texts,
        {View.FRAME: len(frame.ranges), View.WHOLE: len(whole.ranges)},
        _placed(whole, texts[View.WHOLE]),
        (*said, *_missing(texts, settings)),
    )


def _unfit(source: SourceFile, address: str, settings: Settings) -> tuple[Problem, ...]:
    taken = reserved(address, settings)
    hint = f"rename the folder or file: kbgen needs '{taken}/' for itself"
    return (Problem("KB505", Place(source.path), f"its address would hold '{taken}/'", hint),) if taken else ()


def _texts(opened: Opened, blocks: Blocks, path: str, snippets: Mapping[str, Snippet], language: str) -> dict[View, Expanded]:
    whole = expand(rows(opened.body, blocks, opened.body_line, View.WHOLE), path, snippets, language, View.WHOLE)
    if not blocks.ranges and not whole.includes:
        return dict.fromkeys(View, whole)
    texts = {view: expand(rows(opened.body, blocks, opened.body_line, view), path, snippets, language, view) for view in View}
    return dict.fromkeys(View, whole) if texts[View.OPEN].text == whole.text else texts


def _missing(texts: Mapping[View, Expanded], settings: Settings) -> tuple[Problem, ...]:
    """Snippets that are not there. Outside internal blocks one looks like one that is not for the site: the page is withheld there."""
    shown = texts[View.OPEN].faults
    hidden = (fault for fault in texts[View.WHOLE].faults if fault not in shown)
    return (
        *(Problem("KB302", Place(fault.path, fault.line), fault.message, fault.hint, settings.wider_sites()) for fault in shown),
        *(Problem("KB403", Place(fault.path, fault.line), fault.message, fault.hint) for fault in hidden),
    )


def _placed(blocks: Blocks, text: Expanded) -> tuple[Problem, ...]:
    return tuple(Problem("KB303", Place(*text.origin[fault.line], fault.column), fault.message, fault.hint) for fault in blocks.faults)


def _faults(blocks: Blocks, source: SourceFile, body_line: int) -> tuple[Problem, ...]:
    return tuple(
        Problem("KB303", Place(source.path, body_line + fault.line, fault.column), fault.message, fault.hint) for fault in blocks.faults
    )
