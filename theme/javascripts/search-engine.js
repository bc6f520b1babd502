/* The search engine in the browser: the same answers, in the same order, as kbgen/search/find.py. Change one side only with the other.
 * Needs the other parts of the engine. Part of assets/search/engine.js.
 *
 *   kbSearch.open(load) → promise of an engine; load(path) promises the parsed JSON of a file under search/
 *   engine.find(query, limit, {filters: {area: [..], type: [..], audience: [..], severity: [..]}, exact: bool})
 *     → {hits, total, facets, shown_as, literal, weights, relaxed}; see Answer in find.py; a hit is
 *       {id, score, address, title, area, type, audience, severity}, without its passages
 *   engine.suggest(query, limit) → hits by title, keywords and questions alone, for every letter typed
 *   engine.popular(area, limit) → hits to offer where nothing was found (area: "" for all)
 *   engine.passage(hit, weights) → {anchor, heading, parts: [[text, marked], …]}; engine.passages(hit, weights) → up to three of them
 *   engine.marked(text, weights) → parts of a title; engine.tells(query) → whether anything of it may be searched for
 *   engine.search(query, limit, options) → hits with their best passage and `sections`
 */
(function (root) {
  "use strict";

  var kb = root.kbSearch;
  var VERSION = 3;
  var FACETS = ["area", "type", "audience", "severity"];
  var NEAR = 0.34, MOST_RELAXED = 5;
  var LETTERS = /^\p{L}+$/u;

  function threes(text) {
    var chars = Array.from(kb.normalise(text)), found = new Set(), start;
    for (start = 0; start + 3 <= chars.length; start += 1) {
      var three = chars.slice(start, start + 3).join("");
      if (LETTERS.test(three)) found.add(three);
    }
    return found;
  }

  /* Positions of the documents whose titles share most groups of three letters with the query, on either layout. */
  function nearestTitles(reader, query) {
    var best = new Map();
    [query, kb.otherLayout(query)].forEach(function (text) {
      var wanted = threes(Array.from(text).slice(0, 200).join(""));
      if (!wanted.size) return;
      reader.directory.documents.title.forEach(function (title, position) {
        var shared = 0;
        threes(title).forEach(function (three) { shared += Number(wanted.has(three)); });
        var near = shared / wanted.size;
        if (near >= NEAR && near > (best.get(position) || 0)) best.set(position, near);
      });
    });
    return Array.from(best.keys()).sort(function (a, b) { return best.get(b) - best.get(a) || a - b; }).slice(0, MOST_RELAXED);
  }

  /* A Map from positions of the documents with a word in their title that begins as the query's last one to whether it ends there, too. */
  function begunTitles(reader, query) {
    var words = kb.wordsOf(query, reader.stop), begun = words.length ? " " + words[words.length - 1].raw : "", found = new Map();
    if (Array.from(begun).length <= 2) return found;
    reader.titles().forEach(function (title, position) {
      var at = title.indexOf(begun);
      if (at >= 0) found.set(position, title[at + begun.length] === " ");
    });
    return found;
  }

  /* Of a query with nothing but stop words: the documents with those words in their titles. */
  function titlesWith(reader, query) {
    var words = kb.wordsOf(query, reader.stop);
    var wanted = words.map(function (word) { return " " + word.raw + " "; }), found = [];
    if (!words.length || !words.every(function (word) { return word.stop; })) return [];
    reader.titles().forEach(function (title, position) {
      if (wanted.every(function (word) { return title.indexOf(word) >= 0; })) found.push([title.indexOf(wanted[0]), position]);
    });
    return found.sort(function (a, b) { return a[0] - b[0] || a[1] - b[1]; }).map(function (one) { return { position: one[1] }; });
  }

  function resultsOf(reader, understood, query) {
    return understood.asked.length ? kb.score(reader, understood, kb.HALVES) : titlesWith(reader, query);
  }

  function Engine(reader) {
    this.reader = reader;
  }

  Engine.prototype.value = function (name, position) {
    var directory = this.reader.directory;
    return directory.values[name] ? directory.values[name][directory.documents[name][position]] : "";
  };

  Engine.prototype.hit = function (position, score) {
    var hit = { id: this.reader.ids[position], score: score };
    hit.address = this.reader.directory.documents.address[position];
    hit.title = this.reader.directory.documents.title[position];
    FACETS.forEach(function (name) { hit[name] = this.value(name, position); }, this);
    return hit;
  };

  Engine.prototype.passes = function (scored, chosen, but) {
    for (var [name, values] of chosen) {
      if (name !== but && !values.has(FACETS.indexOf(name) < 0 ? "" : this.value(name, scored.position))) return false;
    }
    return true;
  };

  Engine.prototype.facet = function (results, chosen, name) {
    var engine = this, counts = new Map(), counted = Object.create(null);
    results.forEach(function (scored) {
      var value = engine.value(name, scored.position);
      if (value && engine.passes(scored, chosen, name)) counts.set(value, (counts.get(value) || 0) + 1);
    });
    Array.from(counts.keys()).sort(function (a, b) { return counts.get(b) - counts.get(a) || kb.byTerm(a, b); }).forEach(function (value) {
      counted[value] = counts.get(value);
    });
    return counted;
  };

  Engine.prototype.find = async function (query, limit, options) {
    var engine = this, reader = this.reader, wanted = options || {}, most = Math.max(0, limit === undefined ? 10 : limit);
    var chosen = new Map(Object.entries(wanted.filters || {}).filter(function (one) { return one[1] && one[1].length; }).map(function (one) {
      return [one[0], new Set([].concat(one[1]))];
    }));
    var understood = await kb.understand(reader, query, Boolean(wanted.exact), kb.HALVES);
    var results = await resultsOf(reader, understood, query), facets = {};
    var shown = results.filter(function (scored) { return engine.passes(scored, chosen, ""); });
    FACETS.forEach(function (name) { facets[name] = engine.facet(results, chosen, name); });
    return {
      hits: kb.rank(reader, understood.asked, shown, most).slice(0, most).map(function (one) { return engine.hit(one.position, one.score); }),
      total: shown.length,
      facets: facets,
      shown_as: understood.shownAs,
      literal: Boolean(wanted.exact),
      weights: await kb.weightsOf(reader, understood.asked),
      relaxed: results.length ? [] : nearestTitles(reader, query).map(function (position) { return engine.hit(position, 0); })
    };
  };

  Engine.prototype.suggest = async function (query, limit) {
    var engine = this, reader = this.reader, most = Math.max(0, limit === undefined ? 10 : limit), first = kb.HALVES.slice(0, 1);
    if (Array.from(kb.normalise(query).replace(/^ +| +$/g, "")).length < 2) return [];
    var understood = await kb.understand(reader, query, false, first);
    var results = await kb.score(reader, understood, first);
    var titles = begunTitles(reader, query), begun = Array.from(titles.keys());
    var known = new Set(Array.from(titles.values()).some(Boolean) ? [] : begun);
    if (!results.length) return begun.slice(0, most).map(function (position) { return engine.hit(position, 0); });
    return kb.rank(reader, understood.asked, results, most).sort(function (a, b) {
      return Number(known.has(b.position)) - Number(known.has(a.position));
    }).slice(0, most).map(function (one) { return engine.hit(one.position, one.score); });
  };

  Engine.prototype.popular = function (area, limit) {
    var engine = this, documents = this.reader.directory.documents, featured = new Set(documents.featured);
    var here = this.reader.ids.map(function (id, at) { return at; }).filter(function (at) { return !area || engine.value("area", at) === area; });
    here.sort(function (a, b) { return Number(featured.has(b)) - Number(featured.has(a)) || kb.byTerm(documents.address[a], documents.address[b]); });
    return here.slice(0, limit === undefined ? 5 : limit).map(function (at) { return engine.hit(at, 0); });
  };

  Engine.prototype.passages = function (hit, weights) {
    var stop = this.reader.stop;
    return this.reader.texts(hit.id).then(function (texts) { return kb.bestPassages(texts, weights, stop); });
  };

  Engine.prototype.passage = function (hit, weights) {
    return this.passages(hit, weights).then(function (passages) { return passages[0]; });
  };

  Engine.prototype.marked = function (text, weights) {
    var words = text.split(" "), marks = kb.marksOf(words, weights, this.reader.stop);
    return words.map(function (word, at) { return [word + " ", marks[at]]; });
  };

  Engine.prototype.tells = function (query) {
    return kb.analyse(query, this.reader.stop).length > 0;
  };

  Engine.prototype.search = async function (query, limit, options) {
    var engine = this, answer = await this.find(query, limit, options);
    return Promise.all(answer.hits.map(async function (hit) {
      var passages = await engine.passages(hit, answer.weights);
      return Object.assign({}, hit, passages[0], { sections: passages });
    }));
  };

  function open(load) {
    return load("index.json").then(function (directory) {
      if (directory.version !== VERSION) throw new Error("the search index has version " + directory.version + ", not " + VERSION);
      return new Engine(new kb.Reader(load, directory));
    });
  }

  Object.assign(kb, { open: open });
})(typeof globalThis === "undefined" ? this : globalThis);
