"""All rows of the matrix."""

from __future__ import annotations

from tests.integration.access import (
    branch_rows,
    calendar_rows,
    desk_rows,
    input_gathering_rows,
    input_item_rows,
    input_list_rows,
    input_mail_rows,
    input_privacy_rows,
    input_public_rows,
    input_report_rows,
    input_setup_rows,
    input_survey_rows,
    meeting_rows,
    notification_rows,
    office_rows,
    operations_rows,
    programme_rows,
    result_rows,
    sheet_rows,
    sign_in_rows,
    ten_library_rows,
    timeline_rows,
)
from tests.integration.access.row import Row

ROWS: list[Row] = [
    *branch_rows.ROWS,
    *timeline_rows.ROWS,
    *meeting_rows.ROWS,
    *calendar_rows.ROWS,
    *office_rows.ROWS,
    *sign_in_rows.ROWS,
    *programme_rows.ROWS,
    *desk_rows.ROWS,
    *result_rows.ROWS,
    *sheet_rows.ROWS,
    *input_gathering_rows.ROWS,
    *input_item_rows.ROWS,
    *input_list_rows.ROWS,
    *input_mail_rows.ROWS,
    *input_privacy_rows.ROWS,
    *input_public_rows.ROWS,
    *input_report_rows.ROWS,
    *input_setup_rows.ROWS,
    *input_survey_rows.ROWS,
    *notification_rows.ROWS,
    *ten_library_rows.ROWS,
    *operations_rows.ROWS,
]
BY_NAME: dict[str, Row] = {row.name: row for row in ROWS}
