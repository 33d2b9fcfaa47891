// Forms marked `data-draft` are kept while they are typed: sealed on this computer first, then on the server,
// which alone decides what is kept. A copy leaves this computer only when the server named its sequence.

import { fill, read } from "./fields.js";
import * as vault from "./vault.js";

const PERIOD = 1500;
const RETRY = 5000;
const PATIENCE = 8000;
const MOST_AT_THE_LAST_MOMENT = 60_000;

class Keeper {
  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.form = form;
    this.box = form.querySelector("[data-draft-box]");
    this.place = this.box.dataset;
    this.reference = form.elements.namedItem("submission");
    this.sequence = 0;
    this.sending = null;
    this.trouble = "";
    this.onComputer = true;
    this.listen();
    this.look();
  }

  listen() {
    this.form.addEventListener("input", () => this.touch());
    this.form.addEventListener("change", () => this.touch());
    this.form.addEventListener("focusout", () => this.save());
    this.form.addEventListener("submit", (event) => this.submit(event));
    this.box.addEventListener("click", ({ target }) => {
      const act = target.closest("[data-draft-act]")?.dataset.draftAct;
      if (act === "resume") this.resume();
      if (act === "discard") this.discard();
    });
    addEventListener("pagehide", () => this.save(true));
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.save(true);
    });
    // Somebody signs in in another tab or window: this one asks again when it is come back to.
    addEventListener("focus", () => this.trouble && this.send());
    addEventListener("online", () => this.send());
  }

  touch() {
    this.dirty = true;
    this.timer ??= setTimeout(() => this.save(), PERIOD);
  }

  async save(leaving = false) {
    clearTimeout(this.timer);
    this.timer = null;
    if (!this.dirty) return;
    this.dirty = false;
    this.sequence = Math.max(this.sequence + 1, Date.now());
    const copy = this.copy();
    this.unsent = copy;
    const kept = vault.put(copy);
    if (leaving) this.sendAtOnce(copy);
    this.onComputer = await kept;
    if (!leaving) await this.send();
  }

  copy() {
    const { owner: account, key: form, title } = this.place;
    return { account, form, title, writer: this.reference.value, sequence: this.sequence, content: read(this.form) };
  }

  sendAtOnce(copy) {
    const keepalive = JSON.stringify(copy).length < MOST_AT_THE_LAST_MOMENT;
    this.post(this.place.url, copy, { keepalive }).catch(() => null);
  }

  /** Whoever asks while a copy is on its way waits for its answer. @returns {Promise<void>} */
  send() {
    this.sending ??= this.deliver().finally(() => (this.sending = null));
    return this.sending;
  }

  async deliver() {
    while (this.unsent) {
      const copy = this.unsent;
      const outcome = await this.ask(copy);
      if (outcome !== "kept" && outcome !== "sent") return this.undelivered(outcome);
      if (this.unsent === copy) this.unsent = null;
      await vault.remove(copy);
      this.said(outcome);
    }
  }

  /** Only a lost network comes back by itself; a late answer to an ended session would end the new one as well. */
  undelivered(outcome) {
    this.warn(outcome);
    clearTimeout(this.again);
    if (outcome === "network") this.again = setTimeout(() => this.send(), RETRY);
  }

  /** Ask the server to keep a copy, once more with a new token if it refused the page's. @returns {Promise<string>} */
  async ask(copy) {
    const first = await this.attempt(copy);
    if (first !== "session" || (await this.renew()) === null) return first;
    return this.attempt(copy);
  }

  async attempt(copy) {
    try {
      const answer = await this.post(this.place.url, copy);
      const said = answer.headers.get("Content-Type")?.startsWith("application/json") ? await answer.json() : {};
      if (answer.ok && said.kept >= copy.sequence) return "kept";
      if (["sent", "elsewhere", "account"].includes(said.reason)) return said.reason;
      return answer.type === "opaqueredirect" || answer.status === 403 ? "session" : "network";
    } catch {
      return "network";
    }
  }

  post(url, copy, options = { signal: AbortSignal.timeout(PATIENCE) }) {
    const headers = { "Content-Type": "application/json", "X-CSRFToken": this.token().value };
    return fetch(url, { method: "POST", headers, body: JSON.stringify(copy), redirect: "manual", ...options });
  }

  token() {
    return this.form.elements.namedItem("csrfmiddlewaretoken");
  }

  /** Read what the server keeps, and take its token if the same account still works here. */
  async renew(writers = []) {
    const asked = new URLSearchParams([["form", this.place.key], ...writers.map((writer) => ["writer", writer])]);
    try {
      const signal = AbortSignal.timeout(PATIENCE);
      const answer = await fetch(`${this.place.url}?${asked}`, { redirect: "manual", signal });
      const said = await answer.json();
      if (String(said.account) !== this.place.owner) return null;
      this.token().value = said.token;
      document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": said.token }));
      return said;
    } catch {
      return null;
    }
  }

  /** Find what was left unsent, on the server or here, and offer the newest. */
  async look() {
    await vault.forget();
    const { owner, key } = this.place;
    let here = await vault.copies(owner, key);
    const said = await this.renew(here.map((copy) => copy.writer));
    for (const copy of here.filter(({ writer }) => said?.settled.includes(writer))) await vault.remove(copy);
    here = here.filter(({ writer }) => !said?.settled.includes(writer));
    const found = [...here, ...(said?.draft ? [said.draft] : [])].sort((one, two) => two.sequence - one.sequence)[0];
    if (!found) return;
    if (found.writer === this.reference.value) this.sequence = Math.max(this.sequence, found.sequence);
    else this.offer(found);
  }

  offer(found) {
    this.found = found;
    const notice = this.part("offer");
    const when = new Date(found.sequence);
    const day = when.toLocaleDateString(document.documentElement.lang, { day: "numeric", month: "long" });
    notice.querySelector("[data-draft-when]").textContent = `${day}, ${this.hour(when)}`;
    notice.hidden = false;
  }

  resume() {
    this.reference.value = this.found.writer;
    this.sequence = Math.max(this.sequence, this.found.sequence);
    fill(this.form, this.found.content);
    this.close();
    this.save();
    this.form.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  }

  async discard() {
    const gone = { account: this.place.owner, form: this.place.key, writer: this.found.writer };
    const answer = await this.post(this.place.discard, gone).catch(() => null);
    if (!answer?.ok) return this.warn("network");
    await vault.remove(gone);
    this.close();
    if (this.trouble === "elsewhere") this.said("kept");
    await this.send();
    await this.look();
  }

  close() {
    this.part("offer").hidden = true;
    this.found = null;
    this.form.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  }

  /** Where nothing is kept, what is about to be sent is kept first: the page of an expired session would lose it. */
  async submit(event) {
    if (!this.trouble || this.trouble === "elsewhere") return void this.save(true);
    event.preventDefault();
    const { submitter } = event;
    // What is on its way was asked before the press: its answer says nothing of a sign-in made since.
    await this.sending;
    this.dirty = true;
    await this.save();
    if (!this.trouble) this.form.requestSubmit(submitter);
    else this.part("warning").focus();
  }

  said(outcome) {
    if (this.trouble) this.part("warning").replaceChildren();
    this.trouble = "";
    const words = this.part("kept");
    words.hidden = outcome !== "kept";
    words.querySelector("[data-draft-hour]").textContent = this.hour(new Date());
  }

  warn(trouble) {
    this.part("kept").hidden = true;
    const known = this.trouble === trouble;
    this.trouble = trouble;
    if (known) return;
    const words = this.box.querySelector(`template[data-draft-word="${trouble}"]`).content.cloneNode(true);
    const where = this.onComputer ? "here" : "nowhere";
    words.querySelector("[data-draft-where]").append(
      this.box.querySelector(`template[data-draft-word="${where}"]`).content.cloneNode(true),
    );
    this.part("warning").replaceChildren(words);
  }

  part(name) {
    return this.box.querySelector(`[data-draft-part="${name}"]`);
  }

  hour(when) {
    return when.toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
  }
}

for (const form of document.querySelectorAll("form[data-draft]")) new Keeper(form);

for (const leaving of document.querySelectorAll('form[action$="/sign-out/"]')) {
  leaving.addEventListener("submit", async (event) => {
    event.preventDefault();
    await vault.wipe();
    leaving.submit();
  });
}
