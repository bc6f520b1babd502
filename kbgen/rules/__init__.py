"""Floor 6: what is wrong with articles and sites. One module per rule; its docstring is its manual page (``kbgen explain CODE``).

A code never changes its meaning. A rule that goes is taken off :data:`RULES` and its code is put into :data:`RETIRED`, for good.
"""

from __future__ import annotations

from collections.abc import Mapping

from kbgen.model.ports import Rule
from kbgen.rules import (
    kb001_encoding,
    kb002_no_front_matter,
    kb003_unclosed_front_matter,
    kb004_broken_yaml,
    kb005_front_matter_not_a_mapping,
    kb006_too_large,
    kb007_file_not_allowed,
    kb008_not_convertible,
    kb101_unknown_key,
    kb102_wrong_value,
    kb103_unknown_product_area,
    kb104_unknown_owner,
    kb105_data_file,
    kb106_shared_id,
    kb201_never_reviewed,
    kb202_overdue,
    kb203_reviewed_in_the_future,
    kb204_due_soon,
    kb301_narrower_link,
    kb302_narrower_snippet,
    kb303_malformed_internal_block,
    kb304_no_audience,
    kb305_odd_audience,
    kb306_hiding_key,
    kb307_wider_translation,
    kb308_narrower_asset,
    kb401_dead_link,
    kb402_dead_anchor,
    kb403_missing_file,
    kb404_file_not_shipped,
    kb501_same_address,
    kb502_heading_levels,
    kb503_no_text,
    kb504_left_out,
    kb505_reserved_address,
    kb901_dead_link_in_site,
    kb902_leak,
    kb903_foreign_request,
)

RULES: tuple[Rule, ...] = (
    kb001_encoding,
    kb002_no_front_matter,
    kb003_unclosed_front_matter,
    kb004_broken_yaml,
    kb005_front_matter_not_a_mapping,
    kb006_too_large,
    kb007_file_not_allowed,
    kb008_not_convertible,
    kb101_unknown_key,
    kb102_wrong_value,
    kb103_unknown_product_area,
    kb104_unknown_owner,
    kb105_data_file,
    kb106_shared_id,
    kb201_never_reviewed,
    kb202_overdue,
    kb203_reviewed_in_the_future,
    kb204_due_soon,
    kb301_narrower_link,
    kb302_narrower_snippet,
    kb303_malformed_internal_block,
    kb304_no_audience,
    kb305_odd_audience,
    kb306_hiding_key,
    kb307_wider_translation,
    kb308_narrower_asset,
    kb401_dead_link,
    kb402_dead_anchor,
    kb403_missing_file,
    kb404_file_not_shipped,
    kb501_same_address,
    kb502_heading_levels,
    kb503_no_text,
    kb504_left_out,
    kb505_reserved_address,
    kb901_dead_link_in_site,
    kb902_leak,
    kb903_foreign_request,
)
"""All rules, in the order of their codes. The list is kept by hand: a rule that is not in it does not run."""

RETIRED: Mapping[str, str] = {}
"""Code → what it meant and why it went, in whole sentences."""
