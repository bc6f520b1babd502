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
