/** Files beside the user that may hold prompts, for commands that we propose before any file was named. */
import { readdirSync } from 'node:fs';

const named = /^prompts\.(?:csv|tsv|jsonl|json|txt)$/i;
const logs = /\.(?:csv|tsv|jsonl|ndjson|parquet)(?:\.gz)?$/i;
/** A JSON file with one of these words is an export; most others are settings of some program. */
const exported = /export|log|trace|conversation|chat|prompt|observation|message|ticket/i;
const isExport = (name: string): boolean => /\.json$/i.test(name) && exported.test(name);

/** `prompts.csv` and the like, where there is one. */
export function promptFileIn(folder: string): string | undefined {
  const found = readdirSync(folder).filter((name) => named.test(name));
  return found.length === 1 ? found[0] : undefined;
}

/** The file to put into a proposed command: the only one that can be meant, else the name that the README uses. */
export function likelyFileIn(folder: string): string {
  const own = promptFileIn(folder);
  if (own !== undefined) return own;
  const found = readdirSync(folder).filter((name) => logs.test(name) || isExport(name));
  return found.length === 1 && found[0] !== undefined ? found[0] : 'prompts.csv';
}
