// The search of the top bar suggests while one types. Without this file it is a form that leads to a page.
// The focus never leaves the field: the arrows move what it points to.

const field = document.getElementById("search");
const list = document.getElementById("search-suggestions");
const options = () => [...list.querySelectorAll("[role=option][data-url]")];

function point(option) {
  for (const each of options()) each.setAttribute("aria-selected", String(each === option));
  if (option) {
    field.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  } else field.removeAttribute("aria-activedescendant");
}

function show(open) {
  const box = list.querySelector("[role=listbox]");
  list.hidden = !open || !list.textContent.trim();
  field.setAttribute("aria-expanded", String(!list.hidden && Boolean(box)));
  if (box) field.setAttribute("aria-controls", box.id);
  else field.removeAttribute("aria-controls");
  if (list.hidden) point(null);
}

function move(step) {
  const all = options();
  if (!all.length) return;
  const at = all.findIndex((each) => each.getAttribute("aria-selected") === "true");
  point(all[at < 0 ? (step > 0 ? 0 : all.length - 1) : (at + step + all.length) % all.length]);
}

if (field && list) {
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-expanded", "false");

  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const chosen = list.querySelector("[aria-selected=true]");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (list.hidden) show(true);
      if (!list.hidden) event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && chosen && !list.hidden) {
      event.preventDefault();
      location.assign(chosen.dataset.url);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      show(false);
    }
  });

  list.addEventListener("htmx:afterSwap", () => {
    point(null);
    show(document.activeElement === field);
  });
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", ({ target }) => {
    const option = target.closest("[role=option][data-url]");
    if (option) location.assign(option.dataset.url);
  });
  field.addEventListener("blur", () => show(false));
}
