/** What a watched week still brings before anybody's votes can be final. */
import type { PromptId } from '../../records/ids.ts';
import type { PromptRecord } from '../../records/prompt-record.ts';
import type { RunEvent } from '../../records/run-events.ts';
import { isToAsk, type Trial, trialKey } from '../../runs/trial.ts';
import type { StoredRun } from '../../store/run-folder.ts';
import { asksAgain } from '../../voting/further-starts.ts';
import { questionsOf } from '../../voting/questions.ts';
import { daysToCome } from '../../voting/watched-days.ts';
import { allTrials } from '../run-trials.ts';

interface Answered {
  stored: StoredRun;
  trials: Record<string, Map<string, Trial>>;
}

/** Answers of a watched week that its next start, or `run --resume`, asks for again. */
export function owedAnswers({ stored, trials }: Answered, events: readonly RunEvent[]): number {
  const { run, prompts } = stored;
  if (!run.settings.watch || !asksAgain(events)) return 0;
  const balloted = run.arms.filter(({ name }) => run.pairs.some(({ a, b }) => a === name || b === name));
  const isOwed = (arm: string, id: PromptId): boolean => isToAsk(trials[arm]?.get(trialKey(id, 1)));
  const { all } = questionsOf(run, prompts, events);
  return balloted.reduce((sum, { name }) => sum + all.filter(({ id }) => isOwed(name, id)).length, 0);
}

/** Days that have not closed, and answers that are asked for again. */
export function weekOwes({ stored, trials }: Answered, events: readonly RunEvent[]) {
  const days = daysToCome(stored.run, events);
  const answers = owedAnswers({ stored, trials }, events);
  return { days, answers, any: days > 0 || answers > 0 };
}

/** Answers to these prompts that a start of the run asks for, over all arms and trials. */
export function missingAnswers(stored: StoredRun, prompts: readonly Pick<PromptRecord, 'id'>[]): number {
  const trials = allTrials(stored, []);
  const { arms, settings } = stored.run;
  const numbers = Array.from({ length: settings.trials }, (_, at) => at + 1);
  const wanted = arms.flatMap(({ name }) =>
    prompts.flatMap(({ id }) => numbers.map((trial) => trials[name]?.get(trialKey(id, trial)))),
  );
  return wanted.filter(isToAsk).length;
}
