/**
 * Which texts a rater has been shown with the model's name: those of other runs that they voted in, from the moment in
 * which scoring there was finished and the report opened. A ballot with exactly one such text is not blind.
 */
import { dirname, join } from 'node:path';
import { GapcheckError } from '../../errors.ts';
import type { PromptId } from '../../records/ids.ts';
import type { RunEvent } from '../../records/run-events.ts';
import { trialKey } from '../../runs/trial.ts';
import { readEvents } from '../../store/events-file.ts';
import { listRuns, openRun, type StoredRun } from '../../store/run-folder.ts';
import { answerKey, isBlank } from '../../text/same-answer.ts';
import { scoringFinishedAt } from '../../verdicts/scoring-finished.ts';
import { answerOf } from '../../voting/ballots.ts';
import { readTrials } from '../run-trials.ts';

/** When the rater could first read this text beside a name, ms since the epoch; undefined where they could not. */
export type SeenAt = (prompt: PromptId, key: string) => number | undefined;

export function seenTexts(stored: StoredRun, rater: string): SeenAt {
  const seen = new Map<string, number>();
  const prompts = new Set(stored.prompts.map(({ id }) => id));
  for (const other of runsBeside(stored)) {
    const events = readEvents(other.paths);
    const openedAt = openingOf(events, other.run.settings.raters);
    if (openedAt === undefined || !votedThere(events, rater, other)) continue;
    for (const [id, key] of shownTexts(other, events, prompts)) {
      const place = `${id} ${key}`;
      seen.set(place, Math.min(openedAt, seen.get(place) ?? openedAt));
    }
  }
  return (prompt, key) => seen.get(`${prompt} ${key}`);
}

function runsBeside({ paths, run }: StoredRun): StoredRun[] {
  const results = dirname(paths.folder);
  return listRuns(results).flatMap((name) => {
    try {
      const other = openRun(join(results, name));
      return other.run.id === run.id ? [] : [other];
    } catch (error) {
      if (error instanceof GapcheckError) return [];
      throw error;
    }
  });
}

function openingOf(events: readonly RunEvent[], raters: number): number | undefined {
  const at = scoringFinishedAt(events, raters);
  const event = at === null ? undefined : events[Math.min(Math.floor(at), events.length - 1)];
  return event && Date.parse(event.at);
}

/** Whoever votes a CI job's packet without a name is the one person of a run that was planned for one. */
const nobodysName = 'reviewer';
const person = (rater: string): string => rater.replace(/-\d+$/, '').toLowerCase();

function votedThere(events: readonly RunEvent[], rater: string, { run }: StoredRun): boolean {
  const voters = events.flatMap((event) => (event.event === 'entered' ? [person(event.rater)] : []));
  const anybody = person(rater) === nobodysName && run.settings.raters === 1;
  return anybody ? voters.length > 0 : voters.includes(person(rater));
}

/** Answers of every arm to the prompts that were voted on there: the report prints them. */
function* shownTexts(
  { run, paths }: StoredRun,
  events: readonly RunEvent[],
  wanted: ReadonlySet<PromptId>,
): Generator<[PromptId, string]> {
  const voted = new Set(
    events.flatMap((event) => (event.event === 'entered' || event.event === 'carried' ? [event.prompt] : [])),
  );
  for (const arm of run.arms) {
    const { trials } = readTrials({ run, paths }, arm, events);
    for (const prompt of voted) {
      const answer = wanted.has(prompt) ? answerOf(trials.get(trialKey(prompt, 1))) : undefined;
      if (answer && !isBlank(answer)) yield [prompt, answerKey(answer)];
    }
  }
}
