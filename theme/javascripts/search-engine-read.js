/* Reads an index, only the files that a query needs, each once; and what a misspelt word may have meant.
 * The same as kbgen/search/reader.py, layout.py and spelling.py. Change one side only together with the other.
 * Needs search-analyse.js. Part of assets/search/engine.js. */
(function (root) {
  "use strict";

  var kb = root.kbSearch;
  var HALVES = [{ folder: "first", fields: [0, 1], cap: 3 }, { folder: "terms", fields: [2, 3], cap: 15 }];
  var MOST_SHARDS = 3, MOST_CORRECTIONS = 6, LONGEST_ENDING = 3, SHORTEST_STEM = 6, SURE = 4;
  var CORRECTABLE = /^(?:[a-z]{3,}|[а-я]{3,})$/;
  var PART = /[\p{L}\p{N}]+/gu;
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

  var SOUNDS = {
    shch: "щ", sch: "сч", zh: "ж", kh: "х", ts: "ц", ch: "ч", sh: "ш", yu: "ю", ju: "ю", ya: "я", ja: "я",
    yo: "е", jo: "е", ye: "е", ay: "ай", ey: "ей", iy: "ий", oy: "ой", uy: "уй", yy: "ый"
  };
  Array.from("abcdefghijklmnopqrstuvwxyz'").forEach(function (letter, at) { SOUNDS[letter] = "абцдефгхийклмнопкрстуввхызь"[at]; });
  var SOUND = new RegExp(Object.keys(SOUNDS).map(function (sound) { return /^[aeiouy]y$/.test(sound) ? sound + "(?![aeou])" : sound; }).join("|"), "g");

  /* Russian that was written in Latin letters, in its own. */
  function inCyrillic(text) {
    return text.toLowerCase().replace(SOUND, function (sound) { return SOUNDS[sound]; });
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
    if (term.length < SURE || raw.length <= term.length) return 0;
    for (var length = term.length - 1; length <= term.length + 1; length += 1) {
      if (length < SURE || length >= raw.length || raw.length - length > LONGEST_ENDING) continue;
      var begun = raw.slice(0, length);
      if (begun === term || (Math.min(length, term.length) > SURE && oneSlipApart(begun, term))) return raw.length - length;
    }
    return 0;
  }

  function further(raw, form) {
    if (raw.length < SHORTEST_STEM) return 0;
    for (var length = raw.length - 1; length <= raw.length + 1; length += 1) {
      var rest = form.length - length;
      if (rest > 0 && rest <= LONGEST_ENDING && oneSlipApart(raw, form.slice(0, length))) return rest;
    }
    return 0;
  }

  function nearStem(one, other) {
    return Math.min(one.length, other.length) >= SHORTEST_STEM && oneSlipApart(one, other);
  }

  /* How to tell a reader what a word was taken for: with the reader's own ending where the slip is in front of it. */
  function speltLike(raw, term, meant) {
    if (oneSlipApart(raw, meant.form) || !raw.startsWith(term) || !oneSlipApart(term, meant.term)) return meant.form;
    return meant.term + raw.slice(term.length);
  }

  function corrections(raw, term, known) {
    var near = [];
    known.forEach(function (word) {
      if (oneSlipApart(raw, word.form) || nearStem(term, word.term)) near.push([0, word]);
    });
    if (!near.length) {
      known.forEach(function (word) {
        var letters = ending(raw, word.term) || further(raw, word.form);
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
    this.begun = new Map();
  }

  Reader.prototype.phrases = function (texts, withStop) {
    var stop = this.stop;
    return texts.map(function (text) {
      return kb.wordsOf(text, stop).filter(function (word) { return !word.code && (withStop || !word.stop); }).map(function (word) { return word.term; });
    });
  };

  /* The words of each title, normalised, between spaces; made once, for they are looked through at every letter typed. */
  Reader.prototype.titles = function () {
    if (!this.normalised) {
      this.normalised = this.directory.documents.title.map(function (title) { return " " + (kb.normalise(title).match(PART) || []).join(" ") + " "; });
    }
    return this.normalised;
  };

  /* Words as they are compared with the beginnings of titles. */
  function beginningOf(words) {
    return words.filter(function (word) { return !word.code && Array.from(word.raw).length > 2; }).map(function (word) { return word.term + " "; }).join("");
  }

  Reader.prototype.begins = function (position) {
    if (!this.begun.has(position)) this.begun.set(position, beginningOf(kb.wordsOf(this.titles()[position], this.stop)));
    return this.begun.get(position);
  };

  /* The term for a query that may be a title, a keyword or a question as a whole, or "". */
  function whole(words) {
    var terms = words.filter(function (word) { return !word.stop && !word.code; }).map(function (word) { return word.term; });
    var chunks = new Set(words.map(function (word) { return word.chunk; }));
    var alone = chunks.size === 1 && words.some(function (word) { return word.code; });
    return terms.length && !alone ? "=" + (digest(terms.join(" ")) >>> 8).toString(16) : "";
  }

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
    CORRECTABLE: CORRECTABLE, HALVES: HALVES, Reader: Reader, beginningOf: beginningOf, byTerm: byTerm, corrections: corrections,
    digest: digest, inCyrillic: inCyrillic, otherLayout: otherLayout, oneSlipApart: oneSlipApart, speltLike: speltLike, whole: whole
  });
})(typeof globalThis === "undefined" ? this : globalThis);
