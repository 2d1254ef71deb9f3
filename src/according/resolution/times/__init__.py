"""Times: finding time expressions, resolving them, and the days of events from them."""

from according.resolution.times.find import find_times
from according.resolution.times.interval import ahead, interval_for, when_for
from according.resolution.times.published import infer_published

__all__ = ["ahead", "find_times", "infer_published", "interval_for", "when_for"]
