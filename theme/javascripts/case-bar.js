/* What a case has on every page that has one: word at the top that an old case goes on here, and Clear within reach. Wiki only.
 *
 * `page.case` (theme/kb/runbook-words.html) says of which kind the page is: "case" (runbooks, procedures), "fields" (other pages with
 * something to fill in) or "track" (learning paths, which are nobody's case: ticks, print, and a reset that asks).
 *
 * `kase.bar` is the bar in reach of a thumb; its first element tells, its last one ends the case, and the buttons of others stand between them. */
(() => {
  "use strict";

  const { word, element, say, language } = window.kbPage;
  const kase = window.kbCase;
  const STALE_HOURS = 12;
  const head = document.querySelector(".kb-article__head");
  const body = document.querySelector(".kb-body");
  if (!kase.kind || !head || !body) return;
  const { shown } = kase.times;
  const title = document.querySelector("h1");

  const button = (key, act, kind) => element("button", { type: "button", class: `kb-act${kind ? ` kb-act--${kind}` : ""}`, click: act }, word(key));

  /* Asks once, in its own place; what was asked about keeps its button when the answer is no. */
  const confirming = (key, question, yes, act, short) => {
    const holder = element("span", { class: "kb-confirm" });
    const ask = button(short || key, () => {
      const no = button("runbook.keep", () => { holder.replaceChildren(ask); ask.focus(); });
      const sure = button(yes, () => { holder.replaceChildren(ask); act(); }, "danger");
      const group = element("span", { class: "kb-confirm__ask", role: "group", "aria-label": word(question) }, element("span", {}, word(question)), sure, no);
      group.addEventListener("keydown", (event) => { if (event.key === "Escape") no.click(); });
      holder.replaceChildren(group);
      sure.focus();
    });
    if (short) ask.setAttribute("aria-label", word(key));
    holder.append(ask);
    return holder;
  };

  /* Where somebody starts anew there is nothing left to see: back to the top, for eyes and for the keyboard. */
  const clear = () => {
    kase.clear();
    if (title) {
      title.tabIndex = -1;
      title.focus({ preventScroll: true });
    }
    window.scrollTo({ top: 0 });
    say(word("runbook.cleared"));
  };
  const clearing = (short) => confirming("runbook.clear", "runbook.clear.ask", "runbook.clear.yes", clear, short);

  const bar = element("div", { class: "kb-bar", "data-kb-made": true });
  const end = kase.kind === "track"
    ? confirming("runbook.reset", "runbook.reset.ask", "runbook.reset.yes", () => { kase.clear("ticks"); say(word("runbook.reset.done")); })
    : clearing("runbook.clear.short");
  end.classList.add("kb-bar__end");
  // Whose data stand in the commands is told beside every command, not at the top alone.
  const whose = element("span", { class: "kb-bar__case" });
  const name = () => kase.get("fills", "ticket") || kase.fill.spans.map((span) => kase.get("fills", span.dataset.kbFill)).find(Boolean) || "";
  bar.append(element("span", { class: "kb-bar__state" }, whose), end);
  body.append(bar);
  document.documentElement.classList.add("kb-has-bar");

  /* ---- on top: whose notes these are */

  const nameOf = (code) => {
    try {
      return new Intl.DisplayNames([language], { type: "language" }).of(code);
    } catch (problem) {
      return code;
    }
  };
  const told = [];
  if (kase.kind !== "track" && !kase.vacant()) {
    const when = kase.began() ? shown(kase.began()) : "";
    const old = kase.began() && Date.now() - Date.parse(kase.began()) > STALE_HOURS * 3600e3;
    told.push(word(name() ? "runbook.continue" : "runbook.continue.unnamed", { name: name(), when }), old ? ` ${word("runbook.continue.old")}` : "");
  }
  const banner = element("div", { class: "kb-stale", role: "note", "data-kb-made": true, hidden: true });
  if (told.length) {
    banner.append(element("p", {}, ...told), clearing());
    banner.hidden = false;
  }
  head.before(banner);

  /* Ticks of a language in which the page has other steps don't show here, but they are there. */
  const foreign = element("p", { class: "kb-elsewhere", "data-kb-made": true, hidden: true });
  body.prepend(foreign);
  const link = (code) => {
    const other = [...document.querySelectorAll(".kb-languages a[hreflang]")].find((one) => one.hreflang === code);
    return other ? [" ", element("a", { href: other.getAttribute("href"), hreflang: code }, word("runbook.elsewhere.open"))] : [];
  };

  kase.changes(() => {
    if (kase.vacant()) banner.hidden = true;
    end.hidden = kase.vacant();
    whose.textContent = name();
    whose.title = name();
    whose.hidden = !name();
    bar.hidden = kase.kind === "fields" && kase.vacant();
    const counts = [...kase.elsewhere()];
    foreign.hidden = counts.length === 0;
    foreign.replaceChildren(...counts.flatMap(([code, count]) => [word("runbook.elsewhere", { count, language: nameOf(code) }), ...link(code)]));
  });

  Object.assign(kase, { bar, button, confirming, clearing });
})();
