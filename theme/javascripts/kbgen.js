// The menu on small screens, and the mark in "On this page". Pages are complete without it.
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
