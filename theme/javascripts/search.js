/* The search box. Nothing is fetched until it has the focus; then engine.js (see kbgen/search/browser.py) and the index.
 *
 * The page has, any number of times:
 *
 *   <form class="kb-search" role="search"
 *         data-search-base="../search/"      the edition's search/ folder, relative to the page
 *         data-edition-base="../"            the edition's root, relative to the page
 *         data-scripts="../assets/"          the folder that holds search/engine.js, or a JSON list of script addresses
 *         data-contact="https://… | mailto:…"  the way to support, may be empty
 *         data-strings="{…}">                JSON: loading, results, results.one/few/many/other ({count}), nothing ({query}),
 *                                            nothing.hint, contact, error, internal
 *     <input type="search" data-kb-search aria-label="…" placeholder="…">
 *   </form>
 *
 * This script adds the roles of a combobox to the input, and to the form:
 *
 *   <div class="kb-search__panel" hidden>
 *     <div class="kb-search__list" role="listbox">
 *       <a class="kb-search__item" role="option" href="…">
 *         <span class="kb-search__title">…<mark>…</mark></span>
 *         <span class="kb-search__area">Billing</span> <span class="kb-search__internal">Internal</span>
 *         <span class="kb-search__snippet">…<mark>…</mark></span>
 *       </a>
 *     </div>
 *     <p class="kb-search__empty" hidden>… <a>Ask support</a></p>
 *   </div>
 *   <span class="kb-search__status" role="status"></span>   for screen readers
 *
 * All text goes through textContent, so that no article, title or query is ever read as HTML. */
