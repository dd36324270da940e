"""Items: written down in the one way of RFC 8785."""

import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from dateline.stories import items

text = st.text(st.characters(exclude_categories=["Cs"]))
names = st.text("abcdefghijklmnopqrstuvwxyz_", min_size=1)
values = st.recursive(
    text | st.integers(-(2**53) + 1, 2**53 - 1), lambda inner: st.lists(inner) | st.dictionaries(names, inner)
)


@given(st.dictionaries(names, values))
def test_an_item_is_written_as_the_rfc_says(item):
    assert items.canonical(item).encode() == rfc8785.dumps(item)
