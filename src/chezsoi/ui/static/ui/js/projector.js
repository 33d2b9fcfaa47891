// Arrows, and the keys a remote control sends, go from one home to the next: they follow the links of the page.

const KEYS = { ArrowRight: "next", PageDown: "next", ArrowLeft: "prev", PageUp: "prev" };

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const link = document.querySelector(`a[rel="${KEYS[event.key]}"]`);
  if (!link) return;
  event.preventDefault();
  location.assign(link.href);
});
