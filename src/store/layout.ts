/** The run folder: every file name in one place. */
import { join } from 'node:path';
import { userError } from '../errors.ts';
import { hashing } from './hashing.ts';

export interface RunPaths {
  folder: string;
  run: string;
  prompts: string;
  /** The prompts of one day of a watched run. */
  dayFolder: string;
  day(name: string): string;
  key: string;
  events: string;
  eventsLock: string;
  /** Held for as long as a process answers prompts. */
  runLock: string;
  attemptsFolder: string;
  attempts(arm: string): string;
  agentsFolder: string;
  /** What a whole agent did in one trial: its steps, what it changed, what it printed. */
  agentFile(arm: string, prompt: string, trial: number, extension: AgentFile): string;
  votesFolder: string;
  votes(rater: string): string;
  votesLock(rater: string): string;
  /** Where a voided file with this fingerprint is kept. */
  voided(rater: string, lastHash: string): string;
  report(extension: string): string;
}

/** `out` while it is being written; `kept` is the folder with the copy, where copies are kept. */
export type AgentFile = 'steps.jsonl' | 'diff' | 'out.gz' | 'out' | 'kept';

export function runPaths(folder: string): RunPaths {
  const at = (...parts: string[]): string => join(folder, ...parts);
  return {
    folder,
    run: at('run.json'),
    prompts: at('prompts.jsonl'),
    dayFolder: at('prompts'),
    day: (name) => at('prompts', `${fileName(name)}.jsonl`),
    key: at('key.json'),
    events: at('events.jsonl'),
    eventsLock: at('events.lock'),
    runLock: at('run.lock'),
    attemptsFolder: at('attempts'),
    attempts: (arm) => at('attempts', `${fileName(arm)}.jsonl`),
    agentsFolder: at('agents'),
    agentFile: (arm, prompt, trial, extension) =>
      at('agents', fileName(arm), `${fileName(prompt)}-${trial}.${extension}`),
    votesFolder: at('votes'),
    votes: (rater) => at('votes', `${raterFileName(rater)}.jsonl`),
    votesLock: (rater) => at('votes', `${raterFileName(rater)}.lock`),
    voided: (rater, lastHash) => at('votes', 'voided', `${raterFileName(rater)}-${lastHash.slice(0, 10)}.jsonl`),
    report: (extension) => at(`report.${extension}`),
  };
}

/** Names that Windows keeps for devices, whatever stands behind a dot. */
const reserved = /^(con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³])(?=\.|$)/i;

/** A name that every file system takes; letters of any script stay. Throws (exit 2) when nothing is left. */
export function fileName(name: string): string {
  const safe = name
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}._-]+/gu, '-')
    .replace(/^[-.]+/, '')
    .slice(0, 60)
    // Half of a letter, or an end that Windows drops.
    .replace(/[\ud800-\udbff]$/, '')
    .replace(/(?<![-.])[-.]+$/, '');
  if (safe === '')
    throw userError('bad-name', `"${name}" has no letter or digit to name a file with.`, 'choose another name');
  return safe.replace(reserved, '$1_');
}

const plain = /^[a-z0-9][a-z0-9._]*(?:-[a-z0-9._]+)*$/;
const looksHashed = /-[0-9a-f]{10}$/;

/**
 * A name of its own for each rater, on every file system: `maria` stays as it is; any other name gets a hash, so that
 * `jo/x` and `jo-x`, `Jo` and `jo`, or two spellings of one accent never share a file.
 */
export function raterFileName(rater: string): string {
  const readable = fileName(rater);
  const isOwn = readable === rater && plain.test(rater) && !looksHashed.test(rater);
  return isOwn ? readable : `${readable.toLowerCase()}-${hashing.sha256(rater).slice(0, 10)}`;
}

/** `2026-11-21T0930Z-tickets`: sorts by time in a plain listing, no character that a file system refuses. */
export function runFolderName(at: Date, name: string): string {
  const time = `${at.toISOString().slice(0, 16).replace(':', '')}Z`;
  return `${time}-${fileName(name)}`;
}
