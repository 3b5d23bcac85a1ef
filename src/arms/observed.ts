/** Is the model that answered the one that was asked for? */

const plain = (name: string): string =>
  name
    .toLowerCase()
    .trim()
    // llama.cpp says the file it serves, Gemini `models/…`.
    .replace(/^.*\/(?=[^/]*\.gguf$)/, '')
    .replace(/\.gguf$/, '')
    .replace(/^models\//, '')
    .replace(/:latest$/, '');

const owner = (name: string): string | undefined => (name.includes('/') ? name.slice(0, name.indexOf('/')) : undefined);
const bare = (name: string): string => name.slice(name.lastIndexOf('/') + 1);

/** -2024-07-18, -20250929, @20250929, -0125, -001: how vendors date the snapshots of a model. */
const snapshot = /^[-@](\d{4}-\d{2}-\d{2}|\d{8}|\d{4}|\d{3}|\d{2}-\d{4}|\d{2}-\d{2})$/;

/**
 * True for the same name, or a dated snapshot of it. A router's owner prefix and its variant (`:free`) may be missing
 * on one side; another size, version or suffix is another model.
 */
export function sameModel(asked: string, observed: string): boolean {
  const a = plain(asked);
  const b = plain(observed);
  if (a === b) return true;
  const [ownerA, ownerB] = [owner(a), owner(b)];
  if (ownerA !== undefined && ownerB !== undefined && ownerA !== ownerB) return false;
  // `:free` is a way of serving; in Ollama's `qwen3:8b` the tag is the model, and has no owner.
  const from = ownerA === undefined ? bare(a) : bare(a).replace(/:[a-z]+$/, '');
  const to = bare(b);
  if (from === to) return true;
  const stem = from.replace(/-latest$/, '');
  return to.startsWith(stem) && snapshot.test(to.slice(stem.length));
}
