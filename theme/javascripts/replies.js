/* Saved replies: a button per language copies the text with what was filled in; on the page of all replies a box filters them.
 *
 *   <section class="kb-reply" data-kb-reply="ID">… <div class="kb-reply__text" lang="en">…</div> <div class="kb-reply__text" lang="ru">…</div>
 *     <p class="kb-reply__link"><a href="…">…</a></p></section>
 *   <input data-kb-filter>      filters all .kb-reply of the page; [data-kb-group] without a reply left goes too
 *   <details class="kb-reply">  on that page they are folded: few that are left open by themselves, and so does the one of the address
 *
 * Where the page has no form of placeholders, each reply gets fields for its own. Wiki only. */
(() => {
  "use strict";

  const { word, element, say, copy, language } = window.kbPage;
  const kase = window.kbCase;
  const replies = [...document.querySelectorAll(".kb-reply")];

  /* The text as a customer should get it: paragraphs apart by an empty line, lists with - or numbers, links with their address. */
  const inline = (node) => [...node.childNodes].map((child) => {
    if (child.nodeType === Node.TEXT_NODE) return child.textContent.replace(/\s+/g, " ");
    if (!(child instanceof Element) || child.matches("[data-kb-made]")) return "";
    if (child.tagName === "BR") return "\n";
    const text = inline(child);
    // A relative address leads into the wiki: nothing for customers.
    const href = child.tagName === "A" ? child.getAttribute("href") || "" : "";
    const away = /^https?:/.test(href) && new URL(href).origin !== location.origin;
    return away && !text.includes(href) ? `${text} (${href})` : text;
  }).join("");
  const tidy = (text) => text.replace(/[ \t]*\n[ \t]*/g, "\n").trim();
  const blocks = (node) => [...node.children].filter((child) => !child.matches("[data-kb-made], .kb-label")).map((child) => {
    if (child.matches("ul, ol")) {
      return [...child.children].map((item, position) => {
        const lines = item.querySelector("p, ul, ol") ? blocks(wrapped(item)) : tidy(inline(item));
        return `${child.tagName === "OL" ? `${(child.start || 1) + position}.` : "-"} ${lines.replace(/\n+/g, "\n   ")}`;
      }).join("\n");
    }
    if (child.matches("pre, .highlight")) return child.textContent.replace(/\n$/, "");
    if (child.matches("blockquote, div, section")) return blocks(wrapped(child));
    return tidy(inline(child));
  }).filter(Boolean).join("\n\n");
  /* A copy in which loose text and inline elements stand in paragraphs. */
  function wrapped(node) {
    const box = document.createElement("div");
    let loose = null;
    [...node.childNodes].forEach((child) => {
      const block = child instanceof Element && child.matches("p, ul, ol, pre, blockquote, div, section, table, h1, h2, h3, h4, h5, h6");
      if (block) loose = null;
      else if (!loose) box.append(loose = document.createElement("p"));
      (block ? box : loose).append(child.cloneNode(true));
    });
    return box;
  }

  const nameOf = (code) => {
    try {
      return new Intl.DisplayNames([language], { type: "language" }).of(code);
    } catch (problem) {
      return code;
    }
  };

  const buttons = (text, many) => {
    const told = element("span", { class: "kb-reply__told" });
    const press = async () => {
      const missing = kase.fill.missing([...text.querySelectorAll(".kb-fill")]);
      const done = await copy(blocks(wrapped(text)));
      const sentence = !done ? word("runbook.copy.failed") : missing ? word("runbook.reply.missing", { names: missing }) : word("runbook.copied");
      told.textContent = sentence;
      told.classList.toggle("kb-reply__told--missing", !done || Boolean(missing));
      say(sentence);
    };
    const label = many ? word("runbook.reply.copy.language", { language: nameOf(text.lang || language) }) : word("runbook.reply.copy");
    const button = element("button", { type: "button", class: "kb-act", click: press }, label);
    text.append(element("p", { class: "kb-reply__ways", lang: language, "data-kb-made": true }, button, told));
  };

  const ownForm = document.querySelector("[data-kb-fills]");
  replies.forEach((reply) => {
    const texts = [...reply.querySelectorAll(".kb-reply__text")];
    const names = [...new Set([...reply.querySelectorAll(".kb-fill")].map((span) => span.dataset.kbFill))];
    if (!ownForm && names.length && texts.length) {
      texts[0].before(element("div", { class: "kb-fields kb-fields--reply", "data-kb-made": true }, ...names.map(kase.fill.field)));
    }
    texts.forEach((text) => buttons(text, texts.length > 1));
  });

  const filter = document.querySelector("input[data-kb-filter]");
  if (!filter) return;
  const MOST_OPEN = 3;
  const opened = new Set(); // by the filter; what the reader opened stays as it is
  const unfold = (left) => entries.forEach(({ reply }) => {
    const open = Boolean(filter.value.trim()) && left <= MOST_OPEN && !reply.hidden;
    if (open === opened.has(reply) || (open && reply.open)) return;
    reply.open = open;
    opened[open ? "add" : "delete"](reply);
  });
  const folded = (text) => text.normalize("NFC").toLocaleLowerCase().replace(/ё/g, "е");
  // By its words as they are written, without what stands on our buttons.
  const entries = replies.map((reply) => ({ reply, text: folded(`${reply.dataset.kbReply} ${kase.texts.plain(reply)}`) }));
  const groups = [...document.querySelectorAll("[data-kb-group]")];
  const none = element("p", { class: "kb-filter__none", hidden: true }, word("runbook.filter.none"));
  const home = replies.length ? replies[0].closest("[data-kb-group]") || replies[0] : filter.form || filter;
  home.before(none);
  const sift = () => {
    const words = folded(filter.value).split(/\s+/).filter(Boolean);
    let left = 0;
    entries.forEach(({ reply, text }) => {
      reply.hidden = !words.every((one) => text.includes(one));
      if (!reply.hidden) left += 1;
    });
    groups.forEach((group) => { group.hidden = !group.querySelector(".kb-reply:not([hidden])"); });
    none.hidden = left > 0;
    unfold(left);
    return left;
  };
  let waiting = 0;
  filter.addEventListener("input", () => {
    const left = sift();
    window.clearTimeout(waiting);
    waiting = window.setTimeout(() => say(left ? word("runbook.filter.left", { count: left }) : word("runbook.filter.none")), 500);
  });
  if (filter.form) filter.form.addEventListener("submit", (event) => event.preventDefault());
  const arrive = () => {
    const named = document.getElementById(location.hash.slice(1)); // ids of replies are plain
    if (named && replies.includes(named)) {
      named.open = true;
      named.scrollIntoView();
    }
  };
  window.addEventListener("hashchange", arrive);
  arrive();
  sift(); // the browser may have kept what was typed
})();
