/* Links to support carry what the reader did: article, language, the last search of this tab and the answers given to a guide.
 *
 *   <a data-kb-contact href="…" data-kb-contact-url="https://…?article={article}&language={language}&q={query}&answers={answers}">
 *
 * `data-kb-contact-url` may be a mailto: address as well; without it the link's own mailto: address is used. Where the article is: the
 * link's data-kb-contact-article, else that of the page, else the last one that this tab showed (on the page of contacts). Nothing is
 * sent before the reader follows the link. */
(() => {
  "use strict";

  const { page, language, element, kept, contactAddress } = window.kbPage;
  const seen = kept("sessionStorage", "kb-seen"); // of the last article: {article, title, answers}
  const query = kept("sessionStorage", "kb-query"); // written by search.js

  const answers = () => {
    const told = window.kbGuides ? window.kbGuides() : [];
    return told.map((guide) => guide.answers.map(([asked, answer]) => `${asked} — ${answer}`).join("; ")).join("; ");
  };

  const facts = (link) => {
    const before = seen.read() || {};
    const article = link.dataset.kbContactArticle || page.article || "";
    const here = article ? { article, title: page.title, answers: answers() } : before;
    return { article: here.article, title: here.title, answers: here.answers, language, query: query.read() };
  };

  const address = (link) => {
    if (!link.dataset.kbContactHref) link.dataset.kbContactHref = link.getAttribute("href") || "";
    return contactAddress(link.dataset.kbContactUrl || link.dataset.kbContactHref, facts(link));
  };

  /* An outcome "write to support" without a way of its own gets the page's. */
  const complete = () => {
    const main = document.querySelector("a[data-kb-contact]");
    document.querySelectorAll("[data-kb-outcome='contact']").forEach((outcome) => {
      if (!main || outcome.querySelector("a")) return;
      const link = main.cloneNode(true);
      link.removeAttribute("id");
      outcome.append(element("p", { class: "kb-guide__link" }, link));
    });
  };

  const remember = () => {
    if (page.article) seen.write({ article: page.article, title: page.title, answers: answers() });
  };

  /* At load, so that copying the link's address works too; at every change; and at the last moment, for searches made since. */
  const refresh = () => document.querySelectorAll("a[data-kb-contact]").forEach((link) => { link.setAttribute("href", address(link)); });
  complete();
  remember();
  refresh();
  document.addEventListener("kb:answers", () => { remember(); refresh(); });
  ["pointerdown", "focusin", "click"].forEach((name) => document.addEventListener(name, (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[data-kb-contact]") : null;
    if (link) link.setAttribute("href", address(link));
  }, true));
})();

/* Hours are written by our clock. Where the reader's differs, theirs stand below: <span data-kb-clock="07:00 21:00 Europe/Lisbon">. */
(() => {
  "use strict";

  const { locale, filled } = window.kbPage;
  const MINUTE = 60_000;

  /* How many minutes a zone's clock is ahead of UTC today; NaN for a zone that this browser does not know. */
  const ahead = (zone, now) => {
    try {
      const format = new Intl.DateTimeFormat("en", { timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric" });
      const part = Object.fromEntries(format.formatToParts(now).map(({ type, value }) => [type, Number(value)]));
      return Math.round((Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute) - now) / MINUTE);
    } catch (problem) {
      return NaN;
    }
  };
  const now = new Date(Math.floor(Date.now() / MINUTE) * MINUTE);
  document.querySelectorAll("[data-kb-clock]").forEach((place) => {
    const [from, to, zone] = place.dataset.kbClock.split(" ");
    const shift = -now.getTimezoneOffset() - ahead(zone, now);
    if (!shift) return; // the same clock, or an unknown one
    const told = (time) => {
      const [hours, minutes] = time.split(":").map(Number);
      return new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit", timeZone: "UTC" }).format((hours * 60 + minutes + shift) * MINUTE);
    };
    place.textContent = filled(place.dataset.kbClockWords, { from: told(from), to: told(to) });
    place.hidden = false;
  });
})();
