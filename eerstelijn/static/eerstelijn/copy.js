/* "Kopieer het adres" copies it, where that can be. The page listens: a list replaces its links. */
document.addEventListener("click", (event) => {
  const link = event.target.closest("a.copy");
  if (!link || !navigator.clipboard || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const said = link.nextElementSibling || link.parentNode.appendChild(document.createElement("span"));
  said.className = "copied";
  said.role = "status";
  navigator.clipboard.writeText(link.href).then(
    () => { said.textContent = " Gekopieerd"; },
    () => { location.assign(link.href); },
  );
});
