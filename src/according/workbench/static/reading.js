// The reading view: choosing a mention colours its words, names them and draws a line to each.
(() => {
  "use strict";
  const text = document.getElementById("text");
  const hint = document.querySelector(".hint");
  const segs = [...text.querySelectorAll(".seg")];
  const mentions = [...text.querySelectorAll(".mention")];
  const SVG = "http://www.w3.org/2000/svg";
  let pinned = null, shown = null;

  const ties = document.createElementNS(SVG, "svg");
  ties.setAttribute("class", "ties");
  ties.setAttribute("aria-hidden", "true");
  text.append(ties);

  const clear = () => {
    shown = null;
    ties.replaceChildren();
    for (const seg of text.querySelectorAll(".hit")) {
      seg.className = seg.className.split(" ").filter((c) => c !== "hit" && !c.startsWith("f-")).join(" ");
      delete seg.dataset.tag;
    }
    for (const card of document.querySelectorAll(".card:not([hidden])")) card.hidden = true;
    for (const m of mentions) m.removeAttribute("aria-current");
    hint.hidden = false;
    document.body.classList.remove("has-card");
  };

  const middle = (element, base) => {
    const box = element.getClientRects()[0] || element.getBoundingClientRect();
    return { x: box.left - base.left + box.width / 2, top: box.top - base.top, bottom: box.bottom - base.top };
  };

  const draw = () => {
    ties.replaceChildren();
    const from = text.querySelector(".hit.f-trigger");
    if (!from) return;
    const base = text.getBoundingClientRect();
    const a = middle(from, base);
    for (const to of text.querySelectorAll(".hit[data-tag]:not(.f-trigger)")) {
      const b = middle(to, base);
      const field = [...to.classList].find((c) => c.startsWith("f-"));
      const same = Math.abs(a.bottom - b.bottom) < 12;
      const y1 = same || b.top > a.top ? a.bottom : a.top, y2 = same ? b.bottom : b.top > a.top ? b.top : b.bottom;
      const bend = same ? 16 : (y2 - y1) / 2;
      const path = document.createElementNS(SVG, "path");
      path.setAttribute("class", field);
      path.setAttribute("d", `M${a.x},${y1} C${a.x},${y1 + bend} ${b.x},${same ? y2 + bend : y2 - bend} ${b.x},${y2}`);
      const dot = document.createElementNS(SVG, "circle");
      dot.setAttribute("class", field);
      dot.setAttribute("cx", b.x); dot.setAttribute("cy", y2); dot.setAttribute("r", 3);
      ties.append(path, dot);
    }
  };

  const colour = (card) => {
    for (const row of card.querySelectorAll(".row[data-spans]")) {
      const field = [...row.classList].find((c) => c.startsWith("f-"));
      const cues = row.dataset.cues.split(",");
      for (const range of row.dataset.spans.split(",").filter(Boolean)) {
        const [start, end] = range.split("-").map(Number);
        let first = true;
        for (const seg of segs) {
          const s = Number(seg.dataset.s), e = Number(seg.dataset.e);
          if (s < start || e > end || s === e || seg.classList.contains("hit")) continue;
          seg.classList.add("hit", field);
          if (first) seg.dataset.tag = cues.includes(range) ? "cue" : row.dataset.label;
          first = false;
        }
      }
    }
  };

  const show = (mention) => {
    if (shown === mention) return;
    clear();
    shown = mention;
    const cards = mention.dataset.cards.split(" ").map((id) => document.getElementById(id));
    for (const card of cards) card.hidden = false;
    hint.hidden = true;
    mention.setAttribute("aria-current", "true");
    document.body.classList.add("has-card");
    colour(cards[0]);
    draw();
  };

  const choose = (mention) => {
    pinned = mention;
    show(mention);
    if (!beside.matches) mention.scrollIntoView({ block: "nearest" });
    history.replaceState(null, "", mention.href.replace(/#.*/, ""));
  };

  const now = mentions.find((m) => m.getAttribute("aria-current"));
  if (now) { pinned = now; document.body.classList.add("has-card"); draw(); }
  addEventListener("resize", draw);
  if (document.fonts) document.fonts.ready.then(draw);

  // Where the card lies over the text, a card that comes with the pointer would take the pointer from the words.
  const beside = matchMedia("(min-width: 60.01rem)");
  const hovers = (e) => e.pointerType === "mouse" && beside.matches && e.target.closest(".mention");
  text.addEventListener("pointerover", (e) => { const m = hovers(e); if (m) show(m); });
  text.addEventListener("pointerout", (e) => { if (hovers(e)) { if (pinned) show(pinned); else clear(); } });
  text.addEventListener("focusin", (e) => { const m = e.target.closest(".mention"); if (m && m.matches(":focus-visible")) choose(m); });
  text.addEventListener("click", (e) => {
    const m = e.target.closest(".mention");
    if (!m || e.ctrlKey || e.metaKey || e.shiftKey) return;
    e.preventDefault();
    choose(m);
  });
  document.addEventListener("keydown", (e) => {
    if (e.key === "Escape") { pinned = null; clear(); if (document.activeElement) document.activeElement.blur(); return; }
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[e.key];
    const next = step && mentions[mentions.indexOf(document.activeElement) + step];
    if (!next || !mentions.includes(document.activeElement)) return;
    e.preventDefault();
    next.focus();
    choose(next);
  });
  // Words of a value: go to them without leaving the page.
  document.getElementById("side").addEventListener("click", (e) => {
    const link = e.target.closest("dd a");
    if (!link) return;
    const at = new URL(link.href).searchParams.get("at");
    const target = at && segs.find((s) => s.dataset.s === at.split("-")[0] && s.dataset.s !== s.dataset.e);
    if (!target) return;
    e.preventDefault();
    for (const old of text.querySelectorAll(".here")) old.classList.remove("here");
    const [start, end] = at.split("-").map(Number);
    for (const s of segs) if (Number(s.dataset.s) >= start && Number(s.dataset.e) <= end) s.classList.add("here");
    target.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  });
  if (document.querySelector("#words")) document.querySelector("#words").scrollIntoView({ block: "center" });
})();
