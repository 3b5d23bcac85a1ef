/** What to type next in a watched week. */
import type { RunRecord } from '../records/run-record.ts';
import { plural } from '../text/numbers.ts';
import type { ReportInput } from './report-input.ts';

export interface NextStep {
  /** What to type; null when there is nothing to do. */
  command: string | null;
  /** A sentence without its stop: what has to be done before the command works as it should. */
  first?: string;
  /** Why, or what it costs; a phrase for brackets after the command, a sentence when there is none. */
  words: string;
  /** That these votes bring a verdict, either way, 0..1; null where it is not known or nothing is voted on. */
  chance: number | null;
}

/** The same week under another name. */
export const anotherWeek = ({ command = "gapcheck watch 'logs/*.jsonl*'" }: RunRecord): string =>
  `${command.replace(/ --name(?:=| )(?:'[^']*'|\S+)/, '')} --name next-week`;

/** A week that is not complete: first vote on what can be shown, then get the missing answers. */
export function inTheWeek(
  { seal, toShow = 0 }: Pick<ReportInput, 'seal' | 'toShow'>,
  at: string,
  anyway: string,
): NextStep {
  if (toShow > 0)
    return {
      command: `gapcheck score${at}`,
      words: `the prompts so far: ${plural(toShow, 'ballot')}; ${anyway}`,
      chance: null,
    };
  if (seal.owed)
    return {
      command: `gapcheck run --resume${at}`,
      words: `asks for what is missing, as the next start of the week does; ${anyway}`,
      chance: null,
    };
  return { command: null, words: 'There is nothing to vote on now. The next day brings more.', chance: null };
}

/** No start of the week gets the missing answers: the limit of cost was reached, or the server refuses them for good. */
export const nothingToShow = ({ settings }: RunRecord): NextStep => ({
  command: null,
  words: `No ballot can be shown: answers are missing.${settings.maxCostUsd === undefined ? '' : ' The same start of the week with a higher --max-cost gets them.'}`,
  chance: null,
});

/** No day brought a prompt that could be shown. */
export const emptyWeek = (run: RunRecord): NextStep => ({
  command: anotherWeek(run),
  words: 'another week: this one brought no ballot to vote on',
  chance: null,
});
