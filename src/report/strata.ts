/** Kinds of prompts where closed models are said to lead: how both arms did there, or that the log has none. */
import type { PromptRecord } from '../records/prompt-record.ts';
import type { Trial } from '../runs/trial.ts';
import { thousands } from '../text/numbers.ts';
import { hasManyTurns, isLongPrompt, longPromptTokens, manyTurns } from '../text/prompt-tokens.ts';
import type { EvidenceUnit } from '../verdicts/verdict-shapes.ts';
import { readingOf } from '../voting/what-came.ts';
import type { ReportInput } from './report-input.ts';

export interface StratumArm {
  arm: string;
  trials: number;
  usable: number;
  refused: number;
}

export interface StratumReport {
  name: 'long-context' | 'many-turns' | 'tools' | 'refused';
  words: string;
  prompts: number;
  arms: StratumArm[];
  /** Votes on these prompts; null while sealed, or with several open arms. */
  votes: { open: number; tie: number; closed: number } | null;
}

/** `isSealed`: how each arm did there is left out. */
export function strataOf(
  input: ReportInput,
  evidence: readonly EvidenceUnit[] | null,
  isSealed: boolean,
): StratumReport[] {
  const byPrompt = trialsByPrompt(input);
  const answered = input.prompts.filter((prompt) => byPrompt.has(prompt.id));
  const trialsFor = (prompt: PromptRecord): Trial[] => [...(byPrompt.get(prompt.id)?.values() ?? [])].flat();
  const kinds: [StratumReport['name'], string, (prompt: PromptRecord) => boolean][] = [
    ['long-context', `long prompts (${thousands(longPromptTokens)} tokens and more)`, isLongPrompt],
    ['many-turns', `conversations of ${manyTurns} turns or more`, hasManyTurns],
    ['tools', 'prompts with tools', (prompt) => (prompt.tools ?? []).length > 0],
    ['refused', 'prompts that a model refused', (prompt) => trialsFor(prompt).some(refused)],
  ];
  return kinds.map(([name, words, belongs]) => {
    const prompts = answered.filter(belongs);
    const ids = new Set<string>(prompts.map((prompt) => prompt.id));
    return {
      name,
      words,
      prompts: prompts.length,
      arms: (isSealed ? [] : input.run.arms).map(({ name: arm }) =>
        stratumArm(
          arm,
          prompts.flatMap(({ id }) => byPrompt.get(id)?.get(arm) ?? []),
        ),
      ),
      votes: evidence === null ? null : votesOf(evidence.filter((unit) => ids.has(unit.prompt))),
    };
  });
}

function trialsByPrompt({ run, trials }: ReportInput): Map<string, Map<string, Trial[]>> {
  const all = new Map<string, Map<string, Trial[]>>();
  for (const { name } of run.arms) {
    for (const trial of trials[name]?.values() ?? []) {
      const arms = all.get(trial.prompt) ?? new Map<string, Trial[]>();
      arms.set(name, [...(arms.get(name) ?? []), trial]);
      all.set(trial.prompt, arms);
    }
  }
  return all;
}

const stratumArm = (arm: string, trials: readonly Trial[]): StratumArm => ({
  arm,
  trials: trials.length,
  usable: trials.filter((trial) => trial.state === 'usable').length,
  refused: trials.filter(refused).length,
});

const votesOf = (units: readonly EvidenceUnit[]): NonNullable<StratumReport['votes']> => ({
  open: total(units.map((unit) => unit.shares.a)),
  tie: total(units.map(({ shares, votes }) => (votes.length === 0 ? 1 : shares.bothFine + shares.bothBad))),
  closed: total(units.map((unit) => unit.shares.b)),
});

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

const refused = (trial: Trial): boolean => readingOf(trial) === 'refused';
