/* Gives a name to fields that Django's admin leaves without one: the cells of inline tables
   (only their column has a heading) and the search lists that replace a long select. And shows
   the buttons that print a page. */
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

  /* An open search list: it belongs to its field, and has a name. */
  function nameOpenList(select) {
    const box = select.nextElementSibling.querySelector(".select2-selection");
    const list = document.getElementById(`select2-${select.id}-results`);
    const search = document.querySelector(".select2-container--open .select2-search__field");
    const name = box.getAttribute("aria-label");
    if (list) {
      list.setAttribute("aria-label", `Suggesties: ${name}`);
      for (const part of [box, search]) part && part.setAttribute("aria-controls", list.id);
    }
    if (search) search.setAttribute("aria-label", `Zoek: ${name}`);
  }

  function nameAll() {
    document.querySelectorAll(".tabular table").forEach(nameCells);
    nameSearchLists(document);
  }

  for (const button of document.querySelectorAll("[data-druk-af]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }

  /* Before Django's own scripts, which build the search lists when jQuery is ready: they open inside
     the page, not after its end. */
  for (const select of document.querySelectorAll(".admin-autocomplete")) select.dataset.dropdownParent = "#content";

  /* After Django's own scripts. */
  if (window.django && window.django.jQuery) {
    window.django.jQuery(nameAll);
    window.django.jQuery(document).on("select2:open", (event) => nameOpenList(event.target));
  } else nameAll();
  document.addEventListener("formset:added", () => setTimeout(nameAll));
})();
