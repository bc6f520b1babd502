"""The files about support: what is taken, what is told, and that a fault costs as little as possible."""

import re

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kbgen.config import plain
from kbgen.config.data import load_data
from kbgen.model.data import FILES, Data
from kbgen.model.settings import Settings

SETTINGS = Settings(
    sites={"public": {"name": "Help", "audience": "public"}, "wiki": {"name": "Wiki", "audience": "internal"}},
    languages={"en": {"name": "English"}, "ru": {"name": "Русский"}},
)
GOOD = {
    "teams": '- {id: a, name: {en: A}, languages: [en, pt], hours: [{from: "22:00", to: "06:00", zone: Europe/Lisbon}],\n'
    "   contacts: [{via: pager, rota: https://pager.example/a}]}\n- {id: b, name: {en: B}}\n",
    "severities": "- {id: high, name: {en: High}, definition: {en: None}, changed_by: [a], audience: public}\n",
    "plans": "- {id: std, name: {en: Std}, includes: [{en: Chat, ru: Чат}], audience: public}\n",
    "channels": "- {id: chat, name: {en: Chat}, unread: {after: 5m, to: mail}, reserve: mail, audience: public}\n"
    "- {id: mail, name: {en: Mail}, address: 'mailto:a@b.example'}\n",
    "sla": "- {plan: std, severity: high, channels: [chat, mail], first_answer: 15m, next_update: 1h, resolution: not promised}\n",
    "tiers": "- {id: one, level: 1, name: {en: One}, teams: [a], keeps: {high: 5m}, next: two, branches: {bug: two}}\n"
    "- {id: two, level: 2, name: {en: Two}, teams: [b], exit: {en: End}, closed: {told: {en: Later}, decides: a}}\n",
    "releases": "- {id: '2026.1', date: 2026-01-09, areas: [billing], changed: {en: X}, known_problems: [KB-1], rolls_back: a}\n",
    "alerts": "- {id: Db.Slow_1, severity: low, area: billing}\n",
    "trackers": "- {id: bugs, name: {en: Bugs}, takes: bug, url: 'https://b.example/?s={summary}&d={description}', files: a}\n",
}


@pytest.fixture
def read(tmp_path):
    """Write files by their names in the data and read them: data, and the problems as lines."""

    def read_data(**files):
        folder = tmp_path / "content" / "_data"
        folder.mkdir(parents=True, exist_ok=True)
        for field, text in files.items():
            (folder / FILES[field]).write_bytes(text if isinstance(text, bytes) else text.encode())
        data, problems = load_data(tmp_path, SETTINGS, ("billing",))
        assert all(problem.hint for problem in problems)
        return data, [f"{problem.code} {str(problem.place).removeprefix('content/_data/')}: {problem.message}" for problem in problems]

    return read_data


def test_all_files(read):
    data, problems = read(**GOOD)
    assert problems == []
    assert {field: len(getattr(data, field)) for field in GOOD} == {field: text.count("- {id") or 1 for field, text in GOOD.items()}
    assert data.team("a").hours[0].end == "06:00"
    assert data.tier("two").closed.decides == "a"


def test_none_of_them_has_to_be_there(read):
    data, problems = read()
    assert problems == []
    assert {field for field in FILES if getattr(data, field)} == {"areas"}


def test_the_projects_own(root):
    from kbgen.config.load import load_settings

    data, problems = load_data(root, load_settings(root / "mkdocs.yml"), ())
    assert problems == ()
    assert all(getattr(data, field) for field in FILES)


