/* Marks what was searched for on the page that a result led to: <mark class="kb-hit">, taken away with Esc or with the button that comes
 * with them. The words are handed over in this tab's storage (search-load.js) to the very next page alone, never in an address. */
(() => {
  "use strict";

  const { element, kept } = window.kbPage;
  const NEXT = 60000; // milliseconds within which a page is the next one
  const MOST = 300;
  const ENDING = { latin: 3, other: 4 }; // letters by which a word may be longer than its stem
  const SHORTEST = 3; // letters of a stem that endings may follow
  const CHUNK = /[\p{L}\p{N}]+(?:[-\u2010\u2011_.][\p{L}\p{N}]+)*/gu;
  const PART = /[\p{L}\p{N}]+/gu;
  const LEFT_ALONE = "script, style, mark, button, input, textarea, select, svg, [hidden], .kb-fill, .headerlink, .kb-hidden";

  const DENYING = new Set(["not", "не"]); // what every page says anyway
  const ONE_LETTER = /^(\p{L})-(\p{L}{3,})$/u; // "e-mail" is looked for as "email"

  const plain = (word) => word.normalize("NFC").toLowerCase().replace(/ё/g, "е").replace(/[\u2010\u2011]/g, "-");

  /* Whether a word is a form of a stem, as near as endings tell: the analyser itself is not loaded for this. */
  const isForm = (word, stem) => {
    if (word === stem) return true;
    if (stem.length < SHORTEST) return false;
    const longest = /[a-z]$/.test(stem) ? ENDING.latin : ENDING.other;
    if (word.startsWith(stem)) return word.length - stem.length <= longest;
    return stem.endsWith("i") && word === `${stem.slice(0, -1)}y`; // the stem of "company" and "companies" is "compani"
  };

  const handed = () => {
    const storage = kept("sessionStorage", "kb-hits");
    const told = storage.read();
    storage.write(null);
    if (!told || typeof told !== "object" || !Array.isArray(told.words)) return [];
    if (told.to !== window.location.pathname || !(Date.now() - told.at < NEXT)) return [];
    return told.words.filter((word) => typeof word === "string" && word !== "" && !DENYING.has(word));
  };

  /* The words of a text as they are searched for: [word, start, end], …; a code that is searched for as a whole is one. */
  const wordsOf = (text, stems) => [...text.matchAll(CHUNK)].flatMap((chunk) => {
    const run = plain(chunk[0]);
    const joined = run.replace(ONE_LETTER, "$1$2");
    if (joined !== run || stems.includes(run)) return [[joined, chunk.index, chunk.index + chunk[0].length]];
    return [...chunk[0].matchAll(PART)].map((part) => [plain(part[0]), chunk.index + part.index, chunk.index + part.index + part[0].length]);
  });

  /* Start and end of each word of a text that is searched for: by itself, or in a phrase that stands there as a whole. */
  const found = (text, stems) => {
    const words = wordsOf(text, stems);
    const phrases = stems.filter((stem) => stem.includes(" ")).map((stem) => stem.split(" "));
    const marked = words.map(([word]) => stems.some((stem) => isForm(word, stem)));
    words.forEach((word, at) => phrases.forEach((phrase) => {
      if (at + phrase.length > words.length || !phrase.every((stem, next) => isForm(words[at + next][0], stem))) return;
      phrase.forEach((stem, next) => { marked[at + next] = true; });
    }));
    return words.filter((word, at) => marked[at]).map(([, start, end]) => [start, end]);
  };

  const texts = (root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walker.nextNode()) {
      if (!walker.currentNode.parentElement.closest(LEFT_ALONE)) nodes.push(walker.currentNode);
    }
    return nodes;
  };

  const mark = (node, places) => {
    const text = node.data;
    const pieces = document.createDocumentFragment();
    let end = 0;
    places.forEach(([start, stop]) => {
      pieces.append(text.slice(end, start), element("mark", { class: "kb-hit" }, text.slice(start, stop)));
      end = stop;
    });
    pieces.append(text.slice(end));
    node.replaceWith(pieces);
    return places.length;
  };

  const unmark = () => {
    document.querySelectorAll("mark.kb-hit").forEach((hit) => {
      const around = hit.parentNode;
      hit.replaceWith(...hit.childNodes);
      around.normalize();
    });
    document.querySelectorAll(".kb-unmark").forEach((button) => button.remove());
  };

  const stems = handed();
  if (!stems.length) return;
  let marked = 0;
  document.querySelectorAll(".kb-page h1, .kb-page .kb-body").forEach((root) => {
    texts(root).forEach((node) => {
      const places = marked < MOST ? found(node.data, stems) : [];
      if (places.length) marked += mark(node, places);
    });
  });
  if (!marked) return;
  const form = document.querySelector("form.kb-search");
  const label = form ? window.kbFind.settings(form).strings.unmark : "";
  if (label) document.body.append(element("button", { type: "button", class: "kb-unmark", click: unmark }, label, element("kbd", { "aria-hidden": "true" }, "Esc")));
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") unmark(); });
})();
