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
  it('gives the worked examples of the planned look: good, keep, better, leaning, none', () => {
    expect(decided('wwwwwttl').overall).toMatchObject({ verdict: 'open-good-enough', goodAt: 8, leaning: 'none' });
    expect(decided('tlllllll').overall).toMatchObject({ verdict: 'keep-closed', keepAt: 8 });
    expect(decided('wlllllll').overall).toMatchObject({ verdict: 'undecided', leaning: 'leans-closed' });
    expect(decided('wwwwwwwwwttl').overall).toMatchObject({ verdict: 'open-better', goodAt: 12, betterAt: 12 });
    expect(decided('wwww').overall).toMatchObject({ verdict: 'undecided', leaning: 'none' });
  });

  it('reads what comes after an opening vote by vote, and keeps a verdict when later votes speak against it', () => {
    const run = votedRun({ prompts: prompts(60, 'summarise') });
    castAll(run, 'wwwttttlllll');
    run.open();
    // Whatever the keyed order: wins alone.
    castAll(run, 'wwwwwwwwwwwwwwwwww', 12);
    const { overall } = decidePair(run.input, openVsClosed);
    expect(overall).toMatchObject({ verdict: 'open-better', plannedRead: 12, read: 30, keepAt: null });
    expect(overall.goodAt).toBeGreaterThan(12);
    run.open();
    castAll(run, 'l'.repeat(18), 30);
    const after = decidePair(run.input, openVsClosed).overall;
    expect(after).toMatchObject({ goodAt: overall.goodAt, read: 48 });
    expect(after.logEGood).toBeLessThan(Math.log(20));
  });

  it('lets a skip stand only where it could not change the verdict', () => {
    // W5 T9 L4 is within the margin; with one skip of 19 as a loss it is not.
    expect(decided('wwwwwtttttttttllll').overall).toMatchObject({ verdict: 'open-good-enough' });
    const skipped = decided('wwwwwtttttttttlllls').overall;
    expect(skipped).toMatchObject({ verdict: 'undecided', withdrawn: 'open-good-enough', skipped: 1, firm: false });
    expect(skipped.interval?.lower).toBeLessThanOrEqual(-0.3);
  });

  it('gives no verdict on answers that no rater read', () => {
    const run = votedRun({ prompts: prompts(24, 'x') });
    for (let index = 0; index < 22; index += 1) run.identical(index);
    castAll(run, 'wl', 22);
    expect(decidePair(run.input, openVsClosed).overall).toMatchObject({ verdict: 'undecided', interval: null });
    const more = votedRun({ prompts: prompts(24, 'x') });
    for (let index = 0; index < 17; index += 1) more.identical(index);
    castAll(more, 'wltwltw', 17);
    expect(decidePair(more.input, openVsClosed).overall.verdict).toBe('open-good-enough');
  });

  it('does not call open good where it could not be asked what it would have lost', () => {
    const run = votedRun({ prompts: prompts(23, 'x') });
    castAll(run, 'wwwwwwwwwwtttttttttll');
    const unasked = new Map([promptIdOf(21), promptIdOf(22)].map((id) => [id, 'a' as const]));
    expect(decidePair(run.input, openVsClosed).overall.verdict).toBe('open-better');
    const limited = decidePair({ ...run.input, unasked, missing: new Set(unasked.keys()) }, openVsClosed).overall;
    expect(limited).toMatchObject({ verdict: 'open-good-enough', withdrawn: 'open-better', unasked: { a: 2, b: 0 } });
  });

  it('reports counts, net preference with Tango, redo difference and votes still needed', () => {
    const { overall } = decided('lltlwwtwlwl');
    expect(overall).toMatchObject({ units: 11, counts: { a: 4, bothFine: 2, bothBad: 0, b: 5 }, verdict: 'undecided' });
    const run = votedRun({ prompts: prompts(20, 'x') });
    castAll(run, 'wwwwttttttt');
    for (let index = 11; index < 20; index += 1) run.cast(index, { vote: 'loss', redo: ['a'] });
    const { overall: whole } = decidePair(run.input, openVsClosed);
    expect(whole.net).toBeCloseTo(-0.25, 12);
    expect(whole.interval?.lower).toBeCloseTo(-0.5430166, 6);
    expect(whole.interval?.upper).toBeCloseTo(0.1054377, 6);
    expect(whole.redo).toMatchObject({ a: 9, b: 0, difference: 0.45 });
  });

  it('says that neither model does a task where more is bad on both sides than one in five explains', () => {
    expect(decided('wwbbwbbwb').overall.neither).toBe(true);
    expect(decided('wwbwwwbwbb').overall.neither).toBe(false);
  });

  it('stands per task beside the overall verdict, and gives easy and hard as two rows', () => {
    const mixed = votedRun({
      prompts: [...prompts(10, 'extract'), ...prompts(5, 'reply'), ...prompts(5, 'reply', 'hard')],
    });
    castAll(mixed, 'wwwwwwwwww');
    castAll(mixed, 'llllllllll', 10);
    const { tasks, rows, overall } = decidePair(mixed.input, openVsClosed);
    expect(tasks.map(({ task, verdict }) => [task, verdict])).toEqual([
      ['extract', 'open-better'],
      ['reply', 'keep-closed'],
    ]);
    expect(rows.map(({ task, difficulty, units }) => [task, difficulty, units])).toEqual([
      ['reply', 'easy', 5],
      ['reply', 'hard', 5],
    ]);
    // Traffic 1/2 each: +1 and -1 cancel out.
    expect(overall).toMatchObject({ verdict: 'undecided', net: 0 });
  });

  it('weighs over-sampled hard prompts back to traffic', () => {
    const easy = prompts(12, 'x', 'easy', 0.8 / 0.6);
    const hard = prompts(8, 'x', 'hard', 0.2 / 0.4);
    const traffic = { x: { traffic: 1, hardTraffic: 0.2, hardPlan: 0.4 } };
    const run = votedRun({ prompts: [...easy, ...hard], hard: 0.4, traffic });
    castAll(run, 'wwwwwwwtttllwttlllll');
    const { overall, rows } = decidePair(run.input, openVsClosed);
    expect(overall.interval?.lower).toBeGreaterThan(-0.3);
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
    expect(first?.overall.verdict).toBe('open-better');
    expect(second?.overall).toMatchObject({ verdict: 'undecided', leaning: 'none', keepAt: null, net: -1 });
  });

  it('writes each verdict once, and takes no written one that the votes do not reach', () => {
    const { run, ...verdicts } = decided('wwwwwwwwww');
    const written = newVerdictEvents([verdicts], run.events);
    const base = { event: 'verdict', pair: 'open:closed', units: 10, batch: 0 };
    expect(written).toEqual([
      { ...base, task: null, verdict: 'open-better' },
      { ...base, task: null, verdict: 'open-good-enough' },
      { ...base, task: 'summarise', verdict: 'open-better' },
      { ...base, task: 'summarise', verdict: 'open-good-enough' },
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
      batch: 0,
    } as const;
    const forged = { ...run.input, events: [...later, kept] };
    expect(() => decidePair(forged, openVsClosed)).toThrow(/the verdict on open:closed is not what the votes say/);
    // A line without a batch is of the first edition's rule, and says nothing here.
    const { batch: _, ...old } = kept;
    expect(decidePair({ ...run.input, events: [...later, old] }, openVsClosed).overall.verdict).toBe('open-better');
  });

  it('says as what so many more votes settle it, if they go on like this', () => {
    // 4:1:3 leans open, and 0:5:3 closed; 6:0:6 needs more than 60.
    expect(decided('wwwwtlll').overall).toMatchObject({ remaining: 31, settlesAs: 'open-good-enough' });
    expect(decided('tttttlll').overall).toMatchObject({ remaining: 16, settlesAs: 'keep-closed' });
    expect(decided('wlwlwlwlwlwl').overall).toMatchObject({ remaining: null, settlesAs: null });
    expect(decided('tlllllll').overall).toMatchObject({ remaining: null, settlesAs: null });
  });

  it('says nothing where there is nothing', () => {
    const { overall, tasks } = decided('');
    expect(overall).toMatchObject({
      units: 0,
      net: null,
      interval: null,
      remaining: null,
      settlesAs: null,
      leaning: 'none',
    });
    expect(tasks[0]).toMatchObject({ task: 'summarise', planned: 1, units: 0, verdict: 'undecided' });
  });
});

describe('a margin above 30', () => {
  it('prints no lower limit above the margin while it is not decided', () => {
    const tasks = ['a', 'b', 'c'];
    const run = votedRun({
      prompts: Array.from({ length: 36 }, (_, at) => ({ task: tasks[at % 3] ?? 'a' })),
      margin: 0.4,
    });
    // Each task 2 : 4 with 6 ties: the look at 30 does not hold, and its own limit is -39.
    castAll(run, 'wwwwwwllllllllllllttttttttttttttttttt'.slice(0, 36));
    const { overall } = decidePair(run.input, openVsClosed);
    expect(overall.verdict).toBe('undecided');
    expect(overall.interval?.lower).toBeLessThanOrEqual(-0.4);
  });
});
