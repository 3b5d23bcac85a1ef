import type { ArmRecord, RunRecord } from '../../records/run-record.ts';
import type { RunOutcome } from '../../runs/runner-events.ts';

/** What to do where no resume helps: the run is frozen with a model that nobody serves. Undefined where one may. */
export function startOver(
  { arms }: RunOutcome,
  { command, arms: records }: Pick<RunRecord, 'command' | 'arms'>,
  folder: string,
): string[] | undefined {
  const wrong = records.filter(({ name }) => arms.some(({ arm, stopped }) => arm === name && stopped?.forGood));
  if (wrong.length === 0 || command === undefined) return undefined;
  const specs = wrong.map(({ spec }) => spec).join(' and ');
  const { typed, all } = withoutModels(command, wrong);
  const where = all ? '' : ', with the right model in the config';
  return [
    `This run is frozen with ${specs}, so --resume asks for the same. A new one takes over the answers that are there.`,
    `Next: ${typed.replace(/ --(?:reuse|no-test-call)\b/g, '')} --reuse${where}`,
    `  or, once ${specs} is served after all: gapcheck run --resume ${folder}`,
  ];
}

/** The command as typed, with MODEL where a wrong one stood; `all`: each of them stood there. */
function withoutModels(command: string, wrong: readonly ArmRecord[]): { typed: string; all: boolean } {
  const words = command.split(' ');
  const typed = words.map((word) => {
    const arm = wrong.find(({ spec }) => word === spec || word.endsWith(`=${spec}`));
    return arm ? `${word.slice(0, word.length - arm.spec.length)}${arm.provider}:MODEL` : word;
  });
  const all = wrong.every(({ spec }) => words.some((word) => word === spec || word.endsWith(`=${spec}`)));
  return { typed: typed.join(' '), all };
}
