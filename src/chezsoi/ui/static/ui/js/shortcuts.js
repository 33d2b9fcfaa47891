// Shortcuts of one or two keys: "?" lists them, "/" searches, and the links of that list answer to their keys.
// None answers while somebody types, composes a letter, holds a modifier or has a dialog open. Whoever turns
// them off in their account is not sent this file.

const dialog = document.getElementById("shortcuts");
const FIELDS = "input, textarea, select, [contenteditable], [role=textbox], [role=combobox], [role=listbox], [role=menu]";
const WAIT = 1500;
let first = "";
let forget = 0;

function isFree(event) {
  if (event.defaultPrevented || event.isComposing || event.repeat) return false;
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  return !event.target.closest?.(FIELDS) && !document.querySelector("dialog[open], [popover]:popover-open");
}

function linkOf(keys) {
  return [...dialog.querySelectorAll("a[data-keys]")].find((link) => link.dataset.keys === keys);
}

function opensSome(key) {
  return [...dialog.querySelectorAll("a[data-keys]")].some((link) => link.dataset.keys.startsWith(`${key} `));
}

function search() {
  const field = document.getElementById("search");
  field?.focus();
  field?.select();
  return Boolean(field);
}

function answer(key) {
  const keys = first ? `${first} ${key}` : key;
  clearTimeout(forget);
  first = "";
  const link = linkOf(keys);
  if (link) location.assign(link.href);
  else if (keys === "?") dialog.showModal();
  else if (keys === "/") return search();
  else if (opensSome(keys)) {
    first = keys;
    forget = setTimeout(() => (first = ""), WAIT);
  } else return false;
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.key.length === 1 && isFree(event) && answer(event.key.toLowerCase())) event.preventDefault();
});
