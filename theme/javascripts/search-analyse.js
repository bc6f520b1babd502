/* From text to terms: the analyser, as kbgen/search/analyse.py describes it. Both pass tests/vectors/analyser.json.
 * Needs lunr.js, lunr.stemmer.support.js and lunr.ru.js, for their stemmers. Part of assets/search/engine.js. */
(function (root) {
  "use strict";

  var LONGEST = 64;
  var CHUNK = /[\p{L}\p{N}]+(?:[-_.][\p{L}\p{N}]+)*/gu;
  var INVISIBLE = /[\p{M}\p{Cf}]/gu;
  var NUMBER = /\p{N}/u;
  var LATIN = /^[a-z]+$/;
  var CYRILLIC = /^[а-я]+$/;
  var ONE_LETTER = /^(\p{L})-(\p{L}{3,})$/u;
  var NOT = /n['\u2019]t(?![\p{L}\p{N}])/gu;
  var NEGATIONS = new Map();
  "not no nor never neither without cannot unable cant dont doesnt didnt isnt arent wasnt werent wont couldnt havent hasnt".split(" ")
    .forEach(function (word) { NEGATIONS.set(word, "not"); });
  ["не", "нет", "нельзя"].forEach(function (word) { NEGATIONS.set(word, "не"); });
  var stems = new Map(NEGATIONS);

  function normalise(text) {
    return text.normalize("NFC").toLowerCase().replace(/ё/g, "е").replace(/ς/g, "σ").replace(/[\u2010\u2011]/g, "-").replace(NOT, "nt")
      .replace(INVISIBLE, "");
  }

  function stem(word) {
    var known = stems.get(word);
    if (known !== undefined) return known;
    var stemmer = LATIN.test(word) ? root.lunr.stemmer : CYRILLIC.test(word) ? root.lunr.ru.stemmer : null;
    var stemmed = stemmer ? stemmer(new root.lunr.Token(word, {})).toString() : word;
    stems.set(word, stemmed);
    return stemmed;
  }

  function cut(word) {
    return word.length <= LONGEST ? word : Array.from(word).slice(0, LONGEST).join("");
  }

  /* Words in order, stop words too; a code comes before its parts. `stop` is a Set. */
  function wordsOf(text, stop) {
    var found = [];
    (normalise(text).match(CHUNK) || []).forEach(function (run, position) {
      var chunk = run.replace(ONE_LETTER, "$1$2");
      var parts = chunk.split(/[-_.]/);
      if (parts.length > 1 && cut(chunk) === chunk && (chunk.indexOf("_") >= 0 || NUMBER.test(chunk))) {
        found.push({ raw: chunk, term: chunk, code: true, stop: false, chunk: position });
      }
      parts.forEach(function (part) {
        var raw = cut(part);
        found.push({ raw: raw, term: stem(raw), code: false, stop: stop.has(raw), chunk: position });
      });
    });
    return found;
  }

  function analyse(text, stop) {
    return wordsOf(text, stop).filter(function (word) { return !word.stop; }).map(function (word) { return word.term; });
  }

  root.kbSearch = Object.assign(root.kbSearch || {}, {
    weak: new Set(NEGATIONS.values()), normalise: normalise, stem: stem, wordsOf: wordsOf, analyse: analyse
  });
})(typeof globalThis === "undefined" ? this : globalThis);
