/** A model that answers different prompts with one and the same text: a placeholder in a file, or a setup that is broken. */
import type { PromptId } from '../records/ids.ts';
import { plural } from '../text/numbers.ts';
import { answerKey, isBlank } from '../text/same-answer.ts';
import { oneLine } from '../text/shell.ts';
import type { ReportInput } from './report-input.ts';

/** Below this many answers it may be chance, as of a task whose answer is a word. */
const fewestAnswers = 6;

const ending = 'Check that they are real answers: a verdict on one text says little about the model.';

/** One sentence for each arm, over all its prompts or the tasks in which it is so. */
export function oneAnswerNotices({ run, prompts, trials }: ReportInput, arms: readonly string[]): string[] {
  const taskOf = new Map<PromptId, string>(prompts.map(({ id, task }) => [id, task]));
  return (
    run.arms
      // What an agent says at its end is not its work.
      .filter(({ name, agent }) => arms.includes(name) && agent === undefined)
      .flatMap(({ name }) => {
        const keys = [...(trials[name]?.values() ?? [])].flatMap(({ prompt, trial, answer }): Keyed[] => {
          const last = answer?.outcome === 'answered' && trial === 1 ? answer.steps.at(-1) : undefined;
          const text = last?.text ?? '';
          if (last === undefined || isBlank({ ...last, text })) return [];
          return [{ task: taskOf.get(prompt) ?? '', key: answerKey({ ...last, text }) }];
        });
        if (isOne(keys)) return [words(name, keys.length, '')];
        const tasks = [...new Set(keys.map(({ task }) => task))];
        return tasks.flatMap((task) => {
          const own = keys.filter((one) => one.task === task);
          return isOne(own) ? [words(name, own.length, ` of ${oneLine(task, 60)}`)] : [];
        });
      })
  );
}

interface Keyed {
  task: string;
  key: string;
}

const isOne = (keys: readonly Keyed[]): boolean =>
  keys.length >= fewestAnswers && keys.every(({ key }) => key === keys[0]?.key);

const words = (arm: string, answers: number, task: string): string =>
  `All ${plural(answers, 'answer')} of ${oneLine(arm, 40)} to the prompts${task} are one and the same text. ${ending}`;