@pytest.mark.parametrize(
    ("field", "entry", "message"),
    [
        (
            "severities",
            "{id: urgent, name: {en: X}, definition: {en: X}}",
            "4: id: 'urgent' is not possible here (possible: low, medium, high)",
        ),
        ("severities", "{id: low, name: {en: X}, definition: {}}", "28: definition: is empty"),
        ("tiers", "{id: x, level: 4, name: {en: x}, teams: [a]}", "11: level: '4' is not possible here (possible: 1, 2, 3)"),
        ("tiers", "{id: x, level: 2, name: {en: x}, teams: []}", "36: teams: is empty"),
        ("releases", "{id: 'a b', date: 2026-01-01, changed: {en: x}}", "4: id: 'a b' is not possible here: letters a to z, digits, dots,"),
        ("releases", "{id: x, date: soon, changed: {en: x}}", "11: date: has to be a date like 2026-10-01"),
        (
            "releases",
            "{id: x, date: 2026-02-30, changed: {en: x}}",
            "17: '2026-02-30' is not a possible value (a date that does not exist?)",
        ),
        ("alerts", "{id: a/b}", "4: id: 'a/b' is not possible here: letters a to z, digits, dots, hyphens and underscores only"),
        ("trackers", "{id: x, name: {en: x}, takes: bugs, url: https://x}", "26: takes: 'bugs' is not possible here, did you mean 'bug'?"),
        ("trackers", "{id: x, name: {en: x}, takes: bug, url: 'javascript:x'}", "38: url: 'javascript:x' is no https:// link"),
        (
            "trackers",
            "{id: x, name: {en: x}, takes: bug, url: 'https://x/{sumary}'}",
            "38: url: '{sumary}' is filled in by nobody (possible: {summary}, {description})",
        ),
    ],
)
def test_an_entry_that_is_wrong_where_it_must_not_be_is_left_out(read, field, entry, message):
    data, problems = read(**{"teams": GOOD["teams"], field: f"- {entry}\n"})
    assert getattr(data, field) == ()
    assert len(problems) == 1, problems
    assert problems[0].startswith(f"KB105 {FILES[field]}:1:{message}")


@pytest.mark.parametrize(
    ("field", "more", "message"),
    [
        ("teams", "languages: [en, Russian]", "21: languages.1: 'Russian' is no code of a language such as en"),
        ("teams", "active: never", "5: active: has to be true or false"),
        ("teams", "duties: {xx: y}", "14: duties.xx: unknown language (possible: en, ru)"),
        ("teams", "duties: {en: ' '}", "14: duties.en: is empty"),
        ("teams", 'hours: [{from: 17:00, to: "18:00", zone: UTC}]', "14: hours.0.from: has to be a time in quotes"),
        ("teams", 'hours: [{from: "9:00", to: "18:00", zone: UTC}]', "14: hours.0.from: '9:00': a time is two digits"),
        ("teams", 'hours: [{from: "09:00", to: "09:00", zone: UTC}]', "29: hours.0.to: ends when it starts"),
        ("teams", 'hours: [{from: "24:00", to: "09:00", zone: UTC}]', "14: hours.0.from: no shift starts at the end of a day"),
        ("teams", 'hours: [{from: "09:00", zone: UTC}]', "13: hours.0.to: is missing"),
        (
            "teams",
            'hours: [{from: "09:00", to: "10:00", zone: Europe/Lisbone}]',
            "42: hours.0.zone: unknown time zone 'Europe/Lisbone', did you mean 'Europe/Lisbon'?",
        ),
        ("teams", 'hours: [{from: "09:00", to: "10:00", zone: localtime}]', "42: hours.0.zone: unknown time zone 'localtime'"),
        ("teams", 'hours: [{days: [], from: "09:00", to: "10:00", zone: UTC}]', "14: hours.0.days: is empty"),
        (
            "teams",
            'hours: [{start: "09:00", rhythm: x, to: "10:00", zone: UTC}]',
            "30: hours.0.rhythm: unknown key (possible: days, from, to, zone)",
        ),
        ("teams", "contacts: [{via: Phone}]", "17: contacts.0.via: 'Phone' is not possible here: small letters a to z"),
        ("teams", "contacts: [{via: phone, rota: 'javascript:x'}]", "29: contacts.0.rota: 'javascript:x' is no https:// link"),
        ("channels", "address: 'javascript:x'", "5: address: 'javascript:x' is no address that starts with https://, mailto: or tel:"),
        ("channels", "unread: {after: 5, to: x}", "14: unread.after: has to be a text"),
        ("channels", "unread: {aftr: 5m, to: x}", "14: unread.aftr: unknown key, did you mean 'after'?"),
        (
            "channels",
            'open: {from: "07:00", to: "21:00", zone: Mars/Base}',
            "40: open.zone: unknown time zone 'Mars/Base'",
        ),
        ("channels", "audience: Public", "5: audience: unknown audience 'Public', did you mean 'public'?"),
        ("channels", "audience: [public]", "5: audience: has to be a text"),
        ("channels", "audience: true", "5: audience: has to be a text"),
        ("channels", "Audience: public", "5: Audience: unknown key, did you mean 'audience'?"),
        ("plans", "includes: [{en: ok}, {xx: y}]", "27: includes.1.xx: unknown language (possible: en, ru)"),
        ("plans", "includes: [{en: ok}, {en: yes}]", "27: includes.1.en: has to be a text"),
        ("plans", "limits: [{}]", "14: limits.0: is empty"),
    ],
)
def test_what_an_entry_can_do_without_is_left_out_of_it(read, field, more, message):
    """And an audience that is not understood is the narrowest."""
    data, problems = read(**{field: f"- {{id: x,\n    {more},\n    name: {{en: X}}}}\n"})
    assert [entry.id for entry in getattr(data, field)] == ["x"]
    told = [line.removeprefix(f"KB105 {FILES[field]}:2:") for line in problems]
    assert any(line.startswith(message) for line in told), problems
    assert not any("includes.1: " in line for line in told), "what is empty because of another fault is not told of"
    assert getattr(getattr(data, field)[0], "audience", "") == ""


