/** What models are called in a report. Whose answers a log holds is a name too: a reader wants to know which model would be replaced, and the arm says only "logged". */
import { challengerKind } from '../records/challenger.ts';
import type { RunRecord } from '../records/run-record.ts';
import { isReplay } from '../runs/trial.ts';
import { oneLine } from '../text/shell.ts';
import type { ReportInput } from './report-input.ts';

type Arm = RunRecord['arms'][number];

/**
 * The same input; an arm that the config calls by no model has the name that its answers carry in the log. While sealed,
 * no line of a report may tell more of a model than the run was told.
 */
export function withLoggedModels(input: ReportInput): ReportInput {
  const { run, trials, seal, pairs } = input;
  if (seal.sealed || pairs === 'sealed') return input;
  const arms = run.arms.map((arm): Arm => {
    if (!isReplay(arm) || arm.spec !== arm.provider) return arm;
    const model = modelsIn(trials[arm.name]?.values() ?? []);
    return model === undefined ? arm : { ...arm, model };
  });
  return { ...input, run: { ...run, arms } };
}

/** The model of most answers: "gpt-4o-mini and 2 more"; undefined where no answer names one. */
function modelsIn(
  trials: Iterable<{ attempts: readonly { steps: readonly { model?: string }[] }[] }>,
): string | undefined {
  const counts = new Map<string, number>();
  for (const { attempts } of trials)
    for (const { steps } of attempts)
      for (const { model } of steps) if (model !== undefined) counts.set(model, (counts.get(model) ?? 0) + 1);
  const [first, ...more] = [...counts].toSorted(([, a], [, b]) => b - a).map(([model]) => model);
  return first === undefined || more.length === 0 ? first : `${first} and ${more.length} more`;
}

/** Of a record that went through `withLoggedModels`. */
export const isNamedByLog = ({ spec, provider, model }: Pick<Arm, 'spec' | 'provider' | 'model'>): boolean =>
  spec === provider && model !== provider;

/** "openai:gpt-5"; "gpt-4o-mini, answers of the log", where the log alone tells the name. */
export const specWords = ({ provider, model, observedModel }: Observed): string =>
  isOfLog({ provider, observedModel }) ? `${model}, answers of the log` : `${provider}:${model}`;

interface Observed {
  provider: string;
  model: string;
  observedModel: string | null;
}

export const isOfLog = ({ provider, observedModel }: Omit<Observed, 'model'>): boolean =>
  isReplay({ provider }) && observedModel !== null;

/** The model; where two arms ask the same one, also which of its variants. */
export function modelWords({ arms }: RunRecord, name: string): string {
  const arm = arms.find((one) => one.name === name);
  const model = oneLine(arm?.model ?? name, 80);
  const shared = arms.filter((one) => one.model === arm?.model).length > 1;
  return arm && shared ? `${model} (${challengerKind(arm)})` : model;
}
