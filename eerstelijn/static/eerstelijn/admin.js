/* Gives a name to fields that Django's admin leaves without one: the cells of inline tables
   (only their column has a heading) and the search lists that replace a long select. */
(() => {
  "use strict";

  function nameCells(table) {
    table.querySelectorAll("tbody tr.form-row:not(.empty-form)").forEach((row, index) => {
      for (const field of row.querySelectorAll("td input:not([type=hidden]), td select, td textarea")) {
        if (field.labels.length || field.hasAttribute("aria-label")) continue;
        const column = [...field.closest("td").classList].find((name) => name.startsWith("field-"));
        const head = column && table.querySelector(`th.${CSS.escape(column.replace("field-", "column-"))}`);
        field.setAttribute("aria-label", `${head ? head.textContent.trim() : "Verwijderen"}, rij ${index + 1}`);
      }
    });
  }

  function nameSearchLists(part) {
    for (const select of part.querySelectorAll("select.select2-hidden-accessible")) {
      const name = select.labels.length ? select.labels[0].textContent.trim() : select.getAttribute("aria-label");
      const box = select.nextElementSibling && select.nextElementSibling.querySelector(".select2-selection");
      if (!box || !name) continue;
      for (const unnamed of [box, box.querySelector("[role=textbox], [role=searchbox]")]) {
        if (!unnamed) continue;
        unnamed.setAttribute("aria-label", name.replace(/:$/, ""));
        unnamed.removeAttribute("aria-labelledby");
      }
      const chosen = box.querySelector(".select2-selection__rendered");
      if (chosen && chosen.id) box.setAttribute("aria-describedby", chosen.id);
    }
  }

  function nameAll() {
    document.querySelectorAll(".tabular table").forEach(nameCells);
    nameSearchLists(document);
  }

  /* After Django's own scripts, which build the search lists when jQuery is ready. */
  if (window.django && window.django.jQuery) window.django.jQuery(nameAll);
  else nameAll();
  document.addEventListener("formset:added", () => setTimeout(nameAll));
})();