def test_one_bad_shift_leaves_the_others(read):
    shifts = ", ".join(f'{{from: "09:00", to: "10:00", zone: {zone}}}' for zone in ("UTC", "Mars/Base", "Asia/Tokyo"))
    data, problems = read(teams=f"- {{id: x, name: {{en: X}}, hours: [{shifts}]}}\n")
    assert [shift.zone for shift in data.team("x").hours] == ["UTC", "Asia/Tokyo"]
    assert len(problems) == 1


def pointed_at(line, files):
    """The text that a problem's place points at."""
    _, file, row, column, _ = re.match(r"(\w+) ([\w.]+):(\d+):(\d+): (.*)", line).groups()
    field = next(key for key, name in FILES.items() if name == file)
    return files[field].splitlines()[int(row) - 1][int(column) - 1 :]


@pytest.mark.parametrize(
    ("field", "old", "new", "place", "message", "left"),
    [
        ("tiers", "next: two", "next: tow", "next: tow", "next: unknown tier 'tow', did you mean 'two'?", lambda d: d.tiers[0].next == ""),
        ("tiers", "bug: two", "bug: x", "bug: x", "branches.bug: unknown tier 'x' (possible: one, two)", lambda d: not d.tiers[0].branches),
        ("tiers", "[a]", "[a, zz]", "zz]", "teams.1: unknown team 'zz' (possible: a, b)", lambda d: d.tiers[0].teams == ("a",)),
        ("tiers", "decides: a", "decides: zz", "decides", "closed.decides: unknown team 'zz'", lambda d: d.tiers[1].closed is None),
        ("severities", "[a]", "[zz, a]", "zz, a", "changed_by.0: unknown team 'zz'", lambda d: d.severities[0].changed_by == ("a",)),
        ("channels", "to: mail", "to: mial", "to: mial", "unread.to: unknown channel 'mial', did", lambda d: not d.channels[0].unread),
        ("channels", "reserve: mail", "reserve: x", "reserve", "reserve: unknown channel 'x'", lambda d: not d.channels[0].reserve),
        ("sla", "plan: std", "plan: gold", "plan: gold", "plan: unknown plan 'gold' (possible: std)", lambda d: d.sla == ()),
        ("sla", "[chat, mail]", "[chat, fax]", "fax]", "channels.1: unknown channel 'fax'", lambda d: d.sla[0].channels == ("chat",)),
        ("releases", "[billing]", "[bill]", "bill]", "areas.0: unknown product area 'bill'", lambda d: d.releases[0].areas == ()),
        (
            "releases",
            "rolls_back: a",
            "rolls_back: z",
            "rolls_back",
            "rolls_back: unknown team 'z'",
            lambda d: not d.releases[0].rolls_back,
        ),
        ("alerts", "billing", "bill", "area: bill", "area: unknown product area 'bill'", lambda d: d.alerts[0].area == ""),
        ("trackers", "files: a", "files: zz", "files: zz", "files: unknown team 'zz'", lambda d: d.trackers[0].files == "zz"),
        (
            "teams",
            "via: pager",
            "via: fax",
            "via: fax",
            "contacts.0.via: unknown channel 'fax' (possible: pager,",
            lambda d: d.team("a").contacts,
        ),
    ],
)
def test_a_reference_that_leads_nowhere(read, field, old, new, place, message, left):
    assert old in GOOD[field]
    files = {**GOOD, field: GOOD[field].replace(old, new, 1)}
    data, problems = read(**files)
    assert len(problems) == 1, problems
    assert problems[0].startswith(f"KB107 {FILES[field]}:")
    assert message in problems[0]
    assert pointed_at(problems[0], files).startswith(place)
    assert left(data)


