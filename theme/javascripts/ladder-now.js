/* How a case stands now: the ladder is climbed from the customer's message, and read off at this minute. Adds to `window.kbLadder`:
 *
 *   stand(request, card)    {request, ladder, now, planned, steps, place, holder, next, deputy, mine, own}, or null
 *   asText(stood)           the same for a ticket
 *   rows(stood)             the same for a handover, [[label, text], …]
 *
 * request: as for kbEscalation.climb, and `typed`: whether somebody said when the customer wrote. card: whether the reader works where the
 * case starts, as with a runbook. A step is `passed`, has the case `now`, or comes `later`; who is called of the one that has it, and
 * whether anybody is there, holds for this minute and not for the one in which the case came. A message that is still to come is for
 * planning: then "now" is the moment of the message. */
(() => {
  "use strict";

  const { word } = window.kbPage;
  const kb = window.kbLadder;
  if (!kb) return;
  const { climb, standing, reach } = window.kbEscalation;
  const { nameOf, tierOf, tierName, teamName, who, nameOfLanguage, kindName } = kb.names;
  const { stamp, late } = kb.times;
  const PROMISES = ["first_answer", "next_update", "resolution"];

  const over = (step, now) => Boolean(step.until) && Date.parse(step.until) <= now;

  const stand = (request, card) => {
    const ladder = climb(kb.tables, request);
    if (!ladder) return null;
    const today = Math.floor(Date.now() / kb.MINUTE) * kb.MINUTE, at = Date.parse(request.at), now = Math.max(at, today);
    const place = ladder.steps.filter((step, index) => index < ladder.steps.length - 1 && over(step, now)).length;
    const steps = ladder.steps.map((step, index) => {
      if (index !== place) return { ...step, state: index < place ? "passed" : "later" };
      // A team that is named to take over is named for the step after the first.
      const there = standing(kb.tables, index ? request : { ...request, escalates_to: "" }, step.tier, now);
      return { ...step, ...there, until: step.until, state: over(step, now) ? "ended" : "now" };
    });
    const holder = steps[place] || null;
    const deputy = holder && !holder.on_shift && holder.decides ? reach(kb.tables, holder.decides, now) : null;
    // Whose reader's line it is: that of the runbook, or the first one.
    const line = steps.length && (card || request.tier === 1) ? tierOf(steps[0].tier) : null;
    return {
      request, ladder, now, planned: at > today, steps, place, holder, next: steps[place + 1] || null, deputy,
      mine: Boolean(line && holder && line.id === holder.tier && holder.on_shift),
      own: Boolean(line && deputy && line.teams.includes(deputy.team)),
    };
  };

  const noteText = (note) => {
    if (note.kind === "exit") return `${word("ladder.exit")} ${tierOf(note.about).exit}`;
    return word(`ladder.note.${note.kind}`, { about: tierOf(note.about) ? tierName(note.about) : nameOf(kb.tables.channels, note.about) });
  };
  const overdue = (stood, iso) => !stood.planned && Date.parse(iso) < stood.now;

  const stateOf = (step) => (step.on_shift || !step.starts ? "ladder.state.now" : "ladder.state.waits");

  /* ---- as text */

  const deciding = (step, now) => {
    const found = reach(kb.tables, step.decides, now);
    return `${word("ladder.decides", { team: teamName(step.decides) })}${found && found.contact ? `, ${kb.wayText(found.contact)}` : ""}`;
  };
  const due = (stood, name) => {
    const iso = stood.ladder[name];
    return iso ? stamp(iso) + (overdue(stood, iso) ? `, ${late(iso, stood.now)}` : "") : word("ladder.none");
  };
  const written = ({ request }) => {
    const at = `${stamp(request.at)} (${kb.zone(new Date(request.at))})`;
    return request.typed ? at : word("ladder.at.unset", { time: at });
  };
  const presence = (step) => {
    if (step.state === "passed") return [word("ladder.passed", { until: stamp(step.until) })];
    return [
      step.on_shift ? word(step.state === "later" ? "ladder.on.then" : "ladder.on") : step.starts && `${word("ladder.off")} ${stamp(step.starts)}`,
      step.until && (step.state === "ended" ? word("ladder.passed", { until: stamp(step.until) }) : `${word("ladder.until")} ${stamp(step.until)}`),
    ].filter(Boolean);
  };
  const reached = (step) => `${who(step)}: ${kb.wayText(step.contact)}`;
  const stepText = (stood, step, position) => [
    `${position + 1}. ${reached(step)}`,
    [!stood.planned && (step.state === "now" || step.state === "ended") ? word(stateOf(step)) : "", ...presence(step)].filter(Boolean).join("; "),
    step.state !== "passed" && step.told && `${word("ladder.told")} ${step.told}`,
    step.state !== "passed" && step.decides && deciding(step, stood.now),
  ].filter(Boolean).join("\n   ");
  const asked = ({ request }) => [nameOf(kb.tables.severities, request.severity), nameOf(kb.tables.plans, request.plan), kindName(request.kind), nameOfLanguage(request.language)]
    .filter(Boolean).join(", ");
  const asText = (stood) => kb.bare([
    `${word("ladder.title")}: ${asked(stood)}`,
    `${word("ladder.at")}: ${written(stood)}`,
    stood.planned ? "" : word("ladder.asof", { time: stamp(stood.now) }),
    ...stood.steps.map((step, position) => stepText(stood, step, position)),
    ...PROMISES.map((name) => `${word(`ladder.${name}`)}: ${due(stood, name)}`),
    ...stood.ladder.notes.map(noteText),
  ].filter(Boolean).join("\n"));

  const rows = (stood) => {
    const { holder, next } = stood;
    const line = (step) => [reached(step), ...presence(step), !step.on_shift && step.decides && deciding(step, stood.now)].filter(Boolean).join("; ");
    return [
      [word("ladder.at"), written(stood)],
      ...PROMISES.map((name) => [word(`ladder.${name}`), due(stood, name)]),
      ...(holder ? [[word("ladder.has"), line(holder)]] : []),
      ...(next ? [[word("ladder.next"), line(next)]] : []),
    ].map(([label, text]) => [label, kb.bare(text)]);
  };

  Object.assign(kb, { stand, asText, rows, asked, noteText, overdue, stateOf, PROMISES });
})();
