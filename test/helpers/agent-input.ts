/** A report input of two whole agents: 8 jobs of 3 trials each, with every way in which a trial can end. */
import type { AgentEnd } from '../../src/records/agent-record.ts';
import type { ReportInput } from '../../src/report/report-input.ts';
import type { AgentTry } from '../../src/verdicts/survival.ts';
import { reportInput } from './report-input.ts';

const ends: Record<string, AgentEnd> = {
  d: 'done',
  w: 'wrong-end',
  c: 'crash',
  h: 'hang',
  t: 'time',
  $: 'cost',
  p: 'person',
};

/** One letter a trial, three trials a job. */
const letters = {
  closed: 'ddd ddd ddd ddd ddw ddd dhd dd$',
  open: 'ddd dwd ppd cdd phd dtd dww hpd',
};

function triesOf(word: string, prompts: ReportInput['prompts'], minutes: number): AgentTry[] {
  return word.split(' ').flatMap((trials, job) =>
    Array.from(trials, (letter, at): AgentTry => {
      const end = ends[letter] ?? 'done';
      const slips = (job * 3 + at) % 3;
      return {
        prompt: prompts[job]?.id ?? '',
        trial: at + 1,
        end,
        ...(end === 'person' && { why: 'permission' }),
        seconds: end === 'time' ? 7_200 : (minutes * 60 * (job + 1) * (at + 2)) / 6,
        steps: 3 + job * 4 + at,
        failedSteps: slips,
        costUsd: minutes === 9 ? 0.7 : 0.05,
      };
    }),
  );
}

export function agentInput({ checked = true }: { checked?: boolean } = {}): ReportInput {
  const input = reportInput({ tasks: [{ task: 'fix-bug', votes: 'wwltlltl' }] });
  const { prompts } = input;
  const interrupted: AgentTry = {
    prompt: prompts[0]?.id ?? '',
    trial: 1,
    end: 'interrupted',
    seconds: 90,
    steps: 2,
    failedSteps: 0,
    costUsd: 0.01,
  };
  return {
    ...input,
    run: { ...input.run, settings: { ...input.run.settings, trials: 3 } },
    agents: {
      checked,
      tries: {
        closed: triesOf(letters.closed, prompts, 9),
        open: [...triesOf(letters.open, prompts, 16), interrupted],
      },
    },
  };
}

export const sealedAgentInput = (): ReportInput => ({
  ...agentInput(),
  pairs: 'sealed',
  seal: { sealed: true, reason: 'Voting has not begun.' },
});
