/* Guides: section.kb-guide is an outline of questions and outcomes whose answers are links between them (kbgen makes it from a fence
 * ```decision). This script shows one node at a time. Without it the outline reads well; printed, it is an outline again (print.css).
 *
 *   <section class="kb-guide" id="guide-1"><ol class="kb-guide__nodes">
 *     <li class="kb-guide__question" id="guide-1-see"><p class="kb-guide__ask">…</p><ul><li><a href="#guide-1-reset">…</a></li></ul></li>
 *     <li class="kb-guide__outcome" id="guide-1-reset" data-kb-outcome="article">…</li>
 *   </ol></section>
 *
 * The first node is the start. What was answered is part of the case where the page has one (case.js, wiki only); elsewhere it stays for
 * this tab, so that coming back from an article does not lose it. It is kept as [node, number of the answer, next node], so that another
 * language of the article knows it too. The browser's own Back leaves the page, as everywhere. `window.kbGuides()` tells what was answered,
 * for the handover and the contact links. */
(() => {
  "use strict";

  const { page, word, element, kept, say } = window.kbPage;
  const kase = window.kbCase && window.kbCase.kind ? window.kbCase : null;
  const guides = [];

  /* Where a guide's way is kept. */
  const memoryOf = (id) => {
    if (!kase) return kept("sessionStorage", `kb-guide:${page.article || location.pathname}#${id}`);
    return {
      read() {
        try {
          return JSON.parse(kase.get("guides", id));
        } catch (problem) {
          return null;
        }
      },
      write: (way) => kase.set("guides", id, way ? JSON.stringify(way) : ""),
    };
  };

  class Guide {
    constructor(section) {
      this.section = section;
      this.list = section.querySelector(".kb-guide__nodes");
      this.nodes = new Map([...this.list.children].map((node) => [node.id, node]));
      this.start = this.list.firstElementChild.id;
      this.memory = memoryOf(section.id);
      this.steps = []; // of {from, number, answer, to}
      this.frame();
      this.nodes.forEach((node) => this.prepare(node));
      this.restore();
      this.follow();
      if (kase) kase.changes(() => this.restore());
    }

    /* What stands around the nodes: the answers so far above them, the ways back below. */
    frame() {
      const title = element("p", { class: "kb-guide__title", id: `${this.section.id}-title` }, word("guide.title"));
      this.path = element("ol", { class: "kb-guide__path", "aria-label": word("guide.path") });
      const button = (key, act) => element("button", { type: "button", class: "kb-act", click: act }, word(key));
      this.back = button("guide.back", () => this.undo());
      this.again = button("guide.restart", () => this.restart());
      this.ways = element("p", { class: "kb-guide__ways" }, this.back, this.again);
      this.section.prepend(title, this.path);
      this.section.append(this.ways);
      this.section.setAttribute("role", "group");
      this.section.setAttribute("aria-labelledby", title.id);
      this.section.classList.add("kb-guide--live");
      this.list.setAttribute("role", "presentation"); // one node is no list
    }

    /* Answers become buttons: they choose, they don't lead to another place. */
    prepare(node) {
      node.setAttribute("role", "group");
      const first = node.querySelector(".kb-guide__ask, .kb-guide__kind");
      if (first) first.tabIndex = -1;
      if (!node.classList.contains("kb-guide__question")) return;
      node.querySelectorAll("ul > li > a[href^='#']").forEach((link) => {
        const target = decodeURIComponent(link.getAttribute("href").slice(1));
        if (!this.nodes.has(target)) return;
        const place = [...this.nodes.keys()].indexOf(target) + 1;
        const button = element("button", { type: "button", class: "kb-guide__answer", "data-kb-to": place, "data-kb-node": target }, link.textContent);
        button.addEventListener("click", () => this.choose(node.id, button));
        link.replaceWith(button);
      });
    }

    /* The answers of a question, in order. */
    answers(id) {
      return this.nodes.has(id) ? [...this.nodes.get(id).querySelectorAll(".kb-guide__answer")] : [];
    }

    /* A way as it was kept; null where this guide has no such way (any more). */
    known(way) {
      if (!Array.isArray(way)) return null;
      const steps = way.filter(Array.isArray).map(([from, number, to]) => {
        const button = this.answers(from)[number];
        return button && button.dataset.kbNode === to ? { from, number, answer: button.textContent, to } : null;
      });
      return steps.length === way.length && steps.every(Boolean) ? steps : null;
    }

    /* Shows what is kept, where that is not what this guide has kept itself: another tab may have gone on, or cleared the case. */
    restore() {
      const way = this.memory.read(), text = JSON.stringify(way);
      if (text === this.kept) return;
      this.kept = text;
      this.steps = this.known(way) || [];
      this.entered = "";
      this.show();
      document.dispatchEvent(new CustomEvent("kb:answers"));
    }

    /* A link from elsewhere on the page, or from another page, to a node. */
    follow() {
      const id = decodeURIComponent(location.hash.slice(1));
      if (!this.nodes.has(id) || id === this.current) return;
      this.steps = [];
      this.entered = id;
      this.show();
      this.focus();
    }

    get current() {
      return this.steps.length ? this.steps[this.steps.length - 1].to : this.entered || this.start;
    }

    choose(from, button) {
      this.steps.push({ from, number: this.answers(from).indexOf(button), answer: button.textContent, to: button.dataset.kbNode });
      this.changed();
    }

    undo() {
      this.steps.pop();
      this.changed();
    }

    restart() {
      this.steps = [];
      this.entered = "";
      this.changed();
    }

    changed() {
      const way = this.steps.length ? this.steps.map(({ from, number, to }) => [from, number, to]) : null;
      this.kept = JSON.stringify(way);
      this.memory.write(way);
      this.show();
      this.focus();
      document.dispatchEvent(new CustomEvent("kb:answers"));
    }

    asked(id) {
      return this.nodes.get(id).querySelector(".kb-guide__ask").textContent.trim();
    }

    show() {
      this.nodes.forEach((node, id) => { node.hidden = id !== this.current; });
      this.path.replaceChildren(...this.steps.map((step) =>
        element("li", {}, element("span", {}, this.asked(step.from)), " ", element("strong", {}, step.answer))));
      this.path.hidden = this.steps.length === 0;
      this.back.hidden = this.steps.length === 0;
      this.ways.hidden = this.current === this.start;
    }

    /* The focus on the new question lets a screen reader read it; the status only tells where in the guide that is. */
    focus() {
      const node = this.nodes.get(this.current);
      const first = node.querySelector(".kb-guide__ask, .kb-guide__kind");
      if (first) first.focus({ preventScroll: true });
      const top = this.section.getBoundingClientRect().top;
      if (top < 0 || top > window.innerHeight * 0.8) this.section.scrollIntoView({ block: "start" });
      const asks = node.classList.contains("kb-guide__question");
      say(asks ? word("guide.question", { number: this.steps.length + 1 }) : word("guide.outcome"));
    }

    /* Question and answer, in the order they were given, and what the guide came to. */
    lines() {
      const node = this.nodes.get(this.current);
      const said = this.steps.length && node.querySelector(".kb-guide__say");
      return { answers: this.steps.map((step) => [this.asked(step.from), step.answer]), outcome: said ? said.textContent.trim() : "" };
    }
  }

  document.querySelectorAll(".kb-guide").forEach((section) => {
    if (section.querySelector(".kb-guide__nodes > li")) guides.push(new Guide(section));
  });
  window.kbGuides = () => guides.map((guide) => guide.lines()).filter((told) => told.answers.length);
  window.addEventListener("hashchange", () => guides.forEach((guide) => guide.follow()));
  document.addEventListener("kb:cleared", () => guides.forEach((guide) => {
    guide.entered = "";
    guide.show();
  }));
})();
