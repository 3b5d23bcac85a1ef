import { describe, expect, it } from 'vitest';
import type { PairRecord } from '../../../src/records/run-record.ts';
import { decidePair, decideRun, newVerdictEvents } from '../../../src/verdicts/decide.ts';
import { castAll, openVsClosed, promptIdOf, votedRun } from '../../helpers/voted-run.ts';

const prompts = (count: number, task: string, difficulty: 'easy' | 'hard' = 'easy', weight = 1) =>
  Array.from({ length: count }, () => ({ task, difficulty, weight }));

function decided(letters: string, options: Partial<Parameters<typeof votedRun>[0]> = {}) {
  const run = votedRun({ prompts: prompts(Math.max(1, letters.length), 'summarise'), ...options });
  castAll(run, letters);
  return { run, ...decidePair(run.input, openVsClosed) };
}

describe('verdicts', () => {
  it('gives the worked examples: good enough, keep, leaning, none', () => {
    expect(decided('wwwwwttl').overall).toMatchObject({ verdict: 'open-good-enough', goodAt: 8, leaning: 'none' });
    expect(decided('tllllllll').overall).toMatchObject({ verdict: 'keep-closed', keepAt: 8 });
    expect(decided('wlllllll').overall).toMatchObject({ verdict: 'undecided', leaning: 'leans-closed' });
    expect(decided('wwwttttl').overall).toMatchObject({ verdict: 'undecided', leaning: 'leans-open' });
    expect(decided('wwww').overall).toMatchObject({ verdict: 'undecided', leaning: 'none' });
  });

  it('finds the vote at which a verdict is reached, and keeps it when later votes speak against it', () => {
    const { overall } = decided('lwlltlwlltlllwlltllwwwwwww');
    expect(overall).toMatchObject({ verdict: 'keep-closed', keepAt: 19, remaining: null });
    expect(overall.logEKeep).toBeLessThan(Math.log(20));
  });

  it('reports counts, net preference with Tango, redo difference and votes still needed', () => {
    const { overall } = decided('lltlwwtwwwl');
    expect(overall).toMatchObject({ units: 11, counts: { a: 5, bothFine: 2, bothBad: 0, b: 4 }, remaining: 32 });
    const run = votedRun({ prompts: prompts(20, 'x') });
    castAll(run, 'wwwwttttttt');
    for (let index = 11; index < 20; index += 1) run.cast(index, { vote: 'loss', redo: ['a'] });
    const { overall: whole } = decidePair(run.input, openVsClosed);
    expect(whole.net).toBeCloseTo(-0.25, 12);
    expect(whole.interval?.lower).toBeCloseTo(-0.5430166, 6);
    expect(whole.interval?.upper).toBeCloseTo(0.1054377, 6);
    expect(whole.redo).toMatchObject({ a: 9, b: 0, difference: 0.45 });
  });

  it('says that neither model does a task where a third or more is bad on both sides', () => {
    expect(decided('wwbwwwbwb').overall.neither).toBe(true);
    expect(decided('wwwwwwwbb').overall.neither).toBe(false);
  });

  it('stands per task beside the overall verdict, and gives easy and hard as two rows', () => {
    const mixed = votedRun({
      prompts: [...prompts(10, 'extract'), ...prompts(5, 'reply'), ...prompts(5, 'reply', 'hard')],
    });
    castAll(mixed, 'wwwwwwwwww');
    castAll(mixed, 'llllllllll', 10);
    const { tasks, rows, overall } = decidePair(mixed.input, openVsClosed);
    expect(tasks.map(({ task, verdict }) => [task, verdict])).toEqual([
      ['extract', 'open-good-enough'],
      ['reply', 'keep-closed'],
    ]);
    expect(rows.map(({ task, difficulty, units }) => [task, difficulty, units])).toEqual([
      ['reply', 'easy', 5],
      ['reply', 'hard', 5],
    ]);
    expect(overall.verdict).toBe('open-good-enough');
  });

  it('weighs over-sampled hard prompts back to traffic', () => {
    const easy = prompts(12, 'x', 'easy', 0.8 / 0.6);
    const hard = prompts(8, 'x', 'hard', 0.2 / 0.4);
    const traffic = { x: { traffic: 1, hardTraffic: 0.2, hardPlan: 0.4 } };
    const run = votedRun({ prompts: [...easy, ...hard], hard: 0.4, traffic });
    castAll(run, 'wwwwwwwtttllwttlllll');
    const { overall, rows } = decidePair(run.input, openVsClosed);
    expect(Math.exp(overall.logEGood)).toBeCloseTo(23.97, 2);
    expect(overall.verdict).toBe('open-good-enough');
    expect(overall.net).toBeCloseTo(0.8 * (5 / 12) + 0.2 * (-4 / 8), 12);
    expect(rows.map(({ net }) => net)).toEqual([5 / 12, -0.5]);
  });

  it('judges the retry endpoint by what would have to be redone', () => {
    const run = votedRun({ prompts: prompts(12, 'x'), endpoint: 'retry', margin: 0.15 });
    for (let index = 0; index < 12; index += 1) run.cast(index, { vote: 'win', redo: ['a'] });
    expect(decidePair(run.input, openVsClosed).overall.verdict).toBe('keep-closed');
  });

  it('gives no verdict for pairs that explain the gap', () => {
    const control: PairRecord = { a: 'open', b: 'control', decides: false };
    const run = votedRun({ prompts: prompts(10, 'x'), pairs: [openVsClosed, control] });
    for (let index = 0; index < 10; index += 1) {
      run.cast(index, { vote: 'win' });
      run.cast(index, { vote: 'loss', pair: 'open:control' });
    }
    const [first, second] = decideRun(run.input);
    expect(first?.overall.verdict).toBe('open-good-enough');
    expect(second?.overall).toMatchObject({ verdict: 'undecided', leaning: 'none', keepAt: null, net: -1 });
  });

  it('writes each verdict once, and takes no written one that the votes do not reach', () => {
    const { run, ...verdicts } = decided('wwwwwwwwww');
    const written = newVerdictEvents([verdicts], run.events);
    expect(written).toEqual([
      { event: 'verdict', pair: 'open:closed', task: null, verdict: 'open-good-enough', units: 8 },
      { event: 'verdict', pair: 'open:closed', task: 'summarise', verdict: 'open-good-enough', units: 8 },
    ]);
    const later = [...run.events, ...written.map((event) => ({ at: '', ...event }))];
    expect(newVerdictEvents([decidePair({ ...run.input, events: later }, openVsClosed)], later)).toEqual([]);
    const kept = {
      at: '',
      event: 'verdict',
      pair: 'open:closed',
      task: null,
      verdict: 'keep-closed',
      units: 9,
    } as const;
    const forged = { ...run.input, events: [...later, kept] };
    expect(() => decidePair(forged, openVsClosed)).toThrow(/the verdict on open:closed is not what the votes say/);
    // Overlap means may move with the last rater's finish: such a line is passed over.
    const overlap = new Set([promptIdOf(900)]);
    expect(decidePair({ ...forged, overlap }, openVsClosed).overall.verdict).toBe('open-good-enough');
  });

  it('says nothing where there is nothing', () => {
    const { overall, tasks } = decided('');
    expect(overall).toMatchObject({
      units: 0,
      net: null,
      interval: null,
      anytime: null,
      remaining: null,
      leaning: 'none',
    });
    expect(tasks[0]).toMatchObject({ task: 'summarise', planned: 1, units: 0, verdict: 'undecided' });
  });
});
