/** The checks of a run on one answer: the same functions, in the same order, on the same judged text. */
import type { ConfiguredChecks } from '../../checks/validate.ts';
import type { CheckResult } from '../../records/attempt-record.ts';
import type { LoggedAnswer, PromptRecord } from '../../records/prompt-record.ts';
import { createAnswering } from '../../runs/answering.ts';
import { answerOf } from '../../runs/attempt.ts';
import type { ProgramOptions } from '../../runs/run-program.ts';

export interface Judgement {
  /** Every check passed: the answer is usable. */
  pass: boolean;
  /** Of the first failed check: its name, the kind that reports count, and a sentence. */
  failed?: { check: string; kind: string; why: string };
  checks: CheckResult[];
}

export type Judge = (prompt: PromptRecord, answer: LoggedAnswer) => Promise<Judgement>;

/** `program`: where and with which environment `exec` checks run. */
export function createJudge(checks: ConfiguredChecks | undefined, program: Omit<ProgramOptions, 'signal'>): Judge {
  const { checkAnswer } = createAnswering(checks ? { checks } : {}, program);
  return async (prompt, answer) => {
    const step = { ...answer, finish: answer.finish ?? '' };
    const results = await checkAnswer(prompt, answerOf(step, [], { prompt }));
    const first = results.find(({ pass }) => !pass);
    if (!first) return { pass: true, checks: results };
    const { check, kind = check, why = check } = first;
    return { pass: false, failed: { check, kind, why }, checks: results };
  };
}
