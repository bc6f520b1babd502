/* The search box: titles while the reader types, the page of results on Enter. It stands in theme/kb/search-box.html, any number of times.
 *
 * This script adds the roles of a combobox to the input, and to the form:
 *
 *   <div class="kb-search__panel" hidden>
 *     <div class="kb-search__list" role="listbox">
 *       <a class="kb-search__item" role="option" href="…">
 *         <span class="kb-search__title">…<mark>…</mark></span>
 *         <span class="kb-search__about"><span class="kb-search__area">Billing</span> <span class="kb-search__internal">Internal</span></span>
 *       </a>
 *     </div>
 *     <div class="kb-search__empty" hidden>… <a>Ask support</a></div>
 *     <a class="kb-search__all" href="search/?q=…">All results for “…”</a>
 *   </div>
 *   <span class="kb-search__status" role="status"></span>   for screen readers
 *
 * Titles come first. What articles say inside is added below them: a row that is shown never moves. */
(() => {
  "use strict";

  const { element, filled, page, language, contactAddress } = window.kbPage;
  const find = window.kbFind;
  const DELAY = 60; // milliseconds after a key, so that a fast typist costs one search
  const SLOW = 300; // milliseconds until the box says that it is searching
  const SETTLED = 2500; // milliseconds without a key until a search counts as one
  const ROWS = 10;
  let boxes = 0;

  class Box {
    constructor(input) {
      boxes += 1;
      this.input = input;
      this.form = input.form;
      this.id = `kb-search-${boxes}`;
      this.told = find.settings(this.form);
      this.strings = this.told.strings;
      this.turn = 0; // rises with every change; an answer to an older one is dropped
      this.active = -1;
      this.query = ""; // what the rows answer
      this.count = 0;
      this.weights = null;
      this.build();
      this.listen();
      if (document.activeElement === input) this.warm().catch(() => {});
    }

    build() {
      this.list = element("div", { class: "kb-search__list", id: this.id, role: "listbox", "aria-label": this.strings.results });
      this.empty = element("div", { class: "kb-search__empty", hidden: true });
      this.all = element("a", { class: "kb-search__all" });
      this.panel = element("div", { class: "kb-search__panel", hidden: true }, this.list, this.empty, this.all);
      this.status = element("span", { class: "kb-search__status", role: "status" });
      this.form.append(this.panel, this.status);
      const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-haspopup": "listbox", "aria-expanded": "false",
        "aria-controls": this.id, autocomplete: "off", autocapitalize: "off", spellcheck: "false", enterkeyhint: "search" };
      Object.entries(attributes).forEach(([name, value]) => this.input.setAttribute(name, value));
    }

    listen() {
      this.input.addEventListener("focus", () => { this.warm().catch(() => {}); this.changed(0); });
      this.input.addEventListener("input", () => this.changed(DELAY));
      this.input.addEventListener("keydown", (event) => this.pressed(event));
      this.form.addEventListener("submit", (event) => { event.preventDefault(); this.enter(); });
      this.form.addEventListener("focusout", (event) => {
        if (event.relatedTarget && !this.form.contains(event.relatedTarget)) this.close();
      });
      this.list.addEventListener("click", (event) => {
        const row = event.target instanceof Element ? event.target.closest("a") : null;
        if (row) this.follows(row);
      });
      this.all.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        this.goToResults();
      });
      document.addEventListener("pointerdown", (event) => { if (!this.form.contains(event.target)) this.close(); });
    }

    warm() { return find.engine(this.told.base, this.told.scripts); }

    /* ---- searching ---- */

    changed(delay) {
      const turn = this.turn += 1;
      window.clearTimeout(this.timer);
      window.clearTimeout(this.settling);
      if (this.input.value.trim().length < 2) { this.query = ""; this.close(); return; }
      if (this.input.value === this.query && !this.panelIsEmpty()) { this.open(); return; }
      this.timer = window.setTimeout(() => this.search(turn), delay);
    }

    async search(turn) {
      const query = this.input.value;
      const slow = window.setTimeout(() => { if (turn === this.turn) this.say(this.strings.loading); }, SLOW);
      try {
        const engine = await this.warm();
        const titles = await engine.suggest(query, ROWS);
        if (turn !== this.turn) return;
        if (titles.length) this.show(engine, query, titles, null);
        const answer = await engine.find(query, ROWS);
        if (turn === this.turn) this.refine(engine, query, titles, answer);
      } catch (problem) {
        if (turn === this.turn) this.showEmpty(find.reason(this.strings), "");
      } finally {
        window.clearTimeout(slow);
      }
    }

    /* The whole answer: rows that are shown stay where they are, what else was found comes below. */
    refine(engine, query, titles, answer) {
      const shown = new Set(titles.map((hit) => hit.address));
      const more = answer.hits.filter((hit) => !shown.has(hit.address)).slice(0, ROWS - titles.length);
      this.weights = answer.weights;
      this.count = Math.max(answer.total, titles.length + more.length);
      if (titles.length) this.complete(engine, titles, more, answer.weights);
      else if (more.length) this.show(engine, query, more, answer.weights);
      else if (engine.tells(query)) this.showEmpty(filled(this.strings.nothing, { query: query.trim().slice(0, 80) }), this.strings["nothing.hint"]);
      else { this.close(); return; } // stop words alone: the reader is still typing
      if (this.list.children.length) this.say(find.plural(this.strings, "results", this.list.children.length));
      find.remember(query);
      this.settling = window.setTimeout(() => { if (!this.panel.hidden) find.tell(this.told.events, query, this.count, 0); }, SETTLED);
    }

    /* ---- rows ---- */

    show(engine, query, hits, weights) {
      this.query = query;
      this.weights = weights;
      this.list.replaceChildren();
      this.list.append(...hits.map((hit) => this.row(engine, hit, weights)));
      this.list.hidden = false;
      this.empty.hidden = true;
      this.offerAll(query);
      this.select(-1);
      this.open();
    }

    /* Marks the titles that are shown, now that it is known what they were found by, and adds rows below them. */
    complete(engine, titles, more, weights) {
      titles.forEach((hit, at) => {
        const title = this.list.children[at].querySelector(".kb-search__title");
        title.replaceChildren();
        find.addParts(title, engine.marked(hit.title, weights));
      });
      this.list.append(...more.map((hit) => this.row(engine, hit, weights)));
    }

    row(engine, hit, weights) {
      this.drawn = (this.drawn || 0) + 1;
      const title = element("span", { class: "kb-search__title" });
      find.addParts(title, weights ? engine.marked(hit.title, weights) : [[hit.title, false]]);
      const about = element("span", { class: "kb-search__about" }, hit.area ? element("span", { class: "kb-search__area" }, hit.area) : null,
        hit.audience && hit.audience !== "public" ? element("span", { class: "kb-search__internal" }, this.strings.internal || hit.audience) : null);
      return element("a", { class: "kb-search__item", id: `${this.id}-${this.drawn}`, role: "option", "aria-selected": "false", tabindex: "-1",
        href: find.address(this.told.root, hit.address, "") }, title, about);
    }

    showEmpty(text, hint) {
      this.query = this.input.value;
      this.list.replaceChildren();
      this.list.hidden = true;
      this.empty.replaceChildren(element("strong", {}, text));
      if (hint) this.empty.append(element("span", {}, hint));
      const contact = this.contactHref();
      if (contact) this.empty.append(element("a", { class: "kb-search__contact", href: contact }, this.strings.contact));
      this.empty.hidden = false;
      this.offerAll("");
      this.select(-1);
      this.open();
      this.say(text);
    }

    offerAll(query) {
      this.all.hidden = !query;
      if (!query) return;
      this.all.textContent = filled(this.strings.all, { query: find.trimmed(query) });
      this.all.href = find.resultsAddress(this.told.base, find.trimmed(query));
    }

    /* The way to support, with what was looked for; other schemes than these are no way to support. */
    contactHref() {
      const facts = { article: page.article, language, query: find.trimmed(this.input.value) };
      const href = this.told.template ? contactAddress(this.told.template, facts) : this.told.contact;
      try {
        return ["mailto:", "https:", "http:"].includes(new URL(href, document.baseURI).protocol) && href ? href : "";
      } catch (problem) {
        return "";
      }
    }

    /* ---- the panel and the keyboard ---- */

    say(text) { this.status.textContent = text; }

    panelIsEmpty() { return this.list.children.length === 0 && this.empty.hidden; }

    open() {
      this.panel.hidden = false;
      this.input.setAttribute("aria-expanded", String(this.list.children.length > 0));
    }

    close() {
      this.panel.hidden = true;
      this.input.setAttribute("aria-expanded", "false");
      this.select(-1);
      this.say("");
    }

    select(number) {
      const rows = [...this.list.children];
      this.active = number;
      rows.forEach((row, position) => row.setAttribute("aria-selected", String(position === number)));
      if (!rows[number]) { this.input.removeAttribute("aria-activedescendant"); return; }
      this.input.setAttribute("aria-activedescendant", rows[number].id);
      rows[number].scrollIntoView({ block: "nearest" });
    }

    move(step) {
      const count = this.list.children.length;
      if (!count) return;
      if (this.panel.hidden) { this.open(); this.select(step > 0 ? 0 : count - 1); return; }
      // One place between last and first is the input itself.
      this.select((this.active + 1 + step + count + 1) % (count + 1) - 1);
    }

    pressed(event) {
      if (event.isComposing) return;
      if (event.key === "ArrowDown") { event.preventDefault(); this.move(1); }
      else if (event.key === "ArrowUp") { event.preventDefault(); this.move(-1); }
      else if (event.key === "Escape") {
        event.preventDefault();
        event.stopPropagation(); // it closes the panel and nothing else on the page
        if (this.panel.hidden) { this.input.value = ""; this.changed(0); this.input.blur(); }
        else this.close();
      }
    }

    /* Enter opens the chosen title; without a choice, all results. */
    enter() {
      const row = this.panel.hidden ? null : this.list.children[this.active];
      if (row) row.click();
      else this.goToResults();
    }

    follows(row) {
      window.clearTimeout(this.settling);
      find.remember(this.query);
      find.handWords(row.href, this.query, this.weights);
      find.tell(this.told.events, this.query, this.count || this.list.children.length, [...this.list.children].indexOf(row) + 1);
    }

    /* The page of results takes the query over where the box stands on it (search-page.js); else the browser goes there. */
    goToResults() {
      const query = find.trimmed(this.input.value);
      if (!query) return;
      this.turn += 1; // an answer on its way must not open the panel again
      window.clearTimeout(this.timer);
      window.clearTimeout(this.settling);
      this.close();
      const asked = new CustomEvent("kb:search", { bubbles: true, cancelable: true, detail: query });
      if (this.form.dispatchEvent(asked)) window.location.assign(find.resultsAddress(this.told.base, query));
    }
  }

  const editable = (target) => target instanceof Element && (target.closest("input, textarea, select") !== null || target.isContentEditable);

  document.querySelectorAll("form input[data-kb-search]").forEach((input) => new Box(input));
  document.addEventListener("keydown", (event) => {
    const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !editable(event.target);
    const command = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.code === "KeyK";
    if (!slash && !command) return;
    const input = [...document.querySelectorAll("form input[data-kb-search]")].find((one) => one.offsetParent !== null);
    if (!input) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
})();
