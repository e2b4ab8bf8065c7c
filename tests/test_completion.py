"""Completion: the scripts, and what a shell is offered without reading a file."""

import pytest

from conftest import Run


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_its_script(claimbook: Run, shell: str) -> None:
    result = claimbook("completion", shell)

    assert result.code == 0
    assert f"_CLAIMBOOK_COMPLETE={shell}_complete" in result.out


def offered(claimbook: Run, monkeypatch: pytest.MonkeyPatch, words: str) -> list[str]:
    monkeypatch.setenv("_CLAIMBOOK_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", str(len(words.split(" ")) - 1))
    result = claimbook()
    assert (result.code, result.err) == (0, "")
    return [line.partition(",")[2] for line in result.out.splitlines()]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("claimbook ren", ["rename"]),
        ("claimbook verdict apple-car-2", ["apple-car-2024"]),
        ("claimbook article show 2021-03", ["2021-03-26-want-xiaomi"]),
        ("claimbook article ad", ["add"]),
        ("claimbook relate apple-car-2024 --to xiaomi-own", ["xiaomi-own-brand"]),
        ("claimbook relate apple-car-2024 --as p", ["part-of"]),
        ("claimbook new x --stance r", ["relays"]),
        ("claimbook nonsense ", None),
    ],
)
def test_commands_ids_and_words_are_offered(
    claimbook: Run, monkeypatch: pytest.MonkeyPatch, words: str, found: list[str] | None
) -> None:
    offers = offered(claimbook, monkeypatch, words)

    assert found is None or offers == found


def test_outside_of_a_book_there_are_no_ids(
    claimbook: Run, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))

    assert offered(claimbook, monkeypatch, "claimbook show app") == []
