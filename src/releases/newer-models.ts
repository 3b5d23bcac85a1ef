/**
 * Which models of a provider's list are newer than the locked one: the same family with a higher version, or the same
 * version and a later date. Names are all that most lists have, so this reads names: `gpt-5.6-mini`, `qwen3:8b`.
 */
export interface ListedModel {
  name: string;
  /** ISO 8601, when the provider says so: released, or for a local model pulled. */
  at?: string;
}

interface ModelName {
  /** Words without versions, sizes and dates: `gpt mini`. */
  family: string;
  version: number[];
  date: string;
}

const size = /^(\d+x)?\d+(\.\d+)?[bmt]$|^a\d+(\.\d+)?b$/;
const unstable =
  /^(latest|preview|exp|experimental|instruct|chat|it|fp8|fp16|bf16|int4|int8|awq|gptq|gguf|q\d.*|k|s|m)$/;

/** A model's name in parts; what it cannot place goes into the family, so that strangers never match. */
export function readModelName(full: string): ModelName {
  const base = (full.split('/').at(-1) ?? full).toLowerCase().replace(/:.*$/, '');
  const [, stem = base, dashed, plain] = /^(.*?)(?:-(\d{4}-\d{2}-\d{2})|-(20\d{6}))?$/.exec(base) ?? [];
  const words: string[] = [];
  const version: number[] = [];
  for (const token of stem.split(/[-_]/)) {
    if (token === '' || size.test(token) || unstable.test(token)) continue;
    const [, letters = '', digits] = /^([a-z]*?)v?(\d+(?:\.\d+)*)?$/.exec(token) ?? [undefined, token];
    if (letters !== '') words.push(letters);
    if (digits !== undefined) version.push(...digits.split('.').map(Number));
  }
  return { family: words.join(' '), version, date: dashed?.replaceAll('-', '') ?? plain ?? '' };
}

/** The newest first. `since`: when the lock's run was made, ISO 8601. */
export function newerModels(locked: string, listed: readonly ListedModel[], since: string): ListedModel[] {
  const mine = readModelName(locked);
  const newer = listed.filter(({ name, at }) => {
    const other = readModelName(name);
    if (name === locked || other.family !== mine.family || mine.family === '') return false;
    const order = compareVersions(other.version, mine.version);
    if (order !== 0) return order > 0;
    if (other.date !== '' && mine.date !== '') return other.date > mine.date;
    // An undated alias and its dated snapshots: new only when the provider made the snapshot since.
    return other.date !== '' && at !== undefined && at > since;
  });
  return newer.sort((x, y) => {
    const [a, b] = [readModelName(x.name), readModelName(y.name)];
    return compareVersions(b.version, a.version) || Number(b.date) - Number(a.date) || x.name.length - y.name.length;
  });
}

function compareVersions(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < Math.max(a.length, b.length); at += 1) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
