/* Says below a field what is understood of what one types, in the words of the server: a date, or a
   place in a source. For a place it also suggests sources and the places of the one that is meant.
   Without this script the same is said after saving. */
(() => {
  "use strict";

  const WAIT = 350; // milliseconds after the last key
  const waiting = new WeakMap();

  function lineOf(field) {
    const id = `${field.id}_gelezen`;
    const there = document.getElementById(id);
    if (there) return there;
    const line = document.createElement("div");
    Object.assign(line, { id, className: "help reading" });
    line.setAttribute("role", "status");
    (field.closest(".flex-container") || field).after(line);
    return line;
  }

  function say(field, told) {
    const line = lineOf(field);
    line.classList.toggle("unread", !told.is_read);
    if (line.textContent !== told.said) line.textContent = told.said;
  }

  /* The last question counts: an answer that comes too late is not shown. What cannot be asked says
     nothing; saving tells it then. */
  async function ask(field, url, show) {
    waiting.get(field)?.abort();
    const stop = new AbortController();
    waiting.set(field, stop);
    try {
      const answer = await fetch(url, { signal: stop.signal, headers: { Accept: "application/json" } });
      if (answer.ok && answer.headers.get("Content-Type").includes("json")) show(await answer.json());
      else say(field, { said: "", is_read: true });
    } catch {
      if (!stop.signal.aborted) say(field, { said: "", is_read: true });
    }
  }

  function readDate(field) {
    const url = new URL(field.dataset.reading, location.href);
    url.searchParams.set("tekst", field.value);
    ask(field, url, (told) => say(field, told));
  }

  /* A place in a source: two fields of one block */

  function listOf(field) {
    const there = document.getElementById(field.getAttribute("list"));
    if (there) return there;
    const list = document.createElement("datalist");
    list.id = `${field.id}_suggesties`;
    field.after(list);
    field.setAttribute("list", list.id);
    return list;
  }

  function offer(field, options) {
    const list = listOf(field);
    const kept = [...list.options].map((option) => option.value).join("\n");
    if (kept === options.map((option) => option.value).join("\n")) return;
    list.replaceChildren(...options.map(({ value, label }) => Object.assign(new Option(label, value), { label })));
  }

  function readPlace(field) {
    const block = field.closest("fieldset");
    const [source, place] = ["source", "place"].map((part) => block.querySelector(`[data-citing="${part}"]`));
    const url = new URL(source.dataset.citingUrl, location.href);
    url.searchParams.set("bron", source.value);
    url.searchParams.set("plaats", place.value);
    ask(source, url, (told) => {
      offer(source, told.sources);
      offer(place, told.places.map((value) => ({ value, label: "" })));
      say(place, told);
    });
  }

  /* When it is asked: a moment after a key, and at once when a field that Django's calendar filled in
     gets the focus. */

  const timers = new WeakMap();
  const asked = new WeakMap();

  function readSoon({ target, type }) {
    const read = target.dataset?.reading ? readDate : target.dataset?.citing ? readPlace : null;
    if (!read || target.value === (asked.get(target) ?? target.defaultValue)) return;
    asked.set(target, target.value);
    clearTimeout(timers.get(target));
    timers.set(target, setTimeout(() => read(target), type === "input" ? WAIT : 0));
  }

  document.addEventListener("input", readSoon);
  document.addEventListener("focusin", readSoon);
})();
