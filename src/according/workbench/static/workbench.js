// On every page: forms of filters send only what is filled in, and menus send themselves.
(() => {
  "use strict";
  for (const form of document.querySelectorAll("form[data-filters]")) {
    form.addEventListener("submit", () => {
      for (const field of form.elements) if (field.name && field.value === "") field.disabled = true;
    });
    form.addEventListener("change", (e) => { if (e.target.matches("select, input[type=checkbox]")) form.requestSubmit(); });
  }
  // On a narrow window what is listed comes first, and the filters open when they are wanted.
  if (matchMedia("(max-width: 60rem)").matches) for (const fold of document.querySelectorAll(".fold")) fold.open = false;
  addEventListener("pageshow", () => {
    for (const field of document.querySelectorAll("form[data-filters] :disabled")) field.disabled = false;
  });
})();
