// A screen of the commission room follows the secretary: it asks again every second, and is drawn again when something
// changed. Without this file, its link does as much. A screen nobody looks at asks nothing.

const PAUSE = 1000;
const LONGEST = 8000;
const NOTHING_NEW = 204;

const room = () => document.getElementById("room");

/** @param {string} words what a screen reader says when another home comes before the room */
function say(words) {
  const region = document.getElementById("announcements");
  if (region && words) region.textContent = words;
}

/** @param {HTMLElement} before @param {HTMLElement} after the same part of the page, as it is now */
function draw(before, after) {
  const held = before.contains(document.activeElement) ? document.activeElement.id : "";
  before.replaceWith(after);
  if (held) document.getElementById(held)?.focus({ preventScroll: true });
  if (before.dataset.says !== after.dataset.says) say(after.dataset.says);
}

async function ask(shown) {
  const asked = new URLSearchParams({ seen: shown.dataset.seen });
  const answer = await fetch(`${shown.dataset.follows}?${asked}`, {
    headers: { "HX-Request": "true" },
    redirect: "manual",
    signal: AbortSignal.timeout(LONGEST),
  });
  if (answer.status >= 500) throw new Error(answer.status);
  if (answer.status === NOTHING_NEW) return;
  // Signed out, or no longer let in: the whole page says so.
  if (!answer.ok) return location.reload();
  const after = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("room");
  if (after && shown.isConnected) draw(shown, document.adoptNode(after));
}

async function follow() {
  const shown = room();
  if (!shown?.dataset.follows) return;
  // Nothing moves under a finger that is pressing.
  if (!document.hidden && !shown.matches(":active")) {
    const isLost = await ask(shown).then(() => false, () => true);
    const notice = room()?.querySelector(".cz-live-lost");
    if (notice && notice.hidden === isLost) notice.hidden = !isLost;
  }
  setTimeout(follow, PAUSE);
}

setTimeout(follow, PAUSE);