def test_what_is_there_but_faulty_is_known_all_the_same(read):
    data, problems = read(**{**GOOD, "teams": "- {id: a}\n- {id: b, name: {en: B: x}}\n"})
    assert [line.split(" ")[0] for line in problems] == ["KB105", "KB105"]
    assert data.tier("one").teams == ()


def test_a_file_that_cannot_be_read_makes_no_reference_wrong(read):
    data, problems = read(**{**GOOD, "teams": "teams: none\n"})
    assert [line.split(" ")[0] for line in problems] == ["KB105"]
    assert data.tier("two").closed is None


def test_a_file_that_is_not_there_has_no_entries(read):
    _, problems = read(tiers=GOOD["tiers"])
    assert "teams.0: unknown team 'a'" in problems[0]
    assert pointed_at(problems[0], GOOD).startswith("a]")


@pytest.mark.parametrize(
    ("team", "why"),
    [
        ("active: false", "is inactive"),
        ("contacts: [{via: chat, active: false}, {via: phone, active: false}]", "has inactive contacts only"),
    ],
)
def test_a_team_that_nobody_reaches_is_told_of_where_it_is_used(read, team, why):
    areas = "- {id: billing, name: {en: B}, owner: b}\n"
    files = {**GOOD, "teams": GOOD["teams"].replace("{id: b,", f"{{id: b, {team},"), "areas": areas}
    data, problems = read(**files)
    assert [line.split(": ", 1)[1] for line in problems] == [f"owner: the team 'b' {why}"]  # of the ladder: KB706
    assert [pointed_at(line, files) for line in problems] == ["owner: b}"]
    assert data.tier("two").teams == ("b",)


def test_a_team_with_one_active_contact_is_reached(read):
    team = "contacts: [{via: chat, active: false}, {via: phone, value: x}],"
    assert read(**{**GOOD, "teams": GOOD["teams"].replace("{id: b,", f"{{id: b, {team}")})[1] == []


def test_a_promise_is_given_once(read):
    again = GOOD["sla"].replace("[chat, mail]", "[mail]").replace("15m", "1m")
    data, problems = read(**{**GOOD, "sla": GOOD["sla"] + again})
    assert problems == ["KB105 sla.yml:2:42: channels.0: the answer in 'mail' is promised twice (first on line 1)"]
    assert [sla.first_answer for sla in data.sla] == ["15m"]


@pytest.mark.parametrize("first", ["", "audience: internal,", "audience: Public,", "odd: 1,"])
def test_an_internal_entry_never_takes_the_place_of_a_public_one(read, first):
    data, problems = read(plans=f"- {{id: std, {first} name: {{en: Ours}}}}\n- {{id: std, audience: public, name: {{en: Theirs}}}}\n")
    assert [plan.name["en"] for plan in data.plans] == ["Theirs"]
    assert "KB105 plans.yml:1:4: id: the id 'std' stands twice (also on line 2)" in problems


def test_the_first_of_two_for_the_same_audience_stays(read):
    data, problems = read(plans="- {id: std, audience: public, name: {en: One}}\n- {id: std, audience: public, name: {en: Two}}\n")
    assert [plan.name["en"] for plan in data.plans] == ["One"]
    assert problems == ["KB105 plans.yml:2:4: id: the id 'std' stands twice (first on line 1)"]


def test_a_faulty_entry_does_not_take_the_place_of_one_that_is_right(read):
    assert [plan.id for plan in read(plans="- {id: std}\n- {id: std, audience: public, name: {en: Two}}\n")[0].plans] == ["std"]


def test_a_slip_of_the_pen_costs_its_entry_even_where_lists_inside_entries_have_more_dashes(read):
    slip = "- id: inner\n  name: {en: A: b}\n  includes:\n" + "    - {en: x}\n" * 9
    data, problems = read(plans=f"- id: first\n  name: {{en: A}}\n{slip}- id: last\n  name: {{en: B}}\n")
    assert [plan.id for plan in data.plans] == ["first", "last"]
    assert len(problems) == 1


