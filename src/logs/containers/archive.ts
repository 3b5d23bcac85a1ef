/** What a tar or a zip holds: which entries are logs, and which are only named. */

export interface ArchiveEntry {
  name: string;
  /** Where the bytes of the entry begin and end in the archive. */
  start: number;
  end: number;
  packing: 'stored' | 'deflate' | 'gzip' | 'zstd';
  /** Packed by itself before it was put into a zip. */
  inner?: 'gzip';
}

const logName = /\.(?:csv|tsv|jsonl?|ndjson|log)(?:\.gz)?$/i;
const perhapsLogName = /\.(?:txt|ya?ml|md)$/i;
/** What packers of macOS and Windows add by themselves. */
const strayName = /(?:^|\/)(?:__MACOSX\/|\._|\.DS_Store$|Thumbs\.db$)|\/$/;

/** Of a log of Inspect the samples and the head; its summaries say again, and shorter, what the samples say. */
function evaluationLog<T extends { name: string }>(files: readonly T[]): T[] | undefined {
  const samples = files.filter(({ name }) => /^samples\/[^/]+\.json$/.test(name));
  const heads = ['header.json', '_journal/start.json'].flatMap((wanted) => files.filter(({ name }) => name === wanted));
  return samples.length > 0 && heads.length > 0 ? [heads[0] as T, ...samples] : undefined;
}

/** Entries named like logs; text files only where nothing else is there. */
export function logEntries<T extends { name: string }>(all: readonly T[]): { logs: T[]; others: string[] } {
  const files = all.filter((entry) => !strayName.test(entry.name));
  const evaluation = evaluationLog(files);
  if (evaluation) return { logs: evaluation, others: [] };
  const sure = files.filter((entry) => logName.test(entry.name));
  const logs = sure.length ? sure : files.filter((entry) => perhapsLogName.test(entry.name));
  const taken = new Set(logs);
  return { logs, others: files.filter((entry) => !taken.has(entry)).map(({ name }) => name) };
}
