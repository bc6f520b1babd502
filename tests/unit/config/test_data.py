"""Areas and teams: what is taken, what is derived, and that a fault costs as little as possible."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbgen.config.data import derived_areas, load_data
from kbgen.model.data import ProductArea, Team
from kbgen.model.settings import Settings

SETTINGS = Settings(
    sites={"public": {"name": "Help", "audience": "public"}}, languages={"en": {"name": "English"}, "ru": {"name": "Русский"}}
)
AREA = "- {id: billing, name: {en: Billing, ru: Оплата}, owner: money}\n"
TEAM = "- {id: money, name: {en: Money}}\n"


def digest(folder):
    return hashlib.sha256(folder.encode()).hexdigest()[:8]


@pytest.fixture
def read(tmp_path):
    """Write the two files (None: not there) and read them: data, and the problems as lines."""

    def read_data(areas=None, teams=None, folders=("billing",)):
        folder = tmp_path / "content" / "_data"
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in (("areas.yml", areas), ("teams.yml", teams)):
            (folder / name).unlink(missing_ok=True)
            if text is not None:
                (folder / name).write_text(text, encoding="utf-8")
        data, problems = load_data(tmp_path, SETTINGS, folders)
        assert all(problem.code == "KB105" and problem.hint for problem in problems)
        return data, [f"{problem.place}: {problem.message}" for problem in problems]

    return read_data


def test_declared(read):
    data, problems = read(AREA + "- {id: team, folder: how-we-work, name: {en: Team}, icon: material/account-group}\n", TEAM)
    assert problems == []
    assert data.areas_declared
    assert [area.id for area in data.areas] == ["billing", "team"]
    assert data.area("billing") == ProductArea(id="billing", name={"en": "Billing", "ru": "Оплата"}, owner="money")
    assert data.teams == (Team(id="money", name={"en": "Money"}),)


def test_the_projects_own(root):
    from kbgen.config.load import load_settings

    data, problems = load_data(root, load_settings(root / "mkdocs.yml"), ())
    assert problems == ()
    assert {"account", "billing", "incidents", "team"} <= {area.id for area in data.areas}


def test_derived(read):
    data, problems = read(folders=("setup", "Оплата", "billing", "setup"))
    assert problems == []
    assert not data.areas_declared
    assert [(area.id, area.folder, dict(area.name)) for area in data.areas] == [
        ("billing", "billing", {"en": "billing", "ru": "billing"}),
        ("setup", "setup", {"en": "setup", "ru": "setup"}),
        ("oplata-" + digest("Оплата"), "Оплата", {"en": "Оплата", "ru": "Оплата"}),
        ("general", "", {"en": "General", "ru": "Общее"}),
    ]


def test_a_folder_that_is_called_general_joins_the_area(read):
    """The articles in no folder are in that area, whose address is ``general/``: the folder must not change what it is called."""
    assert read(folders=("general",))[0].areas == read(folders=())[0].areas == derived_areas(["", "general"], SETTINGS)


_FOLDERS = st.lists(st.sampled_from(["General", "Get started", "get-started", "get_started", "area", "Ж"]) | st.text("aA- é", max_size=6))


@given(_FOLDERS, _FOLDERS)
def test_another_folder_changes_no_area(folders, more):
    """Else a new internal folder would change a public area."""
    before = derived_areas(folders, SETTINGS)
    after = derived_areas([*folders, *more], SETTINGS)
    assert [area for area in after if area in before] == list(before)
    assert after[-1] == derived_areas((), SETTINGS)[0]


@pytest.mark.parametrize("folder", ["general-" + "0" * 8, "oplata-" + digest("Оплата")])
def test_a_folder_that_looks_like_a_made_id_takes_none(folder):
    areas = derived_areas([folder, "Оплата", "General"], SETTINGS)
    assert len({area.id for area in areas}) == len(areas) == 4


@given(st.lists(st.text(max_size=6)))
def test_derived_areas_are_apart(folders):
    areas = derived_areas(folders, SETTINGS)
    assert len({area.id for area in areas}) == len(areas)
    assert {area.folder for area in areas} - {""} == set(folders) - {"", "general"}
    assert [area.id for area in areas if not area.folder] == ["general"]
    assert areas == derived_areas(reversed(folders), SETTINGS)
    for area in areas:
        ProductArea.model_validate(area.model_dump())


@pytest.mark.parametrize(
    ("areas", "line"),
    [
        ("a: [", "content/_data/areas.yml:1:5: a value is missing here"),
        ("{id: billing, name: {en: Crew: x}}\n", "content/_data/areas.yml:1:21: a list or mapping in brackets"),
        ("areas: []\n", "content/_data/areas.yml:1:1: the file does not hold a list"),
        ("", "content/_data/areas.yml:1:1: the file does not hold a list"),
    ],
)
def test_a_file_that_cannot_be_read_counts_as_absent(read, areas, line):
    data, problems = read(areas, TEAM)
    assert [area.id for area in data.areas] == ["billing", "general"]
    assert not data.areas_declared
    assert data.team("money")
    assert len(problems) == 1
    assert problems[0].startswith(line)


LAST = "- {id: last, name: {en: Last}}\n"


@pytest.mark.parametrize(
    ("text", "left", "problems"),
    [
        (AREA + "- {id: team, name: {en: Crew: x}}\n" + LAST, ["billing", "last"], ["2:20: a list or mapping in brackets"]),
        (AREA + "- !!python/name:os.system x\n" + LAST, ["billing", "last"], ["2:3: tags such as"]),
        (AREA + "- id: team\n  name:\n    en: 'Crew\n" + LAST, ["billing", "last"], ["4:9: a quote that is opened here and never closed"]),
        (AREA + "- id: team\n  name: {en: Crew\n  owner: x\n" + LAST, ["billing", "last"], ["3:9: a list or mapping in brackets"]),
        (AREA + "- id: team\n  name\n" + LAST, ["billing", "last"], ["3:3: a key without a colon and a value"]),
        (AREA + "- {id: team, id: crew, name: {en: Crew}}\n" + LAST, ["billing", "last"], ["2:14: the key 'id' stands twice"]),
        (AREA + "- {id: 0xfffffffffffffffffffff}\n" + LAST, ["billing", "last"], ["2:8: '0xfffffffffffffffffffff' is too large"]),
        ("- {id: [}\n- {id: 'x}\n" + LAST, ["last"], ["1:9: ", "2:8: "]),
        ("stray\n" + AREA, ["billing"], ["1:1: "]),
        ("# comment\n---\n" + AREA + "- @x\r\n\r\n# comment\r\n" + LAST, ["billing", "last"], ["4:3: a value starts with a character"]),
        (
            "  - id: billing\n    name: {en: Billing}\n  - @x\n  - id: last\n    name: {en: L}\n",
            ["billing", "last"],
            ["3:5: a value starts"],
        ),
        (AREA + "...\n" + LAST, ["billing", "last"], ["3:1: text after the end of the YAML"]),
        (
            AREA + "- {id: team, name: {en: A: b}}\n- {id: billing, name: {en: X}}\n",
            ["billing"],
            ["2:20: a list or mapping in brackets", "3:4: id: the id 'billing'"],
        ),
        ("- @x\n", [], ["1:3: a value starts"]),
    ],
)
def test_a_slip_of_the_pen_costs_its_entry_only(read, text, left, problems):
    data, found = read(text, TEAM)
    assert data.areas_declared
    assert [area.id for area in data.areas] == left
    assert len(found) == len(problems), found
    for line, expected in zip(found, problems, strict=True):
        assert line.startswith("content/_data/areas.yml:" + expected)


def test_a_slip_of_the_pen_in_one_entry_leaves_the_others_as_they_were(read):
    whole, slipped = (read(text, TEAM)[0] for text in (AREA + LAST, AREA + "- {id: team, name: {en: Crew: x}}\n" + LAST))
    assert slipped.model_copy(update={"places": {}}) == whole.model_copy(update={"places": {}})
    assert slipped.place("areas.yml", "last").line == whole.place("areas.yml", "last").line + 1


def test_a_team_with_a_slip_of_the_pen_is_known_all_the_same(read):
    data, problems = read(AREA, "- {id: money, name: {en: A: b}}\n- id: crew\n  name: {en: Crew}\n")
    assert [team.id for team in data.teams] == ["crew"]
    assert data.area("billing").owner == "money"
    assert len(problems) == 1


def test_a_byte_order_mark_costs_nothing(read):
    data, problems = read("\ufeff" + AREA, TEAM)
    assert ([area.id for area in data.areas], data.areas_declared) == (["billing"], True)
    assert problems == ["content/_data/areas.yml:1:1: it starts with a byte order mark; save it as UTF-8 without one"]


def test_too_many_values_are_told_of(read):
    data, problems = read(AREA + "- [" + "1," * 20_000 + "]\n", TEAM)
    assert [area.id for area in data.areas] == ["billing"]
    assert len(problems) == 1


@pytest.mark.parametrize(
    ("entry", "messages"),
    [
        ("{name: {en: X}}", ["2:3: id: is missing"]),
        ("{id: x}", ["2:3: name: is missing"]),
        ("{id: X y, name: {en: X}}", ["2:4: id: 'X y' is not possible here: small letters a to z, digits and hyphens only"]),
        ("{id: billing, name: {en: X}}", ["2:4: id: the id 'billing' stands twice (first on line 1)"]),
        ("{id: x, name: {en: X}, folder: billing}", ["2:26: folder: the folder 'billing' belongs to the area 'billing' already"]),
        (
            "{id: x, name: {en: X}, folder: a/../b}",
            ["2:26: folder: 'a/../b' has to be the name of one folder inside the language's folder"],
        ),
        ("{id: x, name: {en: X}, folder: _data}", ["2:26: folder: '_data' has to be the name of one folder inside the language's folder"]),
        ("{id: x, name: {en: X}, folder: 5}", ["2:26: folder: has to be a text"]),
        ("{id: x, name: X}", ["2:11: name: has to be a mapping (lines of 'key: value')"]),
        ("{id: x, name: {}}", ["2:11: name: is empty"]),
        ("{id: x, name: {de: X}}", ["2:18: name.de: unknown language (possible: en, ru)"]),
        ("{id: x, name: {en: ' '}}", ["2:18: name.en: is empty"]),
        ("x", ["2:3: has to be an entry of 'key: value' lines; it is left out"]),
        (
            "{naem: {en: X}, owner: mony}",
            [
                "2:3: id: is missing",
                "2:3: name: is missing",
                "2:4: naem: unknown key, did you mean 'name'?",
                "2:19: owner: unknown team 'mony', did you mean 'money'?",
            ],
        ),
    ],
)
def test_a_faulty_entry_is_left_out_and_the_others_stay(read, entry, messages):
    data, problems = read(AREA + f"- {entry}\n- {{id: last, name: {{en: Last}}}}\n", TEAM)
    assert [area.id for area in data.areas] == ["billing", "last"]
    assert data.areas_declared
    assert [line.removeprefix("content/_data/areas.yml:") for line in problems] == messages


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ("colur: red", "1:27: colur: unknown key (possible: id, name, summary, owner, folder, icon)"),
        ("sumary: {en: y}", "1:27: sumary: unknown key, did you mean 'summary'?"),
        ("summary: {ru: y, fr: z}", "1:44: summary.fr: unknown language (possible: en, ru)"),
        ("summary: {en: 5}", "1:37: summary.en: has to be a text"),
        ("owner: mony", "1:27: owner: unknown team 'mony', did you mean 'money'?"),
        ("owner: 5", "1:27: owner: has to be a text"),
        ("icon: ../../x", "1:27: icon: '../../x' is no name of an icon such as material/account"),
    ],
)
def test_what_an_entry_can_do_without_is_left_out_of_it(read, more, message):
    data, problems = read(f"- {{id: x, name: {{en: X}},  {more}}}\n", TEAM)
    assert problems == [f"content/_data/areas.yml:{message}"]
    area = data.area("x")
    assert area.name == {"en": "X"}
    assert (area.owner, area.icon, set(area.summary) - {"ru"}) == ("", "", set())


def test_every_fault_at_once(read):
    _, problems = read("- {id: x, name: {de: X}, owner: mony, sumary: y}\n- {id: x}\n", "- {id: money}\n- 5\n")
    assert len(problems) == 7, problems


def test_a_faulty_team_is_known_all_the_same(read):
    """Its areas are not told off for the team's own fault."""
    data, problems = read(AREA, "- {id: money}\n")
    assert problems == ["content/_data/teams.yml:1:3: name: is missing"]
    assert data.teams == ()
    assert data.area("billing").owner == "money"


