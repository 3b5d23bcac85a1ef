/** Votes that an earlier run gave to this one: the report says how many, whose they are, and what is known of them. */
import { describe, expect, it } from 'vitest';
import { carriedEvents } from '../../../src/releases/carry-over.ts';
import { caveatsOf } from '../../../src/report/caveats.ts';
import { buildReport } from '../../../src/report/model.ts';
import { htmlReport } from '../../../src/report/to-html.ts';
import { markdownReport } from '../../../src/report/to-markdown.ts';
import { terminalReport } from '../../../src/report/to-terminal.ts';
import { collectEvidence } from '../../../src/verdicts/evidence.ts';
import { notBlind } from '../../../src/verdicts/not-blind.ts';
import { raterQuality } from '../../../src/verdicts/rater-quality.ts';
import { carriedVotes, onlyAfterOpening } from '../../../src/voting/carried-votes.ts';
import { htmlTables, markdownTables } from '../../helpers/read-report.ts';
import { htmlTools } from '../../helpers/report-tools.ts';
import { votedInput } from '../../helpers/several-input.ts';
import { openVsClosed, promptIdOf, votedRun } from '../../helpers/voted-run.ts';

const at = '2026-11-21T09:30:00.000Z';

/** Twenty votes of ann and one of bob come from r_base, `later` of them after its result; jo casts the last three. */
function releasedInput({ later = 0, seen = false } = {}) {
  const run = votedRun({ prompts: Array.from({ length: 24 }, (_, n) => ({ task: n < 12 ? 'reply' : 'sum' })) });
  run.run.baseline = 'r_base';
  for (let n = 0; n < 21; n += 1) {
    run.events.push({
      at,
      event: 'carried',
      prompt: promptIdOf(n),
      pair: 'open:closed',
      from: 'r_base',
      votes: [
        {
          rater: n === 20 ? 'bob' : 'ann',
          n: n + 1,
          ballot: `b_old${n}`,
          // Closed is better on sixteen: the left answer on four of them.
          aSide: n < 4 ? 'right' : 'left',
          outcome: n < 16 ? 'b' : 'both-fine',
          redo: { a: false, b: false },
          ms: 9000,
          ...(n === 1 && { note: 'too short', recognised: { closed: 'left' as const, cause: 'style', right: true } }),
          ...(n < later && { afterOpen: true as const }),
        },
      ],
    });
  }
  for (let n = 21; n < 24; n += 1) run.cast(n, { rater: 'jo', vote: 'tie' });
  if (seen) for (const event of run.events) if (event.event === 'entered') event.seen = 'one';
  const input = votedInput(run);
  const [pair] = input.pairs === 'sealed' ? [] : input.pairs;
  if (!pair) throw new Error('no pair');
  const quality = raterQuality({
    ...run.input,
    pair: openVsClosed,
    evidence: pair.evidence,
    lengthOf: () => 100,
    masks: {},
  });
  const known = notBlind(run.input, pair);
  const carried = carriedVotes(run.events);
  return {
    ...input,
    quality: { 'open:closed': quality },
    ...(carried && { carried }),
    ...(known && { notBlind: { 'open:closed': known } }),
  };
}

const caveats = (report: ReturnType<typeof buildReport>): string[] => caveatsOf(report).map(({ text }) => text);

describe('a report on re-used votes', () => {
  const report = buildReport(releasedInput());

  it('counts them, and names everybody who voted', () => {
    expect(report.carried).toEqual({
      from: 'r_base',
      raters: [
        { rater: 'ann', votes: 20 },
        { rater: 'bob', votes: 1 },
      ],
      afterOpen: 0,
    });
    const voters = '24 votes by jo, ann, bob (21 re-used from an earlier run)';
    expect(htmlReport(report, htmlTools)).toContain(voters);
    expect(terminalReport(report, { width: 200 })).toContain(voters);
    expect(caveats(report)).toContain('3 raters voted. The result is about these raters and these prompts.');
  });

  it('says which are new, as no warning', () => {
    const text =
      '3 of 24 votes are new. The other 21 (by ann, bob) were cast in run r_base, on prompts of which both answers are what they were.';
    expect(caveatsOf(report)).toContainEqual({ text, warns: false });
    expect(markdownReport(report)).toContain('Re-used votes had been read in their own run before.');
  });

  it('says which of them came after the result of their run', () => {
    const text =
      '7 re-used votes came after the result of run r_base had been open: whoever had read it knew how each model writes.';
    const later = buildReport(releasedInput({ later: 7 }));
    expect(caveatsOf(later)).toContainEqual({ text, warns: true });
    const blind = markdownReport(later).split('## Was it blind?')[1] ?? '';
    expect(blind).toContain(text);
    expect(markdownReport(report)).not.toContain('came after the result');
  });

  it('counts the side that each of their raters preferred', () => {
    for (const tables of [markdownTables(markdownReport(report)), htmlTables(htmlReport(report, htmlTools))]) {
      const found = tables.find(({ columns }) => columns[0] === 'rater' && columns.includes('left won'));
      const of = (rater: string) => found?.rows.find(([name]) => name === rater)?.[found.columns.indexOf('left won')];
      expect([of('ann'), of('jo')]).toEqual(['4/16', '–']);
    }
  });

  it('does not say that nobody guessed, nor name raters who left no note', () => {
    const shown = markdownReport(report);
    expect(shown).not.toContain('no rater gave a guess');
    expect(shown).toContain('What raters guessed in run r_base is in the report of that run.');
    expect(report.texts.words).toContain('and notes of ann');
    expect(report.texts.words).not.toMatch(/jo|bob/);
  });

  it('says what is left without votes that were not blind, and which verdicts wait for them', () => {
    const known = buildReport(releasedInput({ seen: true }));
    expect(known.notices.join('\n')).toContain(
      'Without them open is better in 0, neither in 5, closed in 16; 3 planned prompts have no vote then, which leaves sum and all prompts undecided.',
    );
    const [, blind = ''] = markdownReport(known).split('## Was it blind?');
    expect(blind).toContain('Not blind: 3 of 24 ballots (jo)');
  });
});

describe('prompts whose votes all came after an opening', () => {
  it('are those without an earlier vote', () => {
    const run = votedRun({ prompts: [{}, {}, {}] });
    run.cast(0, { vote: 'win' });
    run.cast(1, { vote: 'win' });
    run.open();
    run.cast(1, { rater: 'jo', vote: 'win' });
    run.cast(2, { rater: 'jo', vote: 'win' });
    expect([...onlyAfterOpening(run.events)]).toEqual([promptIdOf(2)]);
    expect(onlyAfterOpening([]).size).toBe(0);
    const given = carriedEvents({
      pair: openVsClosed,
      from: 'r_base',
      units: collectEvidence(run.input, openVsClosed).units,
      afterOpen: onlyAfterOpening(run.events),
      before: () => 'same',
      now: () => 'same',
    });
    expect(given.map(({ votes }) => votes.map(({ afterOpen }) => afterOpen === true))).toEqual([
      [false],
      [false],
      [true],
    ]);
  });
});
