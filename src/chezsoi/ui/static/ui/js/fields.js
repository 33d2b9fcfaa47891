// What is typed in a form, as pairs of name and value, and how it is put back.

const NEVER = new Set(["password", "file", "submit", "button", "reset", "image"]);

/** @param {HTMLFormElement} form @returns {[string, string][]} what somebody typed or chose, and the version they read */
export function read(form) {
  const pairs = [];
  for (const field of typed(form)) {
    if (field.type === "select-multiple") {
      for (const option of field.selectedOptions) pairs.push([field.name, option.value]);
    } else if (!["checkbox", "radio"].includes(field.type) || field.checked) {
      pairs.push([field.name, field.value]);
    }
  }
  return pairs;
}

/** @param {HTMLFormElement} form @param {[string, string][]} pairs */
export function fill(form, pairs) {
  const values = new Map();
  for (const [name, value] of pairs) values.set(name, [...(values.get(name) ?? []), value]);
  for (const field of typed(form)) {
    const said = values.get(field.name) ?? [];
    if (["checkbox", "radio"].includes(field.type)) field.checked = said.includes(field.value);
    else if (field.type === "select-multiple") {
      for (const option of field.options) option.selected = said.includes(option.value);
    } else field.value = said.shift() ?? "";
  }
  for (const kind of ["input", "change"]) form.dispatchEvent(new Event(kind, { bubbles: true }));
}

function typed(form) {
  return [...form.elements].filter(
    (field) =>
      field.name &&
      !field.disabled &&
      "value" in field &&
      !NEVER.has(field.type) &&
      field.tagName !== "BUTTON" &&
      (field.type !== "hidden" || field.name === "version"),
  );
}
