/** Where a run has no prompts left: what comes first, how many votes a new run takes, and how such a run ends. */
import { describe, expect, it } from 'vitest';
import { buildReport } from '../../../src/report/model.ts';
import { reportInput } from '../../helpers/report-input.ts';

interface Open {
  votes: string;
  remaining: number | null;
}

/** The step after tasks of these votes, all of the plan read. */
function step(tasks: Record<string, Open>, settings: object = {}) {
  const open = Object.entries(tasks).map(([task, { votes, remaining }]) => ({ task, votes, verdict: { remaining } }));
  const input = reportInput({
    tasks: open,
    overall: open.length === 1 ? open[0]?.verdict : { verdict: 'keep-closed' },
  });
  const run = { ...input.run, settings: { ...input.run.settings, ...settings } };
  return buildReport({ ...input, run, steps: [] }).next;
}

describe('a new run, where this one has no prompts left', () => {
  it('is said before its command, and what it takes behind it', () => {
    // What was cast here and what is missing here is what a run of its own takes.
    expect(step({ reply: { votes: 'wwlt', remaining: 12 } })).toEqual({
      command: 'gapcheck run tickets.csv -n all --rater NAME',
      first: 'Let somebody else vote, under a name of their own, and put about 12 more prompts into the file first',
      words:
        'this run has no prompts left for the undecided tasks. A new run begins without votes, so it takes about 16 votes in all (12 min). Going by the 4 votes so far, of 10 such runs without a skip about 6 end in a YES and 1 in a NO; the rest stay NOT YET. The new run asks about the old prompts too, and whoever has read this report knows which model wrote which answer. If nobody else can vote, use a file of about 16 new prompts alone',
      chance: null,
    });
  });

  // Shares of YES, NO and YOUR CALL: the Dirichlet-multinomial of the votes and a half each, summed in Python over
  // every count at which Tango's score, written there again, reaches the quantile.
  it.each([
    ['wwwwtlll', 31, {}, 'about 7 end in a YES and 1 in a NO; the rest stay NOT YET'], // 39 votes: .664 .116 0
    ['wlwlwlwlwlwl', 15, {}, 'about 4 end in a YES and 1 in a NO; the rest stay NOT YET'], // 27: .430 .135 0
    ['tttttlll', 16, {}, 'about 7 end in a NO and 1 in a YES; the rest stay NOT YET'], // 24: .116 .686 0
    ['wwttttttlllll', 47, { margin: 0.5 }, 'about 4 end in a YES, 3 in a NO and 3 in YOUR CALL'], // 60: .433 .260 .307
  ])('ends as the votes so far say: %s and %i more', (votes, remaining, change, words) => {
    const input = reportInput({ tasks: [{ task: 'reply', votes, verdict: { remaining } }], overall: { remaining } });
    const next = buildReport({ ...input, run: { ...input.run, ...change }, steps: [] }).next;
    expect(next.words).toContain(`Going by the ${votes.length} votes so far, of 10 such runs without a skip ${words}.`);
  });

  it('of a task that is too close to call takes 60 more', () => {
    const { first, words } = step({ reply: { votes: 'wtlwtlwl', remaining: null } });
    expect(first).toMatch(/and put about 60 more prompts into the file first$/);
    // 68 votes: .645 .247 .001
    expect(words).toContain(
      'Going by the 8 votes so far, of 10 such runs without a skip about 6 end in a YES and 2 in a NO; the rest stay NOT YET.',
    );
  });

  it('of several tasks says how often each has an answer', () => {
    const { first, words } = step({
      reply: { votes: 'wwwwtlll', remaining: 31 },
      notes: { votes: 'tttttlll', remaining: 16 },
    });
    expect(first).toContain('about 31 more prompts');
    // 39 votes of each: .779 and .910
    expect(words).toContain('about 39 votes on each task (');
    expect(words).toContain('each of these verdicts comes in 8 to 9 of 10 such runs without a skip.');
  });

  it('says no chance where the verdict is about answers that must be redone', () => {
    const { first, words } = step({ reply: { votes: 'wtlwtlwl', remaining: null } }, { endpoint: 'retry' });
    expect(first).toContain('more than 60 more prompts');
    expect(words).not.toContain('of 10 such runs');
  });

  it('names another rater in the place of the one that was typed, and nobody where nobody votes', () => {
    const proposed = (command: string) => {
      const input = reportInput({ tasks: [{ task: 'reply', votes: 'wtlwtlwl' }], overall: {} });
      const arms = input.run.arms.map((arm) => ({ ...arm, agent: { command: './a.sh', version: null } }));
      return buildReport({ ...input, run: { ...input.run, arms, command } as never, steps: [] }).next.command;
    };
    expect(proposed('gapcheck run jobs.csv --rater ann -n 8 --time 1m')).toBe(
      'gapcheck run jobs.csv --time 1m -n all --rater NAME',
    );
    expect(proposed('gapcheck run jobs.csv --rater=ann --trials 2')).toBe(
      'gapcheck run jobs.csv --trials 2 -n all --rater NAME',
    );
    expect(proposed('gapcheck run jobs.csv --no-score --trials 2')).toBe(
      'gapcheck run jobs.csv --no-score --trials 2 -n all',
    );
  });
});
