/* Keeps what an editor sends, in this tab, until the server tells that it was saved.

   A session that ended, a form that is too old, an error on our side, a connection that broke: back
   on the page of the form, what was typed is sent again with a fresh token and marked `_herstel`. The
   server never saves that; it shows the form as typed (see eerstelijn/desk/restoring.py). */
(() => {
  "use strict";

  const PREFIX = "getypt:";
  const SENT = "_verzending";
  const SAVED = "bewaard-";

  /* The forms of this page that can be shown again, each with what the server says of it. */
  const states = [...document.querySelectorAll("#formulierstand, .formulierstand")];
  const forms = new Map(states.map((state) => [state.closest("form"), state]));
  const account = document.querySelector("meta[name=redacteur]");
  /* A form is known by where it is sent; an empty record differs with what its address fills in. */
  function placeOf(form) {
    const { pathname, search } = new URL(form.getAttribute("action") || location.href, location.href);
    return pathname + (pathname.endsWith("/add/") ? search : "");
  }

  /* What is kept */

  function storage() {
    try {
      return window.sessionStorage;
    } catch {
      return null; // the browser keeps nothing for this site
    }
  }

  function allKept() {
    const box = storage();
    if (!box) return [];
    const keys = Object.keys(box).filter((key) => key.startsWith(PREFIX));
    return keys.map((key) => JSON.parse(box.getItem(key)));
  }

  function forget(entry) {
    storage().removeItem(PREFIX + entry.place);
  }

  /* Whether it fitted. What older forms left behind makes room first. */
  function keep(entry) {
    const box = storage();
    if (!box) return false;
    const text = JSON.stringify(entry);
    for (const others of [[], allKept().filter((kept) => kept.place !== entry.place)]) {
      others.forEach(forget);
      try {
        box.setItem(PREFIX + entry.place, text);
        return true;
      } catch {
        continue; // full: once more without the others
      }
    }
    return false;
  }

  function forgetWhatIsSaved() {
    const names = document.cookie.split("; ").map((cookie) => cookie.split("=")[0]);
    for (const name of names.filter((each) => each.startsWith(SAVED))) {
      allKept().filter((entry) => SAVED + entry.id === name).forEach(forget);
      document.cookie = `${name}=; path=${states.length ? states[0].dataset.pad : "/beheer/"}; max-age=0`;
    }
  }

  /* Sending */

  function newId() {
    return [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  function hidden(name, value) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name, value });
    return field;
  }

  let wasTold = false;

  function onSubmit(event) {
    const form = event.target;
    if (event.defaultPrevented || event.submitter?.formTarget === "_blank") return; // it stays here
    const id = newId();
    const former = form.querySelector(`input[name=${SENT}]`);
    if (former) former.value = id;
    else form.append(hidden(SENT, id));
    const fields = [...new FormData(form)].filter(([, value]) => typeof value === "string");
    const owner = account ? account.content : "";
    const address = location.pathname + location.search;
    const entry = { place: placeOf(form), id, owner, address, fields };
    if (keep(entry) || wasTold) return;
    wasTold = true;
    event.preventDefault();
    tell(
      form,
      "Dit formulier is te groot om in je browser bij te houden terwijl het verstuurd wordt. " +
        "Kopieer eerst wat je niet kwijt wilt, en kies dan nog eens de knop.",
    );
  }

  function sendAgain(entry, form) {
    entry.tried = true;
    keep(entry);
    const copy = document.createElement("form");
    copy.method = "post";
    copy.action = form ? form.getAttribute("action") || location.href : entry.address;
    copy.hidden = true;
    const token = document.querySelector("input[name=csrfmiddlewaretoken]").value;
    for (const [name, value] of entry.fields) {
      if (name === SENT || name === "_herstel") continue;
      const field = document.createElement("textarea"); // keeps its line ends, which an input drops
      field.name = name;
      field.value = name === "csrfmiddlewaretoken" ? token : value;
      copy.append(field);
    }
    copy.append(hidden("_herstel", "1"));
    document.body.append(copy);
    copy.submit();
  }

  /* Words */

  function made(name, text = "", properties = {}) {
    const element = Object.assign(document.createElement(name), properties);
    element.textContent = text;
    return element;
  }

  function tell(form, text) {
    const line = made("p", text, { className: "errornote" });
    line.setAttribute("role", "alert");
    form.prepend(line);
    line.scrollIntoView({ block: "center" });
  }

  /* The texts that were sent and do not stand in the form now, to copy. */
  function texts(entry, form) {
    const list = document.createElement("dl");
    for (const [name, value] of entry.fields) {
      const field = form && form.elements[name];
      const isHidden = name.startsWith("_") || name === "csrfmiddlewaretoken" || /-[A-Z_]+$/.test(name);
      if (isHidden || !value.trim() || (field && field.value === value.replace(/\r\n/g, "\n"))) continue;
      const label = field && field.labels && field.labels[0];
      list.append(made("dt", label ? label.textContent.replace(/:\s*$/, "") : name), made("dd", value));
    }
    return list;
  }

  /* It came back once and is kept still: the editor says what becomes of it. */
  function offer(entry, form, page = form) {
    const box = made("div", "", { className: "kept" });
    const again = made("button", "Zet het terug in het formulier", { type: "button", className: "button" });
    const away = made("button", "Gooi het weg", { type: "button", className: "button" });
    again.addEventListener("click", () => sendAgain(entry, form));
    away.addEventListener("click", () => {
      forget(entry);
      box.remove();
    });
    const details = document.createElement("details");
    details.append(made("summary", "Toon wat je schreef"), texts(entry, form));
    const line = made("p");
    line.append(made("strong", "Wat je hier eerder schreef, is nog niet bewaard."), " Het staat nog in dit tabblad.");
    const buttons = made("p");
    buttons.append(again, " ", away);
    box.append(line, buttons, details);
    page.prepend(box);
  }

  /* A page without the form (an error, the login) says that nothing is lost. */
  function reassure() {
    const entries = allKept();
    if (!entries.length) return;
    if (document.querySelector("[data-niet-opnieuw]")) {
      for (const entry of entries) keep(Object.assign(entry, { tried: true })); // as it is, it is too large
    }
    for (const note of document.querySelectorAll("[data-getypt]")) {
      const link = note.querySelector("a");
      if (link) link.href = entries[entries.length - 1].address;
      note.hidden = false;
    }
    for (const note of document.querySelectorAll("[data-niet-getypt]")) note.hidden = true;
  }

  /* What happens on a page */

  document.addEventListener("submit", (event) => {
    if (/logout|afmelden/.test(event.target.id + event.target.action)) allKept().forEach(forget);
  });
  forgetWhatIsSaved();
  if (account) allKept().filter((entry) => entry.owner !== account.content).forEach(forget);
  reassure();

  /* The page of a record that is gone leads to the first page of the desk. */
  const home = document.querySelector(".dashboard #content-main");
  if (home) allKept().forEach((entry) => offer(entry, null, home));

  for (const [form, state] of forms) {
    if (!state.dataset.herstel) continue;
    const kept = allKept().find((entry) => entry.place === placeOf(form));
    if (kept && state.dataset.terug) forget(kept); // it stands on the page
    else if (kept && (kept.tried || state.dataset.herstel === "lezen")) offer(kept, form);
    else if (kept) sendAgain(kept, form);
    form.addEventListener("submit", onSubmit);
  }
})();
