/* Django's search in the menu hides the lines that do not match. While one types, the folds are open
   and what has nothing left goes; afterwards they are as they were. */
(() => {
  "use strict";

  const search = document.getElementById("nav-filter");
  if (!search) return;
  const groups = [...document.querySelectorAll("#nav-sidebar .menu-group")];
  let before = null; // which folds were open when the typing began

  function show() {
    if (search.value) before ??= groups.map((group) => group.open);
    groups.forEach((group, index) => {
      const lines = [...group.querySelectorAll("tr")];
      group.hidden = Boolean(search.value) && lines.every((line) => line.style.display === "none");
      if ("open" in group && before) group.open = Boolean(search.value) || before[index];
    });
    if (!search.value) before = null;
  }

  /* After Django's own listeners, which were there first. */
  for (const event of ["input", "change", "keyup"]) search.addEventListener(event, show);
  show(); // it remembers what was typed on the page before
})();
