/* "Kopieer het adres" copies it; without this script, or where nothing may be copied, it is a link.
   A list replaces its block in place, so the page listens and not each link. */
(() => {
  "use strict";

  function said(link) {
    if (link.nextElementSibling?.className === "copied") return link.nextElementSibling;
    const line = document.createElement("span");
    line.className = "copied";
    line.setAttribute("role", "status");
    link.after(line);
    return line;
  }

  document.addEventListener("click", (event) => {
    if (event.target.closest(".take-print")) print();
    const link = event.target.closest("a.copy");
    if (!link || !navigator.clipboard || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const line = said(link);
    navigator.clipboard.writeText(link.href).then(
      () => { line.textContent = " Gekopieerd"; },
      () => { location.assign(link.href); },
    );
  });
})();
