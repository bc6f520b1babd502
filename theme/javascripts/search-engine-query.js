/* From a query to what is looked up: for each of its words the terms that answer it, and what each counts.
 * The same as kbgen/search/query.py, which says what the numbers mean. Change one side only together with the other.
 * Needs search-engine-retype.js. Part of assets/search/engine.js. */
(function (root) {
  "use strict";

  var kb = root.kbSearch;
  var CORRECTABLE = kb.CORRECTABLE;
  var MOST_TERMS = 24, MOST_COMPLETIONS = 16, MOST_RELATIVES = 12, SHOWN_WORDS = 40;
  var SHORTEST_RELATIVE = 5, RELATIVE_CUT = 2, RELATIVE_ENDING = 3;
  var PAST_STEM = 3;
  var CODE = 2.0, COMPLETED = 0.6, ALSO_COMPLETED = 0.15, RELATED = 0.4, SYNONYM = 0.6, CORRECTED = 0.7, NEXT = 0.9;
  var PARTED = 0.9, WEAK_SHARE = 0.2, SYNONYM_OF_PHRASE = 0.8;
  var SHORTEST_FOREIGN = 6, SHORTEST_SWAPPED = 7;
  var NUMERIC = /^\p{N}+$/u;

  /* A word of a query. `answers`: a Map from terms, joined by spaces, to {terms, boost}; no term holds a space. */
  function Asked(word) {
    this.word = word;
    this.answers = new Map();
    this.known = false;
    this.shown = "";
    this.counts = true;
  }

  Asked.prototype.add = function (terms, boost) {
    var key = terms.join(" "), known = this.answers.get(key);
    if (!known) this.answers.set(key, { terms: terms, boost: boost });
    else known.boost = Math.max(known.boost, boost);
  };

  function begunWords(query, words, telling) {
    var last = words[words.length - 1];
    if (!last || !kb.normalise(query).endsWith(Array.from(last.raw).pop()) || (last.stop && telling.length)) return [];
    return words.filter(function (word) { return word.chunk === last.chunk && (word.code || word === last); });
  }

  async function completions(reader, word, halves) {
    if (Array.from(word.raw).length < 2) return [];
    var completed = (await reader.beginning(word.raw, halves)).filter(function (term) { return term !== word.term; }).slice(0, MOST_COMPLETIONS);
    if (completed.length || halves.length === kb.HALVES.length) return completed;
    for (var cut = 1; cut <= PAST_STEM; cut += 1) {
      var term = word.raw.slice(0, -cut);
      if (CORRECTABLE.test(term) && term !== word.term && await reader.knows(term, halves)) return [term];
    }
    return [];
  }

  async function relatives(reader, word, halves) {
    var term = word.term;
    if (word.stop || term.length < SHORTEST_RELATIVE || !CORRECTABLE.test(term)) return [];
    var shared = Math.max(SHORTEST_RELATIVE, term.length - RELATIVE_CUT);
    return (await reader.beginning(term.slice(0, shared), halves)).filter(function (other) {
      return CORRECTABLE.test(other) && other !== term && other.length - shared <= RELATIVE_ENDING;
    }).slice(0, MOST_RELATIVES);
  }

  async function answer(reader, one, begun, halves) {
    var word = one.word, known = !word.stop && await reader.knows(word.term, halves);
    if (known) one.add([word.term], word.code ? CODE : one.counts ? 1.0 : WEAK_SHARE);
    var completed = begun.indexOf(word) >= 0 && one.counts ? await completions(reader, word, halves) : [];
    completed.forEach(function (term) { one.add([term], known ? ALSO_COMPLETED : COMPLETED); });
    if (!completed.length && one.counts) (await relatives(reader, word, halves)).forEach(function (term) { one.add([term], RELATED); });
    one.known = known || completed.length > 0 || !one.counts;
  }

  function startsAt(terms, phrase, start) {
    return phrase.every(function (term, at) { return terms[start + at] === term; });
  }

  async function addSynonyms(reader, lookup, halves) {
    var words = lookup.words.filter(function (word) { return !word.code; });
    var terms = words.map(function (word) { return word.term; });
    var asked = new Map(lookup.asked.filter(function (one) { return one.counts; }).map(function (one) { return [one.word, one]; }));
    for (var synonyms of reader.synonyms) {
      for (var phrase of synonyms.from) {
        if (!phrase.length) continue;
        for (var start = 0; start + phrase.length <= terms.length; start += 1) {
          if (!startsAt(terms, phrase, start)) continue;
          for (var word of words.slice(start, start + phrase.length)) {
            if (asked.has(word)) await addOthers(reader, asked.get(word), synonyms.to, phrase.length === 1 ? SYNONYM : SYNONYM_OF_PHRASE, halves);
          }
        }
      }
    }
  }

  async function addOthers(reader, one, others, boost, halves) {
    for (var other of others) {
      if (!other.length || (other.length === 1 && other[0] === one.word.term)) continue;
      var known = await Promise.all(other.map(function (term) { return reader.knows(term, halves); }));
      if (known.every(Boolean)) {
        one.add(other, boost);
        one.known = true;
      }
    }
  }

  async function lookUp(reader, query, exact, halves) {
    var words = kb.wordsOf(query, reader.stop);
    var telling = words.filter(function (word) { return !word.stop; }).slice(0, MOST_TERMS);
    var begun = begunWords(query, words, telling);
    var asked = (telling.length ? telling : begun).map(function (word) { return new Asked(word); });
    var lookup = { words: words, asked: asked }, strong = asked.some(function (one) { return !kb.weak.has(one.word.term); });
    asked.forEach(function (one) { one.counts = !strong || !kb.weak.has(one.word.term); });
    await Promise.all(asked.map(function (one) { return answer(reader, one, begun, halves); }));
    if (!exact) await addSynonyms(reader, lookup, halves);
    return lookup;
  }

  /* Whether every word is known; numbers and codes say nothing about the keys. */
  function sure(lookup) {
    return lookup.asked.every(function (one) { return one.known || one.word.code || one.word.stop || NUMERIC.test(one.word.raw); });
  }

  async function meant(reader, word) {
    var first = word.term[0], others = [];
    var same = (await reader.words(first)).filter(function (one) { return one.term[0] === first; });
    var near = kb.corrections(word.raw, word.term, same);
    if (near.length) return near;
    for (var letter of reader.directory.letters) {
      if (letter !== first) others = others.concat((await reader.words(letter)).filter(function (one) { return one.term[0] !== first; }));
    }
    return kb.corrections(word.raw, word.term, others);
  }

  function shownAs(lookup) {
    var shown = new Map(lookup.asked.map(function (one) { return [one.word, one.shown]; }));
    var codes = new Set(lookup.words.filter(function (word) { return word.code; }).map(function (word) { return word.chunk; }));
    return lookup.words.filter(function (word) { return word.code || !codes.has(word.chunk); }).slice(0, SHOWN_WORDS).map(function (word) {
      return shown.get(word) || word.raw;
    }).join(" ");
  }

  /* How many letters a word has to have to be corrected. */
  function shortestOf(lookup, raw) {
    var latin = raw[0] < "а", known = lookup.asked.filter(function (one) { return one.known && one.counts && CORRECTABLE.test(one.word.raw); });
    return known.length && known.every(function (one) { return (one.word.raw[0] < "а") !== latin; }) ? SHORTEST_FOREIGN : 0;
  }

  /* Adds to an unknown word what it may have meant; promises whether that is to be told. */
  async function correct(reader, one) {
    var raw = one.word.raw, related = one.answers.size > 0, boost = CORRECTED;
    var parts = related ? [] : await kb.parted(reader, raw, kb.HALVES);
    if (parts.length) one.add(parts.filter(function (part) { return part !== kb.NOT; }).map(kb.stem), PARTED);
    var near = parts.length ? [] : await meant(reader, one.word);
    for (var word of near) {
      one.add([word.term], boost);
      boost *= NEXT;
    }
    if (related || !(parts.length || near.length)) return false;
    one.shown = parts.join(" ") || kb.speltLike(raw, one.word.term, near[0]);
    return true;
  }

  async function understood(reader, lookup, corrects, swapped, shortest) {
    var corrected = false;
    for (var one of corrects ? lookup.asked : []) {
      var raw = one.word.raw;
      if (one.known || one.word.stop || !CORRECTABLE.test(raw) || raw.length < Math.max(shortest, shortestOf(lookup, raw))) continue;
      corrected = await correct(reader, one) || corrected;
    }
    var asked = lookup.asked.filter(function (one) { return one.answers.size > 0; }), begun = kb.beginningOf(lookup.words);
    if (!asked.some(function (one) { return one.counts; })) asked = [];
    var words = begun.split(" ").length - 1;
    return {
      asked: asked,
      shownAs: asked.length && (swapped || corrected) ? shownAs(lookup) : "",
      whole: kb.whole(lookup.words),
      begun: words > 1 && words <= MOST_TERMS ? begun : ""
    };
  }

  /* Promises {asked, shownAs, whole, begun}: see Understood in query.py. */
  async function understand(reader, query, exact, halves) {
    var first = await lookUp(reader, query, exact, halves), corrects = !exact && halves.length === kb.HALVES.length, text = query;
    if (!exact && !sure(first)) {
      var known = first.asked.filter(function (one) { return one.known || one.answers.size > 0; });
      text = await kb.retyped(reader, query, new Set(known.map(function (one) { return one.word.raw; })), halves);
      if (text !== query) first = await lookUp(reader, text, exact, halves);
    }
    var swapped = text !== query, answered = await understood(reader, first, corrects, swapped, swapped ? SHORTEST_SWAPPED : 0);
    if (!corrects || answered.asked.length || swapped) return answered;
    var second = await understood(reader, await lookUp(reader, kb.otherLayout(query), exact, halves), corrects, true, SHORTEST_SWAPPED);
    return second.asked.some(function (one) { return one.shown; }) ? second : answered;
  }

  Object.assign(kb, { understand: understand });
})(typeof globalThis === "undefined" ? this : globalThis);