ONE = "- id: one\n  name: {en: One}\n  audience: public\n"
TWO = "- id: two\n  name: {en: Two}\n  audience: public\n"
TOLD = '- id: told\n  name: {en: Told}\n  summary: {en: "first\n- second\n- third"}\n  audience: public\n'
# What is public on one side or on both of something internal that is faulty. Each of the public entries reads by itself.
BESIDE = {
    "bytes that are no UTF-8": (ONE.encode() + b"- id: x\n  name: {en: \xff}\n" + TWO.encode(), ["one", "two"]),
    "bytes that are no UTF-8 in a comment": (b"# \xff\n" + ONE.encode() + TWO.encode(), ["one", "two"]),
    "an entry that is very long": (ONE + "- id: x\n  name: {en: X}\n  summary: {en: " + "x " * 200_000 + "}\n" + TWO, ["one", "two"]),
    "many entries": (ONE + "".join(f"- {{id: x{n}, name: {{en: X}}, {' ' * 2500}}}\n" for n in range(120)) + TWO, ["one", "two"]),
    "an entry farther to the left": (
        "  " + (ONE + "@" + TWO).replace("\n", "\n  ").replace("  @", "- id: x\n  name: {en: X}\n  "),
        ["one", "two"],
    ),
    "an entry farther to the right": (ONE + "  - id: x\n    name: {en: X}\n" + TWO, ["one", "two"]),
    "an entry much farther to the right": (ONE + "    - id: x\n      name: {en: X}\n" + TWO, ["one", "two"]),
    "a dash in a text": (ONE + TOLD + "- id: x\n  name: {en: 'X}\n" + TWO, ["one", "told", "two"]),
    "a dash in a text behind it": (ONE + "- id: x\n  name: {en: 'X}\n" + TOLD + TWO, ["one", "told", "two"]),
    "a dash in a text beside a colon": (ONE + "- id: x\n  name: {en: A: b}\n" + TOLD + TWO, ["one", "told", "two"]),
    "an invisible line break": (ONE + "- id: x\n  name: {en: X\u2028}\n" + TWO, ["one", "two"]),
    "a second document": (ONE + "- id: x\n---\n" + TWO, ["one", "two"]),
}


@pytest.mark.parametrize("beside", BESIDE)
def test_what_is_wrong_with_an_internal_entry_costs_no_public_one(read, beside):
    text, left = BESIDE[beside]
    data, problems = read(plans=text)
    assert [plan.id for plan in data.plans if plan.audience == "public"] == left
    assert problems
    for plan in data.plans:
        alone = {"one": ONE, "two": TWO, "told": TOLD}.get(plan.id)
        assert alone is None or plan == read(plans=alone)[0].plans[0]


def test_part_of_an_entry_is_no_entry(read):
    """Nor is an example in a text: what is faulty must not become more public than it was."""
    example = "- id: x\n  name: {en: [}\n  summary:\n    en: |\n      - id: quoted\n        name: {en: Q}\n        audience: public\n"
    parts = "- id: y\n  name: {en: A}\n  audience: public\n  includes:\n  - {en: x}\n  - {en: A: b}\n"
    assert [plan.id for plan in read(plans=ONE + example + parts + TWO)[0].plans] == ["one", "two"]


def test_places(read):
    data, _ = read(**GOOD)

    def at(*keys):
        place = data.place(*keys)
        field = next(key for key, name in FILES.items() if place.path == f"content/_data/{name}")
        return GOOD[field].splitlines()[place.line - 1][place.column - 1 :]

    assert data.place("escalation.yml").line == data.place("escalation.yml").column == 1
    assert at("escalation.yml", "two").startswith("{id: two")
    assert at("escalation.yml", "two", "closed", "decides") == "decides: a}}"
    assert at("escalation.yml", "one", "teams", "a").startswith("a], keeps")
    assert at("escalation.yml", "one", "exit").startswith("{id: one")
    assert at("releases.yml", "2026.1", "known_problems", "KB-1").startswith("KB-1]")
    assert at("sla.yml", "0", "resolution") == "resolution: not promised}"


_LEAF = (
    st.none() | st.booleans() | st.integers(-1, 4) | st.sampled_from(["x", "en", "", "public", "low", "5m", "09:00", "UTC", "https://x"])
)
_ENTRY_KEYS = """
id name en xx audience definition examples changed_by includes unread after to reserve plan severity channels first_answer next_update
resolution level teams keeps low next branches bug closed told decides date areas changed known_problems takes url files hours contacts via
days from zone
""".split()
_NODE = st.recursive(
    _LEAF,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(_ENTRY_KEYS), inner, max_size=6),
    max_leaves=15,
)


