// Arrows, and the keys a remote control sends, go from one home to the next: they press what the page has for it.

const KEYS = { ArrowRight: "next", PageDown: "next", ArrowLeft: "prev", PageUp: "prev" };

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const key = KEYS[event.key];
  const step = document.querySelector(`a[rel="${key}"], [data-step="${key}"]`);
  if (!step) return;
  event.preventDefault();
  step.click();
});
