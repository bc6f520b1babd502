/* The handover of a case: its panel below the article, its text for a ticket, the trackers' forms filled with it. Wiki only.
 * Nothing here makes a request: text goes to the clipboard, and to a tracker only when the agent follows its link.
 *
 * Deadlines and who is next come from the facts card: `window.kbLadder.handover()` → [[label, text], …], anew at each event kb:ladder. */
(() => {
  "use strict";

  const { page, word, element, filled, say, copy } = window.kbPage;
  const kase = window.kbCase, runbook = window.kbRunbook;
  if (!runbook || kase.kind !== "case") return;
  const { body, steps, gates, questions } = runbook;
  const { bar, button } = kase;
  const { day, clock, zone } = kase.times;
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
  /* What the article itself says of a case is said as such: nobody has chosen it yet. */
  const given = { priority: page.case.severity };
  const unset = (name) => (given[name] ? word("runbook.given", { value: given[name] }) : word("runbook.none"));
  const choice = (name, options) => {
    names.set(name, new Map(options));
    return element("select", {}, element("option", { value: "" }, unset(name)), ...options.map(([value, text]) => element("option", { value }, text)));
  };
  const priorities = ["high", "medium", "low"].map((value) => [value, word(`runbook.priority.${value}`)]);
  const plans = (page.case.plans || []).map((plan) => [plan.id, plan.name]);
  const inputs = {
    priority: choice("priority", priorities),
    plan: plans.length ? choice("plan", plans) : element("input", { type: "text", autocomplete: "off" }),
    ticket: element("input", { type: "text", autocomplete: "off" }),
    asked: element("textarea", { rows: "3" }),
  };
  const fields = Object.entries(inputs).map(([name, input]) => {
    input.id = `kb-case-${name}`;
    kase.fill.bind(input, name === "ticket" ? "fills" : "fields", name); // {{ticket}} is the ticket
    return element("div", { class: `kb-field kb-field--${name}` }, element("label", { for: input.id }, word(`runbook.field.${name}`)), input);
  });
  const ticket = () => kase.get("fills", "ticket");
  const value = (name) => {
    if (name === "ticket") return ticket();
    const typed = kase.get("fields", name);
    return (names.get(name) && names.get(name).get(typed)) || typed || (names.has(name) ? unset(name) : "");
  };

  /* ---- the text */

  const stamp = (iso) => `${day(new Date(iso))} ${clock(new Date(iso))}`;
  const place = (step) => [step.section ? kase.texts.plain(step.section, ".headerlink") : "", step.number || ""].filter(Boolean).join(" ");

  const confirmed = (gate) => {
    const when = kase.get("gates", gate.key), proof = kase.get("proofs", gate.key);
    const told = !when ? "runbook.gate.open" : proof ? "runbook.gate.line" : "runbook.gate.line.unproved";
    return `- ${word(told, { when: when && stamp(when), proof })}: ${short(gate.text())}`;
  };

  const parts = () => {
    const done = steps.filter((step) => kase.get("ticks", step.key));
    const guides = window.kbGuides ? window.kbGuides() : [];
    const ladder = window.kbLadder && window.kbLadder.handover ? window.kbLadder.handover() : [];
    const fills = [...kase.fill.labels].filter(([name]) => name !== "ticket" && kase.get("fills", name));
    return [
      ["asked", [value("asked")]],
      ["ladder", ladder.map(([label, told]) => `- ${label}: ${told}`)],
      ["fills", fills.map(([name, label]) => `- ${label}: ${kase.get("fills", name)}`)],
      ["answers", questions.filter((one) => kase.get("answers", one.key)).map((one) => `- ${one.text()} — ${kase.get("answers", one.key)}`)],
      ["guide", guides.flatMap((guide) => [...guide.answers.map(([asked, answer]) => `- ${asked} — ${answer}`), guide.outcome && `→ ${guide.outcome}`])],
      ["gates", gates.map(confirmed)],
      ["done", done.map((step) => `- ${stamp(kase.get("ticks", step.key))} ${[place(step), short(step.text())].filter(Boolean).join(". ")}`)],
    ].filter(([, lines]) => lines.filter(Boolean).length);
  };

  const summary = () => `${title()}${ticket() ? ` (${ticket()})` : ""}`;
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

  const heading = element("h2", { id: "kb-handover", tabindex: "-1" }, word("runbook.handover"));
  const reset = () => {
    const before = kase.clear("ticks");
    const undo = button("runbook.undo", () => { kase.restore(before); tell(word("runbook.undone")); heading.focus({ preventScroll: true }); });
    tell(word("runbook.reset.done"), " ", undo);
  };

  /* A tracker that one team alone writes to says so before its link, not after it. */
  const trackers = (page.case.trackers || []).filter((one) => /^https?:\/\//.test(one.url)).map((one) => {
    const link = element("a", { class: "kb-act", target: "_blank", rel: "noopener noreferrer" }, word("runbook.tracker", { name: one.name }));
    const note = one.takes === "wish" ? word("runbook.tracker.wish", { files: one.files || word("runbook.tracker.head") }) : "";
    return { url: one.url, link, row: element("li", {}, note && element("span", { class: "kb-case__note" }, note), link) };
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
      kase.clearing()));
  body.after(panel);
  const copyAgain = button("runbook.copy", async () => {
    const done = await copy(text());
    say(word(done ? "runbook.copied" : "runbook.copy.failed"));
    copyAgain.textContent = word(done ? "runbook.copied" : "runbook.copy.failed");
    window.setTimeout(() => { copyAgain.textContent = word("runbook.copy"); }, 2500);
  }, "main");
  bar.lastElementChild.before(element("a", { class: "kb-act kb-act--plain", href: "#kb-handover" }, word("runbook.handover")), copyAgain);
  const unkept = element("p", { class: "kb-unkept", hidden: true, "data-kb-made": true }, word("runbook.unkept"));
  heading.after(unkept);

  const show = () => {
    preview.textContent = text();
    trackers.forEach((one) => { one.link.href = fit(one.url, text()); });
    unkept.hidden = kase.lasting();
  };
  kase.changes(show);
  ["kb:answers", "kb:ladder"].forEach((name) => document.addEventListener(name, show));
})();
