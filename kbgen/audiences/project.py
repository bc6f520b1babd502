"""The projection: from the whole corpus to what each edition holds. Nothing later decides who sees what.

A page is left out of a site (withheld) when it links to, includes or shows what the site must not; and, on every site but the narrowest,
when it links to an article that does not exist: a missing target and an internal one have to look the same from outside, or deleting an
internal article would change the public site.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kbgen.audiences.correcting import claimed_alerts, with_correcting
from kbgen.audiences.data import site_data
from kbgen.audiences.links import Target, View, asset_address, prefix_of, resolve, site_address
from kbgen.audiences.pages import alert_address, alerts, contact_anchors, generated, takes
from kbgen.content.guide_html import without_escalations
from kbgen.model.article import Article, Asset, Corpus, Rendering, Unreadable
from kbgen.model.data import Data
from kbgen.model.finding import Place, Problem
from kbgen.model.plan import Edition, Page, Projection, SitePlan
from kbgen.model.settings import Settings

# An article that counts as the narrowest audience's because of one of these may have been live: its address then says so.
_DOUBTFUL = frozenset({"KB304", "KB305", "KB306", "KB307"})
_WITHHOLDING = frozenset({"KB008", "KB301", "KB302", "KB303", "KB308", "KB401"})


@dataclass(frozen=True, slots=True)
class _Shown:
    """What one site shows: renderings by source path, source paths by site address, what was wrong, the source paths whose address a
    generated page of the site has, those pages by name, the alerts that have a page, and the anchors of the contact page.
    """

    renderings: Mapping[str, Rendering]
    addresses: Mapping[str, str]
    collisions: tuple[Problem, ...]
    taken: frozenset[str]
    generated: Mapping[str, str]
    alerts: tuple[str, ...]
    contact: frozenset[str]


def project(
    corpus: Corpus,
    settings: Settings,
    data: Data,
    live: Mapping[str, frozenset[str]] | None = None,
    resting: frozenset[str] = frozenset(),
) -> Projection:
    """Decide what each edition holds.

    Args:
        corpus: the corpus, translations paired.
        settings: the settings.
        data: product areas and teams.
        live: for each site the addresses (language prefix included) that it held before this build.
        resting: source paths of articles that are not yet, or no longer, to be shown to anybody but the narrowest audience.
    """
    plans: list[SitePlan] = []
    problems: dict[tuple[str, Place, str], Problem] = {}
    for site in settings.sites:
        seen = site_data(data, settings, site)
        shown = _shown(corpus, site, settings, seen)
        before = (live or {}).get(site, frozenset())
        asleep = frozenset() if settings.is_narrowest(site) else resting
        pages, withheld, said = _pages(corpus, shown, site, settings, before, asleep)
        for problem in (*shown.collisions, *said):
            _merge(problems, problem)
        for language in settings.languages:
            edition = Edition(site, language, prefix_of(language, settings))
            plans.append(_plan(edition, pages, withheld, corpus, seen, shown))
    finished = with_correcting(tuple(_with_translations(plans)), corpus, settings)
    return Projection(tuple(finished), tuple(sorted(problems.values())))


def _merge(problems: dict[tuple[str, Place, str], Problem], problem: Problem) -> None:
    """Two sites meet the same fault: one problem that names both."""
    key = (problem.code, problem.place, problem.message)
    known = problems.get(key)
    sites = tuple(dict.fromkeys((*known.sites, *problem.sites))) if known else problem.sites
    problems[key] = replace(problem, sites=sites)


def _shown(corpus: Corpus, site: str, settings: Settings, data: Data) -> _Shown:
    renderings: dict[str, Rendering] = {}
    addresses: dict[str, str] = {}
    folded: dict[str, str] = {}
    collisions: list[Problem] = []
    taken: set[str] = set()
    shown: list[tuple[Article, Rendering]] = []
    whole = settings.is_narrowest(site)
    for article in corpus.articles:
        if not settings.sees(site, article.meta.audience):
            continue
        needed = takes(article.address, data)
        if needed:
            message, hint = f"its address would hold '{needed}/', the site's contact page", "rename the folder or file"
            collisions.append(Problem("KB505", Place(article.source.path), message, hint, (site,)))
            taken.add(article.source.path)
            continue
        address = site_address(prefix_of(article.language, settings), article.address)
        first = folded.setdefault(unicodedata.normalize("NFC", address).casefold(), article.source.path)
        if first != article.source.path:
            message = f"has the same address as {first}: /{address}"
            collisions.append(Problem("KB501", Place(article.source.path), message, "rename one of the two files", (site,)))
            continue
        addresses[address] = article.source.path
        rendering = renderings[article.source.path] = article.full if whole else without_escalations(article.cut)
        shown.append((article, rendering))
    # An alert keeps its page while its runbook is being corrected: the monitoring leads there all the same.
    named = alerts(data, claimed_alerts(corpus)) if whole else ()
    made = generated(data, shown, settings, site, named)
    return _Shown(
        renderings,
        addresses,
        tuple(collisions),
        frozenset(taken),
        made,
        named,
        contact_anchors(data, settings.contact.sign_in),
    )


def _pages(
    corpus: Corpus, shown: _Shown, site: str, settings: Settings, live: frozenset[str], asleep: frozenset[str]
) -> tuple[dict[str, Page], frozenset[str], list[Problem]]:
    """The site's pages by source path, the source paths withheld, and what was wrong."""
    articles = {article.source.path: article for article in corpus.articles}
    unreadable = {item.source.path: item for item in corpus.unreadable}
    doubtful = (each for each in corpus.articles if _is_doubtful(each, site) and each.source.path not in shown.renderings)
    waiting = frozenset(each.source.path for each in doubtful if site_address(prefix_of(each.language, settings), each.address) in live)
    base = View(
        edition=Edition(site, "", ""),
        articles=articles,
        unreadable=unreadable,
        shown=shown.renderings,
        withheld=waiting,
        live=live,
        addresses=shown.addresses,
        assets=corpus.assets,
        spelled=_spelled(corpus),
        generated=shown.generated,
        alerts=frozenset(map(alert_address, shown.alerts)),
        contact=shown.contact,
    )
    first, problems = _resolve_all(shown, base, settings)
    narrowest = settings.is_narrowest(site)
    faulty = frozenset(path for path in shown.renderings if _withhold(articles[path], problems.get(path, ()), site, settings, narrowest))
    withheld = faulty | shown.taken
    # Once more for the pages that lead to a withheld one: those links now go to its stand-in, or come off.
    if withheld or asleep:
        # An article at rest has no stand-in: whatever it was, it is gone.
        gone = {address for address, path in shown.addresses.items() if path in asleep}
        first, _ = _resolve_all(shown, replace(base, withheld=withheld | waiting | asleep, live=live - gone), settings)
    said: list[Problem] = []
    for path, items in problems.items():
        # A dead link is an error everywhere, but on the narrowest site no reason to leave the page out.
        said.extend(item for item in items if path in shown.renderings)
    return {path: page for path, page in first.items() if path not in withheld | asleep}, withheld - asleep, said


