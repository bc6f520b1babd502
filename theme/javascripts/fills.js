/* Placeholders of commands and replies: filled in once per case (case.js), shown wherever they stand, missed when something is copied
 * without them. Wiki only.
 *
 *   <section data-kb-fills>    the list of theme/kb/fills.html; gets a field for each name
 *   <span class="kb-fill" data-kb-fill="email">{{email}}</span>    shows what was filled in
 */
(() => {
  "use strict";

  const { page, word, element, say } = window.kbPage;
  const kase = window.kbCase;

  const spans = [...document.querySelectorAll(".kb-fill[data-kb-fill]")];
  spans.forEach((span) => { span.dataset.kbRaw = span.textContent; });
  const filled = () => spans.forEach((span) => {
    const value = kase.get("fills", span.dataset.kbFill);
    if (span.textContent !== (value || span.dataset.kbRaw)) span.textContent = value || span.dataset.kbRaw;
    span.classList.toggle("kb-fill--filled", Boolean(value));
  });

  const labels = new Map((page.fills || []).map((fill) => [fill.name, fill.label]));
  /* Keeps a field and a value of the case alike, without taking the letters from under the writer's hands. */
  const bind = (input, part, name) => {
    input.addEventListener("input", () => kase.set(part, name, input.value.trim()));
    kase.changes(() => {
      const value = kase.get(part, name);
      if (input !== document.activeElement || input.value.trim() !== value) input.value = value;
    });
  };
  let fields = 0;
  /* A labelled field for a placeholder; any number of them may stand for one name. */
  const field = (name) => {
    const input = element("input", { type: "text", id: `kb-fill-${(fields += 1)}`, autocomplete: "off", spellcheck: "false", "data-kb-fills-name": name });
    bind(input, "fills", name);
    const label = element("label", { for: input.id }, labels.get(name) || name, " ", element("code", {}, `{{${name}}}`));
    return element("div", { class: "kb-field", "data-kb-made": true }, label, input);
  };

  /* What is still to be filled in among some placeholders, as a reader calls it. */
  const missing = (some) => {
    const names = some.filter((span) => !span.classList.contains("kb-fill--filled")).map((span) => span.dataset.kbFill);
    return [...new Set(names)].map((name) => labels.get(name) || name).join(", ");
  };

  kase.fill = { field, bind, labels, missing, spans };
  kase.changes(filled);

  /* The form on top: the list of theme/kb/fills.html, with a field for each name. */
  const list = document.querySelector("[data-kb-fills]");
  if (list) {
    const names = new Set([...labels.keys(), ...spans.map((span) => span.dataset.kbFill)]);
    list.querySelectorAll("dl, .kb-fills__plain").forEach((part) => part.remove());
    list.querySelector(".kb-fills__live").hidden = false;
    list.append(element("div", { class: "kb-fields" }, ...[...names].map(field)));
  }

  /* ---- a command copied with a hole in it would be pasted into a terminal */

  const notes = new Map(); // element → the warning below it
  const warn = (near, names) => {
    const note = notes.get(near) || element("p", { class: "kb-unfilled", "data-kb-made": true });
    notes.set(near, note);
    note.hidden = !names;
    if (!names) return;
    const sentence = word("runbook.reply.missing", { names });
    note.textContent = sentence;
    if (near.tagName === "LI") near.append(note);
    else near.after(note);
    say(sentence);
  };
  const among = (near) => spans.filter((span) => near.contains(span));
  const block = (node) => node && (node.closest(".highlight, pre") || node.closest("li, p, td, .kb-reply__text"));
  /* Material's button: its target is the code whose text it copies. */
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-clipboard-target]") : null;
    const code = button && document.querySelector(button.dataset.clipboardTarget);
    if (code && among(code).length) warn(block(code), missing(among(code)));
  });
  /* By hand: what is selected. */
  document.addEventListener("copy", () => {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed || selection.rangeCount === 0) return;
    const some = spans.filter((span) => selection.containsNode(span, true));
    if (some.length) warn(block(some[0]), missing(some));
  });
  kase.changes(() => notes.forEach((note, near) => { note.hidden = note.hidden || !missing(among(near)); }));
})();
