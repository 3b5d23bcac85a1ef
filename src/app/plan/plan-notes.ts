/** What to know before a run begins, beside its plan: nothing here stops it. */

import { join } from 'node:path';
import { sameModel } from '../../arms/observed.ts';
import { windowFor } from '../../arms/ollama/ollama-request.ts';
import { providerOf } from '../../arms/registry.ts';
import { isOldRun } from '../../records/migrate.ts';
import type { PromptRecord } from '../../records/prompt-record.ts';
import type { RunEvent } from '../../records/run-events.ts';
import type { ArmRecord, RunSettings, SourceRecord } from '../../records/run-record.ts';
import { contextNeeded } from '../../runs/token-estimate.ts';
import { readEvents } from '../../store/events-file.ts';
import { runPaths } from '../../store/layout.ts';
import { newestRuns, readRun } from '../../store/run-folder.ts';
import { plural, thousands } from '../../text/numbers.ts';

/** A log of several models is no single system to compare with; a name and its dated snapshot count as one. */
export function mixedModels(arms: readonly Pick<ArmRecord, 'provider'>[], prompts: readonly PromptRecord[]): string[] {
  if (!arms.some(({ provider }) => providerOf(provider)?.ready?.from === 'log')) return [];
  const counts = new Map<string, number>();
  for (const { ref } of prompts) {
    if (!ref?.model) continue;
    const logged = ref.model;
    const known = [...counts.keys()].find((name) => sameModel(name, logged) || sameModel(logged, name)) ?? logged;
    counts.set(known, (counts.get(known) ?? 0) + 1);
  }
  if (counts.size < 2) return [];
  const named = [...counts].sort((a, b) => b[1] - a[1]).map(([model, count]) => `${model} ${count}`);
  return [
    `Note: the logged answers come from ${counts.size} models (${named.slice(0, 4).join(', ')}${named.length > 4 ? ', …' : ''}): the verdict will be about the mixture. Keep one model's records to compare with one model.`,
  ];
}

export interface UnfinishedRun {
  folder: string;
  /** "13 of 24 votes". */
  what: string;
  command: string;
}

/** The newest run of the same files, where it stopped half way. */
export function unfinishedRun(results: string, sources: readonly SourceRecord[]): UnfinishedRun | undefined {
  for (const name of newestRuns(results)) {
    const folder = join(results, name);
    const found = halfDone(folder, sources);
    if (found !== undefined) return found === null ? undefined : { folder, ...found };
  }
  return undefined;
}

interface HalfDone {
  what: string;
  command: string;
}

/** undefined: another file's run, or one that cannot be read. null: this file's, and nothing is half done. */
function halfDone(folder: string, sources: readonly SourceRecord[]): HalfDone | null | undefined {
  try {
    const run = readRun(folder);
    // A week goes on by its own command.
    if (isOldRun(run) || run.settings.watch) return undefined;
    const same =
      run.sources.length === sources.length &&
      sources.every(({ sha256 }) => run.sources.some((source) => source.sha256 === sha256));
    return same ? (stateOf(readEvents(runPaths(folder)), run.plannedBallots) ?? null) : undefined;
  } catch {
    return undefined;
  }
}

function stateOf(events: readonly RunEvent[], planned: number): HalfDone | undefined {
  const answered = events.findLast((event) => event.event === 'answered');
  if (answered === undefined) return { what: 'stopped while it got answers', command: 'run --resume' };
  if (answered.missing > 0) return { what: `${plural(answered.missing, 'answer')} missing`, command: 'run --resume' };
  const votes = events.filter(({ event }) => event === 'entered').length;
  const finished = events.some(({ event }) => event === 'finished');
  return votes > 0 && !finished ? { what: `${votes} of ${planned} votes`, command: 'score' } : undefined;
}

/** The window that a local model will be asked for, from the prompts, and the memory that it costs. */
export function windowNotes(
  arms: readonly ArmRecord[],
  prompts: readonly PromptRecord[],
  settings: Pick<RunSettings, 'maxTokens'>,
): string[] {
  const needed = contextNeeded(prompts, settings);
  return arms.flatMap(({ name, contextMax, contextAsked, windowBytes, modelBytes }) => {
    if (windowBytes === undefined || modelBytes === undefined) return [];
    const window = contextAsked ?? windowFor(needed, contextMax);
    const memory = (tokens: number): string => megabytes(modelBytes + tokens * windowBytes);
    const most =
      contextMax === undefined || contextMax <= window
        ? ''
        : `; its most, ${thousands(contextMax)}, would take about ${memory(contextMax)}`;
    const fits = window >= needed ? '' : `, and the longest prompt with its answer needs ${thousands(needed)}`;
    return [
      `${name}: a window of ${thousands(window)} tokens (numCtx) takes about ${memory(window)} of memory${fits}${most}.`,
    ];
  });
}

const megabytes = (bytes: number): string =>
  bytes < 1e9 ? `${thousands(Math.round(bytes / 1e6))} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
