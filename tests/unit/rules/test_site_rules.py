"""The rules that read finished sites."""

from kbgen.rules import kb901_dead_link_in_site, kb903_foreign_request


def test_a_dead_link_is_found_in_its_site_only(make_facts):
    facts = make_facts(built={"public": {"index.html": b'<a href="gone/">x</a>'}, "internal": {"index.html": b'<a href="./">x</a>'}})
    (problem,) = kb901_dead_link_in_site.check(facts)
    assert (problem.place.path, problem.sites) == ("site/public/index.html", ("public",))
    assert problem.message.startswith("the link 'gone/' is dead: ")


def test_nothing_is_said_where_no_site_was_built(make_facts):
    assert list(kb901_dead_link_in_site.check(make_facts())) == []
    assert list(kb903_foreign_request.check(make_facts())) == []


def test_a_foreign_image(make_facts):
    facts = make_facts(built={"internal": {"a/index.html": b'<img src="https://pictures.example.net/a.png">'}})
    (problem,) = kb903_foreign_request.check(facts)
    assert (problem.place.path, problem.sites) == ("site/internal/a/index.html", ("internal",))
    assert "'https://pictures.example.net/a.png'" in problem.message
