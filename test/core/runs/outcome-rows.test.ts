import { describe, expect, it } from 'vitest';
import { faultOf, outcomes, ruleOf } from '../../../src/records/outcomes.ts';
import { decide } from '../../../src/runs/again.ts';

type Row = [
  cause: string,
  outcome: string,
  fault: string | undefined,
  ends: string,
  tries: number | string,
  stops?: true,
];

/** The paper's table: tries as requests in a row, the first one included. */
const rows: Row[] = [
  ['dns', 'network', 'network', 'missing', 4],
  ['refused-connection', 'network', 'network', 'missing', 4],
  ['dropped', 'network', 'network', 'missing', 4],
  ['tls', 'network', 'setup', 'missing', 1],
  ['proxy', 'network', 'setup', 'missing', 4],
  ['role', 'bad-request', 'setup', 'missing for good', 1],
  ['feature', 'bad-request', 'model', 'missing for good', 1],
  ['unknown', 'bad-request', 'setup', 'missing for good', 1],
  ['context', 'too-long', 'model', 'missing for good', 1],
  ['cut-by-server', 'too-long', 'setup', 'missing for good', 1],
  ['request-over-limit', 'too-long', 'setup', 'missing for good', 1],
  ['payload', 'too-long', 'setup', 'missing for good', 1],
  ['key', 'auth', 'setup', 'missing', 1, true],
  ['permission', 'auth', 'setup', 'missing', 1, true],
  ['model', 'model-missing', 'setup', 'missing', 1, true],
  ['base-url', 'model-missing', 'setup', 'missing', 1, true],
  ['rate-window', 'quota', 'setup', 'missing', 1, true],
  ['quota', 'quota', 'setup', 'missing', 1, true],
  ['memory', 'out-of-memory', 'setup', 'missing', 1, true],
  ['rate-minute', 'rate-limit', 'provider', 'missing', 8],
  ['server-timeout', 'timeout', 'provider', 'missing', 2],
  ['idle', 'timeout', 'provider', 'missing', 2],
  ['total', 'timeout', 'provider', 'missing', 2],
  ['server', 'server', 'provider', 'missing', 4],
  ['overloaded', 'overload', 'provider', 'missing', 6],
  ['loading', 'overload', 'provider', 'missing', 'every 2 s for 10 min'],
  ['cut', 'cut', 'provider', 'missing', 3],
  ['gave-up', 'cut', 'provider', 'missing', 3],
  ['garbage', 'garbage', 'provider', 'missing', 3],
  ['not-generated', 'garbage', 'provider', 'missing', 3],
  ['substituted', 'garbage', 'setup', 'missing', 1],
  ['aborted', 'aborted', undefined, 'missing', 1],
  ['length', 'answered', 'model', 'answered', 'as an answer'],
  ['finish-unknown', 'answered', undefined, 'answered', 1],
  ['finish-absent', 'answered', undefined, 'answered', 1],
  ['empty', 'answered', 'model', 'answered', 'as an answer'],
  ['cap-spent', 'answered', 'model', 'answered', 1],
  ['all-reasoning', 'answered', 'setup', 'answered', 1],
  ['refusal', 'answered', 'model', 'answered', 1],
  ['content-filter', 'answered', 'model', 'answered', 1],
  ['tool-call-unreadable', 'answered', 'model', 'answered', 'as an answer'],
  ['output-unreadable', 'answered', 'model', 'answered', 'as an answer'],
  ['no-answer', 'no-answer', 'model', 'answered', 1],
  ['failed-in-log', 'no-answer', undefined, 'missing for good', 1],
];

const half = () => 0.5;

/** Requests in a row until nothing more is asked. */
function triesOf(cause: string, outcome: Parameters<typeof decide>[0]['outcome']): number {
  let failures = 1;
  const end = { cause, outcome, usable: false };
  while (failures < 1_000 && decide(end, { answers: failures, failures, attempts: 1 }, 0, half).next === 'again')
    failures += 1;
  return failures;
}

describe('each row of what can happen', () => {
  it.each(rows)('%s', (cause, outcome, fault, ends, tries, stops) => {
    const rule = outcomes.find((one) => one.cause === cause);
    if (!rule) throw new Error(`no row for ${cause}`);
    expect([rule.outcome, faultOf({ outcome: rule.outcome, cause }), rule.ends]).toEqual([outcome, fault, ends]);
    expect(rule.stopsArm).toBe(stops === true);
    if (tries === 'as an answer')
      expect(decide({ cause, outcome: 'answered', usable: false }, { answers: 1, failures: 0 }, 1, half).next).toBe(
        'again',
      );
    else expect(triesOf(cause, rule.outcome)).toBe(cause === 'loading' ? 301 : tries);
  });

  it('are all there is', () => {
    expect(outcomes.map(({ cause }) => cause).sort()).toEqual(rows.map(([cause]) => cause).sort());
  });

  it('a plain answer is asked again as often as the run allows, and a word of a later version is what it usually means', () => {
    const plain = { outcome: 'answered', usable: false } as const;
    expect([1, 2, 3].map((answers) => decide(plain, { answers, failures: 0 }, 2, half).next)).toEqual([
      'again',
      'again',
      'done',
    ]);
    expect(ruleOf({ outcome: 'server', cause: 'of a later version' }).cause).toBe('server');
  });

  it('patience counts each cause by itself, and twelve attempts end every trial', () => {
    const cut = { outcome: 'cut', cause: 'cut', usable: false } as const;
    expect(decide(cut, { answers: 0, failures: 1, attempts: 8 }, 0, half).next).toBe('again');
    expect(decide(cut, { answers: 0, failures: 1, attempts: 11 }, 0, half).next).toBe('again');
    expect(decide(cut, { answers: 0, failures: 1, attempts: 12 }, 0, half).next).toBe('give-up');
  });
});
