/* Warns before an editor leaves a form with changes that are not saved.

   What stands in the form now is compared with what the server put there. So it does not matter how
   a field was changed (by typing, in a search list, with the calendar, in a window that added a
   record, by a row more or less), and whoever undoes a change is not warned. */
(() => {
  "use strict";

  const NOT_TYPED = ["csrfmiddlewaretoken", "_verzending"];

  /* The choices of a select; `given` asks for those that the server made. */
  function chosen(select, given) {
    const options = [...select.options];
    const picked = options.filter((option) => (given ? option.defaultSelected : option.selected));
    if (given && !picked.length && !select.multiple && options.length) picked.push(options[0]);
    return picked.map((option) => option.value).sort();
  }

  function valuesOf(field, given) {
    if (field.localName === "select") return chosen(field, given);
    if (field.type === "checkbox" || field.type === "radio") {
      return (given ? field.defaultChecked : field.checked) ? [field.value] : [];
    }
    const value = given ? field.defaultValue : field.value;
    return [field.localName === "textarea" ? value : value.trim()];
  }

  function contentOf(form, given = false) {
    const fields = [...form.elements].filter(
      (field) =>
        field.name &&
        !field.disabled &&
        !["submit", "button", "fieldset"].includes(field.type) &&
        !field.name.includes("__prefix__") &&
        !NOT_TYPED.includes(field.name),
    );
    return JSON.stringify(fields.map((field) => [field.name, valuesOf(field, given)]).sort());
  }

  let isSending = false;

  /* What is sent to another tab leaves the form where it is. */
  document.addEventListener("submit", (event) => {
    isSending = !event.defaultPrevented && event.submitter?.formTarget !== "_blank";
  });
  /* Whoever goes on typing did not get away: the sending was stopped. */
  for (const kind of ["input", "change"]) {
    document.addEventListener(kind, () => {
      isSending = false;
    });
  }
  window.addEventListener("pageshow", () => {
    isSending = false;
  });

  function guard(state) {
    const form = state.closest("form");
    /* What the server put there is read now, before Django's scripts touch it. A form that came back
       was not saved, whatever is done to it next. */
    const asGiven = state.dataset.terug ? null : contentOf(form, true);
    window.addEventListener("beforeunload", (event) => {
      if (!isSending && contentOf(form) !== asGiven) event.preventDefault();
    });
  }

  document.querySelectorAll("#formulierstand, .formulierstand").forEach(guard);
})();
