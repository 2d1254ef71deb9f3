"""The day of publication in a photo's caption."""

from __future__ import annotations

from datetime import date

import pytest

from according.records import Region
from according.resolution.times.published import infer_published


@pytest.mark.parametrize(
    ("caption", "day"),
    [
        ("Protesters march in Dhaka on August 5, 2024. REUTERS/Ann Moss", date(2024, 8, 5)),
        ("FILE PHOTO: Protesters march in Dhaka on August 5, 2020. REUTERS/Ann Moss", None),
        ("Protesters march in Dhaka on Monday. REUTERS/Ann Moss", None),
    ],
)
def test_a_caption_with_a_full_date_tells_the_day(caption: str, day: date | None) -> None:
    text = f"{caption}\n\nThousands marched, police said."
    assert infer_published(text, [Region(kind="caption", start=0, end=len(caption))])[0] == day
