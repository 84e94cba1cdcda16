"""Lists of feeds in and out on the command line."""

from pathlib import Path

import pytest

from tests.app.test_command_line import configure, run

OPML = """<opml version="2.0"><body><outline text="Charities">
<outline text="charity"><outline text="Howard &amp; League" xmlUrl="https://charity.example/feed"/></outline></outline>
<outline text="Ministry" xmlUrl="https://ministry.example/feed" category="/government"/>
<outline text="Listed" xmlUrl="http://www.listed.example/feed/"/></body></opml>"""
LIST = '[[feeds]]\nname = "Listed"\nurl = "https://listed.example/feed"\nkind = "news"\n'
REAL = {"BOT__SANDBOX__REAL_FEEDS": "true"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A configuration that lists one feed, and the list to bring in."""
    (tmp_path / "list.opml").write_text(OPML)
    return configure(tmp_path, LIST)


def test_a_list_is_brought_in_once(folder: Path) -> None:
    ran = run("import-opml", str(folder / "list.opml"), folder=folder, environ=REAL)
    assert ran.exit_code == 0, ran.output
    assert ran.output.splitlines() == [
        "added: Howard & League (charity) https://charity.example/feed",
        "added: Ministry (government) https://ministry.example/feed",
        "there already: Listed http://www.listed.example/feed/",
        "2 added, 1 there already, 0 skipped.",
    ]
    again = run("import-opml", "-", folder=folder, stdin=OPML, environ=REAL)
    assert (again.exit_code, again.output.splitlines()[-1]) == (0, "0 added, 3 there already, 0 skipped.")


def test_what_goes_out_comes_back_the_same_in_another_house(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    listed = run("export-opml", folder=folder, environ=REAL)
    assert 'text="Listed"' in listed.output
    run("import-opml", str(folder / "list.opml"), "--disabled", folder=folder)
    written = folder / "out.opml"
    assert run("export-opml", str(written), folder=folder).exit_code == 0
    assert "/charity,/paused" in written.read_text()
    other = configure(tmp_path_factory.mktemp("other"))
    brought = run("import-opml", str(written), folder=other)
    assert "added (paused): Howard & League (charity)" in brought.output
    assert run("export-opml", folder=other).stdout == written.read_text()


def test_a_kind_that_is_said_holds_for_all(folder: Path) -> None:
    assert run("import-opml", "-", "--kind", "Parliament", folder=folder, stdin=OPML).output.count("(parliament)") == 3
    refused = run("import-opml", "-", "--kind", "weather", folder=folder, stdin=OPML)
    assert refused.exit_code == 1
    assert "--kind weather: there is no such kind; use one of inspectorate, government" in refused.stderr


def test_a_bad_row_is_named_and_the_others_come_in(folder: Path) -> None:
    bad = OPML.replace("https://ministry.example/feed", "ministry feed")
    ran = run("import-opml", "-", folder=folder, stdin=bad)
    assert ran.exit_code == 1
    assert ran.stderr.startswith("skipped: Ministry: only http and https addresses are fetched")
    assert ran.stderr.endswith("2 added, 0 there already, 1 skipped.\n")
    assert "added: Howard & League" in ran.stdout


def test_what_cannot_be_read_or_written_ends_with_a_sentence(folder: Path) -> None:
    none = run("import-opml", str(folder / "none.opml"), folder=folder)
    assert (none.exit_code, "cannot be read" in none.stderr) == (1, True)
    wrong = run("import-opml", "-", folder=folder, stdin="<html>hello</html>")
    assert (wrong.exit_code, wrong.stderr) == (1, "this is not an OPML list of feeds\n")
    unwritten = run("export-opml", str(folder / "none" / "out.opml"), folder=folder)
    assert (unwritten.exit_code, "cannot be written" in unwritten.stderr) == (1, True)
