/* Optional: the rest of a group of choices in place. */
(() => {
  "use strict";

  /* The choices of a group that are not seen on arrival come when a reader asks; by a page of its own
     without this. What was chosen in it meanwhile stays chosen. */
  async function complete(button) {
    const group = button.closest(".facet");
    const whole = new URL(location.href);
    whole.searchParams.append("keuzes", button.value);
    try {
      const response = await fetch(whole, { headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const fresh = response.ok && page.getElementById(group.id);
      if (!fresh) throw new Error(response.status);
      for (const { name, type, value, checked } of group.querySelectorAll("input:not([type=hidden])")) {
        const isBox = type === "checkbox";
        const same = `[name="${CSS.escape(name)}"]${isBox ? `[value="${CSS.escape(value)}"]` : ""}`;
        const field = fresh.querySelector(same);
        if (field) Object.assign(field, isBox ? { checked } : { value });
      }
      group.replaceWith(fresh);
      return fresh;
    } catch {
      location.assign(whole);
    }
  }

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("button.more");
    if (!button) return;
    event.preventDefault();
    if (button.matches(".less")) { // what came stays on the page, out of sight but for what is chosen
      button.closest(".facet").classList.toggle("folds");
      return;
    }
    const group = await complete(button);
    group?.querySelector(".rest input:not(:disabled), .more > summary")?.focus();
  });

  /* Who looks for an option looks through all of them; what is typed meanwhile counts. */
  document.addEventListener("input", async ({ target: field }) => {
    const button = field.dataset.narrows && document.getElementById(field.dataset.narrows).querySelector("button.more:not(.less)");
    if (!button || button.disabled) return;
    button.disabled = true;
    const group = await complete(button);
    if (!group) return;
    const again = group.querySelector("[data-narrows]");
    again.value = field.value;
    again.focus();
    again.dispatchEvent(new Event("input", { bubbles: true }));
  });
})();
