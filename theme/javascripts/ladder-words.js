/* Names, times and ways to reach somebody: what ladder-now.js, ladder-view.js and escalation-page.js say. Wiki only.
 * `window.kbLadder`, which each of them adds to, is there where the page has the ladder's data (the block #kb-escalation). */
(() => {
  "use strict";

  const { word, element, language, locale } = window.kbPage;
  const block = document.getElementById("kb-escalation");
  if (!block || !window.kbEscalation) return;
  let tables = null;
  try {
    tables = JSON.parse(block.textContent);
  } catch (problem) {
    return; // the tables of the page still tell it
  }
  const { day, clock, zone } = window.kbCase.times;
  const MINUTE = 60_000;

  /* ---- names; in texts for the clipboard, see `bare` */

  /* «1-я» is one word: on the screen it may not break at its hyphen. */
  const whole = (text) => text.replace(/(\d)-(?=[а-яё])/gi, "$1\u2011");
  const bare = (text) => text.replaceAll("\u2011", "-");
  const nameOf = (list, id) => whole((list.find((one) => one.id === id) || { name: id }).name);
  const tierOf = (id) => tables.tiers.find((tier) => tier.id === id);
  const tierName = (id) => nameOf(tables.tiers, id);
  const teamName = (id) => whole((tables.teams[id] || { name: id }).name);
  /* The tier of a step, unless the team's name says it already. */
  const beside = (step) => (teamName(step.team).toLocaleLowerCase(language).includes(tierName(step.tier).toLocaleLowerCase(language)) ? "" : tierName(step.tier));
  const who = (step) => teamName(step.team) + (beside(step) ? ` (${beside(step)})` : "");
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

  /* A sentence with elements in its places: parts for `element`. */
  const phrase = (key, values) => word(key).split(/(\{\w+\})/).filter(Boolean)
    .map((part) => (/^\{\w+\}$/.test(part) && part.slice(1, -1) in values ? values[part.slice(1, -1)] : part));

  /* ---- times */

  const offset = (date) => {
    const minutes = -date.getTimezoneOffset(), size = Math.abs(minutes);
    return `${minutes < 0 ? "−" : "+"}${String(Math.floor(size / 60)).padStart(2, "0")}:${String(size % 60).padStart(2, "0")}`;
  };
  const shown = (date) => `${day(date)} ${clock(date)}`;
  /* In the night when clocks go back an hour comes twice: then the offset tells which one is meant. */
  const twice = (date) => [-120, -60, -30, 30, 60, 120].some((minutes) => shown(new Date(date.getTime() + minutes * MINUTE)) === shown(date));
  const hour = (date) => clock(date) + (twice(date) ? ` (${offset(date)})` : "");
  const dated = (date) => `${new Intl.DateTimeFormat(locale, { weekday: "short", day: "numeric", month: "short" }).format(date)}, ${hour(date)}`;
  /* For the eye: the day only where it is another one than today's. */
  const moment = (iso) => {
    const date = new Date(iso);
    return element("time", { datetime: iso }, day(date) === day(new Date()) ? hour(date) : dated(date));
  };
  /* For a ticket. */
  const stamp = (iso) => `${day(new Date(iso))} ${hour(new Date(iso))}`;
  const sized = (minutes) => (minutes < 120 ? [minutes, "minute"] : minutes < 48 * 60 ? [Math.floor(minutes / 60), "hour"] : [Math.floor(minutes / 1440), "day"]);
  const away = (iso, now) => {
    const minutes = Math.round((new Date(iso) - now) / MINUTE), [count, unit] = sized(Math.abs(minutes));
    return new Intl.RelativeTimeFormat(locale, { numeric: "always" }).format(minutes < 0 ? -count : count, unit);
  };
  const late = (iso, now) => {
    const [count, unit] = sized(Math.floor((now - new Date(iso)) / MINUTE));
    return word("ladder.overdue", { span: new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "short" }).format(count) });
  };

  /* ---- a way to reach somebody */

  const link = (value, text) => {
    const address = /^(https?:\/\/|mailto:|tel:)/.test(value) ? value : /^\+[\d\s().-]{5,}$/.test(value) ? `tel:${value.replace(/[^+\d]/g, "")}`
      : /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value) ? `mailto:${value}` : "";
    return address ? element("a", { href: address, rel: "noopener noreferrer" }, text || value.replace(/^(mailto:|tel:)/, "")) : element("span", {}, text || value);
  };
  const ways = (contact) => {
    if (!contact) return [word("ladder.contact.none")];
    const way = (...parts) => element("span", { class: "kb-dial" }, ...parts), via = viaName(contact.via);
    const found = [
      contact.value ? way(`${via} `, link(contact.value)) : null,
      contact.rota ? way(contact.value ? "" : `${via} `, link(contact.rota, word("ladder.rota"))) : null,
      contact.reserve ? way(`${word("ladder.reserve")} `, link(contact.reserve)) : null,
    ].filter(Boolean);
    return found.length ? found.flatMap((one, position) => (position ? [" ", one] : [one])) : [via];
  };
  const wayText = (contact) => (contact
    ? [`${viaName(contact.via)} ${contact.value}`.trim(), contact.rota, contact.reserve && `${word("ladder.reserve")} ${contact.reserve}`].filter(Boolean).join(", ")
    : word("ladder.contact.none"));

  window.kbLadder = {
    tables, MINUTE, bare, phrase, zone,
    names: { nameOf, tierOf, tierName, teamName, beside, who, nameOfLanguage, kindName },
    times: { moment, dated, stamp, away, late },
    ways, wayText,
  };
})();
