/* Who takes a case, until when, then whom: the ladder as kbgen/escalation/ climbs it, its docstrings say what holds. Both sides pass
 * tests/vectors/escalation.json.
 *
 *   kbEscalation.climb(tables, request) → ladder, or null where request.at is no moment
 *
 * tables: what kbgen.escalation.tables.tables gives. request: {severity, plan, at, kind, language, channel, tier, escalates_to}, all but
 * the first three optional; at is an ISO text with an offset, e.g. "2026-11-22T03:00+03:00". The ladder is described in
 * kbgen/escalation/tables.py: moments are ISO texts in UTC, "2026-11-22T00:15:00Z". No DOM, no library; time zones are the browser's.
 *
 *   kbEscalation.standing(tables, request, tier, moment) → the tier's step as of a moment in milliseconds, whenever the case came to it
 *   kbEscalation.reach(tables, team, moment) → {team, contact, on_shift}
 *
 * The last two are for pages that are looked at while time goes on; each gives null for a name that nobody has. */
(function (root) {
  "use strict";

  var SECOND = 1000, MINUTE = 60 * SECOND, DAY = 24 * 60 * MINUTE;
  var CHUNK = 8 * DAY, HORIZON = 400 * DAY, MAX = 8.64e15;
  var ZONE = /^(?:UTC|GMT|[A-Z][A-Za-z_]*(?:\/[A-Za-z0-9_+-]+)+)$/;
  var OFFSET = /(?:Z|[+-]\d\d:?\d\d)$/i;
  var clocks = new Map();

  /* How a zone's clock on the wall shows a moment, as the milliseconds UTC has when its clock shows the same; null for an unknown zone. */
  function clockOf(zone) {
    if (clocks.has(zone)) return clocks.get(zone);
    var clock = null;
    try {
      if (ZONE.test(zone)) {
        var format = new Intl.DateTimeFormat("en-US", {
          timeZone: zone, hourCycle: "h23", calendar: "gregory", numberingSystem: "latn", era: "short",
          year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric"
        });
        clock = function (moment) {
          var shown = {};
          format.formatToParts(moment).forEach(function (part) { shown[part.type] = part.value; });
          return Date.UTC(+shown.year, shown.month - 1, +shown.day, +shown.hour, +shown.minute, +shown.second);
        };
      }
    } catch (error) { /* a zone that this browser does not know */ }
    clocks.set(zone, clock);
    return clock;
  }

  /* The moment at which the clock shows this. A time that comes twice is the first one, one that is skipped has the offset of before. */
  function momentOf(shown, clock) {
    var before = clock(shown - DAY) - (shown - DAY);
    var first = shown - before;
    if (clock(first) === shown) return first;
    var after = clock(shown + DAY) - (shown + DAY);
    var second = shown - after;
    return clock(second) === shown ? second : first;
  }

  function minuteOfDay(time) {
    return +time.slice(0, 2) * 60 + +time.slice(3);
  }

  function midnight(moment) {
    return Math.floor(moment / DAY) * DAY;
  }

  /* Each time a shift takes place around a stretch of time. Days are milliseconds of their midnight in UTC. */
  function places(shift, start, end, days) {
    var clock = clockOf(shift.zone), found = [];
    if (!clock) return found;
    var begins = minuteOfDay(shift.from), ends = minuteOfDay(shift.to);
    if (ends <= begins) ends += 24 * 60;
    for (var day = midnight(start) - 3 * DAY; day <= midnight(end) + DAY; day += DAY) {
      if (shift.days.indexOf(days[(new Date(day).getUTCDay() + 6) % 7]) < 0) continue;
      var begin = momentOf(day + begins * MINUTE, clock), stop = momentOf(day + ends * MINUTE, clock);
      if (begin < stop && begin < end && stop > start) found.push([Math.max(begin, start), Math.min(stop, end)]);
    }
    return found;
  }

  /* When at least one of the shifts takes place: stretches that do not touch, in order. */
  function runs(shifts, start, end, days) {
    var found = [], merged = [];
    shifts.forEach(function (shift) { found = found.concat(places(shift, start, end, days)); });
    found.sort(function (one, other) { return one[0] - other[0] || one[1] - other[1]; });
    found.forEach(function (span) {
      var last = merged[merged.length - 1];
      if (last && span[0] <= last[1]) last[1] = Math.max(last[1], span[1]);
      else merged.push(span);
    });
    return merged;
  }

  function onShift(shifts, at, days) {
    return runs(shifts, at, at + 1, days).length > 0;
  }

  /* Calls visit with every stretch from a moment to the horizon, until it gives something else than null. */
  function ahead(shifts, at, days, visit) {
    for (var start = at; shifts.length && start < at + HORIZON; start += CHUNK) {
      var spans = runs(shifts, start, Math.min(start + CHUNK, at + HORIZON), days);
      for (var index = 0; index < spans.length; index += 1) {
        var answer = visit(spans[index]);
        if (answer !== null) return answer;
      }
    }
    return null;
  }

  function nextOn(shifts, at, days) {
    return ahead(shifts, at, days, function (span) { return span[0]; });
  }

  function afterWork(shifts, at, minutes, days) {
    var left = minutes * MINUTE;
    return ahead(shifts, at, days, function (span) {
      var length = span[1] - span[0];
      if (length >= left) return span[0] + left;
      left -= length;
      return null;
    });
  }

  function own(object, key) {
    return Object.prototype.hasOwnProperty.call(object, key) ? object[key] : null;
  }

  function withId(list, id) {
    return list.find(function (item) { return item.id === id; }) || null;
  }

  function startTier(tables, level) {
    var levels = tables.tiers.map(function (tier) { return tier.level; }).filter(function (one) { return one >= level; });
    var lowest = Math.min.apply(null, levels);
    return tables.tiers.find(function (tier) { return tier.level === lowest; }) || null;
  }

  /* What escalates_to means: {tier, team}, or null. */
  function target(tables, name) {
    var tier = withId(tables.tiers, name);
    if (tier) return { tier: tier, team: "" };
    tier = own(tables.teams, name) && tables.tiers.find(function (one) { return one.teams.indexOf(name) >= 0; });
    return tier ? { tier: tier, team: name } : null;
  }

  function nextTier(tables, tier, kind) {
    return withId(tables.tiers, own(tier.branches, kind)) || withId(tables.tiers, tier.next);
  }

  function teamsOf(tables, tier) {
    return tier.teams.map(function (id) {
      var team = own(tables.teams, id);
      return team && { id: id, languages: team.languages, hours: team.hours, contacts: team.contacts };
    }).filter(Boolean);
  }

  function hoursOf(teams) {
    return teams.reduce(function (all, team) { return all.concat(team.hours); }, []);
  }

  function speaks(team, language) {
    return !team.languages.length || team.languages.indexOf(language) >= 0;
  }

  /* The first with the smallest key; keys are lists of numbers. */
  function least(items, key) {
    return items.reduce(function (best, item) {
      var one = key(item), other = best && key(best);
      for (var index = 0; best && index < one.length; index += 1) {
        if (one[index] !== other[index]) return one[index] < other[index] ? item : best;
      }
      return best || item;
    }, null);
  }

  /* The team to call. Without a moment: the one to call at some time. */
  function called(teams, named, language, at, days) {
    function fit(team) { return [team.id === named ? 0 : 1, speaks(team, language) ? 0 : 1]; }
    if (at === null) return { team: least(teams, fit), working: false };
    var working = teams.filter(function (team) { return onShift(team.hours, at, days); });
    if (working.length) return { team: least(working, fit), working: true };
    return { working: false, team: least(teams, function (team) {
      var next = nextOn(team.hours, at, days);
      return [next === null ? MAX : next, speaks(team, language) ? 0 : 1];
    }) };
  }

  function contactOf(team, working) {
    if (working || !team.contacts.length) return team.contacts[0] || null;
    return least(team.contacts, function (contact) { return [contact.via === "pager" || contact.rota ? 0 : contact.reserve ? 1 : 2]; });
  }

  function textIn(texts, language, otherwise) {
    return own(texts, language) || own(texts, otherwise) || Object.values(texts)[0] || "";
  }

  function iso(moment) {
    return moment === null ? null : new Date(moment).toISOString().replace(".000Z", "Z");
  }

  /* The step, and until when it lasts in milliseconds. */
  function stepOf(tables, tier, teams, named, request, arrives) {
    var days = tables.days, shifts = hoursOf(teams);
    var choice = called(teams, named, request.language, arrives, days);
    var starts = arrives === null ? null : nextOn(shifts, arrives, days);
    var keeps = own(tier.keeps, request.severity);
    var until = starts === null || keeps === null ? null : afterWork(shifts, starts, keeps, days);
    var closed = choice.working || arrives === null ? null : tier.closed;
    return { starts: starts, until: until, step: {
      tier: tier.id,
      team: choice.team.id,
      contact: contactOf(choice.team, choice.working || arrives === null),
      on_shift: choice.working,
      speaks: speaks(choice.team, request.language),
      starts: iso(starts),
      until: iso(until),
      told: closed ? textIn(closed.told, request.language, tables["default"]) : null,
      decides: closed ? closed.decides : ""
    } };
  }

  function climbSteps(tables, request, at, notes) {
    function note(kind, about) { notes.push({ kind: kind, about: about || "" }); }
    var steps = [], visited = new Set(), tier = startTier(tables, request.tier), last = tier, arrives = at, named = "";
    var override = request.escalates_to ? target(tables, request.escalates_to) : null;
    if (!tier) { note("no-tier"); return steps; }
    if (request.escalates_to && !override) note("unknown-target", request.escalates_to);
    while (tier) {
      if (visited.has(tier.id)) { note("loop", tier.id); return steps; }
      visited.add(tier.id);
      var teams = teamsOf(tables, tier);
      if (teams.length) {
        var made = stepOf(tables, tier, teams, named, request, arrives);
        if (arrives !== null && made.starts === null) note("no-hours", tier.id);
        steps.push(made.step);
        arrives = made.until;
      } else note("nobody", tier.id);
      last = tier;
      named = override ? override.team : "";
      tier = override ? override.tier : nextTier(tables, tier, request.kind);
      override = null;
    }
    note(last.exit ? "exit" : "no-exit", last.id);
    return steps;
  }

  /* What the SLA promises: {channel, first_answer, next_update, resolution}. */
  function promised(tables, request, at, notes) {
    var written = tables.channels.find(function (one) { return one.written; });
    var name = request.channel || (written ? written.id : "");
    var answer = { channel: name, first_answer: null, next_update: null, resolution: null };
    var known = withId(tables.channels, name);
    if (known && !known.written) { notes.push({ kind: "not-written", about: name }); return answer; }
    var cell = tables.sla.find(function (one) {
      return one.plan === request.plan && one.severity === request.severity && one.channels.indexOf(name) >= 0;
    });
    if (!cell) { notes.push({ kind: "no-sla", about: "" }); return answer; }
    var line = startTier(tables, 1), shifts = line ? hoursOf(teamsOf(tables, line)) : [], late = false;
    function due(minutes, since) {
      if (minutes === null) return null;
      var moment = cell.clock === "always" ? since + minutes * MINUTE : afterWork(shifts, since, minutes, tables.days);
      late = late || moment === null;
      return moment;
    }
    var first = due(cell.first_answer, at);
    answer.first_answer = iso(first);
    answer.next_update = late ? null : iso(due(cell.next_update, first === null ? at : first));
    answer.resolution = iso(due(cell.resolution, at));
    if (late) notes.push({ kind: "no-clock", about: "" });
    return answer;
  }

  function complete(asked) {
    return Object.assign({ kind: "question", language: "en", channel: "", tier: 1, escalates_to: "" }, asked);
  }

  function climb(tables, asked) {
    var request = complete(asked);
    var at = OFFSET.test(request.at) ? Date.parse(request.at) : NaN;
    if (Number.isNaN(at)) return null;
    at = Math.floor(at / SECOND) * SECOND;
    var notes = [], steps = climbSteps(tables, request, at, notes), answer = promised(tables, request, at, notes);
    return {
      steps: steps, channel: answer.channel, first_answer: answer.first_answer, next_update: answer.next_update,
      resolution: answer.resolution, notes: notes
    };
  }

  function standing(tables, asked, name, moment) {
    var request = complete(asked), tier = withId(tables.tiers, name), teams = tier ? teamsOf(tables, tier) : [];
    var found = request.escalates_to ? target(tables, request.escalates_to) : null;
    return teams.length ? stepOf(tables, tier, teams, found && found.tier === tier ? found.team : "", request, moment).step : null;
  }

  function reach(tables, name, moment) {
    var team = own(tables.teams, name), working = Boolean(team) && onShift(team.hours, moment, tables.days);
    return team && { team: name, contact: contactOf(team, working), on_shift: working };
  }

  root.kbEscalation = Object.assign(root.kbEscalation || {}, { climb: climb, standing: standing, reach: reach });
})(typeof globalThis === "undefined" ? this : globalThis);
