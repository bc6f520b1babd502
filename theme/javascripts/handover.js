/* The handover of a case: its panel below the article, its text for a ticket, the trackers' forms filled with it. Wiki only.
 * Nothing here makes a request: text goes to the clipboard, and to a tracker only when the agent follows its link. */
(() => {
  "use strict";

  const { page, word, element, filled, say, copy } = window.kbPage;
  const kase = window.kbCase, runbook = window.kbRunbook;
  if (!runbook) return;
  const { body, bar, steps, gates, questions } = runbook;
  const { day, clock, zone, shown } = kase.times;
  const STALE_HOURS = 12;
  const LONGEST = 160;
  const ADDRESS = 6000; // what trackers and browsers take for sure

  const title = () => page.title || document.querySelector("h1").textContent.trim();
  const address = () => {
    const canonical = document.querySelector("link[rel=canonical]");
    return canonical ? canonical.href : location.origin + location.pathname;
  };
  const short = (text) => (text.length <= LONGEST ? text : `${text.slice(0, LONGEST).replace(/\s+\S*$/, "")}…`);

  /* ---- the fields */

  const names = new Map(); // field → value → the word for it
  const choice = (name, options) => {
    names.set(name, new Map(options));
    const none = element("option", { value: "" }, word("runbook.none"));
    return element("select", {}, none, ...options.map(([value, text]) => element("option", { value }, text)));
  };
  const priorities = ["high", "medium", "low"].map((value) => [value, word(`runbook.priority.${value}`)]);
  /* The plans of the facts card's tables, where the page has one. */
  const plans = (() => {
    try {
      return JSON.parse(document.getElementById("kb-escalation").textContent).plans.map((plan) => [plan.id, plan.name]);
    } catch (problem) {
      return [];
    }
  })();
  const inputs = {
    priority: choice("priority", priorities),
    plan: plans.length ? choice("plan", plans) : element("input", { type: "text", autocomplete: "off" }),
    ticket: element("input", { type: "text", autocomplete: "off" }),
    asked: element("textarea", { rows: "3" }),
  };
  const fields = Object.entries(inputs).map(([name, input]) => {
    input.id = `kb-case-${name}`;
    input.addEventListener("input", () => kase.set("fields", name, input.value.trim()));
    kase.changes(() => {
      const value = kase.get("fields", name);
      if (input !== document.activeElement || input.value.trim() !== value) input.value = value;
    });
    return element("div", { class: `kb-field kb-field--${name}` }, element("label", { for: input.id }, word(`runbook.field.${name}`)), input);
  });
  const value = (name) => {
    const typed = kase.get("fields", name);
    return (names.get(name) && names.get(name).get(typed)) || typed;
  };

  /* ---- the text */

  const stamp = (iso) => `${day(new Date(iso))} ${clock(new Date(iso))}`;
  const place = (step) => [step.section ? kase.texts.plain(step.section, ".headerlink") : "", step.number || ""].filter(Boolean).join(" ");

  const parts = () => {
    const done = steps.filter((step) => kase.get("ticks", step.key));
    const guides = window.kbGuides ? window.kbGuides() : [];
    const fills = [...kase.fill.labels].filter(([name]) => kase.get("fills", name));
    return [
      ["asked", value("asked") ? [value("asked")] : []],
      ["fills", fills.map(([name, label]) => `- ${label}: ${kase.get("fills", name)}`)],
      ["answers", questions.filter((one) => kase.get("answers", one.key)).map((one) => `- ${one.text()} — ${kase.get("answers", one.key)}`)],
      ["guide", guides.flatMap((guide) => [...guide.answers.map(([asked, answer]) => `- ${asked} — ${answer}`), guide.outcome && `→ ${guide.outcome}`])],
      ["gates", gates.map((gate) => {
        const when = kase.get("gates", gate.key), proof = kase.get("proofs", gate.key);
        return `- ${when ? stamp(when) : word("runbook.gate.open")} ${short(gate.text())}${proof ? ` (${proof})` : ""}`;
      })],
      ["done", done.map((step) => `- ${stamp(kase.get("ticks", step.key))} ${[place(step), short(step.text())].filter(Boolean).join(". ")}`)],
    ].filter(([, lines]) => lines.filter(Boolean).length);
  };

  const summary = () => `${title()}${kase.get("fields", "ticket") ? ` (${kase.get("fields", "ticket")})` : ""}`;
  const text = () => {
    const head = [
      `${title()} (${kase.id})`,
      address(),
      ...["ticket", "priority", "plan"].filter(value).map((name) => `${word(`runbook.field.${name}`)}: ${value(name)}`),
      word("runbook.text.times", { zone: zone(new Date()) }),
    ];
    const done = steps.filter((step) => kase.get("ticks", step.key)).length;
    const titled = (part) => word(`runbook.text.${part}`, { done, all: steps.length });
    return [head.join("\n"), ...parts().map(([part, lines]) => [titled(part), ...lines.filter(Boolean)].join("\n"))].join("\n\n");
  };

  /* ---- the panel */

  const button = (key, act, kind) => element("button", { type: "button", class: `kb-act${kind ? ` kb-act--${kind}` : ""}`, click: act }, word(key));
  const told = element("p", { class: "kb-case__told" });
  const tell = (sentence, ...more) => {
    told.replaceChildren(sentence, ...more);
    say(sentence);
  };
  const preview = element("pre", { class: "kb-case__text" });
  const copied = async () => {
    if (await copy(text())) tell(word("runbook.copied"));
    else {
      window.getSelection().selectAllChildren(preview);
      tell(word("runbook.copy.failed"));
    }
  };

  /* Asks once, in its own place; what was asked about keeps its button when the answer is no. */
  const confirming = (key, question, act) => {
    const holder = element("span", { class: "kb-confirm" });
    const ask = button(key, () => {
      const no = button("runbook.keep", () => { holder.replaceChildren(ask); ask.focus(); });
      const yes = button("runbook.clear.yes", () => { holder.replaceChildren(ask); act(); }, "danger");
      const group = element("span", { class: "kb-confirm__ask", role: "group", "aria-label": word(question) }, element("span", {}, word(question)), yes, no);
      group.addEventListener("keydown", (event) => { if (event.key === "Escape") no.click(); });
      holder.replaceChildren(group);
      yes.focus();
    });
    holder.append(ask);
    return holder;
  };
  const heading = element("h2", { id: "kb-handover", tabindex: "-1" }, word("runbook.handover"));
  const clear = () => {
    kase.clear();
    tell(word("runbook.cleared"));
    heading.focus();
  };
  const reset = () => {
    const before = kase.clear("ticks");
    const undo = button("runbook.undo", () => { kase.restore(before); tell(word("runbook.undone")); heading.focus({ preventScroll: true }); });
    tell(word("runbook.reset.done"), " ", undo);
  };

  const trackers = (page.trackers || []).filter((one) => /^https?:\/\//.test(one.url)).map((one) => {
    const link = element("a", { class: "kb-act", target: "_blank", rel: "noopener noreferrer" }, word("runbook.tracker", { name: one.name }));
    const note = one.takes === "wish" ? word("runbook.tracker.wish", { files: one.files || word("runbook.tracker.head") }) : "";
    return { url: one.url, link, row: element("li", {}, link, note && element("span", { class: "kb-case__note" }, note)) };
  });
  const prefilled = (url, description) => filled(url, { summary: encodeURIComponent(summary()), description: encodeURIComponent(description) });
  const fit = (url, whole) => {
    let letters = [...whole.toWellFormed ? whole.toWellFormed() : whole];
    while (letters.length && prefilled(url, letters.join("")).length > ADDRESS) letters = letters.slice(0, Math.floor(letters.length * 0.9));
    return prefilled(url, letters.length < [...whole].length ? `${letters.join("")}…` : whole);
  };

  const panel = element("section", { class: "kb-case", "aria-labelledby": "kb-handover", "data-kb-made": true },
    heading,
    element("p", { class: "kb-case__lead" }, word("runbook.handover.text")),
    element("div", { class: "kb-fields" }, ...fields),
    element("h3", {}, word("runbook.preview")),
    preview,
    element("p", { class: "kb-case__ways" }, button("runbook.copy", copied, "main")),
    trackers.length ? element("ul", { class: "kb-case__trackers" }, ...trackers.map((one) => one.row)) : null,
    told,
    element("p", { class: "kb-case__ways kb-case__ways--end" }, steps.length ? button("runbook.reset", reset) : null,
      confirming("runbook.clear", "runbook.clear.ask", clear)));
  body.after(panel);
  bar.append(element("a", { class: "kb-act kb-act--plain", href: "#kb-handover" }, word("runbook.handover")), button("runbook.copy", async () => {
    const done = await copy(text());
    say(word(done ? "runbook.copied" : "runbook.copy.failed"));
    bar.lastElementChild.textContent = word(done ? "runbook.copied" : "runbook.copy.failed");
    window.setTimeout(() => { bar.lastElementChild.textContent = word("runbook.copy"); }, 2500);
  }, "main"));

  /* Ticks of yesterday are another case, more often than not. */
  const stale = element("div", { class: "kb-stale", role: "note", "data-kb-made": true, hidden: true });
  (document.querySelector("[data-kb-fills]") || body).before(stale);
  const old = () => kase.began() && Date.now() - Date.parse(kase.began()) > STALE_HOURS * 3600e3;
  if (old()) {
    stale.hidden = false;
    stale.append(element("p", {}, word("runbook.stale", { when: shown(kase.began()) })),
      confirming("runbook.clear", "runbook.clear.ask", () => { kase.clear(); document.querySelector("h1").scrollIntoView(); say(word("runbook.cleared")); }));
  }
  const unkept = element("p", { class: "kb-unkept", hidden: true, "data-kb-made": true }, word("runbook.unkept"));
  heading.after(unkept);

  const show = () => {
    preview.textContent = text();
    trackers.forEach((one) => { one.link.href = fit(one.url, text()); });
    if (kase.vacant()) stale.hidden = true;
    unkept.hidden = kase.lasting();
  };
  kase.changes(show);
  document.addEventListener("kb:answers", show);
})();
