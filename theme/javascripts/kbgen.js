// What the other scripts of a page share, the menu on small screens, and the mark in "On this page". Pages are complete without it.
(() => {
  "use strict";

  /* The page's words and facts, printed by theme/kb/runbook-words.html as a data block; nothing where the page has none. */
  const page = (() => {
    try {
      return JSON.parse(document.getElementById("kb-words").textContent);
    } catch (problem) {
      return {};
    }
  })();
  const language = document.documentElement.lang || "en";
  const locale = language === "en" ? "en-GB" : language; // plain "en" would be written the American way

  /* A text with {names} filled in. Values go through a function, because a replacement text may not hold $ as it stands. */
  const filled = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => (values && name in values ? String(values[name]) : whole));
  const word = (key, values) => filled((page.words || {})[key] || key, values);

  /* An element with attributes (true: present; false and null: absent; functions: listeners) and children, which are nodes or plain text. */
  const element = (name, attributes, ...children) => {
    const made = document.createElement(name);
    Object.entries(attributes || {}).forEach(([key, value]) => {
      if (typeof value === "function") made.addEventListener(key, value);
      else if (value !== false && value !== null && value !== undefined) made.setAttribute(key, value === true ? "" : value);
    });
    made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
    return made;
  };

  /* A key of a storage as a value. Storage may be blocked or full: then `write` answers false and nothing else happens. */
  const kept = (kind, key) => ({
    read() {
      try {
        return JSON.parse(window[kind].getItem(key));
      } catch (problem) {
        return null;
      }
    },
    write(value) {
      try {
        if (value === null) window[kind].removeItem(key);
        else window[kind].setItem(key, JSON.stringify(value));
        return true;
      } catch (problem) {
        return false;
      }
    },
  });

  let status = null;
  /* Says a sentence to screen readers. The region exists from the start: many of them overlook one that comes with its text. */
  const say = (sentence) => {
    status.textContent = "";
    window.setTimeout(() => { status.textContent = sentence; }, 30);
  };

  /* Copies a text; answers whether it worked. The old way is for pages that are no secure context, such as a wiki under plain http. */
  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch (problem) {
      const had = document.activeElement;
      const field = element("textarea", { class: "kb-hidden", readonly: true, "aria-hidden": "true", tabindex: "-1" });
      field.value = text;
      document.body.append(field);
      field.select();
      let done = false;
      try { done = document.execCommand("copy"); } catch (refused) { /* the answer is no */ }
      field.remove();
      if (had instanceof HTMLElement) had.focus({ preventScroll: true });
      return done;
    }
  };

  /* An address of support, from its template: {article}, {language}, {query} and {answers}; a mailto: gets them as subject and body. */
  const contactAddress = (template, facts) => {
    const known = (name) => String(facts[name] || "").slice(0, 1500);
    const encoded = (text) => new URLSearchParams({ t: text }).toString().slice(2).replace(/\+/g, "%20"); // mends half an emoji
    const names = ["article", "language", "query", "answers"];
    if (/\{(article|language|query|answers)\}/.test(template)) {
      return filled(template, Object.fromEntries(names.map((name) => [name, encoded(known(name))])));
    }
    if (!template.startsWith("mailto:")) return template;
    const lines = names.filter(known).map((name) => `${word(`contact.fact.${name}`)}: ${known(name)}`);
    const [to, before] = template.split("?");
    const parts = new URLSearchParams(before || "");
    if (!parts.has("subject")) parts.set("subject", known("query") || facts.title || "");
    // Some lines are left free above, for the reader's own words.
    if (!parts.has("body")) parts.set("body", `\n\n\n${lines.join("\n")}`);
    return `${to}?${parts.toString().replace(/\+/g, "%20")}`;
  };

  window.kbPage = { page, language, locale, word, filled, element, kept, say, copy, contactAddress };

  status = element("div", { class: "kb-hidden", role: "status", "data-kb-status": true });
  (document.getElementById("kb-main") || document.body).append(status);
})();

