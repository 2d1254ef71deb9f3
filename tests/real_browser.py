"""Chromium, and what is measured in its pages: contrast, labels, width."""

from __future__ import annotations

import shutil
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
IN_BROWSER = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]
CONTRAST = """() => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgb = (c) => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = c; canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data]; };
  const light = (c) => { const [r, g, b] = rgb(c).map((v) => { v /= 255;
    return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; });
    return 0.2126*r + 0.7152*g + 0.0722*b; };
  const back = (e) => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor;
    if (rgb(c)[3] > 250) return c; } return 'rgb(255,255,255)'; };
  return [...document.querySelectorAll(
      'p,dt,dd,td,th,h1,h2,a,label,li,button,.seg,code,summary,footer,.words,.chip,.soft')]
    .filter((e) => e.checkVisibility({ visibilityProperty: true }) && e.textContent.trim()
      && !e.classList.contains('skip'))
    .map((e) => { const a = light(getComputedStyle(e).color), b = light(back(e));
      return [(Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), e.outerHTML.slice(0, 90)]; })
    .filter(([ratio]) => ratio < 4.5); }"""

UNNAMED = """() => [...document.querySelectorAll('input:not([type=hidden]), select, textarea, button, a')]
  .filter((e) => !(e.labels && e.labels.length) && !e.getAttribute('aria-label') && !e.textContent.trim())
  .map((e) => e.outerHTML.slice(0, 90))"""


def check_readable(page: Any, name: object) -> None:
    """Words stand out from what is behind them, nothing is wider than the window, everything has a name."""
    assert page.evaluate(CONTRAST) == [], name
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
    assert page.evaluate(UNNAMED) == [], name