def _spelled(corpus: Corpus) -> dict[str, str]:
    read = (article.source.path for article in corpus.articles)
    paths = (*read, *(item.source.path for item in corpus.unreadable), *corpus.assets)
    return {composed: path for path in paths if (composed := unicodedata.normalize("NFC", path)) != path}


def _withhold(article: Article, problems: Iterable[Problem], site: str, settings: Settings, narrowest: bool) -> bool:
    own = (problem for problem in article.problems if problem.code in _WITHHOLDING and site in problem.sites)
    if any(not settings.sees(site, audience) for _, audience in article.includes):
        return True
    codes = {problem.code for problem in (*problems, *own)} & _WITHHOLDING
    return bool(codes - {"KB401"}) or ("KB401" in codes and not narrowest)


def _is_doubtful(article: Article, site: str) -> bool:
    return any(problem.code in _DOUBTFUL and site in problem.sites for problem in article.problems)


def _resolve_all(shown: _Shown, view: View, settings: Settings) -> tuple[dict[str, Page], dict[str, list[Problem]]]:
    pages: dict[str, Page] = {}
    problems: dict[str, list[Problem]] = {}
    site = view.edition.site
    for path, rendering in shown.renderings.items():
        article = view.articles[path]
        edition = Edition(site, article.language, prefix_of(article.language, settings))
        here = replace(view, edition=edition)
        hrefs: list[str | None] = []
        assets: dict[str, None] = {}
        for link in rendering.outline.links:
            target: Target = resolve(link, article, rendering, here, settings)
            hrefs.append(target.href)
            if target.asset:
                assets[target.asset] = None
            if target.problem:
                code, message, hint = target.problem
                problems.setdefault(path, []).append(Problem(code, Place(link.path, link.line, link.column), message, hint, (site,)))
        for snippet, audience in article.includes:
            if not settings.sees(site, audience):
                message = f"includes {snippet}, which is for {audience} readers"
                place = Place(article.source.path, article.body_line)
                problem = Problem("KB302", place, message, "take it out, or put it into an internal block", (site,))
                problems.setdefault(path, []).append(problem)
        pages[path] = Page(article, rendering, tuple(hrefs), tuple(assets))
    return pages, problems


def _plan(edition: Edition, pages: Mapping[str, Page], withheld: frozenset[str], corpus: Corpus, data: Data, shown: _Shown) -> SitePlan:
    mine = {page.article.address: page for page in pages.values() if page.article.language == edition.language}
    left_out: list[Article | Unreadable] = [
        article for article in corpus.articles if article.source.path in withheld or _is_doubtful(article, edition.site)
    ]
    left_out.extend(corpus.unreadable)
    shipped: dict[str, str] = {}
    for page in mine.values():
        for path in page.assets:
            asset: Asset = corpus.assets[path]
            shipped[asset_address(asset)] = path
    present = {page.article.meta.product_area for page in mine.values()}
    return SitePlan(
        edition=edition,
        pages=dict(sorted(mine.items())),
        withheld=frozenset(item.address for item in left_out if item.language == edition.language and item.address not in mine),
        areas=tuple(area.id for area in data.areas if area.id in present),
        assets=dict(sorted(shipped.items())),
        translations={},
        generated=shown.generated,
        alerts=shown.alerts,
    )


def _with_translations(plans: Sequence[SitePlan]) -> Iterable[SitePlan]:
    by_id: dict[tuple[str, str], dict[str, str]] = {}
    for plan in plans:
        for address, page in plan.pages.items():
            by_id.setdefault((plan.edition.site, page.article.id), {})[plan.edition.language] = address
    for plan in plans:
        yield replace(plan, translations={address: by_id[plan.edition.site, page.article.id] for address, page in plan.pages.items()})