def test_without_a_list_of_teams_every_owner_is_possible(read):
    data, problems = read(AREA)
    assert problems == []
    assert data.area("billing").owner == "money"


_NODE = st.recursive(
    st.none() | st.booleans() | st.integers(0, 9) | st.sampled_from(["x", "en", "", "ж", "../x"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*ProductArea.model_fields, "en", "x"]), inner),
    max_leaves=12,
)


@given(_NODE)
def test_total(tmp_path_factory, value):
    import yaml

    root = tmp_path_factory.mktemp("law")
    (root / "content" / "_data").mkdir(parents=True)
    (root / "content" / "_data" / "areas.yml").write_text(yaml.safe_dump([value], allow_unicode=True), encoding="utf-8")
    data, problems = load_data(root, SETTINGS, ())
    assert data.areas or problems
    for area in data.areas:
        ProductArea.model_validate(area.model_dump())


@given(st.lists(st.text("-ab: {}[]'\"\n\r#&@|>\t", max_size=12), max_size=5))
def test_total_for_broken_text(tmp_path_factory, entries):
    """Whatever the other entries look like, this one stands or the file is told of; every place is in the file."""
    root = tmp_path_factory.mktemp("law")
    (root / "content" / "_data").mkdir(parents=True)
    text = AREA + "".join(f"- {entry}\n" for entry in entries)
    (root / "content" / "_data" / "areas.yml").write_bytes(text.encode())
    data, problems = load_data(root, SETTINGS, ())
    assert data.areas_declared
    assert data.area("billing") or problems
    assert all(1 <= problem.place.line <= text.count("\n") + text.count("\r") + 1 for problem in problems)
