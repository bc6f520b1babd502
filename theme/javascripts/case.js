/* What an agent ticks and types on a page of the wiki while one case lasts. It stays in this browser: nothing here makes a request.
 *
 * One entry of localStorage per article, `kb-case:ARTICLE`, shared by its languages and by all tabs; removed as soon as it is empty.
 * Parts: fills (name → value), ticks (step → time), gates (gate → time), proofs (gate → where it is written), answers (question →
 * text), times (question → time), fields (priority, plan, ticket, asked). Steps, gates and questions are known by a hash of their own
 * text, so that an edit elsewhere in the article moves no tick. Where storage is blocked all works until the page is left. */
(() => {
  "use strict";

  const { page, locale, element, kept } = window.kbPage;
  const PARTS = ["fills", "ticks", "gates", "proofs", "answers", "times", "fields"];
  const body = document.querySelector("[data-kb-article]");
  const id = page.article || (body && body.dataset.kbArticle) || location.pathname;
  const memory = kept("localStorage", `kb-case:${id}`);
  const listeners = [];
  let lasting = true;

  const empty = () => Object.fromEntries([["began", ""], ...PARTS.map((part) => [part, {}])]);
  /* Whatever another version or another hand left there, only texts in known parts come in. */
  const read = () => {
    const found = memory.read(), state = empty();
    if (!found || typeof found !== "object") return state;
    if (typeof found.began === "string") state.began = found.began;
    PARTS.forEach((part) => Object.entries(found[part] || {}).forEach(([key, value]) => {
      if (typeof value === "string") state[part][key] = value;
    }));
    return state;
  };
  let state = read();

  const vacant = () => PARTS.every((part) => Object.keys(state[part]).length === 0);
  const changed = () => {
    if (vacant()) state = empty();
    else if (!state.began) state.began = new Date().toISOString();
    lasting = memory.write(vacant() ? null : state);
    listeners.forEach((listener) => listener());
  };

  /* Without control characters and marks that turn the direction of a text: what is typed here is pasted into terminals. */
  const clean = (value) => value.replace(/[\u0000-\u0008\u000b-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/g, "");

  const kase = {
    id,
    get: (part, key) => state[part][key] || "",
    count: (part) => Object.keys(state[part]).length,
    set(part, key, value) {
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

  /* ---- placeholders */

  const spans = [...document.querySelectorAll(".kb-fill[data-kb-fill]")];
  spans.forEach((span) => { span.dataset.kbRaw = span.textContent; });
  const filled = () => spans.forEach((span) => {
    const value = kase.get("fills", span.dataset.kbFill);
    if (span.textContent !== (value || span.dataset.kbRaw)) span.textContent = value || span.dataset.kbRaw;
    span.classList.toggle("kb-fill--filled", Boolean(value));
  });

  const labels = new Map((page.fills || []).map((fill) => [fill.name, fill.label]));
  let fields = 0;
  /* A labelled field for a placeholder; any number of them may stand for one name. */
  const field = (name) => {
    const input = element("input", { type: "text", id: `kb-fill-${(fields += 1)}`, autocomplete: "off", spellcheck: "false", "data-kb-fills-name": name });
    input.addEventListener("input", () => kase.set("fills", name, input.value.trim()));
    kase.changes(() => {
      const value = kase.get("fills", name);
      if (input !== document.activeElement || input.value.trim() !== value) input.value = value;
    });
    const label = element("label", { for: input.id }, labels.get(name) || name, " ", element("code", {}, `{{${name}}}`));
    return element("div", { class: "kb-field", "data-kb-made": true }, label, input);
  };

  kase.texts = { squeezed, plain, key };
  kase.times = { day, clock, zone, time, shown };
  kase.fill = { field, labels, spans };
  window.kbCase = kase;
  kase.changes(filled);

  /* The form on top: the list of theme/kb/fills.html, with a field for each name. */
  const list = document.querySelector("[data-kb-fills]");
  if (list) {
    const names = new Set([...labels.keys(), ...spans.map((span) => span.dataset.kbFill)]);
    list.querySelectorAll("dl, .kb-fills__plain").forEach((part) => part.remove());
    list.querySelector(".kb-fills__live").hidden = false;
    list.append(element("div", { class: "kb-fields" }, ...[...names].map(field)));
  }
})();
