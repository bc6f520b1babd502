// Who is there now, on the wiki's home: for each line the team that would take a case this minute, with the way to reach it. Without a script
// the page of escalation tells the hours.
(() => {
  "use strict";

  const place = document.querySelector("[data-kb-shift]"), block = document.getElementById("kb-escalation");
  if (!place || !block || !window.kbEscalation || !window.kbPage) return;
  const { element, word, language, locale } = window.kbPage;
  let tables = null;
  try {
    tables = JSON.parse(block.textContent);
  } catch (problem) {
    return;
  }
  const levels = [...new Set(tables.tiers.map((tier) => tier.level))].sort((one, other) => one - other);
  const severity = tables.severities.length ? tables.severities[0].id : "";
  const plan = tables.plans.length ? tables.plans[0].id : "";

  const address = (contact) => (/^\+[\d\s().-]{5,}$/.test(contact.value) ? `tel:${contact.value.replace(/[^+\d]/g, "")}` : contact.rota || "");
  const way = (contact) => {
    if (!contact) return null;
    const known = word(`via.${contact.via}`), channel = tables.channels.find((one) => one.id === contact.via);
    const name = known === `via.${contact.via}` ? (channel ? channel.name : contact.via) : known;
    const href = address(contact), text = `${name} ${contact.value}`.trim();
    return element("p", { class: "kb-shift__way" }, href ? element("a", { href, rel: "noopener noreferrer" }, text) : text);
  };
  const back = (starts, now) => {
    const far = starts - now > 18 * 3_600_000;
    return new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", ...(far ? { weekday: "short" } : {}) }).format(starts);
  };

  const list = element("ul", { class: "kb-shift__list" });
  const show = () => {
    const now = new Date();
    const rows = levels.map((level) => {
      const ladder = window.kbEscalation.climb(tables, { severity, plan, kind: "question", language, tier: level, at: now.toISOString() });
      const step = ladder && ladder.steps[0];
      if (!step) return null;
      const team = tables.teams[step.team], tier = tables.tiers.find((one) => one.id === step.tier);
      const state = step.on_shift ? word("ladder.on") : step.starts ? `${word("ladder.off")} ${back(new Date(step.starts), now)}` : word("ladder.contact.none");
      return element("li", { class: `kb-shift__line${step.on_shift ? " kb-shift__line--on" : ""}` },
        element("p", { class: "kb-shift__who" }, element("strong", {}, (team && team.name) || (tier && tier.name) || step.team)),
        element("p", { class: "kb-shift__state" }, state), way(step.contact));
    });
    list.replaceChildren(...rows.filter(Boolean));
  };
  show();
  if (!list.children.length) return;
  place.append(list);
  place.hidden = false;
  // Not under the reader's hands: what has the focus stays.
  const renew = () => { if (!document.hidden && !list.contains(document.activeElement)) show(); };
  window.setInterval(renew, 60_000);
  document.addEventListener("visibilitychange", renew);
})();
