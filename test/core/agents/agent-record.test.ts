import { expect, test } from 'vitest';
import { oddInAgentLine } from '../../../src/records/agent-record.ts';
import { oddInEvent } from '../../../src/records/run-events.ts';
import { runPaths } from '../../../src/store/layout.ts';

const step = { type: 'step', n: 1, kind: 'run', text: 'npm test', ok: false, ms: 12_345 };
const end = { type: 'end', end: 'done', ms: 20_000, steps: 1, failedSteps: 1, costUsd: null, endCheck: null };

test('a step may leave open whether it worked', () => {
  const { ok: _ok, ...open } = step;
  expect([step, open, end].map(oddInAgentLine)).toEqual([undefined, undefined, undefined]);
});

test.each([
  [{ ...step, kind: 'bash' }, 'kind'],
  [{ ...step, ms: -1 }, 'ms'],
  [{ ...end, end: 'finished' }, 'end'],
  [{ ...end, endCheck: { exit: '0', ms: 1 } }, 'endCheck.exit'],
])('a line that gapcheck does not write is named by its field: %j', (line, field) => {
  expect(oddInAgentLine(line)).toBe(field);
});

test('the ledger keeps when a trial began, and how it ended', () => {
  const at = '2026-11-27T22:40:00.000Z';
  const trial = { at, arm: 'open', prompt: 'p_1', trial: 2 };
  const started = { ...trial, event: 'trial-started', pid: 77, startTime: '12:34', folder: '/tmp/x' };
  const ended = { ...trial, event: 'trial-ended', end: 'hang', steps: 3, failedSteps: 1, seconds: 600, costUsd: null };
  expect([started, ended].map(oddInEvent)).toEqual([undefined, undefined]);
  expect(oddInEvent({ ...ended, end: 'tired' })).toBe('end');
});

test('the files of a trial are in the folder of its arm', () => {
  expect(runPaths('/r').agentFile('open', 'p_0123456789abcdef', 3, 'steps.jsonl')).toBe(
    '/r/agents/open/p_0123456789abcdef-3.steps.jsonl',
  );
});
