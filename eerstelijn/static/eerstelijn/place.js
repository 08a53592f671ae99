/* After a save that stays on its page, the page stands where it stood: a tab may be many screens long.
   What was saved is said in the bar with the buttons (role=status), and on top. */
(() => {
  "use strict";

  const KEY = "beheer-plaats";
  const form = document.getElementById("formulierstand")?.closest("form");
  const kept = (sessionStorage.getItem(KEY) || "").split(" ");
  sessionStorage.removeItem(KEY);
  if (!form) return;
  if (kept[0] === location.pathname && !location.hash && document.querySelector(".messagelist .saved")) {
    addEventListener("load", () => scrollTo(0, Number(kept[1])));
  }
  form.addEventListener("submit", () => sessionStorage.setItem(KEY, `${location.pathname} ${Math.round(scrollY)}`));
})();
