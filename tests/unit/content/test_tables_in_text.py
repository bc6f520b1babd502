"""The cells of a table stay apart in the text that search shows in one line."""

from __future__ import annotations

from kbgen.content.outline import read_outline

CELLS = (("Role", "Reads"), ("Viewer", "yes"), ("Guest", ""), ("Owner", "All."), ("End",))
ROWS = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in CELLS)


def test_cells_and_rows_stay_apart() -> None:
    html = f"<p>Who may what</p><table><tbody>{ROWS}</tbody></table><table>{ROWS}</table><p>End</p>"
    table = "Role \u00b7 Reads; Viewer \u00b7 yes; Guest \u00b7; Owner \u00b7 All. End"
    assert [section.text for section in read_outline(html).sections] == [f"Who may what {table} {table} End"]


def test_a_heading_in_a_table_is_no_cell_of_its_own_text() -> None:
    sections = read_outline('<table><tr><td><h2 id="a">A</h2></td><td>b</td></tr></table>').sections
    assert [(section.heading, section.text) for section in sections] == [("A", "\u00b7 b")]
