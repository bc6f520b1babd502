/* Who acts now, until when, then whom: the form of the page of escalation, and the facts card of runbooks. Wiki only; the tables of the
 * page stay for those without scripts. The ladder itself is escalation.js; its data are the page's block #kb-escalation.
 *
 *   <form data-kb-escalate>   controls named severity, plan, kind, language, channel, tier, at (datetime-local); each may be missing
 *   <div data-kb-escalate-result></div>    near the form
 *   <div data-kb-facts-now data-severity="high" data-tier="1" data-escalates-to="second-line"></div>   gets a form and a result of its own
 *   <… data-kb-level="high">  what stands on a card for one priority only
 *
 * The controls of a card show the case (case.js, part `fields`): what is set there survives a reload, reaches the handover, and goes with
 * the case. Times are shown by the reader's clock. What is shown holds for this minute, and is renewed with it. A card sends `kb:ladder`
 * to the document whenever it has something else to say; `kbLadder.handover()` says it in rows of label and text. */
(() => {
  "use strict";

  const { word, element, say, copy, language } = window.kbPage;
  const kb = window.kbLadder;
  if (!kb) return;
  const kase = window.kbCase, { day, clock } = kase.times, { tables, MINUTE } = kb;
  const { nameOf, nameOfLanguage, kindName } = kb.names;
  const PARTS = { severity: "priority", plan: "plan", kind: "kind", language: "language", channel: "channel", tier: "tier", at: "at" };
  let forms = 0;

  const minute = (date) => new Date(Math.floor(date / MINUTE) * MINUTE);
  const local = (iso) => (iso ? `${day(new Date(iso))}T${clock(new Date(iso))}` : "");
  const instant = (text) => {
    const date = new Date(text);
    return text && !Number.isNaN(date.getTime()) ? minute(date).toISOString() : "";
  };

  /* ---- what is known of a case: the page's own is gone with the page */

  const ofCase = {
    get: (name) => kase.get("fields", PARTS[name]),
    set: (name, value) => kase.set("fields", PARTS[name], value),
    changes: (listener) => kase.changes(listener),
  };
  const ofPage = () => {
    const values = {}, listeners = [];
    return {
      get: (name) => values[name] || "",
      set: (name, value) => { values[name] = value; listeners.forEach((listener) => listener()); },
      changes: (listener) => { listeners.push(listener); listener(); },
    };
  };

  /* ---- the form */

  const spoken = () => [...new Set([language, ...Object.values(tables.teams).flatMap((team) => team.languages)])];
  const OPTIONS = {
    severity: () => tables.severities.map((one) => [one.id, nameOf(tables.severities, one.id)]),
    plan: () => tables.plans.map((one) => [one.id, nameOf(tables.plans, one.id)]),
    kind: () => tables.kinds.map((kind) => [kind, kindName(kind)]),
    language: () => spoken().map((code) => [code, nameOfLanguage(code)]),
    channel: () => tables.channels.map((one) => [one.id, nameOf(tables.channels, one.id)]),
  };
  /* A time, and a way to say "just now" without typing. */
  const timed = (input, state) => {
    const now = element("button", { type: "button", class: "kb-act", click: () => state.set("at", minute(Date.now()).toISOString()) }, word("ladder.at.now"));
    const both = element("div", { class: "kb-when" });
    input.replaceWith(both);
    both.append(input, now);
  };
  const field = (name, control, number) => {
    control.id = `kb-escalate-${number}-${name}`;
    control.setAttribute("name", name);
    return element("div", { class: "kb-field" }, element("label", { for: control.id }, word(`ladder.field.${name}`)), control);
  };
  const made = (number) => {
    const select = ([name, options]) => field(name, element("select", {}, ...options().map(([value, text]) => element("option", { value }, text))), number);
    return element("form", { class: "kb-escalate", id: `kb-escalate-${number}`, "data-kb-escalate": true, autocomplete: "off" },
      element("div", { class: "kb-fields" }, ...Object.entries(OPTIONS).map(select)));
  };

  const start = ({ form, at, result, defaults, state, card }) => {
    const controls = Object.keys(PARTS).map((name) => [name, form.elements.namedItem(name)]).filter(([name, control]) => control && name !== "at");
    const offers = (control, value) => [...control.options].some((option) => option.value === value);
    controls.forEach(([name, control]) => {
      if (offers(control, defaults[name])) control.value = defaults[name];
      defaults[name] = control.value;
    });
    // What the case says, where the control knows it (a plan may have been typed); else what the page starts with.
    const value = (name) => {
      const found = controls.find(([one]) => one === name);
      return found && offers(found[1], state.get(name)) ? state.get(name) : defaults[name] || "";
    };
    const stood = () => {
      const written = instant(state.get("at"));
      const asked = Object.fromEntries(["severity", "plan", "kind", "language", "channel", "escalates_to"].map((name) => [name, value(name)]));
      return kb.stand({ ...asked, kind: asked.kind || "question", tier: Number(value("tier")) || 1, at: written || minute(Date.now()).toISOString(),
        typed: Boolean(written) }, Boolean(card));
    };

    const answer = element("div", { class: "kb-ladder" }), told = element("span", { class: "kb-ladder__copied" });
    const press = async () => {
      const sentence = word((await copy(kb.asText(stood()))) ? "runbook.copied" : "runbook.copy.failed");
      told.textContent = sentence;
      say(sentence);
    };
    result.replaceChildren(answer, element("p", { class: "kb-ladder__end" }, element("button", { type: "button", class: "kb-act", click: press }, word("ladder.copy")), told));

    let last = "";
    const show = () => {
      controls.forEach(([name, control]) => { if (control.value !== value(name)) control.value = value(name); });
      const typed = local(instant(state.get("at")));
      if (at && at.value !== typed && (at !== document.activeElement || !typed)) at.value = typed;
      const found = stood(), open = answer.querySelector(".kb-ladder__more[open]");
      if (!found) return;
      // On a runbook the next step is what matters; the others open below it, and stay open when the minute is over.
      const { parts, head } = kb.view(found, Boolean(card), Boolean(open));
      answer.replaceChildren(...parts);
      told.textContent = "";
      if (card) level(card, value("severity"));
      // Somebody else's turn has come, or another case was asked about: said once, not with each minute.
      const { request, holder, deputy } = found;
      const turn = JSON.stringify([{ ...request, at: request.typed && request.at }, holder && [holder.tier, holder.team, holder.state], deputy && deputy.team]);
      if (last && last !== turn) say(head);
      last = turn;
      if (card) document.dispatchEvent(new CustomEvent("kb:ladder"));
    };

    form.addEventListener("submit", (event) => event.preventDefault());
    controls.forEach(([name, control]) => control.addEventListener("input", () => state.set(name, control.value)));
    if (at) {
      timed(at, state);
      at.addEventListener("input", () => state.set("at", instant(at.value)));
      at.addEventListener("blur", show); // half a time is none
    }
    state.changes(show);
    // Not under the reader's hands: what has the focus stays, and is renewed when it is left.
    const renew = () => { if (!document.hidden && !answer.contains(document.activeElement)) show(); };
    answer.addEventListener("focusout", () => window.setTimeout(renew));
    window.setInterval(renew, MINUTE);
    document.addEventListener("visibilitychange", renew);
    window.addEventListener("beforeprint", show);
    return stood;
  };

  /* ---- cards, and the page */

  /* The card speaks of the priority that is chosen, and says so where it is not the page's own. */
  const level = (card, severity) => {
    const shown = (card.closest(".kb-facts") || card).querySelectorAll("[data-kb-level]");
    if (![...shown].some((part) => part.dataset.kbLevel === severity)) return;
    shown.forEach((part) => { part.hidden = part.dataset.kbLevel !== severity; });
    const usual = card.dataset.severity, note = (card.closest(".kb-facts") || card).querySelector("[data-kb-level-usual]");
    if (note) note.textContent = usual && usual !== severity ? word("ladder.usual", { name: nameOf(tables.severities, usual) }) : "";
  };

  document.querySelectorAll("[data-kb-facts-now]").forEach((card) => {
    const number = (forms += 1), result = element("div", { "data-kb-escalate-result": true }), form = made(number);
    const at = element("input", { type: "datetime-local", form: form.id, autocomplete: "off" });
    const more = element("details", { class: "kb-escalate__more" }, element("summary", {}, word("ladder.other")), form);
    card.replaceChildren(field("at", at, number), result, more);
    const stood = start({ form, at, result, state: ofCase, card,
      defaults: { severity: card.dataset.severity, tier: card.dataset.tier, escalates_to: card.dataset.escalatesTo, language } });
    kb.handover = () => { const found = stood(); return found ? kb.rows(found) : []; };
    document.dispatchEvent(new CustomEvent("kb:ladder"));
  });
  document.querySelectorAll("form[data-kb-escalate]").forEach((form) => {
    if (form.closest("[data-kb-facts-now]")) return;
    form.hidden = false;
    const result = (form.parentElement || document).querySelector("[data-kb-escalate-result]") || document.querySelector("[data-kb-escalate-result]");
    if (result) start({ form, at: form.elements.namedItem("at"), result, state: ofPage(), card: null, defaults: { language } });
  });
})();
