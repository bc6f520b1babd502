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
 *     <div class="kb-search__empty" hidden>… <ul>what else to read</ul> <a>Ask support</a></div>
 *     <div class="kb-search__foot">
 *       <p class="kb-search__as" hidden>Showing results for “…”.</p>
 *       <a class="kb-search__all" href="search/?q=…">All results for “…”</a>
 *     </div>
 *   </div>
 *   <span class="kb-search__status" role="status"></span>   for screen readers
 *
 * Titles come first, at once. What articles say inside ranks better where the query is a whole one, and is what the page of results goes by; so
 * its order is taken over as long as that is part of the same change, SETTLES after the rows were drawn, before anybody can have aimed at one
 * of them. An answer that comes later (a slow network) adds rows below: a row that the reader has seen standing never moves. */
(() => {
  "use strict";

  const { element, filled } = window.kbPage;
  const find = window.kbFind;
  const BREATH = 20; // milliseconds in which titles are painted, and the next letter of a fast typist comes, before bodies are looked into
  const SETTLES = 150; // milliseconds in which rows may still change places
  const SLOW = 300; // milliseconds until the box says that it is searching
  const SETTLED = 2500; // milliseconds without a key until a search counts as one
  const ROWS = 10;
  const OFFERED = 3; // titles where nothing was found
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
      this.count = this.drawn = 0;
      this.weights = null;
      this.build();
      this.listen();
      if (document.activeElement === input) this.warm().catch(() => {});
    }

    build() {
      this.list = element("div", { class: "kb-search__list", id: this.id, role: "listbox", "aria-label": this.strings.results });
      this.empty = element("div", { class: "kb-search__empty", hidden: true });
      this.all = element("a", { class: "kb-search__all" });
      this.as = element("p", { class: "kb-search__as", hidden: true });
      const foot = element("div", { class: "kb-search__foot" }, this.as, this.all);
      this.panel = element("div", { class: "kb-search__panel", hidden: true }, this.list, this.empty, foot);
      this.status = element("span", { class: "kb-search__status", role: "status" });
      this.form.append(this.panel, this.status);
      const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-haspopup": "listbox", "aria-expanded": "false",
        "aria-controls": this.id, autocomplete: "off", autocapitalize: "off", spellcheck: "false", enterkeyhint: "search" };
      Object.entries(attributes).forEach(([name, value]) => this.input.setAttribute(name, value));
    }

    listen() {
      this.input.addEventListener("focus", () => { this.warm().catch(() => {}); if (!this.quiet) this.changed(); });
      this.input.addEventListener("input", () => { this.select(-1); this.changed(); });
      this.form.addEventListener("keydown", (event) => this.pressed(event));
      this.form.addEventListener("submit", (event) => { event.preventDefault(); this.enter(); });
      this.form.addEventListener("focusout", (event) => {
        if (event.relatedTarget && !this.form.contains(event.relatedTarget)) this.close();
      });
      this.list.addEventListener("click", (event) => {
        const row = event.target instanceof Element ? event.target.closest("a") : null;
        if (row) this.follows(row);
      });
      this.empty.addEventListener("click", (event) => { if (event.target instanceof Element && event.target.closest("a")) this.leaves(); });
      this.all.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        this.goToResults();
      });
      document.addEventListener("pointerdown", (event) => { if (!this.form.contains(event.target)) this.close(); });
    }

    warm() { return find.engine(this.told.base, this.told.scripts); }

    /* ---- searching ---- */

    changed() {
      const turn = this.turn += 1;
      window.clearTimeout(this.settling);
      if (this.input.value.trim().length < 2) { this.query = ""; this.close(); return; }
      if (this.input.value === this.query && !this.panelIsEmpty()) { this.open(); return; }
      this.search(turn);
    }

    async search(turn) {
      const query = this.input.value;
      const slow = window.setTimeout(() => { if (turn === this.turn) this.say(this.strings.loading); }, SLOW);
      try {
        const engine = await this.warm();
        if (turn !== this.turn) return; // typed on while the engine was on its way
        const titles = await engine.suggest(query, ROWS);
        if (turn !== this.turn) return;
        if (titles.length) {
          this.show(engine, query, titles, null);
          find.remember(query); // whoever sees rows has searched, even if they close them before the whole answer
        }
        const drawn = performance.now();
        await new Promise((done) => window.setTimeout(done, BREATH));
        if (turn !== this.turn) return;
        const answer = await engine.find(query, ROWS);
        if (turn === this.turn) this.refine(engine, query, titles, answer, performance.now() - drawn < SETTLES);
      } catch (problem) {
        if (turn === this.turn) this.showEmpty(find.reason(this.strings), "", null);
      } finally {
        window.clearTimeout(slow);
      }
    }

    /* The whole answer. `early`: the rows have only just been drawn. */
    refine(engine, query, titles, answer, early) {
      const free = early && this.active < 0 && !this.list.matches(":hover");
      const rows = (free ? find.ordered(query, titles, answer.hits) : find.union(titles, answer.hits)).slice(0, ROWS);
      this.weights = answer.weights;
      this.count = Math.max(answer.total, rows.length);
      if (titles.length && titles.every((hit, at) => rows[at] && rows[at].address === hit.address)) {
        this.complete(engine, titles, rows.slice(titles.length), answer.weights);
      } else if (rows.length) this.show(engine, query, rows, answer.weights);
      else if (engine.tells(query)) {
        const area = this.told.area || find.area.read();
        const words = [filled(this.strings.nothing, { query: query.trim().slice(0, 80) }), this.strings["nothing.hint"]];
        this.showEmpty(...words, find.offered(this.told, engine, answer, area, OFFERED));
      } else { this.close(); return; } // stop words alone: the reader is still typing
      this.sayWhatFor(answer.shown_as && answer.total ? filled(this.strings.shown, { query: answer.shown_as }) : "");
      find.remember(query);
      this.settling = window.setTimeout(() => { if (!this.panel.hidden) find.tell(this.told.events, query, this.count, 0); }, SETTLED);
    }

    /* How much there is, and what the query was taken for. Below the rows, which would have to make place for it. */
    sayWhatFor(taken) {
      const count = this.list.children.length;
      this.as.textContent = taken;
      this.as.hidden = !taken;
      if (count) this.say([find.plural(this.strings, "results", count), taken].filter(Boolean).join(". "));
    }

    /* ---- rows ---- */

    show(engine, query, hits, weights) {
      this.query = query;
      this.weights = weights;
      this.list.replaceChildren(...this.rows(engine, hits, weights));
      this.list.hidden = false;
      this.empty.hidden = true;
      this.as.hidden = true;
      this.offerAll(query);
      this.select(-1);
      this.open();
    }

    /* Marks the titles that are shown, now that it is known what they were found by, and adds rows below them. */
    complete(engine, titles, more, weights) {
      titles.forEach((hit, at) => find.addParts(this.list.children[at].querySelector(".kb-search__title"), engine.marked(hit.title, weights)));
      this.list.append(...this.rows(engine, more, weights));
    }

    rows(engine, hits, weights) { return hits.map((hit) => find.row(this.told, engine, hit, weights, `${this.id}-${this.drawn += 1}`)); }

    /* `offered`: what else to read; see find.offered. */
    showEmpty(text, hint, offered) {
      this.query = this.input.value;
      this.list.replaceChildren();
      this.list.hidden = true;
      this.as.hidden = true;
      this.empty.replaceChildren(element("strong", {}, text));
      if (hint) this.empty.append(element("span", {}, hint));
      this.empty.append(...find.ways(this.told, this.input.value, offered, this.id));
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
      if (event.key === "Escape") this.escape(event);
      else if (event.target !== this.input) return;
      else if (event.key === "ArrowDown") { event.preventDefault(); this.move(1); }
      else if (event.key === "ArrowUp") { event.preventDefault(); this.move(-1); }
    }

    /* Closes the panel and nothing else on the page; in the input, where there is none to close, empties that. */
    escape(event) {
      if (this.panel.hidden && event.target !== this.input) return;
      event.preventDefault();
      event.stopPropagation();
      if (this.panel.hidden) {
        this.input.value = "";
        this.changed();
        this.input.blur();
        return;
      }
      this.turn += 1; // an answer on its way must not open it again
      this.close();
      this.quiet = true;
      this.input.focus();
      this.quiet = false;
    }

    /* Enter opens the chosen title; without a choice, all results. */
    enter() {
      const row = this.panel.hidden ? null : this.list.children[this.active];
      if (row) row.click();
      else this.goToResults();
    }

    leaves() {
      window.clearTimeout(this.settling);
      find.tell(this.told.events, this.query, 0, 0);
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
      window.clearTimeout(this.settling);
      this.close();
      const asked = new CustomEvent("kb:search", { bubbles: true, cancelable: true, detail: query });
      if (!this.form.dispatchEvent(asked)) return;
      find.area.write(this.told.area || null);
      window.location.assign(find.resultsAddress(this.told.base, query));
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
