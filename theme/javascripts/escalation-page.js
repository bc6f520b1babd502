/* Who to call, until when, then whom: the form of the page of escalation and of the facts card of runbooks. Wiki only; the tables of the
 * page stay for those without scripts. The ladder itself is escalation.js; its data are the page's block #kb-escalation.
 *
 *   <form data-kb-escalate>   controls named severity, plan, kind, language, channel, tier, at (datetime-local); each may be missing
 *   <div data-kb-escalate-result></div>    in the form, or beside it
 *   <div data-kb-facts-now data-severity="high" data-tier="1" data-escalates-to="second-line"></div>   gets a form and a result of its own
 *
 * Times are shown by the reader's clock. While nobody sets a time the answer is for now, and is renewed every minute. */
(() => {
  "use strict";

  const { word, element, say, copy, language, locale } = window.kbPage;
  const block = document.getElementById("kb-escalation");
  if (!block || !window.kbEscalation) return;
  let tables = null;
  try {
    tables = JSON.parse(block.textContent);
  } catch (problem) {
    return; // the tables of the page still tell it
  }
  const kase = window.kbCase, { day, clock, zone } = kase.times;
  const MINUTE = 60_000;
  let forms = 0;

  const nameOf = (list, id) => (list.find((one) => one.id === id) || { name: id }).name;
  const tierOf = (id) => tables.tiers.find((tier) => tier.id === id);
  const teamName = (id) => (tables.teams[id] || { name: id }).name;
  const nameOfLanguage = (code) => {
    try {
      const name = new Intl.DisplayNames([language], { type: "language" }).of(code);
      return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
    } catch (problem) {
      return code;
    }
  };
  const known = (key, otherwise) => (word(key) === key ? otherwise : word(key));
  const viaName = (via) => known(`via.${via}`, nameOf(tables.channels, via));
  const kindName = (kind) => known(`kind.${kind}`, kind);

  /* ---- times */

  const local = (date) => `${day(date)}T${clock(date)}`;
  const moment = (iso, since) => {
    const date = new Date(iso);
    const near = day(date) === day(since) ? "" : `${new Intl.DateTimeFormat(locale, { weekday: "short", day: "numeric", month: "short" }).format(date)}, `;
    return element("time", { datetime: iso }, near + clock(date));
  };
  const inWords = (iso, since) => {
    const minutes = Math.round((new Date(iso) - since) / MINUTE), [size, unit] = minutes < 120 ? [1, "minute"] : minutes < 48 * 60 ? [60, "hour"] : [1440, "day"];
    return new Intl.RelativeTimeFormat(locale, { numeric: "always" }).format(Math.round(minutes / size), unit);
  };

  /* ---- a way to reach somebody */

  const link = (value, text) => {
    const address = /^(https?:\/\/|mailto:|tel:)/.test(value) ? value : /^\+[\d\s().-]{5,}$/.test(value) ? `tel:${value.replace(/[^+\d]/g, "")}`
      : /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value) ? `mailto:${value}` : "";
    return address ? element("a", { href: address, rel: "noopener noreferrer" }, text || value.replace(/^(mailto:|tel:)/, "")) : element("span", {}, text || value);
  };
  const ways = (contact) => {
    if (!contact) return [word("ladder.contact.none")];
    const name = viaName(contact.via), parts = [name];
    if (contact.value) parts.push(" ", link(contact.value));
    if (contact.rota) parts.push(contact.value ? " · " : " ", link(contact.rota, word("ladder.rota")));
    if (contact.reserve) parts.push(" · ", `${word("ladder.reserve")} `, link(contact.reserve));
    return parts;
  };
  const wayText = (contact) => (contact
    ? [`${viaName(contact.via)} ${contact.value}`.trim(), contact.rota, contact.reserve && `${word("ladder.reserve")} ${contact.reserve}`].filter(Boolean).join(", ")
    : word("ladder.contact.none"));

  /* ---- the ladder as elements, and as text */

  /* Of a step that comes later it is told for then, not for now. */
  const onShift = (step, since) => word(step.starts && new Date(step.starts) <= since ? "ladder.on" : "ladder.on.then");
  const waits = (step) => !step.on_shift && step.starts;
  /* What holds for a step beside who it is: its hours, and what to do while nobody is there. */
  const stepFacts = (step, since) => {
    const when = [];
    if (step.on_shift) when.push(onShift(step, since));
    else if (step.starts) when.push(`${word("ladder.off")} `, moment(step.starts, since));
    if (step.until) when.push(when.length ? "; " : "", `${word("ladder.until")} `, moment(step.until, since));
    return [
      when.length ? element("p", { class: "kb-ladder__when" }, ...when) : null,
      step.speaks ? null : element("p", { class: "kb-ladder__note" }, word("ladder.speaks")),
      step.told ? element("p", { class: "kb-ladder__told" }, element("strong", {}, `${word("ladder.told")} `), step.told) : null,
      step.decides ? element("p", { class: "kb-ladder__note" }, word("ladder.decides", { team: teamName(step.decides) })) : null,
    ];
  };
  const stepRow = (step, since) => {
    const team = teamName(step.team), tier = tierOf(step.tier).name;
    return element("li", { class: `kb-ladder__step${waits(step) ? " kb-ladder__step--off" : ""}` },
      element("p", { class: "kb-ladder__who" }, element("strong", {}, team), tier === team ? null : element("span", {}, tier)),
      element("p", { class: "kb-ladder__ways" }, ...ways(step.contact)),
      ...stepFacts(step, since));
  };
  const noteText = (note) => {
    if (note.kind === "exit") return `${word("ladder.exit")} ${tierOf(note.about).exit}`;
    return word(`ladder.note.${note.kind}`, { about: (tierOf(note.about) || { name: nameOf(tables.channels, note.about) }).name });
  };
  const PROMISES = ["first_answer", "next_update", "resolution"];
  const promises = (ladder, since) => element("dl", { class: "kb-ladder__promises" }, ...PROMISES.map((name) => element("div", {},
    element("dt", {}, word(`ladder.${name}`)),
    element("dd", {}, ...(ladder[name] ? [moment(ladder[name], since), " ", element("span", {}, inWords(ladder[name], since))] : [word("ladder.none")])))));

  const stamp = (iso) => `${day(new Date(iso))} ${clock(new Date(iso))}`;
  const asText = (ladder, asked) => {
    const head = [nameOf(tables.severities, asked.severity), nameOf(tables.plans, asked.plan), kindName(asked.kind), nameOfLanguage(asked.language)];
    const steps = ladder.steps.map((step, position) => {
      const team = teamName(step.team), tier = tierOf(step.tier).name;
      const when = [step.on_shift ? onShift(step, new Date(asked.at)) : step.starts && `${word("ladder.off")} ${stamp(step.starts)}`, step.until && `${word("ladder.until")} ${stamp(step.until)}`];
      const lines = [`${position + 1}. ${tier === team ? team : `${team} (${tier})`}: ${wayText(step.contact)}`, when.filter(Boolean).join("; "),
        step.told && `${word("ladder.told")} ${step.told}`, step.decides && word("ladder.decides", { team: teamName(step.decides) })];
      return lines.filter(Boolean).join("\n   ");
    });
    return [
      `${word("ladder.title")}: ${head.filter(Boolean).join(", ")}`,
      `${word("ladder.at")}: ${stamp(asked.at)} (${zone(new Date(asked.at))})`,
      ...steps,
      ...PROMISES.map((name) => `${word(`ladder.${name}`)}: ${ladder[name] ? stamp(ladder[name]) : word("ladder.none")}`),
      ...ladder.notes.map(noteText),
    ].join("\n");
  };

  /* ---- the form */

  const spoken = () => [...new Set([language, ...Object.values(tables.teams).flatMap((team) => team.languages)])];
  const OPTIONS = {
    severity: () => tables.severities.map((one) => [one.id, one.name]),
    plan: () => tables.plans.map((one) => [one.id, one.name]),
    kind: () => tables.kinds.map((kind) => [kind, kindName(kind)]),
    language: () => spoken().map((code) => [code, nameOfLanguage(code)]),
    channel: () => tables.channels.map((one) => [one.id, one.name]),
  };
  const made = () => {
    const number = (forms += 1);
    const field = (name, control) => {
      control.id = `kb-escalate-${number}-${name}`;
      control.setAttribute("name", name);
      return element("div", { class: "kb-field" }, element("label", { for: control.id }, word(`ladder.field.${name}`)), control);
    };
    const select = ([name, options]) => field(name, element("select", {}, ...options().map(([value, text]) => element("option", { value }, text))));
    return element("form", { class: "kb-escalate", "data-kb-escalate": true, autocomplete: "off" },
      element("div", { class: "kb-fields" }, ...Object.entries(OPTIONS).map(select), field("at", element("input", { type: "datetime-local" }))));
  };

  const start = (form, result, defaults, brief) => {
    const control = (name) => form.elements.namedItem(name);
    const value = (name) => (control(name) ? control(name).value : "") || defaults[name] || "";
    let own = false; // whether somebody has set the time
    const answer = element("div", { class: "kb-ladder" }), told = element("span", { class: "kb-ladder__copied" });
    let text = "";
    const press = async () => {
      const sentence = word((await copy(text)) ? "runbook.copied" : "runbook.copy.failed");
      told.textContent = sentence;
      say(sentence);
    };
    const button = element("button", { type: "button", class: "kb-act", click: press }, word("ladder.copy"));
    result.replaceChildren(answer, element("p", { class: "kb-ladder__end" }, button, told));

    const asked = () => {
      const at = own && control("at").value ? new Date(control("at").value) : new Date();
      const names = ["severity", "plan", "kind", "language", "channel", "escalates_to"];
      return { ...Object.fromEntries(names.map((name) => [name, value(name)])), kind: value("kind") || "question", tier: Number(value("tier")) || 1,
        at: new Date(Math.floor(at / MINUTE) * MINUTE).toISOString() };
    };
    const show = () => {
      if (control("at") && !own) control("at").value = local(new Date());
      const request = asked(), ladder = window.kbEscalation.climb(tables, request), since = new Date(request.at);
      if (!ladder) return null;
      const first = ladder.steps[0];
      const now = first && element("p", { class: "kb-ladder__now" }, element("strong", {}, `${word("ladder.now")} `),
        `${teamName(first.team)}: `, ...ways(first.contact));
      const steps = element("ol", { class: "kb-ladder__steps" }, ...ladder.steps.map((step) => stepRow(step, since)));
      const notes = ladder.notes.map((note) => element("p", { class: "kb-ladder__note" }, noteText(note)));
      const zoned = element("p", { class: "kb-ladder__zone" }, word("ladder.zone", { zone: zone(since) }));
      // On a runbook the first step is what matters; the others open below it, and stay open when the minute is over.
      const open = Boolean(answer.querySelector(".kb-ladder__more[open]"));
      const more = () => element("details", { class: "kb-ladder__more", open }, element("summary", {}, word("ladder.more")), steps, ...notes);
      const parts = brief ? [now, ...(first ? stepFacts(first, since) : []), promises(ladder, since), more(), zoned] : [now, promises(ladder, since), steps, ...notes, zoned];
      answer.replaceChildren(...parts.filter(Boolean));
      text = asText(ladder, request);
      told.textContent = "";
      return first;
    };
    Object.entries(defaults).forEach(([name, one]) => {
      if (control(name) && one && [...(control(name).options || [])].some((option) => option.value === one)) control(name).value = one;
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", (event) => {
      if (event.target.name === "at") own = Boolean(event.target.value);
      // In a runbook priority and plan are the case's: the handover takes them from here.
      if (brief && event.target.name === "severity") kase.set("fields", "priority", event.target.value);
      if (brief && event.target.name === "plan") kase.set("fields", "plan", event.target.value);
      const first = show();
      if (first) say(`${word("ladder.now")} ${teamName(first.team)}`);
    });
    if (brief) {
      kase.changes(() => {
        [["severity", "priority"], ["plan", "plan"]].forEach(([name, part]) => {
          const set = kase.get("fields", part);
          if (control(name) && set && control(name).value !== set && [...control(name).options].some((option) => option.value === set)) {
            control(name).value = set;
            show();
          }
        });
      });
    }
    show();
    // Not under the reader's hands: what has the focus stays.
    const renew = () => { if (!own && !document.hidden && !answer.contains(document.activeElement)) show(); };
    window.setInterval(renew, MINUTE);
    document.addEventListener("visibilitychange", renew);
  };

  document.querySelectorAll("[data-kb-facts-now]").forEach((card) => {
    const defaults = { severity: card.dataset.severity, tier: card.dataset.tier, escalates_to: card.dataset.escalatesTo, language };
    const result = element("div", { "data-kb-escalate-result": true });
    const form = card.querySelector("form[data-kb-escalate]") || made();
    const more = element("details", { class: "kb-escalate__more" }, element("summary", {}, word("ladder.other")), form);
    card.replaceChildren(result, more);
    start(form, result, defaults, true);
  });
  document.querySelectorAll("form[data-kb-escalate]").forEach((form) => {
    if (form.closest("[data-kb-facts-now]")) return;
    form.hidden = false;
    const near = form.querySelector("[data-kb-escalate-result]") || (form.parentElement || document).querySelector("[data-kb-escalate-result]")
      || document.querySelector("[data-kb-escalate-result]");
    if (near) start(form, near, { language }, false);
  });
})();
