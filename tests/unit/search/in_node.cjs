// Runs the browser's analyser and engine in Node: one JSON object in on stdin, one out on stdout.
// {"engine": path, "stop": [...], "texts": [...]} → {"terms": [[...], ...]}
// {"engine": path, "index": folder, "queries": [...], "limit": n, "options": {...}}
//   → {"hits": [[...], ...], "answers": [{...}, ...], "suggested": [[...], ...], "loaded": [path, ...]}
"use strict";
const fs = require("fs");
const path = require("path");
const vm = require("vm");

const asked = JSON.parse(fs.readFileSync(0, "utf8"));
const page = vm.createContext({ console });
vm.runInContext(fs.readFileSync(asked.engine, "utf8"), page, { filename: "engine.js" });
const kb = page.kbSearch;

async function main() {
  if (asked.texts) {
    const stop = new Set(asked.stop);
    return { terms: asked.texts.map((text) => kb.analyse(text, stop)) };
  }
  const loaded = [];
  const engine = await kb.open(async (name) => {
    loaded.push(name);
    return vm.runInContext("JSON.parse", page)(fs.readFileSync(path.join(asked.index, name), "utf8"));
  });
  const hits = [], answers = [], suggested = [];
  for (const query of asked.queries) {
    hits.push(await engine.search(query, asked.limit, asked.options));
    const { total, facets, shown_as, literal, weights, relaxed } = await engine.find(query, asked.limit, asked.options);
    answers.push({ total, facets, shown_as, literal, weights: [...weights], relaxed: relaxed.map((hit) => hit.address) });
    suggested.push((await engine.suggest(query, asked.limit)).map((hit) => [hit.address, hit.score]));
  }
  return { hits, answers, suggested, popular: engine.popular("", 10).map((hit) => hit.address), loaded };
}

main().then((answer) => fs.writeSync(1, JSON.stringify(answer)));
