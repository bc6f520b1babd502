/* What an agent ticks and types on a page of the wiki while one case lasts. It stays in this browser: nothing here makes a request.
 *
 * One entry of localStorage per article, `kb-case:ARTICLE` (or per kind of page), shared by its languages and by all tabs; removed as soon
 * as it is empty. Parts: fills (name → value), ticks (step → time), gates (gate → time), proofs (gate → where it is written), answers
 * (question → text), times (question → time), guides (guide → the way taken), fields (priority, plan, asked). The ticket is the fill of
 * that name. Where storage is blocked all works until the page is left.
 *
 * Steps, gates and questions are known by a hash of their own text, so that an edit elsewhere in the article moves no tick. For the other
 * languages of the article `places` keeps where each stood (key → "en resolve/step/2") and `shapes` what that language's page was made of:
 * where it is made alike, what stands at the same place is the same step. See theme/kb/runbook-words.html for `page.case`. */
(() => {
  "use strict";

  const { page, language, locale, element, kept } = window.kbPage;
  const PARTS = ["fills", "ticks", "gates", "proofs", "answers", "times", "guides", "fields"];
  const PLACED = ["ticks", "gates", "proofs", "answers", "times"]; // known by their texts
  const KEPT = [...PARTS, "places", "shapes"];
  const about = page.case || {};
  const id = about.id || page.article || location.pathname;
  const memory = kept("localStorage", `kb-case:${id}`);
  const listeners = [];
  let lasting = true;

  const empty = () => Object.fromEntries([["began", ""], ...KEPT.map((part) => [part, {}])]);
  /* Whatever another version or another hand left there, only texts in known parts come in. */
  const read = () => {
    const found = memory.read(), state = empty();
    if (!found || typeof found !== "object") return state;
    if (typeof found.began === "string") state.began = found.began;
    KEPT.forEach((part) => Object.entries(found[part] || {}).forEach(([key, value]) => {
      if (typeof value === "string") state[part][key] = value;
    }));
    if (state.fields.ticket) { // it was a field of its own once
      state.fills.ticket = state.fills.ticket || state.fields.ticket;
      delete state.fields.ticket;
    }
    return state;
  };
  let state = read();

  const vacant = () => PARTS.every((part) => Object.keys(state[part]).length === 0);
  const changed = () => {
    Object.keys(state.places).forEach((key) => { if (!PLACED.some((part) => key in state[part])) delete state.places[key]; });
    if (vacant()) state = empty();
    else if (!state.began) state.began = new Date().toISOString();
    lasting = memory.write(vacant() ? null : state);
    listeners.forEach((listener) => listener());
  };

  /* Without control characters and marks that turn the direction of a text: what is typed here is pasted into terminals. */
  const clean = (value) => value.replace(/[\u0000-\u0008\u000b-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/g, "");

  /* ---- the same step in another language */

  const placed = new Map(); // key on this page → its place
  let shape = "";
  const pairs = (code) => code !== language && state.shapes[code] === shape;
  /* The keys that another language's page, made like this one, has for what stands at the place of this key. */
  const twins = (key) => (placed.has(key) ? Object.keys(state.places).filter((other) => {
    const [code, place] = state.places[other].split(" ");
    return other !== key && place === placed.get(key) && pairs(code);
  }) : []);
  /* What a page is made of: of each section how many steps, gates and questions it has. */
  const structure = (items) => {
    const counts = new Map();
    items.forEach(({ key, section, kind }) => {
      const group = `${section}/${kind}`;
      counts.set(group, (counts.get(group) || 0) + 1);
      placed.set(key, `${group}/${counts.get(group)}`);
    });
    shape = [...counts].map(([group, count]) => `${group}:${count}`).join(" ");
    settle();
    listeners.forEach((listener) => listener());
  };
  /* After an edit of this page its own entries stand elsewhere, or nowhere. */
  const settle = () => {
    if (!placed.size) return;
    Object.keys(state.places).filter((key) => state.places[key].startsWith(`${language} `)).forEach((key) => {
      if (placed.has(key)) state.places[key] = `${language} ${placed.get(key)}`;
      else delete state.places[key];
      state.shapes[language] = shape;
    });
  };
  /* Ticks that belong to a language whose page has other steps: language → how many. */
  const elsewhere = () => {
    const counts = new Map();
    Object.keys(state.ticks).forEach((key) => {
      const code = (state.places[key] || "").split(" ")[0];
      if (code && code !== language && !placed.has(key) && !pairs(code)) counts.set(code, (counts.get(code) || 0) + 1);
    });
    return counts;
  };

  const kase = {
    id,
    kind: about.kind || "",
    structure,
    elsewhere,
    get(part, key) {
      if (key in state[part] || !PLACED.includes(part)) return state[part][key] || "";
      return twins(key).map((other) => state[part][other]).find(Boolean) || "";
    },
    set(part, key, value) {
      if (PLACED.includes(part)) {
        twins(key).forEach((other) => { delete state[part][other]; });
        if (value && placed.has(key)) {
          state.places[key] = `${language} ${placed.get(key)}`;
          state.shapes[language] = shape;
        }
      }
      if (value) state[part][key] = clean(value);
      else delete state[part][key];
      changed();
    },
    /* Empties some parts, or all of them; answers what was there, for `restore`. */
    clear(...parts) {
      const before = JSON.stringify(state);
      (parts.length ? parts : PARTS).forEach((part) => { state[part] = {}; });
      changed();
      if (!parts.length) document.dispatchEvent(new CustomEvent("kb:cleared"));
      return before;
    },
    restore(before) {
      state = JSON.parse(before);
      settle();
      changed();
    },
    began: () => state.began,
    vacant,
    lasting: () => lasting,
    changes(listener) {
      listeners.push(listener);
      listener();
    },
  };
  window.addEventListener("storage", (event) => {
    if (event.key !== `kb-case:${id}` && event.key !== null) return;
    state = read();
    settle();
    listeners.forEach((listener) => listener());
  });

  /* ---- texts of the article, without what scripts have put into it */

  const squeezed = (text) => text.replace(/\s+/g, " ").trim();
  const plain = (node, without) => {
    const copy = node.cloneNode(true);
    copy.querySelectorAll(`[data-kb-made], .md-code__nav${without ? `, ${without}` : ""}`).forEach((part) => part.remove());
    return squeezed(copy.textContent);
  };

  /* Short, stable names for texts (FNV-1a); the same text twice on a page gets a number. */
  const named = new Map();
  const key = (node, without) => {
    const raw = node.cloneNode(true); // as it is written, whatever was filled in
    raw.querySelectorAll("[data-kb-raw]").forEach((span) => { span.textContent = span.dataset.kbRaw; });
    const text = plain(raw, without);
    let hash = 0x811c9dc5;
    for (const unit of text.normalize("NFC")) hash = Math.imul(hash ^ unit.codePointAt(0), 0x01000193) >>> 0;
    const name = hash.toString(36), times = (named.get(name) || 0) + 1;
    named.set(name, times);
    return times === 1 ? name : `${name}-${times}`;
  };

  /* ---- times */

  const two = (number) => String(number).padStart(2, "0");
  const day = (date) => `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const clock = (date) => `${two(date.getHours())}:${two(date.getMinutes())}`;
  const zone = (date) => {
    const offset = -date.getTimezoneOffset(), size = Math.abs(offset);
    return offset === 0 ? "UTC" : `UTC${offset < 0 ? "−" : "+"}${Math.floor(size / 60)}${size % 60 ? `:${two(size % 60)}` : ""}`;
  };
  /* For the eye: the hour, with the day only where it is another one. */
  const shown = (iso) => {
    const date = new Date(iso);
    if (day(date) === day(new Date())) return clock(date);
    return `${new Intl.DateTimeFormat(locale, { day: "numeric", month: "long" }).format(date)}, ${clock(date)}`;
  };
  const time = (iso) => element("time", { datetime: iso, "data-kb-made": true }, shown(iso));

  kase.texts = { squeezed, plain, key };
  kase.times = { day, clock, zone, time, shown };
  window.kbCase = kase;
})();
