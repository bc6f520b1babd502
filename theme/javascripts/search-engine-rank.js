/* Ranking: BM25 for each word of a query, the documents that answer more of the words first, and lunr for the order.
 * The same operations in the same order as kbgen/search/rank.py, which has the formula. Change one side only together with the other.
 * Needs lunr.js and search-engine-read.js. Part of assets/search/engine.js. */
(function (root) {
  "use strict";

  var kb = root.kbSearch;
  var FIELDS = ["title", "keywords", "headings", "body"];
  var FLOOR = 0.01, SHORT = 3, MOST = 200;
  var WHOLE_TITLE = 4.0, BEGUN_TITLE = 3.0, WHOLE_KEYWORD = 2.0, SINGLE_KEYWORD = 1.4;

  function inverseFrequency(documents, holding) {
    return Math.max(1, Math.floor(Math.log(1 + (documents - holding + 0.5) / (holding + 0.5)) * 1024 + 0.5)) / 1024;
  }

  /* In a short query every word counts. */
  function coverage(answered, words) {
    var share = answered / words;
    return words <= SHORT ? share * share * share : share;
  }

  function sum(scores) { return scores[0] + scores[1] + scores[2] + scores[3]; }

  function addScores(reader, half, posting, boost, found) {
    var directory = reader.directory, k1 = directory.k1, b = directory.b, number = 0, at, side;
    var weight = boost * inverseFrequency(reader.ids.length, posting.length >> 1);
    for (at = 0; at < posting.length; at += 2) {
      number += posting[at];
      var position = reader.positions.get(number), packed = posting[at + 1];
      if (position === undefined) continue;
      var counts = [Math.floor(packed / (half.cap + 1)), packed % (half.cap + 1)];
      for (side = 0; side < 2; side += 1) {
        if (!counts[side]) continue;
        var field = half.fields[side], count = counts[side];
        var length = reader.lengths[field][position] * 100 / Math.max(1, directory.averages[field]);
        var value = weight * directory.weights[field] * ((k1 + 1) * count) / (k1 * (1 - b + b * length) + count);
        if (!found.has(position)) found.set(position, [0, 0, 0, 0]);
        found.get(position)[field] += value;
      }
    }
  }

  /* Promises a Map from position to scores per field, of the documents that hold all of the terms. */
  async function answered(reader, one, halves) {
    var found = new Map(), holding = new Map(), share = one.boost / one.terms.length;
    for (var term of one.terms) {
      var here = new Map();
      for (var half of halves) addScores(reader, half, await reader.posting(half, term), share, here);
      here.forEach(function (scores, position) {
        var known = found.get(position);
        found.set(position, known ? known.map(function (score, field) { return score + scores[field]; }) : scores);
        holding.set(position, (holding.get(position) || 0) + 1);
      });
    }
    if (one.terms.length > 1) {
      holding.forEach(function (count, position) { if (count < one.terms.length) found.delete(position); });
    }
    return found;
  }

  /* Promises a Map from position to by how much a score rises for being called, or asked, just what the query says. */
  async function bonuses(reader, understood) {
    var found = new Map(), begun = understood.begun, letters = " " + begun.slice(0, 3), number = 0, at;
    if (begun) {
      reader.titles().forEach(function (title, position) {
        if (title.indexOf(letters) >= 0 && reader.begins(position).startsWith(begun)) found.set(position, BEGUN_TITLE);
      });
    }
    var posting = understood.whole ? await reader.posting(kb.HALVES[0], understood.whole) : [];
    for (at = 0; at < posting.length; at += 2) {
      number += posting[at];
      var position = reader.positions.get(number), inTitle = posting[at + 1] > kb.HALVES[0].cap;
      if (position === undefined) continue;
      found.set(position, Math.max(found.get(position) || 1, inTitle ? WHOLE_TITLE : begun ? WHOLE_KEYWORD : SINGLE_KEYWORD));
    }
    return found;
  }

  /* Promises all results, best first: [{position, answers: [scores per field or undefined, per word], covered, factor, score}, …]. */
  async function score(reader, understood, halves) {
    var asked = understood.asked, bonus = await bonuses(reader, understood), found = new Map(), best = 0, most = 0;
    for (var number = 0; number < asked.length; number += 1) {
      for (var one of asked[number].answers.values()) {
        (await answered(reader, one, halves)).forEach(function (scores, position) {
          if (!found.has(position)) found.set(position, { position: position, answers: new Array(asked.length), covered: 0, factor: 0, score: 0 });
          var scored = found.get(position), known = scored.answers[number];
          if (!known) scored.covered += Number(asked[number].counts);
          if (!known || sum(scores) > sum(known)) scored.answers[number] = scores;
        });
      }
    }
    var words = asked.filter(function (one) { return one.counts; }).length;
    found.forEach(function (scored) {
      var total = 0;
      scored.answers.forEach(function (scores) { total += sum(scores); });
      scored.factor = coverage(scored.covered, words) * (bonus.get(scored.position) || 1);
      scored.score = total * scored.factor;
      best = Math.max(best, scored.score);
      most = Math.max(most, scored.covered);
    });
    return Array.from(found.values()).filter(function (scored) {
      return scored.covered && (scored.covered === most || scored.score >= best * FLOOR);
    }).sort(function (a, b) { return b.score - a.score || a.position - b.position; });
  }

  function addVectors(scored, names, inverted, vectors) {
    scored.answers.forEach(function (scores, number) {
      scores.forEach(function (value, field) {
        if (!value) return;
        var ref = FIELDS[field] + "/" + scored.position;
        inverted[names[number]][FIELDS[field]][scored.position] = {};
        if (!vectors[ref]) vectors[ref] = new root.lunr.Vector([]);
        vectors[ref].elements.push(number, value * scored.factor);
      });
    });
  }

  /* The first results as lunr puts them in order: [{position, id, score}, …]. */
  function rank(reader, asked, results, limit) {
    var best = results.slice(0, Math.max(limit, MOST)), inverted = Object.create(null), vectors = Object.create(null);
    if (!best.length) return [];
    if (!asked.length) { // titles with nothing but stop words
      return best.map(function (scored) { return { position: scored.position, id: reader.ids[scored.position], score: 0 }; });
    }
    var names = asked.map(function (one, number) { return "word" + ("0" + number).slice(-2); });
    names.forEach(function (name, number) { inverted[name] = { _index: number, title: {}, keywords: {}, headings: {}, body: {} }; });
    best.forEach(function (scored) { addVectors(scored, names, inverted, vectors); });
    var index = new root.lunr.Index({
      invertedIndex: inverted, fieldVectors: vectors, tokenSet: root.lunr.TokenSet.fromArray(names), fields: FIELDS, pipeline: new root.lunr.Pipeline()
    });
    return index.query(function (query) {
      names.forEach(function (name) { query.term(name, { usePipeline: false }); });
    }).map(function (hit) {
      return { position: Number(hit.ref), id: reader.ids[Number(hit.ref)], score: hit.score };
    }).sort(function (a, b) { return b.score - a.score || a.id - b.id; });
  }

  /* Promises what each answer counts in passages: a Map from its terms, joined by spaces, to its boost by how rare they are. */
  async function weightsOf(reader, asked) {
    var weights = new Map();
    for (var one of asked) {
      for (var [name, answer] of one.counts ? one.answers : []) {
        var rare = 0;
        for (var term of answer.terms) {
          var postings = await Promise.all(kb.HALVES.map(function (half) { return reader.posting(half, term); }));
          rare += inverseFrequency(reader.ids.length, Math.max(postings[0].length >> 1, postings[1].length >> 1));
        }
        weights.set(name, Math.max(weights.get(name) || 0, answer.boost * rare));
      }
    }
    return weights;
  }

  Object.assign(kb, { rank: rank, score: score, weightsOf: weightsOf });
})(typeof globalThis === "undefined" ? this : globalThis);
