// Review: keys press the buttons that stand on the page; in an edit form, words are chosen in the text.
(() => {
  "use strict";
  const inField = (e) => e.target.closest("input:not([type=checkbox]), select, textarea");
  const onControl = (e) => e.target.closest("button, a, summary, input, select, textarea");
  const toggle = document.getElementById("keys-on");
  let busy = false;

  const keysOn = () => { try { return localStorage.getItem("according-keys") !== "off"; } catch { return true; } };
  if (toggle) {
    toggle.checked = keysOn();
    toggle.addEventListener("change", () => { try { localStorage.setItem("according-keys", toggle.checked ? "on" : "off"); } catch { /* not kept */ } });
  }
  addEventListener("pageshow", () => { busy = false; });
  document.addEventListener("submit", (e) => { if (e.target.method === "post") { if (busy) e.preventDefault(); busy = true; } });

  const nameOf = (e) => {
    const digit = /^(?:Digit|Numpad)(\d)$/.exec(e.code);
    if (digit) return (e.shiftKey ? "shift+" : "") + digit[1];
    return e.key.length === 1 ? e.key.toLowerCase() : e.key;
  };
  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.altKey || e.metaKey || e.isComposing || e.repeat || e.defaultPrevented) return;
    const name = nameOf(e);
    if (name !== "Escape" && ((toggle && !toggle.checked) || inField(e))) return;
    if (name === " " && onControl(e)) return;
    const control = document.querySelector(`[data-key="${CSS.escape(name)}"]`);
    if (!control) return;
    e.preventDefault();
    if (!busy) control.click();
  });

  const text = document.querySelector("#text");
  const words = document.getElementById("words");
  const box = text && text.closest(".box");
  if (words && box && box.scrollHeight > box.clientHeight + 4) box.scrollTop += words.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 3;
  const choosing = text && "choosing" in text.dataset;
  const edit = document.getElementById("edit");
  if (edit && document.activeElement === document.body) {
    // Who came by a key goes on by keys: in the text where words are to be chosen, else in the form.
    const first = choosing ? text : edit.querySelector("input:not([type=hidden]), select, textarea");
    if (first) first.focus({ preventScroll: true });
  }
  if (!choosing) return;

  // Where a place in the text lies, counted in code points, as the record counts.
  const fields = [...document.querySelectorAll("[data-words]")];
  const segs = [...text.querySelectorAll(".seg")];
  let into = fields[0];
  for (const field of fields) {
    field.addEventListener("focus", () => { into = field; });
    field.addEventListener("input", () => { place(field).value = ""; mark(null); });
  }
  const place = (field) => field.closest("label").nextElementSibling;
  const points = (string) => Array.from(string).length;
  const whole = segs.map((s) => s.textContent).join("");
  const starts = [];
  { let at = 0; for (const s of segs) { starts.push(at); at += s.textContent.length; } }

  const unitOf = (node, offset) => {
    const seg = (node.nodeType === 3 ? node.parentElement : node).closest(".seg");
    const i = segs.indexOf(seg);
    return i < 0 ? null : starts[i] + (node.nodeType === 3 ? offset : 0);
  };
  const nodeAt = (unit) => {
    let i = segs.length - 1;
    while (i > 0 && (starts[i] > unit || !segs[i].firstChild)) i--;
    return [segs[i].firstChild, Math.min(unit - starts[i], segs[i].firstChild.length)];
  };
  const mark = (range) => {
    if (!window.CSS || !CSS.highlights || !window.Highlight) return;
    if (range) CSS.highlights.set("chosen", new Highlight(range)); else CSS.highlights.delete("chosen");
  };
  const rangeOf = (start, end) => {
    const range = document.createRange();
    range.setStart(...nodeAt(start));
    range.setEnd(...nodeAt(end));
    return range;
  };
  const take = (start, end) => {
    while (start < end && /\s/.test(whole[start])) start++;
    while (start < end && /\s/.test(whole[end - 1])) end--;
    if (start >= end || !into) return;
    const before = points(whole.slice(0, start));
    into.value = whole.slice(start, end).replace(/\s+/g, " ");
    place(into).value = `${before}-${before + points(whole.slice(start, end))}`;
    mark(rangeOf(start, end));
  };
  document.addEventListener("selectionchange", () => {
    const chosen = getSelection();
    if (!chosen.rangeCount || chosen.isCollapsed) return;
    const range = chosen.getRangeAt(0);
    if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return;
    const start = unitOf(range.startContainer, range.startOffset), end = unitOf(range.endContainer, range.endOffset);
    if (start !== null && end !== null) take(start, end);
  });
  text.addEventListener("click", (e) => { if (e.target.closest("a")) e.preventDefault(); });
  text.addEventListener("dragstart", (e) => e.preventDefault());

  // With the keyboard: a cursor that goes from word to word, and an anchor that Shift leaves where it is.
  const list = [...whole.matchAll(/[\p{L}\p{N}\p{M}$€£%]+(?:[’'.,\-][\p{L}\p{N}]+)*/gu)].map((w) => [w.index, w.index + w[0].length]);
  const trigger = text.querySelector(".hit.f-trigger");
  let cursor = Math.max(0, trigger ? list.findIndex(([, end]) => end > starts[segs.indexOf(trigger)]) : 0), anchor = cursor;
  text.addEventListener("keydown", (e) => {
    if (e.key === "Enter") { e.preventDefault(); if (into) into.focus(); return; }
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 10, ArrowUp: -10, Home: -list.length, End: list.length }[e.key];
    if (!step || e.ctrlKey || e.altKey || e.metaKey || !list.length) return;
    e.preventDefault();
    cursor = Math.min(list.length - 1, Math.max(0, cursor + step));
    if (!e.shiftKey) anchor = cursor;
    const [first, last] = cursor < anchor ? [cursor, anchor] : [anchor, cursor];
    take(list[first][0], list[last][1]);
    nodeAt(list[cursor][0])[0].parentElement.scrollIntoView({ block: "nearest" });
  });
  if (into && into.value && place(into).value) {
    const [start, end] = place(into).value.split("-").map(Number);
    const all = Array.from(whole);
    const unit = all.slice(0, start).join("").length;
    mark(rangeOf(unit, unit + all.slice(start, end).join("").length));
  }
})();
