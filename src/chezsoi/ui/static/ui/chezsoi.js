// Everything works without this file. It opens the search with "/", closes menus, and remembers the theme.

const root = document.documentElement;
const byId = (id) => document.getElementById(id);

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeMenus();
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
