/* The page of search results (theme/kb/search.html). All that it shows is in its address: `q`, what was searched for; `exact=1`, searched as
 * typed; `area`, `type`, `audience`, `severity`, the filters. So it can be sent to somebody, and going back works. */
(() => {
  "use strict";

  const { element, filled, say, kept } = window.kbPage;
  const find = window.kbFind;
  const root = document.querySelector("[data-kb-results]");
  if (!root) return;
  const { words, others, inside } = JSON.parse(document.getElementById("kb-results").textContent);
  const form = root.querySelector("form.kb-search");
  const input = form.querySelector("input");
  const told = find.settings(form);
  const part = (name) => root.querySelector(`[data-kb-${name}]`);
  const PAGE = 10; // results at a time
  const SLOW = 300; // milliseconds until the page says that it is searching
  const SETTLED = 1500; // milliseconds until a search counts as one
  const FACETS = inside ? ["area", "type", "audience", "severity"] : ["area", "type"];
  const MOST_VALUES = 8;
  const OFFERED = 5; // titles where nothing was found
  const title = document.title;
  let turn = 0; // rises with every search; an answer to an older one is dropped
  let settling = 0;
  let shown = 0; // results on the page
  let current = { query: "", count: 0, weights: null };

  const word = (key, values) => filled(words[key] || key, values);
  const name = (facet, value) => (facet === "area" ? value : words[`${facet}.${value}`] || value);

  /* ---- the address ---- */

  const read = () => {
    const given = new URLSearchParams(window.location.search);
    const filters = {};
    FACETS.forEach((facet) => { if (given.get(facet)) filters[facet] = given.get(facet); });
    return { query: find.trimmed(given.get("q") || ""), exact: given.get("exact") === "1", filters };
  };

  const address = ({ query, exact, filters }) => {
    const parts = new URLSearchParams(query ? { q: query } : {});
    if (exact) parts.set("exact", "1");
    Object.entries(filters || {}).forEach(([facet, value]) => { if (value) parts.set(facet, value); });
    const text = parts.toString();
    return window.location.pathname + (text ? `?${text}` : "");
  };

  /* Who comes back finds as many results as before, and the place. */
  const keep = () => window.history.replaceState({ shown, top: window.scrollY }, "");

  const go = (wanted) => {
    keep();
    window.history.pushState({}, "", address(wanted));
    run(PAGE);
  };

  /* A link within the page: followed here, but it may be opened in another tab as well. */
  const inPage = (wanted, attributes, text) => element("a", { ...attributes, href: address(wanted), click: (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go(wanted);
  } }, text);

  /* ---- results ---- */

  const badges = (hit) => {
    const made = [hit.area, hit.type && name("type", hit.type)].filter(Boolean).map((text) => element("span", { class: "kb-badge" }, text));
    if (inside && hit.severity) made.push(element("span", { class: "kb-badge" }, `${word("results.severity")}: ${name("severity", hit.severity)}`));
    if (inside && hit.audience !== "public") made.push(element("span", { class: "kb-badge kb-badge--internal" }, name("audience", hit.audience)));
    return made;
  };

  const section = (hit, one) => {
    const heading = one.heading ? element("a", { href: find.address(told.root, hit.address, one.anchor) }, one.heading) : null;
    return element("li", {}, heading, find.addParts(element("p", {}), one.parts || []));
  };

  const result = (engine, hit, weights, sections) => {
    const link = element("a", { href: find.address(told.root, hit.address, "") });
    find.addParts(link, engine.marked(hit.title, weights));
    return element("li", { class: "kb-result" }, element("h2", {}, link), element("p", { class: "kb-result__badges" }, ...badges(hit)),
      element("ul", { class: "kb-result__sections" }, ...sections.slice(0, 3).map((one) => section(hit, one))));
  };

  const fill = (engine, answer, sections, more) => {
    const list = part("list");
    const fresh = answer.hits.slice(more ? shown : 0).map((hit, at) => result(engine, hit, answer.weights, sections[at]));
    if (!more) list.replaceChildren();
    list.append(...fresh);
    shown = answer.hits.length;
    part("more").hidden = shown >= answer.total;
    if (more && fresh.length) fresh[0].querySelector("a").focus();
  };

  /* ---- filters ---- */

  const facet = (wanted, key, counts) => {
    const rows = Object.entries(counts).filter(([value, count]) => value && (count || wanted.filters[key] === value))
      .sort((a, b) => b[1] - a[1] || name(key, a[0]).localeCompare(name(key, b[0])));
    if (rows.length < 2 && !wanted.filters[key]) return null;
    const buttons = rows.slice(0, MOST_VALUES).map(([value, count]) => {
      const pressed = wanted.filters[key] === value;
      return element("li", {}, element("button", { type: "button", class: "kb-facet", "aria-pressed": String(pressed), "data-kb-facet": `${key}=${value}`,
        click: () => go({ ...wanted, filters: { ...wanted.filters, [key]: pressed ? "" : value } }) }, element("span", {}, name(key, value)),
        element("span", { class: "kb-facet__count" }, String(count))));
    });
    return element("section", {}, element("h2", {}, word(`results.${key}`)), element("ul", {}, ...buttons));
  };

  const fillFacets = (wanted, facets) => {
    const box = part("facets");
    const had = document.activeElement instanceof HTMLElement && box.contains(document.activeElement) ? document.activeElement.dataset.kbFacet : "";
    const groups = FACETS.map((key) => facet(wanted, key, facets[key] || {})).filter(Boolean);
    const count = Object.keys(wanted.filters).length;
    if (count) {
      const clear = { type: "button", class: "kb-facets__clear", click: () => go({ ...wanted, filters: {} }) };
      groups.push(element("p", {}, element("button", clear, word("results.clear"))));
    }
    box.querySelector("summary").textContent = count ? `${word("results.filters")}: ${count}` : word("results.filters");
    box.replaceChildren(box.querySelector("summary"), ...groups);
    box.hidden = groups.length === 0;
    if (had) [...box.querySelectorAll("button")].find((button) => button.dataset.kbFacet === had)?.focus();
  };

  /* ---- above and below the results ---- */

  const fillNotice = (wanted, answer) => {
    const notice = part("as");
    notice.replaceChildren();
    if (wanted.exact) {
      notice.append(word("results.exact"), " ", inPage({ ...wanted, exact: false }, {}, word("results.loose")));
    } else if (answer.shown_as && answer.total) {
      notice.append(filled(told.strings.shown, { query: answer.shown_as }), " ",
        inPage({ ...wanted, exact: true }, {}, word("results.instead", { query: wanted.query })));
    }
    notice.hidden = !notice.childNodes.length;
  };

  const fillNothing = (wanted, engine, answer) => {
    const filtered = Object.keys(wanted.filters).length > 0;
    part("nothing").hidden = answer.total > 0;
    document.dispatchEvent(new CustomEvent("kb:answers")); // contact.js puts the query into the links to support
    part("hint").textContent = filtered ? word("results.filtered") : told.strings["nothing.hint"];
    if (answer.total) { part("near").hidden = true; return; }
    // With filters, what comes close to the query is not what is missing: then the topic's good starts are of more use.
    const area = wanted.filters.area || find.area.read();
    const offer = find.offered(told, engine, filtered ? { relaxed: [] } : answer, area, OFFERED);
    part("near").hidden = offer.hits.length === 0;
    part("near").querySelector("h2").textContent = offer.title;
    part("near").querySelector("ul").replaceChildren(...find.links(told.root, offer.hits));
  };

  /* The other languages' indexes are asked only when their place comes into sight, and after the page's own language has answered. */
  const watcher = new IntersectionObserver((entries) => {
    if (entries.some((entry) => entry.isIntersecting)) { watcher.disconnect(); askOthers(turn, current.query); }
  }, { rootMargin: "100px" });

  const askOthers = (asked, query) => others.forEach(async (other) => {
    try {
      const engine = await find.engine(`${other.root}search/`, told.scripts);
      const answer = await engine.find(query, 3);
      if (asked !== turn || !answer.total) return;
      const heading = word("results.others.found", { language: other.name, count: answer.total });
      const rows = find.links(other.root, answer.hits);
      part("others").append(element("h2", {}, element("a", { href: find.resultsAddress(`${other.root}search/`, query), hreflang: other.language }, heading)),
        element("ul", { lang: other.language }, ...rows));
    } catch (problem) { /* that edition offers nothing then */ }
  });

  /* The switch of languages takes the query along. */
  const carry = (query) => document.querySelectorAll("a[hreflang]:not([data-kb-results] a)").forEach((link) => {
    const url = new URL(link.href);
    url.search = query ? new URLSearchParams({ q: query }).toString() : "";
    link.href = url.href;
  });

  /* ---- a search ---- */

  const state = (name) => { root.dataset.state = name; };

  const start = (text) => {
    part("said").textContent = text;
    part("list").replaceChildren();
    ["facets", "as", "more", "nothing", "near"].forEach((each) => { part(each).hidden = true; });
    state("start");
  };

  const showAnswer = (wanted, engine, answer, sections, more) => {
    current = { query: wanted.query, count: answer.total, weights: answer.weights };
    const sentence = answer.total ? find.plural(words, "results.count", answer.total) : told.strings.nothing;
    part("said").textContent = filled(sentence, { query: (answer.total && answer.shown_as) || wanted.query });
    say(part("said").textContent);
    fillNotice(wanted, answer);
    fill(engine, answer, sections, more);
    fillFacets(wanted, answer.facets);
    fillNothing(wanted, engine, answer);
    state(answer.total ? "found" : "nothing");
  };

  const run = async (limit, { more = false, again = false } = {}) => {
    const wanted = read();
    const mine = turn += 1;
    window.clearTimeout(settling);
    watcher.disconnect();
    if (!more) { input.value = wanted.query; part("others").replaceChildren(); }
    document.title = wanted.query ? `${wanted.query} · ${title}` : title;
    carry(wanted.query);
    if (!wanted.query) { start(word("results.start")); return; }
    find.remember(wanted.query);
    const slow = window.setTimeout(() => { if (mine === turn && !shown) part("said").textContent = told.strings.loading; }, SLOW);
    part("answer").setAttribute("aria-busy", "true");
    try {
      const engine = await find.engine(told.base, told.scripts);
      const answer = await engine.find(wanted.query, limit, { filters: wanted.filters, exact: wanted.exact });
      const fresh = answer.hits.slice(more ? shown : 0);
      // A list is shown whole: snippets that come later would move the results below them.
      const sections = await Promise.all(fresh.map((hit) => engine.passages(hit, answer.weights).catch(() => [])));
      if (mine !== turn) return;
      showAnswer(wanted, engine, answer, sections, more);
      if (others.length) watcher.observe(part("others"));
      if (!more && !again) settling = window.setTimeout(() => find.tell(told.events, wanted.query, answer.total, 0), SETTLED);
    } catch (problem) {
      if (mine === turn) start(find.reason(told.strings));
    } finally {
      window.clearTimeout(slow);
      if (mine === turn) part("answer").removeAttribute("aria-busy");
    }
  };

  /* At the start, and when the reader goes back or forward. */
  const comeBack = async () => {
    const before = window.history.state || {};
    await run(Math.max(PAGE, Number(before.shown) || 0), { again: "shown" in before });
    if (before.top) window.scrollTo({ top: before.top, behavior: "instant" });
  };

  /* ---- what readers do ---- */

  form.addEventListener("kb:search", (event) => {
    event.preventDefault();
    const wanted = read();
    if (event.detail === wanted.query && !wanted.exact) return;
    go({ query: event.detail, exact: false, filters: {} });
  });
  part("more").querySelector("button").addEventListener("click", () => run(shown + PAGE, { more: true }));
  root.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest(".kb-result a, [data-kb-near] a") : null;
    if (!link) return;
    const rank = [...part("list").children].indexOf(link.closest(".kb-result")) + 1;
    window.clearTimeout(settling);
    find.handWords(link.href, current.query, current.weights);
    find.tell(told.events, current.query, current.count, rank);
  });
  window.addEventListener("popstate", () => comeBack());
  window.addEventListener("pagehide", keep);
  const narrow = window.matchMedia("(max-width: 56em)");
  const unfold = () => { part("facets").open = !narrow.matches; };
  narrow.addEventListener("change", unfold);
  unfold();
  comeBack();
})();
