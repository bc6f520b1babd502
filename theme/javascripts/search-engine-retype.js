/* What somebody typed with the wrong keys: on the other keyboard layout, Russian in Latin letters, two words as one.
 * The same as kbgen/search/retype.py, which says what is decided how. Change one side only together with the other.
 * Needs search-engine-read.js. Part of assets/search/engine.js. */
(function (root) {
  "use strict";

  var kb = root.kbSearch;
  var MOST_PIECES = 24, SHORTEST_SOUNDED = 4, SHORTEST_PART = 3, SHORTEST_DENIED = 4;
  var NOT = "не";
  var PIECE = /[^ \t\r\n]+/g;
  var LATIN = /^[a-z']+$/;
  var NUMERIC = /^\p{N}+$/u;
  var LETTERS = /^\p{L}+$/u;

  function isKept(reader, piece, known) {
    return kb.wordsOf(piece, reader.stop).every(function (word) {
      return word.code || NUMERIC.test(word.raw) || word.stop || known.has(word.raw);
    });
  }

  async function everyOne(things, test) {
    for (var thing of things) if (!await test(thing)) return false;
    return true;
  }

  async function begins(reader, raw, halves) {
    return (await reader.beginning(raw, halves)).length > 0;
  }

  /* Whether the index knows all words of a piece, and one of them tells something. */
  async function holds(reader, piece, alone, halves) {
    var words = kb.wordsOf(piece, reader.stop), letters = words.length === 1 ? Array.from(words[0].raw).length : 0;
    var telling = words.filter(function (word) { return !word.stop && !kb.weak.has(word.term); });
    if (alone && letters > 1 && LETTERS.test(words[0].raw) && await begins(reader, words[0].raw, halves)) return true;
    if (!telling.some(function (word) { return kb.CORRECTABLE.test(word.raw); })) return false;
    return everyOne(telling, async function (word) {
      return word.code || await reader.knows(word.term, halves) || (Array.from(word.raw).length > 3 && begins(reader, word.raw, halves));
    });
  }

  async function isSounded(reader, piece, halves) {
    if (!LATIN.test(piece.toLowerCase())) return false;
    var word = kb.inCyrillic(piece);
    return word.length >= SHORTEST_SOUNDED && reader.knows(kb.stem(word), halves);
  }

  /* Promises the query with other keys, or as it is. `known`: a Set of its words that anything answers. */
  async function retyped(reader, query, known, halves) {
    var pieces = query.match(PIECE) || [], at, sounded = new Set();
    var kept = pieces.map(function (piece) { return isKept(reader, piece, known); });
    var tried = pieces.map(function (piece, number) { return number; }).filter(function (number) { return !kept[number]; }).slice(0, MOST_PIECES);
    for (at of tried) {
      if (!await holds(reader, kb.otherLayout(pieces[at]), pieces.length === 1, halves)) continue;
      return pieces.map(function (piece, number) { return kept[number] ? piece : kb.otherLayout(piece); }).join(" ");
    }
    for (at of tried) if (await isSounded(reader, pieces[at], halves)) sounded.add(at);
    if (!sounded.size) return query;
    return pieces.map(function (piece, number) { return sounded.has(number) ? kb.inCyrillic(piece) : piece; }).join(" ");
  }

  /* Promises the known words that an unknown one is made of, or none. */
  async function parted(reader, raw, halves) {
    var rest = raw.slice(NOT.length), at;
    if (raw.startsWith(NOT) && rest.length >= SHORTEST_DENIED && await reader.knows(kb.stem(rest), halves)) return [NOT, rest];
    if (raw.length < 2 * SHORTEST_PART) return [];
    var known = new Set((await reader.words(raw[0])).map(function (one) { return one.term; }));
    for (at = raw.length - SHORTEST_PART; at >= SHORTEST_PART; at -= 1) {
      var other = raw.slice(at);
      if (known.has(kb.stem(raw.slice(0, at))) && !reader.stop.has(other) && await reader.knows(kb.stem(other), halves)) return [raw.slice(0, at), other];
    }
    return [];
  }

  Object.assign(kb, { NOT: NOT, parted: parted, retyped: retyped });
})(typeof globalThis === "undefined" ? this : globalThis);
