// Rows chosen in a list: how many is said where it stays, a page is chosen at once, and a new order keeps the choice.

const said = document.querySelector("[data-chosen]");
const nothingYet = said?.textContent ?? "";
const boxes = () => [...document.querySelectorAll(".cz-choose input")];
let kept = new Set();

function tell() {
  const all = boxes();
  const count = all.filter((box) => box.checked).length;
  const words = count === 0 ? nothingYet : count === 1 ? said.dataset.one : said.dataset.many.replace("{count}", count);
  if (said.textContent !== words) said.textContent = words;
}

document.addEventListener("change", ({ target }) => {
  if (target.closest?.(".cz-choose")) tell();
});

document.addEventListener("click", (event) => {
  const pressed = event.target.closest?.("[data-choose]");
  if (!pressed || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  for (const box of boxes()) box.checked = pressed.dataset.choose === "page";
  tell();
});

document.addEventListener("htmx:beforeSwap", () => {
  kept = new Set(boxes().filter((box) => box.checked).map((box) => box.value));
});

document.addEventListener("htmx:afterSettle", () => {
  for (const box of boxes()) box.checked ||= kept.has(box.value);
  tell();
});

if (said) tell();
