// Copies of drafts on this computer, sealed: AES-GCM under a key that the browser keeps and never hands out.
// Nothing readable is ever stored. Where the browser offers no cryptography or no storage, every call gives `null`.

const NAME = "chezsoi";
const SCHEMA = 1;
const LIFETIME = 72 * 3600 * 1000;

/**
 * @typedef {object} Copy
 * @property {string} account
 * @property {string} form
 * @property {string} writer
 * @property {number} sequence
 * @property {string} title
 * @property {[string, string][]} content
 */

/** @param {Copy} copy @returns {Promise<boolean>} whether the copy is kept on this computer */
export async function put(copy) {
  try {
    const key = await sealingKey();
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const words = new TextEncoder().encode(JSON.stringify({ title: copy.title, content: copy.content }));
    const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: labelOf(copy) }, key, words);
    const { account, form, writer, sequence } = copy;
    await write("copies", (store) => store.put({ id: idOf(copy), account, form, writer, sequence, iv, sealed }));
    return true;
  } catch {
    return false;
  }
}

/** @param {string} account @param {string} form @returns {Promise<Copy[]>} the copies of a form, the newest first */
export async function copies(account, form) {
  const found = [];
  for (const row of (await rows()).filter((each) => each.account === account && each.form === form)) {
    try {
      const key = await sealingKey();
      const seal = { name: "AES-GCM", iv: row.iv, additionalData: labelOf(row) };
      const words = new TextDecoder().decode(await crypto.subtle.decrypt(seal, key, row.sealed));
      found.push({ ...JSON.parse(words), account, form, writer: row.writer, sequence: row.sequence });
    } catch {
      await remove(row);
    }
  }
  return found.sort((one, other) => other.sequence - one.sequence);
}

/** Remove a copy unless a newer one took its place. @param {{account: string, form: string, writer: string, sequence?: number}} copy */
export async function remove(copy) {
  try {
    await write("copies", (store) => {
      const held = store.get(idOf(copy));
      held.onsuccess = () => {
        if (held.result && held.result.sequence <= (copy.sequence ?? Infinity)) store.delete(idOf(copy));
      };
    });
  } catch {
    // Nothing was kept, so nothing has to go.
  }
}

/** Remove the copies that waited too long. */
export async function forget() {
  const past = (await rows()).filter((row) => row.sequence < Date.now() - LIFETIME);
  for (const row of past) await remove(row);
}

/** Remove every copy and the key: whoever signs out leaves nothing behind. @returns {Promise<void>} */
export async function wipe() {
  (await opened?.catch(() => null))?.close();
  opened = null;
  await new Promise((resolve) => {
    const gone = indexedDB.deleteDatabase(NAME);
    gone.onsuccess = gone.onerror = gone.onblocked = resolve;
  });
}

/** @type {Promise<IDBDatabase> | null} */
let opened = null;

function idOf({ account, form, writer }) {
  return `${account} ${form} ${writer}`;
}

function labelOf(copy) {
  return new TextEncoder().encode(`${idOf(copy)} ${copy.sequence}`);
}

/** @returns {Promise<IDBDatabase>} the database, opened again if the browser had closed it */
function database() {
  opened ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, SCHEMA);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("keys");
      asked.result.createObjectStore("copies", { keyPath: "id" });
    };
    asked.onerror = () => reject(asked.error);
    asked.onsuccess = () => {
      asked.result.onclose = asked.result.onversionchange = () => {
        asked.result.close();
        opened = null;
      };
      resolve(asked.result);
    };
  });
  opened.catch(() => (opened = null));
  return opened;
}

async function rows() {
  try {
    const store = (await database()).transaction("copies").objectStore("copies");
    return await settled(store.getAll());
  } catch {
    return [];
  }
}

async function write(name, act) {
  const transaction = (await database()).transaction(name, "readwrite", { durability: "strict" });
  act(transaction.objectStore(name));
  await new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
}

/** @returns {Promise<CryptoKey>} the key of this browser; two tabs that make one at once end up with the same */
async function sealingKey() {
  const held = await settled((await database()).transaction("keys").objectStore("keys").get("drafts"));
  if (held) return held;
  const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  await write("keys", (store) => store.add(made, "drafts")).catch(() => null);
  return settled((await database()).transaction("keys").objectStore("keys").get("drafts"));
}

function settled(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
