/* Loads the search engine and asks it, for the box (search-box.js) and the page of results (search-page.js), and sends signals where the
 * settings name an address for them. Nothing is fetched before one of the two asks. What a box has to hold: theme/kb/search-box.html.
 *
 * All text of articles, titles and queries goes through textContent, so that none of it is ever read as HTML. */
(() => {
  "use strict";

  const { element, filled, kept, page, language, contactAddress } = window.kbPage;
  const LONGEST = 300; // characters of a query, as many as the box takes
  const LONGEST_TOLD = 200;
  const MOST_WORDS = 40;
  const scripts = new Map(); // address → promise
  const files = new Map(); // address → promise of its JSON
  const engines = new Map(); // search base → promise of an engine

  const once = (cache, key, make) => {
    if (!cache.has(key)) {
      const made = make();
      made.catch(() => cache.delete(key)); // the next try may have a network
      cache.set(key, made);
    }
    return cache.get(key);
  };

  const loadScript = (address) => once(scripts, address, () => new Promise((resolve, reject) => {
    const script = element("script", { src: address });
    script.onload = resolve;
    script.onerror = () => reject(new Error(`cannot load ${address}`));
    document.head.append(script);
  }));

  /* In a bundle (kbgen/exports/bundle.py) the pages may be opened as files, whose scripts may read no other file but may load other scripts:
   * each file of the index stands there a second time, as a script that hands over what it holds. */
  const inBundle = "kbBundle" in document.documentElement.dataset;
  const handed = new Map(); // address of a script → what it handed over
  if (inBundle) window.kbIndexFile = (held) => { handed.set(document.currentScript.src, held); };

  const loadHanded = async (address) => {
    const script = new URL(address.replace(/json$/, "js"), document.baseURI).href;
    await loadScript(script);
    if (!handed.has(script)) throw new Error(`${script} hands over nothing`);
    return handed.get(script);
  };

  const loadFile = (address) => once(files, address, async () => {
    if (inBundle) return loadHanded(address);
    const answer = await fetch(address, { credentials: "same-origin" });
    if (!answer.ok) throw new Error(`cannot read ${address}: ${answer.status}`);
    return answer.json();
  });

  /* Promises the engine over the index in the folder `base`; `from` is the folder that holds search/engine.js. */
  const engine = (base, from) => once(engines, base, async () => {
    await loadScript(`${from}search/engine.js`);
    return window.kbSearch.open((path) => loadFile(base + path));
  });

  /* What a box is told by its form. */
  const settings = (form) => ({
    base: form.dataset.searchBase,
    root: form.dataset.editionBase,
    scripts: form.dataset.scripts,
    contact: form.dataset.contact || "",
    template: form.dataset.kbContactUrl || "",
    events: form.dataset.events || "",
    area: form.dataset.area || "",
    strings: JSON.parse(form.dataset.strings || "{}"),
  });

  /* Why there is no search: browsers let no page that was opened as a file read the files beside it, unless it stands in a bundle. */
  const reason = (strings) => (window.location.protocol === "file:" && !inBundle ? strings.file : strings.error);

  /* ---- texts ---- */

  const trimmed = (query) => query.trim().slice(0, LONGEST);

  const AROUND = /^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}]*)$/su;

  /* Fills in a text in parts [text, whether it matched]; what stands around a word, such as a full stop, is not marked with it. */
  const addParts = (target, parts) => {
    target.replaceChildren();
    parts.forEach(([text, matched]) => {
      const [, before, word, after] = matched ? AROUND.exec(text) : ["", text, "", ""];
      target.append(before, ...(word ? [element("mark", {}, word), after] : []));
    });
    return target;
  };

  const plural = (words, key, count) => {
    const form = new Intl.PluralRules(language).select(count);
    return (words[`${key}.${form}`] || words[`${key}.other`] || "").replace("{count}", String(count));
  };

  /* A folder's page; no server finds it in a bundle. */
  const pageOf = (url) => {
    if (inBundle && url.pathname.endsWith("/")) url.pathname += "index.html";
    return url;
  };

  const address = (root, path, anchor) => {
    const url = pageOf(new URL(`./${path}`, new URL(root || "./", document.baseURI)));
    url.hash = anchor || "";
    return url.href;
  };

  const resultsAddress = (base, query) => {
    const url = pageOf(new URL(base, document.baseURI));
    url.search = new URLSearchParams({ q: query }).toString();
    return url.href;
  };

  /* A row of the box. */
  const row = (told, engine, hit, weights, id) => {
    const title = addParts(element("span", { class: "kb-search__title" }), weights ? engine.marked(hit.title, weights) : [[hit.title, false]]);
    const about = element("span", { class: "kb-search__about" }, hit.area ? element("span", { class: "kb-search__area" }, hit.area) : null,
      hit.audience && hit.audience !== "public" ? element("span", { class: "kb-search__internal" }, told.strings.internal || hit.audience) : null);
    return element("a", { class: "kb-search__item", id, role: "option", "aria-selected": "false", tabindex: "-1",
      href: address(told.root, hit.address, "") }, title, about);
  };

  /* ---- for whoever found nothing ---- */

  /* The way to support, with what was looked for; other schemes than these are no way to support. */
  const contact = (told, query) => {
    const href = told.template ? contactAddress(told.template, { article: page.article, language, query: trimmed(query) }) : told.contact;
    try {
      return ["mailto:", "https:", "http:"].includes(new URL(href, document.baseURI).protocol) && href ? href : "";
    } catch (problem) {
      return "";
    }
  };

  /* What else to offer: titles that come close, else good starts in a topic, else in all of them. Answers {title, hits}. */
  const offered = (told, engine, answer, area, most) => {
    const strings = told.strings;
    if (answer.relaxed.length) return { title: strings.near, hits: answer.relaxed.slice(0, most) };
    const here = window.location.href.replace(/[?#].*/, "");
    const starts = (of) => engine.popular(of, most + 1).filter((hit) => address(told.root, hit.address, "") !== here).slice(0, most);
    const own = area ? starts(area) : [];
    if (own.length) return { title: filled(strings["popular.in"], { area }), hits: own };
    return { title: strings.popular, hits: starts("") };
  };

  const links = (root, hits) => hits.map((hit) => element("li", {}, element("a", { href: address(root, hit.address, "") }, hit.title)));

  /* What stands in the box where nothing was found, below the sentence that says so: what was offered (or null), and the way to support. */
  const ways = (told, query, offer, id) => {
    const made = [];
    if (offer && offer.hits.length) {
      made.push(element("span", { class: "kb-search__lead", id: `${id}-offered` }, offer.title));
      made.push(element("ul", { class: "kb-search__offered", "aria-labelledby": `${id}-offered` }, ...links(told.root, offer.hits)));
    }
    const href = contact(told, query);
    if (href) made.push(element("a", { class: "kb-search__contact", href }, told.strings.contact));
    return made;
  };

  /* ---- the order of titles in the box ---- */

  const union = (first, second) => {
    const known = new Set(first.map((hit) => hit.address));
    return [...first, ...second.filter((hit) => !known.has(hit.address))];
  };

  /* In the order of the page of results. A word half typed is one that titles go on with: those stay in front, where the page, which cannot
   * know that there is more to come, may have others. */
  const ordered = (query, titles, hits) => {
    const { wordsOf, normalise } = window.kbSearch;
    const rows = union(hits, titles);
    const last = wordsOf(query, new Set()).pop();
    if (!last || /\s$/.test(query)) return rows;
    const texts = new Map(rows.map((hit) => [hit, ` ${normalise(hit.title)} `]));
    const texted = [...texts.values()];
    if (texted.some((text) => text.includes(` ${last.raw} `))) return rows;
    const begun = (hit) => texts.get(hit).includes(` ${last.raw}`);
    return [...rows.filter(begun), ...rows.filter((hit) => !begun(hit))];
  };

  /* ---- what is remembered in this tab ---- */

  /* The topic that the reader went to the page of results from: it is no part of that page's address, which is for sending to others. */
  const area = kept("sessionStorage", "kb-area");

  /* For the links to support (contact.js). */
  const remember = (query) => kept("sessionStorage", "kb-query").write(trimmed(query));

  /* For the page that the reader goes to now (search-words.js). Only the words' stems: the page finds their forms by itself. */
  const handWords = (href, query, weights) => {
    const known = weights ? [...weights.keys()] : window.kbSearch.analyse(query, new Set());
    kept("sessionStorage", "kb-hits").write({ to: new URL(href).pathname, words: known.slice(0, MOST_WORDS), at: Date.now() });
  };

  /* ---- signals: nothing leaves the browser unless the settings say so ---- */

  const MAIL = /\S{1,200}@\S{1,200}/gu;
  const NUMBER = /(?<![\p{L}\p{N}])\+?\p{Nd}(?:[\s().-]{0,3}\p{Nd}){6,}(?![\p{L}\p{N}])/gu;
  const SECRET = /(?<![\p{L}\p{N}])(?=[\p{L}\p{N}_-]*\p{Nd})(?=[\p{L}\p{N}_-]*\p{L})[\p{L}\p{N}_-]{24,}(?![\p{L}\p{N}])/gu;

  /* What may point to a person is left out, as in kbgen/gaps/mask.py: addresses of mail, telephones, cards, long tokens. */
  const masked = (query) => query.slice(0, 2000).replace(MAIL, "@").replace(NUMBER, "#").replace(SECRET, "#").trim().slice(0, LONGEST_TOLD);

  /* Tells of a search that the reader has ended with: `rank` of the result followed, from 1; 0 for none. No cookie is set or read here,
   * nothing in it says who searched, and it goes as text/plain, so that the browser asks nothing of that host before. */
  const tell = (events, query, count, rank) => {
    if (!events || !navigator.sendBeacon) return;
    navigator.sendBeacon(events, JSON.stringify({ query: masked(query), language, count, rank, nothing: count === 0 }));
  };

  window.kbFind = {
    engine, settings, reason, trimmed, addParts, plural, address, resultsAddress, row, offered, links, ways, union, ordered, area,
    remember, handWords, tell,
  };
})();