(() => {
  "use strict";

  const button = document.querySelector("[data-kb-menu]");
  const nav = document.getElementById("kb-nav");
  if (button && nav) {
    const show = (open) => {
      nav.classList.toggle("kb-nav--open", open);
      button.setAttribute("aria-expanded", String(open));
    };
    button.addEventListener("click", () => {
      const open = button.getAttribute("aria-expanded") !== "true";
      show(open);
      if (open) {
        window.scrollTo({ top: 0 });
      }
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && button.getAttribute("aria-expanded") === "true") {
        show(false);
        button.focus();
      }
    });
  }

  const links = [...document.querySelectorAll(".kb-toc a")];
  const headings = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
  if (links.length === 0) {
    return;
  }
  let waiting = false;
  const mark = () => {
    waiting = false;
    const ended = window.innerHeight + window.scrollY >= document.documentElement.scrollHeight - 2;
    let current = -1;
    headings.forEach((heading, position) => {
      if (heading && (ended || heading.getBoundingClientRect().top < 140)) {
        current = position;
      }
    });
    links.forEach((link, position) => {
      if (position === current) {
        link.setAttribute("aria-current", "true");
      } else {
        link.removeAttribute("aria-current");
      }
    });
  };
  const soon = () => {
    if (!waiting) {
      waiting = true;
      requestAnimationFrame(mark);
    }
  };
  addEventListener("scroll", soon, { passive: true });
  addEventListener("resize", soon, { passive: true });
  mark();
})();

/* Reading on small screens: what is folded, tables wider than the screen, options of commands. */
(() => {
  "use strict";

  const { element, filled } = window.kbPage;

  /* Where there is room, style sheets show these from the start; now they are open in truth, and may be closed. */
  document.querySelectorAll("details[data-kb-wide]").forEach((part) => {
    if (window.matchMedia("(min-width: 40.01em)").matches) part.open = true;
    part.removeAttribute("data-kb-wide");
  });

  /* The list of sections has done its work once one is chosen; it stays in reach, at the top of the screen. */
  const sections = document.querySelector("[data-kb-sections]");
  if (sections) {
    const close = () => { sections.open = false; };
    sections.addEventListener("click", (event) => {
      if (event.target instanceof Element && event.target.closest("a")) close();
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !sections.open || !sections.contains(document.activeElement)) return;
      close();
      sections.querySelector("summary").focus();
    });
    document.addEventListener("pointerdown", (event) => {
      if (sections.open && event.target instanceof Node && !sections.contains(event.target)) close();
    });
  }

  const body = document.querySelector(".kb-body");
  if (!body) return;

  /* A table that has to be moved sideways can be moved with the keyboard, has a name, and shows that there is more. */
  const boxes = [...body.querySelectorAll("table:not([class])")].map((table) => {
    const scroller = table.closest(".md-typeset__scrollwrap") || element("div", { class: "kb-scroll" });
    if (!scroller.contains(table)) {
      table.replaceWith(scroller);
      scroller.append(table);
    }
    scroller.classList.add("kb-scroll");
    const before = [...body.querySelectorAll("h2, h3, h4")].filter((heading) => heading.compareDocumentPosition(table) & Node.DOCUMENT_POSITION_FOLLOWING).pop();
    const heading = table.caption || before || document.querySelector("h1");
    const name = heading ? [...heading.childNodes].filter((node) => !(node instanceof Element && node.matches(".headerlink"))).map((node) => node.textContent).join("").trim() : "";
    return { scroller, name: filled(body.dataset.kbTable || "{name}", { name }) };
  });
  const measure = () => boxes.forEach(({ scroller, name }) => {
    const wide = scroller.scrollWidth > scroller.clientWidth + 1;
    Object.entries({ tabindex: "0", role: "region", "aria-label": name }).forEach(([key, value]) => {
      if (wide) scroller.setAttribute(key, value);
      else scroller.removeAttribute(key);
    });
    scroller.classList.toggle("kb-scroll--more", wide && scroller.scrollLeft + scroller.clientWidth < scroller.scrollWidth - 1);
  });
  if (boxes.length) {
    boxes.forEach(({ scroller }) => scroller.addEventListener("scroll", measure, { passive: true }));
    new ResizeObserver(measure).observe(body);
    document.addEventListener("DOMContentLoaded", measure);
    measure();
  }

  /* `--ticket` and `-n` stay in one piece. The browser would break a line behind the first hyphen, and no style sheet can forbid it. */
  body.querySelectorAll("code").forEach((code) => {
    if (code.closest("pre")) return;
    const texts = [...code.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE && /(^|\s)--?\w/.test(node.data));
    texts.forEach((node) => {
      const parts = node.data.split(/(\s+)/).filter(Boolean);
      node.replaceWith(...parts.map((part) => (/^--?\w/.test(part) ? element("span", { class: "kb-keep" }, part) : part)));
    });
    code.normalize();
  });
})();