(function () {
  "use strict";

  var DELAY = 60; // milliseconds after a key, so that a fast typist costs one search
  var LIMIT = 8;
  var FALLBACK = {
    loading: "Searching…", results: "Results", "results.other": "{count} results", nothing: "Nothing found for “{query}”", "nothing.hint": "",
    contact: "Ask support", error: "Search isn’t available right now. Please reload the page.", internal: "Internal"
  };
  var scripts = new Map(); // address → promise
  var engines = new Map(); // search base → promise of an engine
  var boxes = 0;

  function element(name, className, text) {
    var made = document.createElement(name);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  }

  function addParts(target, parts) {
    parts.forEach(function (part) {
      target.appendChild(part[1] ? element("mark", "", part[0].trim()) : document.createTextNode(part[0]));
      if (part[1]) target.appendChild(document.createTextNode(" "));
    });
    return target;
  }

  function once(cache, key, make) {
    if (!cache.has(key)) {
      var made = make();
      made.catch(function () { cache.delete(key); }); // the next try may have a network
      cache.set(key, made);
    }
    return cache.get(key);
  }

  function loadScript(address) {
    return once(scripts, address, function () {
      return new Promise(function (resolve, reject) {
        var script = element("script");
        script.src = address;
        script.onload = resolve;
        script.onerror = function () { reject(new Error("cannot load " + address)); };
        document.head.appendChild(script);
      });
    });
  }

  function scriptList(value) {
    if (value.trim().charAt(0) === "[") return JSON.parse(value);
    return [value + "search/engine.js"];
  }

  function loadEngine(base, list) {
    return once(engines, base, function () {
      var files = new Map();
      function load(path) {
        return once(files, path, function () {
          return fetch(base + path, { credentials: "same-origin" }).then(function (answer) {
            if (!answer.ok) throw new Error("cannot read " + path + ": " + answer.status);
            return answer.json();
          });
        });
      }
      var loaded = list.reduce(function (before, address) {
        return before.then(function () { return loadScript(address); });
      }, Promise.resolve());
      return loaded.then(function () { return window.kbSearch.open(load); });
    });
  }

  function Box(input) {
    var form = input.form;
    function setting(name) { return input.getAttribute(name) || form.getAttribute(name) || ""; }
    boxes += 1;
    this.input = input;
    this.form = form;
    this.id = "kb-search-" + boxes;
    this.base = setting("data-search-base");
    this.root = setting("data-edition-base");
    this.scripts = setting("data-scripts");
    this.contact = setting("data-contact");
    this.strings = Object.assign({}, FALLBACK, JSON.parse(setting("data-strings") || "{}"));
    this.turn = 0; // rises with every change; an answer to an older one is dropped
    this.active = -1;
    this.query = "";
    this.passages = new WeakMap(); // item → promise that its link leads to the best section
    this.build();
    this.listen();
    if (document.activeElement === input) this.prepare();
  }

  Box.prototype.build = function () {
    this.panel = element("div", "kb-search__panel");
    this.panel.hidden = true;
    this.list = element("div", "kb-search__list");
    this.list.id = this.id;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", this.strings.results);
    this.empty = element("div", "kb-search__empty");
    this.empty.hidden = true;
    this.status = element("span", "kb-search__status");
    this.status.setAttribute("role", "status");
    this.panel.append(this.list, this.empty);
    this.form.append(this.panel, this.status);
    var attributes = { role: "combobox", "aria-autocomplete": "list", "aria-haspopup": "listbox", "aria-expanded": "false", "aria-controls": this.id,
      autocomplete: "off", autocapitalize: "off", spellcheck: "false", enterkeyhint: "search" };
    Object.keys(attributes).forEach(function (name) { this.input.setAttribute(name, attributes[name]); }, this);
  };

  Box.prototype.listen = function () {
    var box = this;
    this.input.addEventListener("focus", function () { box.prepare(); box.changed(0); });
    this.input.addEventListener("input", function () { box.changed(DELAY); });
    this.input.addEventListener("keydown", function (event) { box.pressed(event); });
    this.form.addEventListener("submit", function (event) { event.preventDefault(); box.enter(); });
    this.form.addEventListener("focusout", function (event) {
      if (event.relatedTarget && !box.form.contains(event.relatedTarget)) box.close();
    });
    document.addEventListener("pointerdown", function (event) {
      if (!box.form.contains(event.target)) box.close();
    });
  };

  Box.prototype.warm = function () {
    return loadEngine(this.base, scriptList(this.scripts));
  };

  /* Starts loading at focus; a failure is told when there is something to search for. */
  Box.prototype.prepare = function () {
    this.warm().catch(function () {});
  };

  Box.prototype.changed = function (delay) {
    var box = this, turn = this.turn += 1;
    window.clearTimeout(this.timer);
    this.opening = false;
    if (this.input.value.trim().length < 2) { this.query = ""; this.close(); return; }
    if (this.input.value === this.query && this.list.children.length) { this.open(); return; }
    this.timer = window.setTimeout(function () { box.search(turn); }, delay);
  };

  Box.prototype.search = async function (turn) {
    var box = this, query = this.input.value;
    var slow = window.setTimeout(function () { if (turn === box.turn) box.say(box.strings.loading); }, 300);
    try {
      var engine = await this.warm(), answer = await engine.find(query, LIMIT);
      if (turn !== this.turn) return;
      this.query = query;
      if (answer.hits.length) this.show(engine, answer, turn);
      else if (engine.tells(query)) this.showNothing(query);
      else this.close(); // stop words alone: the reader is still typing
      if (this.opening && this.list.children.length) this.enter();
    } catch (problem) {
      if (turn === this.turn) this.showEmpty(this.strings.error, "");
    } finally {
      window.clearTimeout(slow);
    }
  };

  Box.prototype.show = function (engine, answer, turn) {
    var box = this;
    this.list.replaceChildren.apply(this.list, answer.hits.map(function (hit, number) {
      var item = element("a", "kb-search__item"), snippet = element("span", "kb-search__snippet", "\u00a0");
      item.id = box.id + "-" + number;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      item.tabIndex = -1;
      item.href = box.address(hit.address, "");
      item.append(addParts(element("span", "kb-search__title"), engine.marked(hit.title, answer.weights)));
      if (hit.area) item.append(element("span", "kb-search__area", hit.area));
      if (hit.audience !== "public") item.append(element("span", "kb-search__internal", box.strings.internal));
      item.append(snippet);
      var passage = engine.passage(hit, answer.weights).then(function (passage) {
        if (turn !== box.turn && !item.isConnected) return;
        item.href = box.address(hit.address, passage.anchor);
        snippet.textContent = "";
        if (passage.heading) snippet.append(element("span", "kb-search__heading", passage.heading + " — "));
        addParts(snippet, passage.parts);
      }, function () { /* a result without a snippet still leads to its page */ });
      box.passages.set(item, passage);
      return item;
    }));
    this.list.hidden = false;
    this.empty.hidden = true;
    this.select(-1);
    this.open();
    this.say(this.count(answer.hits.length));
  };

  Box.prototype.showNothing = function (query) {
    // A function, because a replacement text may not hold $ as it stands.
    this.showEmpty(this.strings.nothing.replace("{query}", function () { return query.trim().slice(0, 80); }), this.strings["nothing.hint"]);
  };

  Box.prototype.showEmpty = function (text, hint) {
    this.list.replaceChildren();
    this.list.hidden = true;
    this.empty.replaceChildren(element("strong", "", text));
    if (hint) this.empty.append(element("span", "", hint));
    var contact = this.contactAddress();
    if (contact) {
      var link = element("a", "kb-search__contact", this.strings.contact);
      link.href = contact;
      this.empty.append(link);
    }
    this.empty.hidden = false;
    this.select(-1);
    this.open();
    this.say(text);
  };

  Box.prototype.address = function (address, anchor) {
    var url = new URL("./" + address, new URL(this.root || "./", document.baseURI));
    url.hash = anchor;
    return url.href;
  };

  /* The way to support, with what was looked for; other schemes than these are no way to support. */
  Box.prototype.contactAddress = function () {
    if (!this.contact) return "";
    var url;
    try { url = new URL(this.contact, document.baseURI); } catch (problem) { return ""; }
    // searchParams mend half an emoji where encodeURIComponent would throw; mail programs want %20, not +.
    var looked = new URLSearchParams({ subject: this.input.value.trim().slice(0, 200) }).toString().replace(/\+/g, "%20");
    if (url.protocol === "mailto:") return url.href + (url.search ? "&" : "?") + looked;
    if (url.protocol !== "https:" && url.protocol !== "http:") return "";
    url.searchParams.set("q", this.input.value.trim().slice(0, 200));
    return url.href;
  };

  Box.prototype.count = function (count) {
    var form = new Intl.PluralRules(document.documentElement.lang || "en").select(count);
    return (this.strings["results." + form] || this.strings["results.other"]).replace("{count}", String(count));
  };

  Box.prototype.say = function (text) { this.status.textContent = text; };

  Box.prototype.open = function () {
    this.panel.hidden = false;
    this.input.setAttribute("aria-expanded", String(this.list.children.length > 0));
  };

  Box.prototype.close = function () {
    this.panel.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.select(-1);
    this.say("");
  };

  Box.prototype.select = function (number) {
    var items = Array.from(this.list.children);
    this.active = number;
    items.forEach(function (item, position) { item.setAttribute("aria-selected", String(position === number)); });
    if (number < 0 || !items[number]) { this.input.removeAttribute("aria-activedescendant"); return; }
    this.input.setAttribute("aria-activedescendant", items[number].id);
    items[number].scrollIntoView({ block: "nearest" });
  };

  Box.prototype.move = function (step) {
    var count = this.list.children.length;
    if (!count) return;
    if (this.panel.hidden) { this.open(); this.select(step > 0 ? 0 : count - 1); return; }
    // One place between last and first is the input itself.
    this.select((this.active + 1 + step + count + 1) % (count + 1) - 1);
  };

  Box.prototype.pressed = function (event) {
    if (event.isComposing) return;
    if (event.key === "ArrowDown") { event.preventDefault(); this.move(1); }
    else if (event.key === "ArrowUp") { event.preventDefault(); this.move(-1); }
    else if (event.key === "Escape") {
      event.preventDefault();
      if (this.panel.hidden) { this.input.value = ""; this.changed(0); this.input.blur(); }
      else this.close();
    }
  };

  /* Opens the chosen result, else the first; where the answer is still on its way, as soon as it is there. */
  Box.prototype.enter = function () {
    if (this.input.value !== this.query) { this.opening = true; return; }
    var item = this.list.children[Math.max(0, this.active)];
    if (!item) return;
    var patience = new Promise(function (resolve) { window.setTimeout(resolve, 500); });
    Promise.race([this.passages.get(item), patience]).then(function () { window.location.assign(item.href); });
  };

  function editable(target) {
    return target instanceof Element && (target.closest("input, textarea, select") !== null || target.isContentEditable);
  }

  function start() {
    document.querySelectorAll("form input[data-kb-search]").forEach(function (input) { new Box(input); });
    document.addEventListener("keydown", function (event) {
      var slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !editable(event.target);
      var command = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.code === "KeyK";
      if (!slash && !command) return;
      var input = Array.from(document.querySelectorAll("form input[data-kb-search]")).find(function (one) { return one.offsetParent !== null; });
      if (!input) return;
      event.preventDefault();
      input.focus();
      input.select();
    });
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
