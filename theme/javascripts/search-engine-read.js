/* Reads an index, only the files that a query needs, each once; and what a misspelt word may have meant.
 * The same as kbgen/search/reader.py, layout.py and spelling.py. Change one side only together with the other.
 * Needs search-analyse.js. Part of assets/search/engine.js. */
(function (root) {
  "use strict";

  var kb = root.kbSearch;
  var HALVES = [{ folder: "first", fields: [0, 1], cap: 3 }, { folder: "terms", fields: [2, 3], cap: 15 }];
  var MOST_SHARDS = 3, MOST_CORRECTIONS = 6, LONGEST_ENDING = 3;
  var ENGLISH = "`qwertyuiop[]asdfghjkl;'zxcvbnm,.";
  var RUSSIAN = "ёйцукенгшщзхъфывапролджэячсмитьбю";

  /* ---- spelling ---- */

  function swapped(word) {
    var chars = Array.from(word), russian = chars.some(function (char) { return RUSSIAN.indexOf(char) >= 0; });
    var from = russian ? RUSSIAN : ENGLISH, to = russian ? ENGLISH : RUSSIAN;
    return chars.map(function (char) {
      var at = from.indexOf(char);
      return at >= 0 ? to[at] : char;
    }).join("");
  }

  /* A word with a Russian letter in it was typed on the Russian layout: its commas and full stops are no letters. */
  function otherLayout(text) {
    return text.toLowerCase().replace(/[^ \t\r\n]+/g, swapped);
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

  function ending(raw, term) {
    if (term.length < 4 || raw.length <= term.length) return 0;
    for (var length = term.length - 1; length <= term.length + 1; length += 1) {
      if (length <= 3 || length >= raw.length || raw.length - length > LONGEST_ENDING) continue;
      var begun = raw.slice(0, length);
      if (begun === term || oneSlipApart(begun, term)) return raw.length - length;
    }
    return 0;
  }

  function corrections(raw, term, known) {
    var near = [];
    known.forEach(function (word) {
      if (oneSlipApart(term, word.term) || oneSlipApart(raw, word.form)) near.push([0, word]);
    });
    if (!near.length) {
      known.forEach(function (word) {
        var letters = ending(raw, word.term);
        if (letters > 0) near.push([letters, word]);
      });
    }
    near.sort(function (a, b) { return a[0] - b[0] || b[1].common - a[1].common || (a[1].term < b[1].term ? -1 : 1); });
    return near.slice(0, MOST_CORRECTIONS).map(function (one) { return one[1]; });
  }

  /* ---- the files ---- */

  function digest(term) {
    var number = 0x811c9dc5, position;
    for (position = 0; position < term.length; position += 1) number = Math.imul(number ^ term.charCodeAt(position), 0x01000193);
    number = Math.imul(number ^ (number >>> 16), 0x85ebca6b);
    number = Math.imul(number ^ (number >>> 13), 0xc2b2ae35);
    return (number ^ (number >>> 16)) >>> 0;
  }

  function shardPath(half, first) {
    return half.folder + "/" + ("0000000" + digest(first).toString(16)).slice(-8) + ".json";
  }

  function running(steps) {
    var sum = 0;
    return steps.map(function (step) { sum += step; return sum; });
  }

  function lengthOf(code) {
    var position = code - (code < 92 ? 35 : 36);
    if (position < 16) return position;
    var shift = (position >> 3) - 1;
    return (position - 8 * shift) << shift;
  }

  function spelt(term, form) {
    return form ? term.slice(0, term.length - Number(form[0])) + form.slice(1) : term;
  }

  function byTerm(a, b) { return a < b ? -1 : a > b ? 1 : 0; }

  /* `load(path)` promises the parsed JSON of a file under search/. */
  function Reader(load, directory) {
    var reader = this;
    this.load = load;
    this.directory = directory;
    this.stop = new Set(directory.stop);
    this.ids = running(directory.documents.id);
    this.positions = new Map(this.ids.map(function (id, position) { return [id, position]; }));
    this.lengths = directory.documents.lengths.map(function (chars) {
      return Array.from(chars, function (char) { return lengthOf(char.charCodeAt(0)); });
    });
    this.synonyms = directory.synonyms.map(function (listed) {
      return { from: reader.phrases(listed[0], true), to: reader.phrases(listed[listed.length - 1], false) };
    });
    this.shards = new Map();
    this.known = new Map();
  }

  Reader.prototype.phrases = function (texts, withStop) {
    var stop = this.stop;
    return texts.map(function (text) {
      return kb.wordsOf(text, stop).filter(function (word) { return !word.code && (withStop || !word.stop); }).map(function (word) { return word.term; });
    });
  };

  /* The titles as words are compared, between spaces; made once, for they are looked through at every letter typed. */
  Reader.prototype.titles = function () {
    if (!this.normalised) {
      this.normalised = this.directory.documents.title.map(function (title) { return " " + kb.normalise(title) + " "; });
    }
    return this.normalised;
  };

  /* Promises the terms of a shard: a Map from term to posting. */
  Reader.prototype.shard = function (half, first) {
    var shards = this.shards, path = shardPath(half, first);
    if (!shards.has(path)) {
      var loading = this.load(path).then(function (entries) { return new Map(entries); });
      loading.catch(function () { shards.delete(path); }); // the next try may have a network
      shards.set(path, loading);
    }
    return shards.get(path);
  };

  Reader.prototype.shardsFrom = function (half, term) {
    var all = this.directory.shards[half.folder], low = 0, high = all.length;
    while (low < high) {
      var middle = (low + high) >> 1;
      if (term < all[middle]) high = middle; else low = middle + 1;
    }
    return all.slice(low - 1);
  };

  Reader.prototype.posting = function (half, term) {
    return this.shard(half, this.shardsFrom(half, term)[0]).then(function (terms) { return terms.get(term) || []; });
  };

  Reader.prototype.knows = function (term, halves) {
    var reader = this;
    return Promise.all(halves.map(function (half) { return reader.posting(half, term); })).then(function (postings) {
      return postings.some(function (posting) { return posting.length > 0; });
    });
  };

  /* Promises the terms that begin so, those in most documents first. */
  Reader.prototype.beginning = function (begun, halves) {
    var reader = this, loading = [];
    halves.forEach(function (half) {
      var from = reader.shardsFrom(half, begun);
      var near = [from[0]].concat(from.slice(1).filter(function (first) { return first.startsWith(begun); })).slice(0, MOST_SHARDS);
      near.forEach(function (first) { loading.push(reader.shard(half, first)); });
    });
    return Promise.all(loading).then(function (shards) {
      var found = new Map();
      shards.forEach(function (terms) {
        terms.forEach(function (posting, term) { if (term.startsWith(begun)) found.set(term, (found.get(term) || 0) + posting.length); });
      });
      return Array.from(found.keys()).sort(function (a, b) { return found.get(b) - found.get(a) || byTerm(a, b); });
    });
  };

  /* Promises the words with this first letter: [{term, form, common}, …]; all of them where they stand in one file. */
  Reader.prototype.words = function (letter) {
    var known = this.known, letters = this.directory.letters, name = letters.indexOf("") >= 0 ? "" : letter;
    if (letters.indexOf(name) < 0) return Promise.resolve([]);
    if (!known.has(name)) {
      var loading = this.load("words/" + (name ? name.codePointAt(0).toString(16) : "all") + ".json").then(function (listed) {
        return listed.terms.map(function (term, at) { return { term: term, form: spelt(term, listed.forms[at]), common: Number(listed.common[at]) }; });
      });
      loading.catch(function () { known.delete(name); });
      known.set(name, loading);
    }
    return known.get(name);
  };

  Reader.prototype.texts = function (id) {
    return this.load("texts/" + id.toString(16) + ".json");
  };

  Object.assign(kb, {
    HALVES: HALVES, Reader: Reader, byTerm: byTerm, corrections: corrections, digest: digest, otherLayout: otherLayout, oneSlipApart: oneSlipApart
  });
})(typeof globalThis === "undefined" ? this : globalThis);
