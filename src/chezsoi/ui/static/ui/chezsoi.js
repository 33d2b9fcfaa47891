// Everything works without this file. It says aloud and keeps the focus where htmx changed the page,
// opens the search with "/", and remembers the theme.

const root = document.documentElement;
const byId = (id) => document.getElementById(id);

function announce(text) {
  const region = byId("announcements");
  if (region) {
    region.textContent = "";
    requestAnimationFrame(() => (region.textContent = text));
  }
}

function spoken(part) {
  const heading = part.querySelector("[data-announce], [role=alert], h1, h2, h3, caption");
  return part.dataset.announce ?? heading?.dataset.announce ?? heading?.textContent.trim() ?? "";
}

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
  keepFocus(part);
  announce(spoken(part));
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

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeMenus();
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const search = byId("search");
  if (search) {
    event.preventDefault();
    search.focus();
    search.select();
  }
});

function closeMenus(except) {
  for (const menu of document.querySelectorAll("details.cz-menu[open]")) {
    if (menu === except) continue;
    const held = menu.contains(document.activeElement);
    menu.open = false;
    if (held && !except) menu.querySelector("summary").focus();
  }
}

document.addEventListener("click", ({ target }) => {
  closeMenus(target.closest?.("details.cz-menu") ?? document);
});

function showTheme() {
  const chosen = root.dataset.bsTheme ?? "";
  for (const button of document.querySelectorAll("[data-cz-theme]")) {
    button.setAttribute("aria-pressed", String(button.dataset.czTheme === chosen));
  }
}

for (const switcher of document.querySelectorAll("[data-cz-themes]")) {
  switcher.hidden = false;
  switcher.addEventListener("click", ({ target }) => {
    const theme = target.closest("[data-cz-theme]")?.dataset.czTheme;
    if (theme === undefined) return;
    if (theme) root.dataset.bsTheme = theme;
    else delete root.dataset.bsTheme;
    const age = theme ? 31_536_000 : 0;
    const secure = location.protocol === "https:" ? "; secure" : "";
    document.cookie = `theme=${theme}; path=/; max-age=${age}; samesite=lax${secure}`;
    showTheme();
  });
}
showTheme();

// An act can no longer be undone once its time is over: the offer goes away with it.
for (const form of document.querySelectorAll("[data-cz-undo]")) {
  setTimeout(() => form.contains(document.activeElement) || form.remove(), Number(form.dataset.czUndo) * 1000);
}
