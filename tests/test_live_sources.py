"""The live figures' sources: typed, tested, and what the built files are made from."""

import gzip

import pytest
from live_sources import BROWSER, BUILT, node

SCRIPTS = ("playground", "watch", "figures", "forger")
HEAVIEST = 40_000  # bytes of one script, gzipped


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory):
    """Build everything into an empty folder."""
    folder = tmp_path_factory.mktemp("live")
    node("build.ts", folder)
    return folder


def test_built_files_are_what_the_sources_give(rebuilt):
    """Byte for byte, and no file is missing or left over."""
    names = {path.name for path in BUILT.iterdir()}
    assert names == {path.name for path in rebuilt.iterdir()}
    for name in names:
        assert (rebuilt / name).read_bytes() == (BUILT / name).read_bytes(), (
            f"{name} is not what its sources give: run `make live`"
        )


def test_types():
    """The compiler finds nothing to complain about."""
    node("node_modules/typescript/bin/tsc", "--noEmit")


def test_units():
    """The sources' own tests pass, and there are some."""
    printed = node(
        "--test", "--test-reporter=tap", *sorted(BROWSER.glob("tests/*.test.ts"))
    )
    assert "# fail 0" in printed
    assert "# pass 0" not in printed


@pytest.mark.parametrize("name", SCRIPTS)
def test_weight(name):
    """A script stays below 40 KB as it travels."""
    code = (BUILT / f"{name}.js").read_bytes()
    assert len(gzip.compress(code, 9)) < HEAVIEST
    assert b"</script" not in code  # it is also written into notebooks, between tags
