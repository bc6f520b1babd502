/* From a query to what is looked up: for each of its words the terms that answer it, and what each counts.
 * The same as kbgen/search/query.py, which says what the numbers mean. Change one side only together with the other.
 * Needs search-engine-read.js. Part of assets/search/engine.js. */
(function (root) {
  "use strict";

  var kb = root.kbSearch;
  var CORRECTABLE = /^(?:[a-z]{3,}|[а-я]{3,})$/;
  var MOST_TERMS = 24, MOST_COMPLETIONS = 16, MOST_RELATIVES = 12, SHOWN_WORDS = 40;
  var SHORTEST_RELATIVE = 5, RELATIVE_CUT = 2, RELATIVE_ENDING = 3;
  var PAST_STEM = 3;
  var CODE = 2.0, COMPLETED = 0.6, ALSO_COMPLETED = 0.15, RELATED = 0.4, SYNONYM = 0.6, CORRECTED = 0.7, NEXT = 0.9;

  /* A word of a query. `answers`: a Map from terms, joined by spaces, to {terms, boost}; no term holds a space. */
  function Asked(word) {
    this.word = word;
    this.answers = new Map();
    this.known = false;
    this.shown = "";
  }

  Asked.prototype.add = function (terms, boost) {
    var key = terms.join(" "), known = this.answers.get(key);
    if (!known) this.answers.set(key, { terms: terms, boost: boost });
    else known.boost = Math.max(known.boost, boost);
  };

  function begunWords(query, words, telling) {
    var last = words[words.length - 1];
    if (!last || !kb.normalise(query).endsWith(last.raw) || (last.stop && telling.length)) return [];
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
    if (known) one.add([word.term], word.code ? CODE : 1.0);
    var completed = begun.indexOf(word) >= 0 ? await completions(reader, word, halves) : [];
    completed.forEach(function (term) { one.add([term], known ? ALSO_COMPLETED : COMPLETED); });
    if (!completed.length) (await relatives(reader, word, halves)).forEach(function (term) { one.add([term], RELATED); });
    one.known = known || completed.length > 0;
  }

  function startsAt(terms, phrase, start) {
    return phrase.every(function (term, at) { return terms[start + at] === term; });
  }

  async function addSynonyms(reader, lookup, halves) {
    var words = lookup.words.filter(function (word) { return !word.code; });
    var terms = words.map(function (word) { return word.term; });
    var asked = new Map(lookup.asked.map(function (one) { return [one.word, one]; }));
    for (var synonyms of reader.synonyms) {
      for (var phrase of synonyms.from) {
        if (!phrase.length) continue;
        for (var start = 0; start + phrase.length <= terms.length; start += 1) {
          if (!startsAt(terms, phrase, start)) continue;
          for (var word of words.slice(start, start + phrase.length)) {
            if (asked.has(word)) await addOthers(reader, asked.get(word), synonyms.to, halves);
          }
        }
      }
    }
  }

  async function addOthers(reader, one, others, halves) {
    for (var other of others) {
      if (!other.length || (other.length === 1 && other[0] === one.word.term)) continue;
      var known = await Promise.all(other.map(function (term) { return reader.knows(term, halves); }));
      if (known.every(Boolean)) {
        one.add(other, SYNONYM);
        one.known = true;
      }
    }
  }

  async function lookUp(reader, query, exact, halves) {
    var words = kb.wordsOf(query, reader.stop);
    var telling = words.filter(function (word) { return !word.stop; }).slice(0, MOST_TERMS);
    var begun = begunWords(query, words, telling);
    var asked = (telling.length ? telling : begun).map(function (word) { return new Asked(word); });
    var lookup = { words: words, asked: asked, sure: 0, letters: 0 };
    await Promise.all(asked.map(function (one) { return answer(reader, one, begun, halves); }));
    if (!exact) await addSynonyms(reader, lookup, halves);
    asked.forEach(function (one) {
      if (!telling.length || !CORRECTABLE.test(one.word.raw)) return;
      lookup.letters += 1;
      lookup.sure += Number(one.known);
    });
    return lookup;
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

  async function understood(reader, lookup, corrects, swapped) {
    var corrected = false;
    for (var one of corrects ? lookup.asked : []) {
      if (one.known || one.word.stop || !CORRECTABLE.test(one.word.term)) continue;
      var related = one.answers.size > 0, boost = CORRECTED, near = await meant(reader, one.word);
      for (var word of near) {
        one.add([word.term], boost);
        boost *= NEXT;
      }
      if (near.length && !related) {
        one.shown = near[0].form;
        corrected = true;
      }
    }
    var asked = lookup.asked.filter(function (one) { return one.answers.size > 0; });
    return { asked: asked, shownAs: asked.length && (swapped || corrected) ? shownAs(lookup) : "" };
  }

  function found(lookup) {
    return lookup.asked.some(function (one) { return one.answers.size > 0; });
  }

  /* Promises {asked, shownAs}. */
  async function understand(reader, query, exact, halves) {
    var first = await lookUp(reader, query, exact, halves), corrects = !exact && halves.length === kb.HALVES.length;
    if (exact || (found(first) && 2 * first.sure >= first.letters)) return understood(reader, first, corrects, false);
    var second = await lookUp(reader, kb.otherLayout(query), exact, halves), swapped = false;
    if (second.sure > first.sure || (found(second) && !found(first))) { var swap = first; first = second; second = swap; swapped = true; }
    var answered = await understood(reader, first, corrects, swapped);
    return answered.asked.length ? answered : understood(reader, second, corrects, !swapped);
  }

  Object.assign(kb, { understand: understand });
})(typeof globalThis === "undefined" ? this : globalThis);
