/* The engines in a real browser, each behind the same three words: open(), find(query) → addresses, best first, and snippets(query).
 * open() begins anew, as on a page where nobody has searched yet: it fetches everything again. */
(function (root) {
  "use strict";

  var MOST = 10, SHOWN = 5;
  var LATE = 10000, BETWEEN = 250; // milliseconds that rows are waited for, and from one query in the box to the next

  function script(address) {
    return new Promise(function (resolve, reject) {
      var made = document.createElement("script");
      made.src = address;
      made.onload = resolve;
      made.onerror = reject;
      document.head.appendChild(made);
    });
  }

  function read(address) {
    return fetch(address, { cache: "no-store" }).then(function (answer) {
      if (!answer.ok) throw new Error(address + ": " + answer.status);
      return answer.json();
    });
  }

  /* ---- kbgen ---- */

  function Kbgen(base, names) {
    var engine = null;
    this.open = async function () {
      var loaded = new Map();
      for (var name of names) await script(base + name);
      engine = await root.kbSearch.open(function (path) {
        if (!loaded.has(path)) loaded.set(path, read(base + "search/" + path));
        return loaded.get(path);
      });
    };
    this.find = async function (query) {
      var answer = await engine.find(query, MOST);
      return answer.hits.map(function (hit) { return hit.address; });
    };
    this.snippets = async function (query) {
      var answer = await engine.find(query, MOST);
      await Promise.all(answer.hits.slice(0, SHOWN).map(function (hit) {
        return hit.parts || hit.sections ? null : engine.passage(hit, answer.weights);
      }));
      return answer.hits.length;
    };
    this.typed = async function (query) {
      return engine.suggest ? (await engine.suggest(query, MOST)).length : (await this.find(query)).length;
    };
  }

  /* ---- Material for MkDocs: its own worker, told what its page tells it ---- */

  function Material(base, worker) {
    var running = null;
    function ask(message, answer) {
      return new Promise(function (resolve, reject) {
        running.onerror = function (event) { reject(new Error(event.message)); };
        running.onmessage = function (event) { if (event.data.type === answer) resolve(event.data.data); };
        running.postMessage(message);
      });
    }
    this.open = async function () {
      if (running) running.terminate();
      running = new Worker(base + worker);
      var index = await read(base + "search/search_index.json");
      await ask({ type: 0, data: { config: index.config, docs: index.docs, options: { suggest: false } } }, 1);
    };
    this.find = async function (query) {
      var answer = await ask({ type: 2, data: query }, 3);
      return answer.items.slice(0, MOST).map(function (group) { return group[0].location.split("#")[0]; });
    };
    this.snippets = this.typed = this.find;
  }

  /* ---- Pagefind, without its interface ---- */

  function Pagefind(base) {
    var engine = null, addresses = new Map();
    this.open = async function () {
      if (engine) await engine.destroy();
      else engine = await import(base + "pagefind/pagefind.js");
      await engine.options({ baseUrl: "/" });
      await engine.init();
      addresses.clear();
    };
    async function address(result) {
      if (!addresses.has(result.id)) addresses.set(result.id, (await result.data()).raw_url || (await result.data()).url);
      return addresses.get(result.id).replace(/^\//, "").replace(/index\.html$/, "");
    }
    this.find = async function (query) {
      var answer = await engine.search(query);
      return Promise.all(((answer && answer.results) || []).slice(0, MOST).map(address));
    };
    this.snippets = async function (query) {
      var answer = await engine.search(query), shown = ((answer && answer.results) || []).slice(0, SHOWN);
      await Promise.all(shown.map(function (result) { return result.data(); }));
      return shown.length;
    };
    this.typed = this.snippets;
  }

  var kinds = { kbgen: Kbgen, material: Material, pagefind: Pagefind };

  root.bench = {
    begin: async function (kind, base, more) {
      root.bench.engine = new kinds[kind](base, more);
      var begun = performance.now();
      await root.bench.engine.open();
      return performance.now() - begun;
    },
    /* What is found, and how many queries failed with an error (they count as nothing found). */
    rank: async function (queries) {
      var found = [], failed = 0;
      for (var query of queries) {
        try { found.push(await root.bench.engine.find(query)); } catch (problem) { found.push([]); failed += 1; }
      }
      return { found: found, failed: failed };
    },
    /* Milliseconds of each query; `word` says which of the three is asked. */
    time: async function (word, queries) {
      var times = [];
      for (var query of queries) {
        var begun = performance.now();
        try { await root.bench.engine[word](query); } catch (problem) { continue; }
        times.push(performance.now() - begun);
      }
      return times;
    },
    /* Milliseconds from each input event in the search box of this page to its rows, one after the other, as somebody types; without
     * the first, which waits for the engine. What shows no row is left out. */
    shown: async function (queries) {
      var input = document.querySelector("[data-kb-search]"), list = input.form.querySelector("[role=listbox]"), times = [];
      input.focus();
      for (var query of [queries[0]].concat(queries)) {
        times.push(await new Promise(function (resolve) {
          var begun = 0;
          var waiting = new MutationObserver(function () { if (list.children.length) done(performance.now() - begun); });
          var late = setTimeout(function () { done(null); }, LATE);
          function done(time) {
            clearTimeout(late);
            waiting.disconnect();
            resolve(time);
          }
          input.value = "";
          input.dispatchEvent(new Event("input", { bubbles: true }));
          list.replaceChildren();
          waiting.observe(list, { childList: true });
          input.value = query;
          begun = performance.now();
          input.dispatchEvent(new Event("input", { bubbles: true }));
        }));
        await new Promise(function (resolve) { setTimeout(resolve, BETWEEN); });
      }
      return times.slice(1).filter(function (time) { return time !== null; });
    }
  };
})(window);
