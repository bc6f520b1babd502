/* Loads the search engine and asks it, for the box (search-box.js) and the page of results (search-page.js), and sends signals where the
 * settings name an address for them. Nothing is fetched before one of the two asks. What a box has to hold: theme/kb/search-box.html.
 *
 * All text of articles, titles and queries goes through textContent, so that none of it is ever read as HTML. */
(() => {
  "use strict";

  const { element, kept, language } = window.kbPage;
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

  const loadFile = (address) => once(files, address, async () => {
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
    strings: JSON.parse(form.dataset.strings || "{}"),
  });

  /* Why there is no search: browsers let no page that was opened as a file read the files beside it. */
  const reason = (strings) => (window.location.protocol === "file:" ? strings.file : strings.error);

  /* ---- texts ---- */

  const trimmed = (query) => query.trim().slice(0, LONGEST_TOLD);

  const AROUND = /^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}]*)$/su;

  /* Adds a text in parts [text, whether it matched]; what stands around a word, such as a full stop, is not marked with it. */
  const addParts = (target, parts) => {
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

  const address = (root, path, anchor) => {
    const url = new URL(`./${path}`, new URL(root || "./", document.baseURI));
    url.hash = anchor || "";
    return url.href;
  };

  const resultsAddress = (base, query) => {
    const url = new URL(base, document.baseURI);
    url.search = new URLSearchParams({ q: query }).toString();
    return url.href;
  };

  /* ---- what is remembered in this tab ---- */

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
  const masked = (query) => trimmed(query.slice(0, 2000).replace(MAIL, "@").replace(NUMBER, "#").replace(SECRET, "#"));

  /* Tells of a search that the reader has ended with: `rank` of the result followed, from 1; 0 for none. No cookie is set or read here,
   * nothing in it says who searched, and it goes as text/plain, so that the browser asks nothing of that host before. */
  const tell = (events, query, count, rank) => {
    if (!events || !navigator.sendBeacon) return;
    navigator.sendBeacon(events, JSON.stringify({ query: masked(query), language, count, rank, nothing: count === 0 }));
  };

  window.kbFind = { engine, settings, reason, trimmed, addParts, plural, address, resultsAddress, remember, handWords, tell };
})();
