/* Rows under a record: add one from the top, open or fold all, put one higher or lower, take the
   sources of the row above. Without this script rows open one by one, and their order is a number. */
(() => {
  "use strict";

  const OPEN = "beheer-open-rijen";

  const rowsOf = (group) => [...group.querySelectorAll(".inline-related.row:not(.empty-form)")];
  const nameOf = (row) => row.querySelector(".line-name").textContent.trim();
  const placeOf = (row) => row.querySelector('[name$="-position"]');

  function tell(group, text) {
    group.querySelector(".rows-told").textContent = text;
  }

  /* Order: a row changes places with its neighbour, and so do their numbers. Where a number is
     missing or stands twice, all are numbered anew. */

  function move(row, step) {
    const group = row.closest(".inline-group");
    const rows = rowsOf(group);
    const from = rows.indexOf(row);
    const other = rows[from + step];
    if (!other) return;
    const numbers = rows.map((each) => placeOf(each).value);
    const used = numbers.filter((number) => number !== "");
    if (used.length < rows.length || new Set(used).size < used.length) {
      rows.forEach((each, index) => setPlace(each, String(index)));
    }
    const [mine, theirs] = [placeOf(row).value, placeOf(other).value];
    setPlace(row, theirs);
    setPlace(other, mine);
    if (step < 0) other.before(row);
    else other.after(row);
    tell(group, `${nameOf(row)} staat nu op plaats ${from + step + 1} van ${rows.length}.`);
    showMoves(group);
  }

  function setPlace(row, number) {
    const field = placeOf(row);
    if (field.value === number) return;
    field.value = number;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /* The first cannot go higher, the last not lower. */
  function showMoves(group) {
    const rows = rowsOf(group);
    rows.forEach((row, index) => {
      const canMove = placeOf(row) !== null;
      row.querySelector('[data-row="up"]').hidden = !canMove || index === 0;
      row.querySelector('[data-row="down"]').hidden = !canMove || index === rows.length - 1;
    });
  }

  /* Sources of the row above: what was chosen there, and what was typed there and is not saved yet.
     A row may have more lists of places; each takes those of the same list. */

  const listsOf = (row) => [...row.querySelectorAll('select[name$="citations"]')];
  const listLike = (select, row) => row.querySelector(`select[name$="-${select.name.split("-").pop()}"]`);

  /* The two fields with a place that is typed, which have a block of their own. */
  function typedBeside(select) {
    const stem = select.name.replace(/citations$/, "new_");
    return ["source", "place"].map((part) => select.form.elements[stem + part]);
  }

  function offerSources(group) {
    for (const select of rowsOf(group).flatMap(listsOf)) {
      const field = select.closest(".form-multiline > div") || select.closest(".form-row");
      if (field.querySelector('[data-row="cite"]')) continue;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "as-link";
      button.dataset.row = "cite";
      button.textContent = "Zelfde bron als hierboven";
      field.append(button);
    }
    rowsOf(group).forEach((row, index) => {
      for (const button of row.querySelectorAll('[data-row="cite"]')) button.hidden = index === 0;
    });
  }

  function chosenAsAbove(select, above) {
    const has = new Set([...select.selectedOptions].map((option) => option.value));
    const added = [...above.selectedOptions].filter((option) => !has.has(option.value));
    for (const option of added) {
      const mine = [...select.options].find((each) => each.value === option.value);
      if (mine) mine.selected = true;
      else select.append(new Option(option.textContent, option.value, false, true));
    }
    window.django.jQuery(select).trigger("change");
    select.dispatchEvent(new Event("change", { bubbles: true }));
    return added.map((option) => option.textContent.trim());
  }

  function typedAsAbove(select, above) {
    const [mine, theirs] = [typedBeside(select), typedBeside(above)];
    if (!theirs.every((field) => field?.value.trim()) || mine.some((field) => field.value.trim())) return [];
    mine.forEach((field, index) => {
      field.value = theirs[index].value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.dispatchEvent(new Event("change", { bubbles: true }));
    });
    mine[0].closest("details").open = true;
    return [mine.map((field) => field.value.trim()).join(", ")];
  }

  function citeAsAbove(row, button) {
    const group = row.closest(".inline-group");
    const rows = rowsOf(group);
    const rowAbove = rows[rows.indexOf(row) - 1];
    const select = button.parentElement.querySelector("select");
    const above = listLike(select, rowAbove);
    const added = [...chosenAsAbove(select, above), ...typedAsAbove(select, above)];
    const name = nameOf(rowAbove);
    tell(
      group,
      added.length ? `Overgenomen van ${name}: ${added.join("; ")}.` : `${name} heeft geen bron die hier nog niet staat.`,
    );
  }

  /* What a click does */

  const CLICKS = {
    add: (group) => {
      group.querySelector(".add-row a").click();
      const row = rowsOf(group).at(-1);
      row.scrollIntoView({ block: "center" });
      (row.querySelector(".select2-selection") || row.querySelector("select, input:not([type=hidden]), textarea")).focus();
    },
    open: (group) => rowsOf(group).forEach((row) => (row.querySelector("details").open = true)),
    fold: (group) => rowsOf(group).forEach((row) => (row.querySelector("details").open = false)),
    up: (_, row) => move(row, -1),
    down: (_, row) => move(row, 1),
    cite: (_, row, button) => citeAsAbove(row, button),
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-rows], [data-row]");
    const group = button && button.closest(".inline-group");
    if (!group) return;
    CLICKS[button.dataset.rows || button.dataset.row](group, button.closest(".row"), button);
    if (button.dataset.row) button.focus();
  });

  document.addEventListener("change", (event) => {
    const row = event.target.closest && event.target.closest(".inline-related.row");
    const flag = row && row.querySelector(".line-changed");
    if (flag) flag.hidden = false;
  });

  function prepare(group) {
    const adds = group.querySelector(".add-row a");
    const add = group.querySelector('[data-rows="add"]');
    if (add) add.hidden = !adds || adds.parentElement.hidden || getComputedStyle(adds.parentElement).display === "none";
    group.querySelector(".rows-tools").hidden = ![...group.querySelectorAll("[data-rows]")].some((each) => !each.hidden);
    showMoves(group);
    offerSources(group);
  }

  const groups = [...document.querySelectorAll(".inline-group")].filter((group) => group.querySelector(".rows-tools"));
  const prepareAll = () => groups.forEach(prepare);

  /* A page that comes back after a save has the same rows open. */
  const form = document.getElementById("formulierstand")?.closest("form");
  const kept = (sessionStorage.getItem(OPEN) || "").split(" ");
  sessionStorage.removeItem(OPEN);
  if (form && groups.length) {
    if (kept[0] === location.pathname && document.querySelector(".messagelist .saved")) {
      for (const id of kept.slice(1)) {
        const place = document.getElementById(id);
        if (place) place.closest("details").open = true;
      }
    }
    form.addEventListener("submit", () => {
      const open = [...document.querySelectorAll(".row > details[open] > .row-place")].map((place) => place.id);
      sessionStorage.setItem(OPEN, [location.pathname, ...open].join(" "));
    });
  }

  /* After Django's own scripts, which make the buttons that add a row. */
  if (window.django && window.django.jQuery) window.django.jQuery(prepareAll);
  else prepareAll();
  for (const name of ["formset:added", "formset:removed"]) document.addEventListener(name, () => setTimeout(prepareAll));
})();