@given(st.sampled_from(sorted(GOOD)), st.lists(_NODE, max_size=3), st.integers(0, 3))
def test_total(tmp_path_factory, field, entries, position):
    """Whatever stands beside it, a good entry is taken; what is taken is a whole value."""
    root = tmp_path_factory.mktemp("law")
    (root / "content" / "_data").mkdir(parents=True)
    for name, text in GOOD.items():
        rows = yaml.safe_load(text)
        if name == field:
            rows[position:position] = entries
        (root / "content" / "_data" / FILES[name]).write_text(yaml.safe_dump(rows, allow_unicode=True), encoding="utf-8")
    data, problems = load_data(root, SETTINGS, ("billing",))
    Data.model_validate(data.model_dump(by_alias=True))
    assert len(problems) == len(set(problems))
    known = {row["id"] for row in yaml.safe_load(GOOD[field]) if "id" in row}
    assert known <= {getattr(entry, "id", "") for entry in getattr(data, field)} | {
        e["id"] for e in entries if isinstance(e, dict) and isinstance(e.get("id"), str)
    }


def test_thousands_of_unknown_words_are_not_all_compared_with_all_known_ones(read, monkeypatch):
    asked = []
    monkeypatch.setattr(plain, "did_you_mean", lambda word, known: asked.append((word, len(list(known)))) or "")
    teams = "".join(f"- {{id: team-{number}, name: {{en: A}}}}\n" for number in range(60))
    wrong = ", ".join(f"taem-{number}" for number in range(300))
    tiers = f"- {{id: one, level: 1, name: {{en: One}}, teams: [team-1, {wrong}], next: twoo, exit: {{en: End}}}}\n"
    areas = "".join(f"- {{id: a{number}, name: {{en: A}}, owner: taem-{number}}}\n" for number in range(120))
    data, problems = read(teams=teams, tiers=tiers, areas=areas)
    assert len([line for line in problems if "unknown" in line]) == 300 + 1 + 120, "each is told"
    assert len([word for word, known in asked if known]) == 50 + 50, "of each file"
    assert any(line.endswith("unknown team 'taem-299'") for line in problems)
    assert data.tier("one").teams == ("team-1",)
    assert max(map(len, problems)) < 700, "not every known name is listed"


def test_a_team_has_a_bounded_number_of_shifts(read):
    shift = '{from: "09:00", to: "17:00", zone: Europe/Lisbon}'
    data, problems = read(teams=f"- {{id: a, name: {{en: A}}, hours: [{', '.join([shift] * 201)}]}}\n")
    assert problems == ["KB105 teams.yml:1:26: hours: has more than 200 shifts; write a shift once, with all its days"]
    assert len(data.team("a").hours) == 200
    assert read(teams=f"- {{id: a, name: {{en: A}}, hours: [{', '.join([shift] * 200)}]}}\n")[1] == []


@pytest.mark.parametrize(
    "url", ["https://{summary}/", "https://x.{description}.example/new", "https://a{summary}", "https://{summary}@b.example/"]
)
def test_nothing_is_filled_into_the_host_of_a_tracker(read, url):
    data, problems = read(trackers=f"- {{id: x, name: {{en: x}}, takes: bug, url: '{url}'}}\n")
    assert data.trackers == ()
    assert len(problems) == 1
    assert problems[0].startswith("KB105 trackers.yml:1:38: url: ")
    assert "fills in the host" in problems[0]
    assert read(trackers="- {id: x, name: {en: x}, takes: bug, url: 'https://x.example?s={summary}'}\n")[1] == []


AREA = "- {{id: {id}, name: {{en: A}}{more}}}\n"


@pytest.mark.parametrize(
    ("area", "more", "key"),
    [
        ("desk", "", "4: id: 'desk'"),
        ("search", "", "4: id: 'search'"),
        ("ru", "", "4: id: 'ru'"),
        ("x", ", folder: R", "26: folder: 'R'"),
        ("contact", "", "4: id: 'contact'"),
        ("x", ", folder: Contact", "26: folder: 'Contact'"),
    ],
)
def test_an_area_has_no_address_that_kbgen_needs(read, area, more, key):
    text = AREA.format(id=area, more=more) + AREA.format(id="billing", more="")
    data, problems = read(areas=text, channels=GOOD["channels"])
    assert [each.id for each in data.areas] == ["billing"]
    assert len(problems) == 1
    assert problems[0].startswith(f"KB105 areas.yml:1:{key} is reserved: "), problems


def test_an_area_may_be_called_contact_where_no_page_for_everybody_is(read):
    for channels in ("", GOOD["channels"].replace(", audience: public", "")):
        data, problems = read(areas=AREA.format(id="contact", more=""), channels=channels)
        assert [each.id for each in data.areas] == ["contact"]
        assert not [line for line in problems if "areas.yml" in line]
