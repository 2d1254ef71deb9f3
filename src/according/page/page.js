(() => {
  "use strict";
  const root = document.documentElement;
  const reports = [...document.querySelectorAll(".report")];
  let pinned = null;
  root.classList.add("js", "show-said");

  const theme = document.getElementById("theme");
  const setTheme = (name) => {
    root.dataset.theme = name;
    theme.textContent = name === "dark" ? "Light" : "Dark";
    theme.setAttribute("aria-label", `Switch to ${name === "dark" ? "light" : "dark"} colours`);
  };
  setTheme(matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  theme.addEventListener("click", () => setTheme(root.dataset.theme === "dark" ? "light" : "dark"));
  document.getElementById("show-said").addEventListener("change", (e) => root.classList.toggle("show-said", e.target.checked));

  const clear = () => {
    for (const seg of document.querySelectorAll(".hit")) {
      seg.className = seg.dataset.plain;
      delete seg.dataset.tag;
    }
    for (const card of document.querySelectorAll(".card:not([hidden])")) card.hidden = true;
    for (const report of reports) report.classList.remove("has-card");
    for (const b of document.querySelectorAll(".mention[aria-pressed]")) b.removeAttribute("aria-pressed");
  };

  const show = (button) => {
    clear();
    const report = button.closest(".report");
    const segs = [...report.querySelectorAll(".seg")];
    report.classList.add("has-card");
    button.setAttribute("aria-pressed", "true");
    const ids = button.dataset.cards.split(" ");
    ids.forEach((id) => { document.getElementById(id).hidden = false; });
    for (const row of document.getElementById(ids[0]).querySelectorAll(".row[data-spans]")) {
      const field = [...row.classList].find((c) => c.startsWith("f-"));
      const cues = (row.dataset.cues || "").split(",");
      for (const range of row.dataset.spans.split(",").filter(Boolean)) {
        const [start, end] = range.split("-").map(Number);
        const label = cues.includes(range) ? "cue" : row.dataset.label;
        let first = true;
        for (const seg of segs) {
          const s = Number(seg.dataset.s), e = Number(seg.dataset.e);
          if (s < start || e > end || s === e || seg.classList.contains("hit")) continue;
          seg.dataset.plain = seg.className;
          seg.classList.add("hit", field);
          if (first) seg.dataset.tag = label;
          first = false;
        }
      }
    }
  };

  const open = () => {
    const wanted = reports.find((r) => `#${r.id}` === location.hash) || reports[0];
    clear();
    pinned = null;
    for (const r of reports) r.classList.toggle("shown", r === wanted);
    for (const a of document.querySelectorAll("nav a")) {
      if (wanted && a.hash === `#${wanted.id}`) a.setAttribute("aria-current", "true"); else a.removeAttribute("aria-current");
    }
  };
  addEventListener("hashchange", open);
  open();

  document.addEventListener("pointerover", (e) => { const b = e.target.closest(".mention"); if (b) show(b); });
  document.addEventListener("pointerout", (e) => { if (e.target.closest(".mention") && pinned) show(pinned); });
  document.addEventListener("focusin", (e) => { const b = e.target.closest(".mention"); if (b) { pinned = b; show(b); } });
  document.addEventListener("click", (e) => { const b = e.target.closest(".mention"); if (b) { pinned = b; show(b); } });
  document.addEventListener("keydown", (e) => {
    if (e.key === "Escape") { pinned = null; clear(); if (document.activeElement) document.activeElement.blur(); return; }
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[e.key];
    const now = document.activeElement;
    if (!step || !now || !now.classList.contains("mention")) return;
    const all = [...now.closest(".report").querySelectorAll(".mention")];
    const next = all[all.indexOf(now) + step];
    if (next) { e.preventDefault(); next.focus(); }
  });
})();
