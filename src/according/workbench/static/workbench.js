// On every page: forms of filters send only what is filled in, and menus send themselves.
(() => {
  "use strict";
  for (const form of document.querySelectorAll("form[data-filters]")) {
    form.addEventListener("submit", () => {
      for (const field of form.elements) if (field.name && field.value === "") field.disabled = true;
    });
    form.addEventListener("change", (e) => { if (e.target.matches("select, input[type=checkbox]")) form.requestSubmit(); });
  }
  addEventListener("pageshow", () => {
    for (const field of document.querySelectorAll("form[data-filters] :disabled")) field.disabled = false;
  });
})();
