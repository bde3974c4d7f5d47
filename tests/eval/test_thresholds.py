import pytest

from eval.command import main


@pytest.mark.parametrize(
    "chosen", ["gold", "samples", *(pytest.param(n, marks=pytest.mark.slow) for n in ("dev", "everyday"))]
)
def test_no_figure_has_fallen_under_its_threshold(
    chosen: str, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    monkeypatch.setenv("JUWEN_INDEX_DIR", str(tmp_path_factory.mktemp(chosen) / "index"))
    assert main(["--set", chosen]) == 0
