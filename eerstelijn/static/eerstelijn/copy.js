/* "Kopieer het adres" copies it; without this script, or where nothing may be copied, it is a link. */
(() => {
  "use strict";

  for (const link of document.querySelectorAll("a.copy")) {
    const said = document.createElement("span");
    said.className = "copied";
    said.setAttribute("role", "status");
    link.after(said);
    link.addEventListener("click", (event) => {
      if (!navigator.clipboard || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      navigator.clipboard.writeText(link.href).then(
        () => { said.textContent = " Gekopieerd"; },
        () => { location.assign(link.href); },
      );
    });
  }
})();
