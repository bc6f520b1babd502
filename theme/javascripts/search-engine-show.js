/* The best sections of a document for a query, and the pieces of their text that show why: the same as kbgen/search/passage.py.
 * Needs search-analyse.js. Part of assets/search/engine.js. */
(function (root) {
  "use strict";

  var kb = root.kbSearch;
  var WINDOW = 28, LEAD = 4, MOST = 3;

  /* The phrases among the answers that stand in this row of terms: [phrase, start, end], …. */
  function phrasesIn(terms, weights) {
    var found = [];
    weights.forEach(function (weight, phrase) {
      var wanted = phrase.split(" "), start;
      if (wanted.length < 2) return;
      for (start = terms.indexOf(wanted[0]); start >= 0 && start + wanted.length <= terms.length; start += 1) {
        if (wanted.every(function (term, at) { return terms[start + at] === term; })) found.push([phrase, start, start + wanted.length]);
      }
    });
    return found;
  }

  /* Those of the answers that stand in a text: terms, and phrases as a whole. */
  function answersIn(text, weights, stop) {
    var terms = kb.analyse(text, stop), found = new Set(terms);
    phrasesIn(terms, weights).forEach(function (one) { found.add(one[0]); });
    return found;
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

  /* For each of the words, as they stand between spaces, whether it matches: by itself, or in a phrase that stands there as a whole. */
  function marksOf(words, weights, stop) {
    var terms = [], places = [], marks = words.map(function (piece, place) {
      var found = kb.wordsOf(piece, stop);
      found.forEach(function (word) {
        if (word.stop) return;
        terms.push(word.term);
        places.push(place);
      });
      return found.some(function (word) { return weights.has(word.term); });
    });
    phrasesIn(terms, weights).forEach(function (one) {
      places.slice(one[1], one[2]).forEach(function (place) { marks[place] = true; });
    });
    return marks;
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

  function weight(section, weights, stop) {
    var inHeading = answersIn(section[1], weights, stop), inText = answersIn(section[2], weights, stop), score = 0;
    weights.forEach(function (one, name) { score += one * (Number(inHeading.has(name)) + Number(inText.has(name))); });
    return score;
  }

  function passage(sections, number, summary, weights, stop) {
    var text = sections[number][2];
    if (!text || (number === 0 && marksOf(text.split(" "), weights, stop).indexOf(true) < 0)) text = summary || text;
    return { anchor: sections[number][0], heading: sections[number][1], parts: snippet(text, weights, stop) };
  }

  function bestPassages(texts, weights, stop, most) {
    var sections = texts.sections.length ? texts.sections : [["", "", ""]];
    var scores = sections.map(function (section) { return weight(section, weights, stop); });
    var order = scores.map(function (score, number) { return number; }).sort(function (a, b) { return scores[b] - scores[a] || a - b; });
    return order.slice(0, most || MOST).filter(function (number) {
      return number === order[0] || 2 * scores[number] > scores[order[0]];
    }).map(function (number) { return passage(sections, number, texts.summary, weights, stop); });
  }

  Object.assign(kb, { bestPassages: bestPassages, marksOf: marksOf });
})(typeof globalThis === "undefined" ? this : globalThis);
