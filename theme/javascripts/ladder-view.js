/* What ladder-now.js found, as elements. Adds `view(stood, brief, open)` to `window.kbLadder`: {parts, head}; `head` says in a sentence who
 * acts now. brief: for the card of a runbook, with the other steps folded (`open`: or not). */
(() => {
  "use strict";

  const { word, element } = window.kbPage;
  const kb = window.kbLadder;
  if (!kb) return;
  const { tierName, teamName, beside, who } = kb.names;
  const { moment, dated, away, late } = kb.times;
  const { phrase, ways } = kb;

  const small = (className, text) => element("span", { class: className }, text);
  /* On paper "in 20 minutes" would soon be wrong. */
  const near = (stood, iso) => (stood.planned ? "" : small("kb-ladder__near", ` (${away(iso, stood.now)})`));
  const timed = (stood, iso) => element("span", {}, moment(iso), near(stood, iso));
  const told = (step) => (step.told ? element("p", { class: "kb-ladder__told" }, element("strong", {}, `${word("ladder.told")} `), step.told) : null);
  const deciding = (step, now) => {
    if (!step.decides) return null;
    const found = window.kbEscalation.reach(kb.tables, step.decides, now);
    return element("p", { class: "kb-ladder__note" }, word("ladder.decides", { team: teamName(step.decides) }), ...(found && found.contact ? [", ", ...ways(found.contact)] : []));
  };

  /* ---- the steps */

  const when = (step) => {
    if (step.state === "passed") return phrase("ladder.passed", { until: moment(step.until) });
    const parts = [];
    if (step.on_shift) parts.push(word(step.state === "later" ? "ladder.on.then" : "ladder.on"));
    else if (step.starts) parts.push(`${word("ladder.off")} `, moment(step.starts));
    if (!step.until) return parts;
    if (parts.length) parts.push("; ");
    return [...parts, ...(step.state === "ended" ? phrase("ladder.passed", { until: moment(step.until) }) : [`${word("ladder.until")} `, moment(step.until)])];
  };
  const stepRow = (stood) => (step) => {
    const present = step.state === "now" || step.state === "ended", hours = when(step);
    const facts = step.state === "passed" ? [] : [step.speaks ? null : element("p", { class: "kb-ladder__note" }, word("ladder.speaks")), told(step), deciding(step, stood.now)];
    return element("li", { class: `kb-ladder__step kb-ladder__step--${step.state}${!step.on_shift && step.starts ? " kb-ladder__step--off" : ""}`, "aria-current": present ? "step" : null },
      element("p", { class: "kb-ladder__who" }, element("strong", {}, teamName(step.team)), beside(step) ? element("span", {}, beside(step)) : null,
        present && !stood.planned ? small("kb-ladder__state", word(kb.stateOf(step))) : null),
      element("p", { class: "kb-ladder__ways" }, ...ways(step.contact)),
      hours.length ? element("p", { class: "kb-ladder__when" }, ...hours) : null,
      ...facts);
  };

  /* ---- who acts now */

  const strong = (...parts) => element("strong", {}, ...parts);
  const line = (...parts) => element("p", {}, ...parts);
  /* Who comes next stands open: nobody should have to look for a number when the time is up. */
  const following = (stood, label) => {
    const step = stood.next, hours = step.on_shift || !step.starts ? [] : [`${word("ladder.off")} `, moment(step.starts)];
    return [
      element("p", { class: "kb-ladder__then" }, strong(`${label} `), `${who(step)}: `, ...ways(step.contact)),
      hours.length ? element("p", { class: "kb-ladder__when" }, ...hours) : null,
      step.on_shift ? null : told(step), step.on_shift ? null : deciding(step, stood.now),
    ];
  };
  const call = (stood, name, contact) => line(strong(`${word(stood.planned ? "ladder.first" : "ladder.now")} `), `${name}: `, ...ways(contact));
  const acting = (stood, brief) => {
    const { holder, next, deputy, ladder } = stood;
    if (!holder) return [];
    const then = (label) => (next ? following(stood, word(label)) : []);
    const speaks = holder.speaks ? null : element("p", { class: "kb-ladder__note" }, word("ladder.speaks"));
    if (stood.mine && holder.state === "now") {
      const own = holder.until ? phrase("ladder.own", { team: tierName(holder.tier), until: timed(stood, holder.until) }) : [word("ladder.own.open", { team: tierName(holder.tier) })];
      return [line(strong(...own)), speaks, ...then(holder.until ? (brief ? "ladder.then.card" : "ladder.then") : "ladder.then.stuck")];
    }
    if (holder.on_shift || !holder.decides) {
      const ended = holder.state === "ended" && ladder.notes.find((note) => note.kind === "exit");
      const hours = when(holder);
      return [call(stood, who(holder), holder.contact), hours.length ? element("p", { class: "kb-ladder__when" }, ...hours) : null, speaks, told(holder),
        ended ? line(kb.noteText(ended)) : null];
    }
    const until = holder.starts ? { team: teamName(holder.team), until: moment(holder.starts) } : { team: teamName(holder.team) };
    const kind = `${stood.own ? "ladder.own.decides" : "ladder.deputy"}${holder.starts ? "" : ".open"}`;
    return [
      stood.own ? line(strong(...phrase(kind, until))) : call(stood, teamName(holder.decides), deputy && deputy.contact),
      stood.own ? null : line(...phrase(kind, until)),
      told(holder),
      stood.own ? element("p", { class: "kb-ladder__then" }, strong(`${word("ladder.then.stuck")} `), `${who(holder)}: `, ...ways(holder.contact)) : null,
    ];
  };

  /* ---- what was promised */

  const promise = (stood, name) => {
    const iso = stood.ladder[name], late_ = iso && kb.overdue(stood, iso);
    const about = !iso || stood.planned ? null : late_ ? small("kb-ladder__late", late(iso, stood.now)) : small("kb-ladder__near", Date.parse(iso) === stood.now ? word("ladder.due") : away(iso, stood.now));
    return element("div", { class: late_ ? "kb-ladder__promise--late" : null }, element("dt", {}, word(`ladder.${name}`)),
      element("dd", {}, ...(iso ? [moment(iso), about ? " " : null, about] : [word("ladder.none")])));
  };
  const promises = (stood) => [
    element("dl", { class: "kb-ladder__promises" }, ...kb.PROMISES.map((name) => promise(stood, name))),
    kb.PROMISES.some((name) => stood.ladder[name] && kb.overdue(stood, stood.ladder[name])) ? element("p", { class: "kb-ladder__note" }, word("ladder.sent")) : null,
  ];

  /* For which message, and as of when. */
  const about = (stood) => {
    const { request, now, planned } = stood;
    const at = moment(request.at);
    const said = planned ? phrase("ladder.for.future", { at }) : request.typed ? phrase("ladder.for.past", { at, ago: small("kb-ladder__near", away(request.at, now)) }) : [word("ladder.for.now")];
    return element("p", { class: `kb-ladder__for${planned ? " kb-ladder__for--planned" : ""}` }, ...said);
  };
  const foot = (stood) => element("p", { class: "kb-ladder__zone" }, small("kb-ladder__asked", `${kb.asked(stood)}. `),
    stood.planned ? "" : `${word("ladder.asof", { time: dated(new Date(stood.now)) })} `, word("ladder.zone", { zone: kb.zone(new Date(stood.now)) }));

  kb.view = (stood, brief, open) => {
    const acts = acting(stood, brief).filter(Boolean);
    const head = acts.length ? element("div", { class: "kb-ladder__now" }, ...acts) : null;
    const steps = [element("ol", { class: "kb-ladder__steps" }, ...stood.steps.map(stepRow(stood))), ...stood.ladder.notes.map((note) => element("p", { class: "kb-ladder__note" }, kb.noteText(note)))];
    const more = () => [element("details", { class: "kb-ladder__more", open }, element("summary", {}, word("ladder.more")), ...steps)];
    const parts = [about(stood), head, ...promises(stood), ...(brief ? more() : steps), foot(stood)];
    return { parts: parts.filter(Boolean), head: acts.length ? acts[0].textContent : "" };
  };
})();
