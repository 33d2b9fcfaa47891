// Where a page changes under somebody's hands: it is said aloud, marked busy meanwhile, and the focus is never lost.
// A form that comes back with its errors puts the focus on what is wrong, whether htmx brought it or the browser did.

const byId = (id) => document.getElementById(id);

/** @param {string} text what a screen reader says, politely */
function announce(text) {
  const region = byId("announcements");
  if (region) {
    region.textContent = "";
    requestAnimationFrame(() => (region.textContent = text));
  }
}

/** @param {HTMLElement} part @returns {string} what a part of the page is about; `data-announce=""` says nothing */
function spoken(part) {
  const heading = part.querySelector("[data-announce], [role=alert], .cz-notice-title, h1, h2, h3, caption");
  return part.dataset.announce ?? heading?.dataset.announce ?? heading?.textContent.trim() ?? "";
}

/** @param {HTMLElement} part where the focus goes if what held it is gone */
function keepFocus(part) {
  if (document.activeElement && document.activeElement !== document.body) return;
  const place = part.querySelector("[autofocus], [data-focus]") ?? part;
  if (!place.matches("a[href], button, input, select, textarea, [tabindex]")) place.tabIndex = -1;
  place.focus({ preventScroll: true });
}

document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  detail.target?.setAttribute("aria-busy", "true");
  const slow = setTimeout(() => announce(byId("loading")?.content.textContent ?? ""), 800);
  detail.xhr?.addEventListener("loadend", () => {
    clearTimeout(slow);
    detail.target?.removeAttribute("aria-busy");
  });
});

document.addEventListener("htmx:afterSettle", ({ detail }) => {
  const part = detail.elt?.isConnected ? detail.elt : byId(detail.target?.id);
  if (!part) return;
  part.removeAttribute("aria-busy");
  // What only comes round again has nothing to say, and takes the focus from nobody.
  if (part.dataset.announce !== "") keepFocus(part);
  // A live region that stays says its own changes; one that was replaced whole is new, and often stays silent.
  const lasting = part === detail.target ? part : part.parentElement;
  if (!lasting?.closest("[aria-live]")) announce(spoken(part));
});

// A form that comes back with its errors (422) is shown in place like any other answer.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.xhr.status === 422) {
    detail.shouldSwap = true;
    detail.isError = false;
  }
});

for (const failure of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.addEventListener(failure, () => {
    const notice = byId("no-answer")?.content.cloneNode(true);
    if (notice) byId("messages")?.replaceChildren(notice);
    byId("messages")?.scrollIntoView({ block: "nearest" });
  });
}

document.querySelector("main [data-focus]")?.focus();
