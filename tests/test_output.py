"""What commands print for machines."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimbook.cli.output import print_json

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(claims=st.lists(VALUES, max_size=4), rest=VALUES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_list_that_is_made_while_it_is_printed_looks_like_any_other(
    capsys: pytest.CaptureFixture[str], claims: list[object], rest: object
) -> None:
    print_json({"claims": claims, "rest": rest})
    whole = capsys.readouterr().out

    print_json({"claims": iter(claims), "rest": rest})

    assert capsys.readouterr().out == whole
    assert json.loads(whole) == {"schema": 1, "claims": claims, "rest": rest}
