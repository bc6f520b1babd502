/* The search engine in the browser: the same answers, in the same order, as kbgen/search in Python (query.py, rank.py, passage.py,
 * spelling.py; the files it reads are described in layout.py). Change one side only together with the other.
 * Needs lunr.js and search-analyse.js. Part of assets/search/engine.js. */
(function (root) {
  "use strict";

  var kb = root.kbSearch;
  var VERSION = 1;
  var FIELDS = ["title", "keywords", "headings", "body"];
  var CAPS = [3, 3, 7, 15];
  var CORRECTABLE = /^(?:[a-z]{3,}|[а-я]{3,})$/;
  var MOST_TERMS = 24, MOST_COMPLETIONS = 16, MOST_COMPLETION_SHARDS = 3, MOST_CORRECTIONS = 12;
  var CODE = 2.0, COMPLETED = 0.6, ALSO_COMPLETED = 0.15, CORRECTED = 0.7;
  var WINDOW = 28, LEAD = 4;
  var ENGLISH = "`qwertyuiop[]asdfghjkl;'zxcvbnm,.";
  var RUSSIAN = "ёйцукенгшщзхъфывапролджэячсмитьбю";

  /* ---- spelling ---- */

  function otherLayout(text) {
    return Array.from(text.toLowerCase(), function (char) {
      var english = ENGLISH.indexOf(char), russian = RUSSIAN.indexOf(char);
      return english >= 0 ? RUSSIAN[english] : russian >= 0 ? ENGLISH[russian] : char;
    }).join("");
  }

  function oneSlipApart(one, other) {
    if (one.length > other.length) { var longer = one; one = other; other = longer; }
    if (other.length - one.length > 1 || one === other) return false;
    var same = 0;
    while (same < one.length && one[same] === other[same]) same += 1;
    if (one.length < other.length) return one.slice(same) === other.slice(same + 1);
    var swapped = same + 1 < one.length && one[same] === other[same + 1] && one[same + 1] === other[same];
    return one.slice(same + 1) === other.slice(same + 1) || (swapped && one.slice(same + 2) === other.slice(same + 2));
  }

  function corrections(term, known) {
    var near = known.filter(function (word) { return oneSlipApart(term, word); });
    var first = near.filter(function (word) { return word[0] === term[0]; });
    var others = near.filter(function (word) { return word[0] !== term[0]; });
    return first.concat(others).slice(0, MOST_CORRECTIONS);
  }

  /* ---- reading the index ---- */

  function digest(term) {
    var number = 0x811c9dc5, position;
    for (position = 0; position < term.length; position += 1) number = Math.imul(number ^ term.charCodeAt(position), 0x01000193);
    number = Math.imul(number ^ (number >>> 16), 0x85ebca6b);
    number = Math.imul(number ^ (number >>> 13), 0xc2b2ae35);
    return (number ^ (number >>> 16)) >>> 0;
  }

  function shardPath(first) {
    return "terms/" + ("0000000" + digest(first).toString(16)).slice(-8) + ".json";
  }

  function running(steps) {
    var sum = 0;
    return steps.map(function (step) { sum += step; return sum; });
  }

  /* `load(path)` promises the parsed JSON of a file under search/. */
  function Reader(load, directory) {
    this.load = load;
    this.directory = directory;
    this.stop = new Set(directory.stop);
    this.ids = running(directory.documents.id);
    this.positions = new Map(this.ids.map(function (id, position) { return [id, position]; }));
    this.shards = new Map();
  }

  Reader.prototype.shard = function (first) {
    var shards = this.shards;
    if (!shards.has(first)) {
      var loading = this.load(shardPath(first)).then(function (entries) { return new Map(entries); });
      loading.catch(function () { shards.delete(first); });
      shards.set(first, loading);
    }
    return shards.get(first);
  };

  Reader.prototype.shardsFrom = function (term) {
    var all = this.directory.shards, low = 0, high = all.length;
    while (low < high) {
      var middle = (low + high) >> 1;
      if (term < all[middle]) high = middle; else low = middle + 1;
    }
    return all.slice(low - 1);
  };

  Reader.prototype.posting = function (term) {
    return this.shard(this.shardsFrom(term)[0]).then(function (terms) { return terms.get(term) || null; });
  };

  Reader.prototype.completions = function (begun) {
    var reader = this, from = this.shardsFrom(begun);
    var near = [from[0]].concat(from.slice(1).filter(function (first) { return first.startsWith(begun); })).slice(0, MOST_COMPLETION_SHARDS);
    return Promise.all(near.map(function (first) { return reader.shard(first); })).then(function (shards) {
      var found = [];
      shards.forEach(function (terms) {
        terms.forEach(function (posting, term) { if (term.startsWith(begun)) found.push([posting.length, term]); });
      });
      found.sort(function (a, b) { return b[0] - a[0]; });
      return found.slice(0, MOST_COMPLETIONS).map(function (one) { return one[1]; });
    });
  };

  Reader.prototype.words = function () {
    if (this.directory.shards.length > 1) return this.load("words.json");
    return this.shard(this.directory.shards[0]).then(function (terms) {
      return Array.from(terms.keys()).filter(function (term) { return CORRECTABLE.test(term); });
    });
  };

  /* ---- from a query to clauses: a Map from term to boost ---- */

  function raise(found, term, boost) {
    found.set(term, Math.max(found.get(term) || 0, boost));
  }

  async function complete(reader, found, word, known, begun) {
    if (begun.indexOf(word) < 0 || Array.from(word.raw).length < 2) return false;
    var completed = (await reader.completions(word.raw)).filter(function (term) { return term !== word.term; });
    completed.forEach(function (term) { raise(found, term, known ? ALSO_COMPLETED : COMPLETED); });
    return completed.length > 0;
  }

  function begunWords(query, words, telling) {
    var last = words[words.length - 1];
    if (!last || !kb.normalise(query).endsWith(last.raw) || (last.stop && telling.length)) return [];
    return words.filter(function (word) { return word.chunk === last.chunk && (word.code || word === last); });
  }

  async function lookUp(reader, query) {
    var words = kb.wordsOf(query, reader.stop);
    var telling = words.filter(function (word) { return !word.stop; }).slice(0, MOST_TERMS);
    var begun = begunWords(query, words, telling);
    var lookup = { found: new Map(), missing: [], sure: 0, words: 0 }, position;
    var postings = await Promise.all(telling.map(function (one) { return reader.posting(one.term); }));
    for (position = 0; position < telling.length; position += 1) {
      var word = telling[position], known = postings[position] !== null;
      if (known) raise(lookup.found, word.term, word.code ? CODE : 1.0);
      var completed = await complete(reader, lookup.found, word, known, begun);
      if (!known && !completed) lookup.missing.push(word.term);
      if (CORRECTABLE.test(word.raw)) {
        lookup.words += 1;
        lookup.sure += Number(known || completed);
      }
    }
    if (!telling.length) {
      for (position = 0; position < begun.length; position += 1) await complete(reader, lookup.found, begun[position], false, begun);
    }
    return lookup;
  }

  async function corrected(reader, lookup) {
    var correctable = lookup.missing.filter(function (term) { return CORRECTABLE.test(term); });
    var known = correctable.length ? await reader.words() : [];
    correctable.forEach(function (term) {
      corrections(term, known).forEach(function (word) { raise(lookup.found, word, CORRECTED); });
    });
    return lookup.found;
  }

  async function clauses(reader, query) {
    var first = await lookUp(reader, query);
    if (first.found.size && 2 * first.sure >= first.words) return corrected(reader, first);
    var second = await lookUp(reader, otherLayout(query));
    if (second.sure > first.sure || (second.found.size && !first.found.size)) { var swap = first; first = second; second = swap; }
    var found = await corrected(reader, first);
    return found.size ? found : corrected(reader, second);
  }

  /* ---- ranking ---- */

  function inverseFrequency(documents, holding) {
    return Math.floor(Math.log(1 + (documents - holding + 0.5) / (holding + 0.5)) * 1024 + 0.5) / 1024;
  }

  function unpack(packed) {
    var counts = [], field;
    for (field = CAPS.length - 1; field >= 0; field -= 1) {
      counts[field] = packed % (CAPS[field] + 1);
      packed = Math.floor(packed / (CAPS[field] + 1));
    }
    return counts;
  }

  function addScores(reader, term, index, posting, inverted, vectors) {
    var directory = reader.directory, k1 = directory.k1, b = directory.b, pairs = [], id = 0, at;
    for (at = 0; at < posting.length; at += 2) {
      id += posting[at];
      if (reader.positions.has(id)) pairs.push([id, posting[at + 1]]);
    }
    var weight = inverseFrequency(reader.ids.length, pairs.length);
    pairs.forEach(function (pair) {
      unpack(pair[1]).forEach(function (count, field) {
        if (!count) return;
        var length = directory.documents.lengths[field][reader.positions.get(pair[0])] * 100 / Math.max(1, directory.averages[field]);
        var score = weight * ((k1 + 1) * count) / (k1 * (1 - b + b * length) + count) * directory.weights[field];
        var ref = FIELDS[field] + "/" + pair[0];
        inverted[term][FIELDS[field]][pair[0]] = {};
        if (!vectors[ref]) vectors[ref] = new root.lunr.Vector([]);
        vectors[ref].elements.push(index, score);
      });
    });
  }

  async function rank(reader, wanted) {
    var inverted = Object.create(null), vectors = Object.create(null), terms = Array.from(wanted.keys());
    var postings = await Promise.all(terms.map(function (term) { return reader.posting(term); }));
    terms.forEach(function (term, index) {
      inverted[term] = { _index: index, title: {}, keywords: {}, headings: {}, body: {} };
      addScores(reader, term, index, postings[index] || [], inverted, vectors);
    });
    if (!Object.keys(vectors).length) return [];
    var index = new root.lunr.Index({
      invertedIndex: inverted,
      fieldVectors: vectors,
      tokenSet: root.lunr.TokenSet.fromArray(terms.slice().sort()),
      fields: FIELDS,
      pipeline: new root.lunr.Pipeline()
    });
    var found = index.query(function (query) {
      wanted.forEach(function (boost, term) { query.term(term, { boost: boost, usePipeline: false }); });
    });
    return found.map(function (hit) {
      return { id: Number(hit.ref), score: hit.score };
    }).sort(function (a, b) { return b.score - a.score || a.id - b.id; });
  }

  /* ---- the best section and its snippet ---- */

  function terms(text, stop) {
    return new Set(kb.wordsOf(text, stop).map(function (word) { return word.term; }));
  }

  function densest(marks) {
    if (marks.indexOf(true) < 0) return 0;
    var inside = marks.slice(0, WINDOW).filter(Boolean).length, best = inside, start = 0, position;
    for (position = 1; position <= marks.length - WINDOW; position += 1) {
      inside += Number(marks[position + WINDOW - 1]) - Number(marks[position - 1]);
      if (inside > best) { best = inside; start = position; }
    }
    return Math.max(0, marks.indexOf(true, start) - LEAD);
  }

  function marksOf(words, weights, stop) {
    return words.map(function (word) {
      return kb.wordsOf(word, stop).some(function (found) { return weights.has(found.term); });
    });
  }

  function snippet(text, weights, stop) {
    var words = text.split(" "), marks = marksOf(words, weights, stop), start = densest(marks);
    var parts = start ? [["… ", false]] : [], position;
    for (position = start; position < Math.min(words.length, start + WINDOW); position += 1) {
      var last = parts[parts.length - 1];
      if (last && last[1] === marks[position]) last[0] += words[position] + " ";
      else parts.push([words[position] + " ", marks[position]]);
    }
    if (start + WINDOW < words.length) parts.push(["…", false]);
    return parts;
  }

  function bestPassage(texts, weights, stop) {
    var sections = texts.sections.length ? texts.sections : [["", "", ""]], best = sections[0], most = 0;
    sections.forEach(function (section) {
      var inHeading = terms(section[1], stop), inText = terms(section[2], stop), score = 0;
      weights.forEach(function (weight, term) { score += weight * (Number(inHeading.has(term)) + Number(inText.has(term))); });
      if (score > most) { best = section; most = score; }
    });
    var text = best[2];
    if (!text || (best === sections[0] && marksOf(text.split(" "), weights, stop).indexOf(true) < 0)) text = texts.summary || text;
    return { anchor: best[0], heading: best[1], parts: snippet(text, weights, stop) };
  }

  /* ---- the engine ---- */

  function Engine(reader) {
    this.reader = reader;
  }

  /* Promises {hits, weights}: hits best first, without their passages. */
  Engine.prototype.find = async function (query, limit) {
    var reader = this.reader, wanted = await clauses(reader, query), ranked = await rank(reader, wanted), weights = new Map();
    var documents = reader.directory.documents, values = reader.directory.values;
    for (var term of wanted.keys()) {
      var posting = await reader.posting(term);
      weights.set(term, wanted.get(term) * inverseFrequency(reader.ids.length, Math.floor((posting || []).length / 2)));
    }
    var hits = ranked.slice(0, limit).map(function (one) {
      var position = reader.positions.get(one.id);
      return {
        id: one.id,
        score: one.score,
        address: documents.address[position],
        title: documents.title[position],
        area: values.area[documents.area[position]],
        type: values.type[documents.type[position]],
        audience: values.audience[documents.audience[position]]
      };
    });
    return { hits: hits, total: ranked.length, weights: weights };
  };

  /* Promises the best section of a hit: {anchor, heading, parts: [[text, marked], …]}. */
  Engine.prototype.passage = function (hit, weights) {
    var reader = this.reader;
    return reader.load("texts/" + hit.id.toString(16) + ".json").then(function (texts) { return bestPassage(texts, weights, reader.stop); });
  };

  /* The text in parts [text, marked], for titles. */
  Engine.prototype.marked = function (text, weights) {
    var stop = this.reader.stop;
    return text.split(" ").map(function (word) { return [word + " ", marksOf([word], weights, stop)[0]]; });
  };

  /* Whether the query has a word that may be searched for: a stop word alone is not one. */
  Engine.prototype.tells = function (query) {
    return kb.analyse(query, this.reader.stop).length > 0;
  };

  /* Promises the hits with their passages, as kbgen.search.search does. */
  Engine.prototype.search = async function (query, limit) {
    var engine = this, answer = await this.find(query, limit || 10);
    return Promise.all(answer.hits.map(function (hit) {
      return engine.passage(hit, answer.weights).then(function (passage) { return Object.assign({}, hit, passage); });
    }));
  };

  /* Promises an engine; fails where the index cannot be read. `load(path)` promises the parsed JSON of a file under search/. */
  function open(load) {
    return load("index.json").then(function (directory) {
      if (directory.version !== VERSION) throw new Error("the search index has version " + directory.version + ", not " + VERSION);
      return new Engine(new Reader(load, directory));
    });
  }

  Object.assign(kb, { open: open, otherLayout: otherLayout, digest: digest });
})(typeof globalThis === "undefined" ? this : globalThis);
