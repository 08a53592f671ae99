/* Optional: the site works without this file.

   A list is a GET form. Here it refreshes in place: the same address is fetched, the parts
   below are replaced, and the address bar, the back button and the focus behave as after a
   full load. Nothing is sent before the reader presses the button. */
(() => {
  "use strict";

  const REPLACED = ["filter-count", "facets", "forest", "results", "day-choice"];
  const form = document.getElementById("finder");
  const byId = (id) => document.getElementById(id);
  document.documentElement.classList.add("js");

  /* A long page: the contents show where the reader is. */
  const links = new Map([...document.querySelectorAll(".contents a")].map((a) => [a.hash.slice(1), a]));
  if (links.size && "IntersectionObserver" in window) {
    const seen = new Set();
    const observer = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        seen[isIntersecting ? "add" : "delete"](target.id);
      }
      mark([...links.keys()].find((id) => seen.has(id)));
    }, { rootMargin: "-10% 0px -55%" });
    const mark = (here) => {
      if (!here) return;
      for (const [id, link] of links) {
        if (id === here) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
    };
    mark([...links.keys()][0]);
    for (const id of links.keys()) if (byId(id)) observer.observe(byId(id));
  }

  /* A place inside a fold: new browsers open it for a link by themselves, older ones here. */
  function unfold() {
    const place = byId(location.hash.slice(1));
    const fold = place && place.closest("details:not([open])");
    if (!fold) return;
    fold.open = true;
    place.scrollIntoView();
  }
  unfold();
  window.addEventListener("hashchange", unfold);

  /* The last line on paper: the address as the reader has it, and the day, which only a browser knows. */
  const printed = byId("afgedrukt");
  if (printed) {
    addEventListener("beforeprint", () => {
      const day = new Date().toLocaleDateString("nl-BE", { day: "numeric", month: "long", year: "numeric" });
      printed.textContent = `${location.href.replace(location.hash, "")}, afgedrukt op ${day}.`;
    });
  }

  /* On paper nothing is folded, also where the style sheet cannot open it. */
  const folded = () => document.querySelectorAll("main details:not(.filters, [open])");
  if (!CSS.supports("selector(::details-content)")) {
    let opened = [];
    addEventListener("beforeprint", () => { opened = [...folded()]; for (const one of opened) one.open = true; });
    addEventListener("afterprint", () => { for (const one of opened) one.open = false; });
  }

  /* A word with an explanation: open it beside the word, instead of going to the list. */
  function explain(term, entry) {
    const gloss = document.createElement("div");
    const name = entry.querySelector("a").cloneNode(true);
    const said = entry.querySelector("dd").cloneNode(true);
    for (const back of said.querySelectorAll(".up")) back.remove();
    gloss.className = "gloss";
    gloss.popover = "auto";
    gloss.tabIndex = -1;
    gloss.setAttribute("role", "dialog");
    gloss.setAttribute("aria-label", name.textContent);
    gloss.append(document.createElement("b"), document.createElement("p"));
    gloss.firstChild.append(name);
    gloss.lastChild.append(...said.childNodes);
    gloss.addEventListener("toggle", (event) => { if (event.newState === "closed") gloss.remove(); });
    term.after(gloss);
    gloss.showPopover();
    const at = term.getBoundingClientRect();
    const room = document.documentElement.clientWidth - gloss.offsetWidth - 16;
    const above = at.bottom + gloss.offsetHeight + 12 > window.innerHeight && at.top > gloss.offsetHeight;
    gloss.style.left = `${Math.max(16, Math.min(at.left, room)) + window.scrollX}px`;
    gloss.style.top = `${(above ? at.top - gloss.offsetHeight - 12 : at.bottom) + window.scrollY}px`;
    gloss.focus({ preventScroll: true });
  }

  const isPlain = ({ button, metaKey, ctrlKey, shiftKey, altKey }) => !(button || metaKey || ctrlKey || shiftKey || altKey);

  if ("popover" in HTMLElement.prototype) {
    document.addEventListener("click", (event) => {
      const term = event.target.closest(".term");
      const entry = term && byId(term.hash.slice(1));
      if (!entry || !isPlain(event)) return;
      event.preventDefault();
      explain(term, entry);
    });
  }

  /* The names of places come when a reader is about to type one, from the page itself where they stand on
     it; without them the field works as well. */
  const named = async (where) => where.startsWith("/") ? (await fetch(where)).json()
    : [...document.querySelectorAll(where)].map((link) => link.textContent);

  document.addEventListener("focusin", async ({ target: field }) => {
    if (!field.dataset.names || field.list.options.length) return;
    try {
      field.list.replaceChildren(...(await named(field.dataset.names)).map((name) => new Option(name)));
    } catch { /* Nothing is suggested. */ }
  });

  if (!form) return;

  /* A long group of options: show those with the letters that were typed. */
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  function narrow(field) {
    const group = byId(field.dataset.narrows);
    const typed = plain(field.value.trim());
    const labels = [...group.querySelectorAll("label:has([type=checkbox]):not(.check)")];
    for (const label of labels) label.hidden = !plain(label.textContent).includes(typed);
    group.classList.remove("folds");
    const left = labels.filter((label) => !label.hidden).length;
    field.nextElementSibling.textContent = typed && `${left} van ${labels.length} getoond`;
  }

  form.addEventListener("input", (event) => { if (event.target.dataset.narrows) narrow(event.target); });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.dataset.narrows) event.preventDefault();
  });

  if (!window.fetch || !window.DOMParser) return;

  const filters = form.querySelector(".filters");
  const summary = filters && filters.querySelector(":scope > summary");
  const isFolded = () => summary && summary.offsetParent !== null;
  let shown = location.pathname + location.search;
  let running;

  function address() {
    const query = new URLSearchParams();
    for (const [key, value] of new FormData(form)) if (value !== "") query.append(key, value);
    const search = query.toString();
    return form.getAttribute("action") + (search && `?${search}`);
  }

  /* The box that had the focus is a new element afterwards: find it by what it says. */
  function remember() {
    const { name, value, id } = document.activeElement;
    if (id && id !== "inhoud") return () => byId(id);
    if (name) return () => form.querySelector(`[name="${CSS.escape(name)}"][value="${CSS.escape(value)}"]`);
    return () => document.activeElement !== document.body && document.activeElement;
  }

  /* Another day is another page: its banner, menu and footer stand outside what is replaced. */
  const dayOf = (url) => new URL(url, location.href).searchParams.get("peildatum");

  async function show(url, { push = true, toResults = false } = {}) {
    if (dayOf(url) !== dayOf(shown)) {
      location.assign(url);
      return;
    }
    if (running) running.abort();
    running = new AbortController();
    byId("results").setAttribute("aria-busy", "true");
    const refocus = remember();
    let page;
    let response;
    try {
      response = await fetch(url, { signal: running.signal, headers: { Accept: "text/html" } });
      if (!response.ok) throw new Error(response.status);
      page = new DOMParser().parseFromString(await response.text(), "text/html");
      if (!page.getElementById("results")) throw new Error("not a list");
    } catch (error) {
      if (error.name !== "AbortError") location.assign(url);
      return;
    }
    const folds = [...form.querySelectorAll("#facets details")].map(({ id, open }) => [id, open]);
    for (const id of REPLACED) {
      const fresh = page.getElementById(id);
      if (byId(id) && fresh) byId(id).replaceWith(fresh);
    }
    for (const [id, open] of folds) if (byId(id)) byId(id).open = open;
    byId("q").value = page.getElementById("q").value;
    for (const hidden of form.querySelectorAll(":scope > [type=hidden]")) hidden.remove();
    form.append(...page.querySelectorAll("#finder > [type=hidden]"));
    /* Only the words change: the same element stays, so that it is announced. */
    byId("sentence").replaceChildren(...page.getElementById("sentence").childNodes);
    document.title = page.title;
    /* A place in words leads on to the address of the place. */
    if (push) history.pushState(null, "", response.redirected ? response.url : url);
    shown = location.pathname + location.search;

    if (toResults && isFolded()) filters.open = false;
    const target = refocus();
    if (target && !(toResults && (isFolded() || !isInView(byId("sentence"))))) target.focus({ preventScroll: true });
    else if (toResults || push) byId("results-title").focus();
  }

  /* The reader presses the button far below, and the answer is short: lead them to it. */
  function isInView(element) {
    const { top, bottom } = element.getBoundingClientRect();
    return top >= 0 && bottom <= window.innerHeight;
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show(address(), { toResults: true });
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest(".results-column a:not(.copy), .apply a");
    if (!link || !isPlain(event)) return;
    const action = new URL(form.getAttribute("action"), location.href);
    if (link.origin !== action.origin || link.pathname !== action.pathname) return;
    event.preventDefault();
    show(link.href, { toResults: true });
  });

  window.addEventListener("popstate", () => {
    if (location.pathname + location.search !== shown) show(location.href, { push: false });
  });
})();
