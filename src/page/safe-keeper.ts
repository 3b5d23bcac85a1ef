/**
 * The votes once more, in a database that is on the disk when a write says so. What a browser writes to its plain storage
 * reaches the disk seconds later: a browser that is killed would lose the last votes.
 */
export interface SafeKeeper {
  read(name: string): Promise<string | undefined>;
  /** Resolves when the text is on the disk. */
  write(name: string, text: string): Promise<void>;
}

const database = 'gapcheck';
const table = 'votes';
/** A browser that gives no answer has no database for this page. */
const patienceMs = 3_000;

/** Undefined where a browser gives pages from files no database. */
export async function openSafeKeeper(): Promise<SafeKeeper | undefined> {
  try {
    const opened = await Promise.race([openDatabase(), later()]);
    return opened && { read: (name) => read(opened, name), write: (name, text) => write(opened, name, text) };
  } catch {
    return undefined;
  }
}

const later = (): Promise<undefined> => new Promise((resolve) => setTimeout(() => resolve(undefined), patienceMs));

function openDatabase(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(database, 1);
    request.onupgradeneeded = () => void request.result.createObjectStore(table);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error('blocked'));
  });
}

function read(opened: IDBDatabase, name: string): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const request = opened.transaction(table).objectStore(table).get(name);
    request.onsuccess = () => resolve(typeof request.result === 'string' ? request.result : undefined);
    request.onerror = () => reject(request.error);
  });
}

function write(opened: IDBDatabase, name: string, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const transaction = opened.transaction(table, 'readwrite', { durability: 'strict' });
    transaction.objectStore(table).put(text, name);
    transaction.oncomplete = () => resolve();
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error);
  });
}
