/* Checklists, gates and questions of runbooks, procedures and learning paths; see case.js for where ticks are kept. Wiki only.
 *
 *   <div class="kb-body" data-kb-checklist data-kb-article="KB-8KMX">    its top-level <ol> items and task-list items become steps
 *   <aside class="kb-gate">       gets a tick "confirmed"
 *   <aside class="kb-danger" data-kb-side="client">    stays locked until all gates above it are confirmed
 *   <h2 id="clarify">             list items below it that end with a question mark get a field
 *
 * `window.kbRunbook` tells handover.js what was done. */
(() => {
  "use strict";

  const { word, element, say } = window.kbPage;
  const kase = window.kbCase;
  const body = document.querySelector("[data-kb-checklist]");
  if (!body) return;
  const { plain, key } = kase.texts;
  const OURS = ".kb-label, .kb-rollback"; // not the words of the step itself
  const BLOCKS = "ol, ul, pre, table, aside, figure, .highlight, .admonition, details";
  const NO_STEPS = ".kb-guide, .kb-reply, .kb-gate, .kb-stop, .footnote, blockquote, table";

  /* Where something stands: the text of the h2 above it. */
  const sectionOf = (node) => {
    let found = null;
    body.querySelectorAll("h2").forEach((heading) => {
      if (heading.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING) found = heading;
    });
    return found;
  };

  const top = (item) => !item.closest(NO_STEPS) && !item.parentElement.closest("li");
  const question = (item) => {
    const heading = sectionOf(item);
    return heading && heading.id === "clarify" && /\?[\s"'»”’)]*$/.test(plain(item, "ol, ul, pre, table, figure"));
  };
  const asked = [...body.querySelectorAll("ol > li, ul > li")].filter((item) => top(item) && question(item));
  const listed = [...body.querySelectorAll("ol > li, li.task-list-item")].filter((item) => top(item) && !asked.includes(item));
  // A danger without steps of its own is one step.
  const dangers = [...body.querySelectorAll(".kb-danger")];
  const whole = dangers.filter((danger) => !listed.some((item) => danger.contains(item)));
  const inOrder = (one, other) => (one.node.compareDocumentPosition(other.node) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1);

  /* A box with a label: the whole label is the target, 44 px in both directions. */
  const tick = (part, name, label, className) => {
    const box = element("input", { type: "checkbox", class: "kb-tick__box" });
    const when = element("span", { class: "kb-tick__time", "data-kb-made": true });
    box.addEventListener("change", () => kase.set(part, name, box.checked ? new Date().toISOString() : ""));
    const show = () => {
      const iso = kase.get(part, name);
      box.checked = Boolean(iso);
      when.replaceChildren(...(iso ? [kase.times.time(iso)] : []));
    };
    return { box, when, show, label: element("label", { class: `kb-tick ${className}`, "data-kb-made": true }, box, label) };
  };

  /* The number that the reader sees before the item. */
  const number = (item) => {
    const list = item.parentElement;
    return list.tagName === "OL" ? (list.start || 1) + [...list.children].filter((one) => one.tagName === "LI").indexOf(item) : 0;
  };

  const step = (node) => {
    const text = () => plain(node, `${BLOCKS}, ${OURS}`) || plain(node, OURS);
    const made = { node, kind: "step", section: sectionOf(node), number: node.tagName === "LI" ? number(node) : 0, text, key: key(node, OURS) };
    if (node.tagName === "LI") {
      node.querySelectorAll(":scope > input, :scope > .task-list-control, :scope > p:first-child > input").forEach((old) => old.remove());
      const name = element("span", { class: "kb-hidden" }, word("runbook.step.done", { step: text() }));
      made.tick = tick("ticks", made.key, name, "kb-tick--step");
      node.classList.add("kb-step");
      const first = node.firstElementChild;
      node.prepend(made.tick.label);
      // The time stands beside the words of the step, not below the commands in it.
      const block = [...node.children].find((child) => child !== made.tick.label && child.matches(BLOCKS));
      if (first && first.tagName === "P") first.append(made.tick.when);
      else node.insertBefore(made.tick.when, block || null);
    } else {
      made.tick = tick("ticks", made.key, element("span", {}, word("runbook.danger.done")), "kb-tick--block");
      node.append(element("p", { class: "kb-ticks", "data-kb-made": true }, made.tick.label, made.tick.when));
      node.classList.add("kb-step--block");
    }
    return made;
  };

  const gate = (node, position) => {
    if (!node.id) node.id = `kb-gate-${position + 1}`;
    const text = () => plain(node, ".kb-label");
    const made = { node, kind: "gate", section: sectionOf(node), text, key: key(node, ".kb-label") };
    made.tick = tick("gates", made.key, element("span", {}, word("runbook.gate.confirmed")), "kb-tick--block");
    const proof = element("input", { type: "text", id: `${node.id}-proof`, autocomplete: "off" });
    kase.fill.bind(proof, "proofs", made.key);
    const field = element("div", { class: "kb-field", "data-kb-made": true }, element("label", { for: proof.id }, word("runbook.gate.proof")), proof);
    // A tick alone opens what follows; who can say later that it was right to?
    const unproved = element("strong", { class: "kb-gate__unproved", hidden: true }, word("runbook.gate.unproved"));
    made.show = () => {
      made.tick.show();
      unproved.hidden = !made.tick.box.checked || Boolean(kase.get("proofs", made.key));
      node.classList.toggle("kb-gate--confirmed", made.tick.box.checked);
    };
    made.tick.box.addEventListener("change", () => { if (!unproved.hidden) say(word("runbook.gate.unproved")); });
    node.append(element("p", { class: "kb-ticks", "data-kb-made": true }, made.tick.label, made.tick.when, unproved), field);
    return made;
  };

  const field = (item, position) => {
    const made = { node: item, kind: "question", section: sectionOf(item), text: () => plain(item, BLOCKS), key: key(item) };
    const input = element("textarea", { rows: "1", id: `kb-answer-${position + 1}`, "aria-label": made.text() });
    input.addEventListener("input", () => {
      const had = kase.get("times", made.key);
      kase.set("answers", made.key, input.value.trim());
      if (Boolean(input.value.trim()) !== Boolean(had)) kase.set("times", made.key, input.value.trim() ? new Date().toISOString() : "");
    });
    kase.changes(() => { if (input !== document.activeElement || !kase.get("answers", made.key)) input.value = kase.get("answers", made.key); });
    item.classList.add("kb-question");
    item.append(element("div", { class: "kb-field kb-field--answer", "data-kb-made": true }, input));
    return made;
  };

  const questions = asked.map(field);
  const gates = [...body.querySelectorAll(".kb-gate")].map(gate);
  const steps = [...listed, ...whole].map((node) => ({ node })).sort(inOrder).map(({ node }) => step(node));
  kase.structure([...questions, ...gates, ...steps].map(({ key: name, section, kind }) => ({ key: name, kind, section: section ? section.id : "" })));

  /* ---- dangers on the client's side wait for the gates above them */

  const locks = dangers.filter((danger) => danger.dataset.kbSide === "client").map((danger) => {
    const before = gates.filter((one) => inOrder(one, { node: danger }) < 0);
    const link = element("a", {}, word("runbook.lock.go"));
    const notice = element("p", { class: "kb-lock", "data-kb-made": true, hidden: true }, element("strong", {}, word("runbook.lock")), " ", link);
    const label = danger.querySelector(".kb-label");
    if (label) label.after(notice);
    else danger.prepend(notice);
    return { danger, before, link, notice, inside: steps.filter((one) => danger.contains(one.node)) };
  });

  const lock = ({ danger, before, link, notice, inside }) => {
    const open = before.find((one) => !kase.get("gates", one.key));
    danger.classList.toggle("kb-danger--locked", Boolean(open));
    notice.hidden = !open;
    if (open) link.href = `#${open.node.id}`;
    // What was done before somebody took the confirmation back stays told, and may be unticked.
    inside.forEach((one) => { one.tick.box.disabled = Boolean(open) && !one.tick.box.checked; });
  };

  /* ---- how far it is */

  const meter = element("progress", { max: String(steps.length || 1), value: "0", "aria-label": word("runbook.progress.label") });
  const told = element("span", { class: "kb-bar__count" });
  const progress = element("span", { class: "kb-bar__progress" }, told, meter);
  progress.hidden = steps.length === 0;
  kase.bar.firstElementChild.append(progress);
  if (kase.kind === "track") kase.bar.lastElementChild.before(kase.button("runbook.print", () => window.print(), "plain"));

  let last = -1;
  const show = () => {
    steps.forEach((one) => {
      one.tick.show();
      one.node.classList.toggle("kb-step--done", one.tick.box.checked);
    });
    gates.forEach((one) => one.show());
    locks.forEach(lock);
    const done = steps.filter((one) => one.tick.box.checked).length;
    const sentence = word("runbook.progress", { done, all: steps.length });
    told.textContent = word("runbook.progress.short", { done, all: steps.length });
    meter.value = done;
    if (last >= 0 && last !== done) say(sentence);
    last = done;
  };

  window.kbRunbook = { body, steps, gates, questions };
  kase.changes(show);
})();
