/* "Kopieer het adres" copies it; without this script, or where nothing may be copied, it is a link.
   A list replaces its block in place, so the page listens and not each link. */
(() => {
  "use strict";

  function status(link) {
    if (link.nextElementSibling) return link.nextElementSibling;
    const said = document.createElement("span");
    said.className = "copied";
    said.setAttribute("role", "status");
    link.after(said);
    return said;
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.copy");
    if (!link || !navigator.clipboard || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const said = status(link);
    navigator.clipboard.writeText(link.href).then(
      () => { said.textContent = " Gekopieerd"; },
      () => { location.assign(link.href); },
    );
  });
})();
