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

const cast = (wins: number, ties: number, losses: number): string =>
  'w'.repeat(wins) + 't'.repeat(ties) + 'l'.repeat(losses);

describe('a new run, where this one has no prompts left', () => {
  it('is said before its command, and what it takes behind it', () => {
    // 28 votes are the fewest, in steps of 4, that bring an answer in 8 of 10 runs: .707 .098 0, of 24 .78.
    expect(step({ reply: { votes: 'wwlt', remaining: 12 } })).toEqual({
      command: 'gapcheck run tickets.csv -n 28 --rater NAME',
      first: 'Let somebody else vote, under a name of their own, and put about 24 more prompts into the file first',
      words:
        'this run has no prompts left for the undecided tasks. A new run begins without votes, so it takes about 28 votes in all (21 min). Going by the 4 votes so far, of 10 such runs without a skip about 7 end in a YES (within your margin, or better) and 1 in a NO, and the rest stay NOT YET. The new run asks about the old prompts too, and whoever has read this report knows which model wrote which answer. If nobody else can vote, use a file of about 28 new prompts alone',
      chance: null,
    });
  });

  // Shares of YES, NO and YOUR CALL: the Dirichlet-multinomial of the votes and a half each, summed in Python over
  // every count at which Tango's score, written there again, reaches the quantile.
  it.each([
    [
      'wwwwtlll',
      44,
      0.3,
      'about 7 end in a YES (within your margin, or better) and 1 in a NO, and the rest stay NOT YET',
    ], // .681 .123 0
    [
      'wlwlwlwlwlwl',
      64,
      0.3,
      'about 6 end in a YES (within your margin, or better) and 2 in a NO, and the rest stay NOT YET',
    ], // .599 .211 0
    [
      'tttttlll',
      24,
      0.3,
      'about 7 end in a NO and 1 in a YES (within your margin, or better), and the rest stay NOT YET',
    ], // .116 .686 0
    [
      'wtlwtlwl',
      48,
      0.3,
      'about 6 end in a YES (within your margin, or better) and 2 in a NO, and the rest stay NOT YET',
    ], // .598 .214 0
    [cast(4, 20, 11), 40, 0.5, 'about 5 end in a YES (within your margin, or better), 3 in YOUR CALL and 2 in a NO'], // .513 .187 .300
    [cast(0, 14, 5), 24, 0.5, 'about 3 end in a YES (within your margin, or better), 3 in a NO and 3 in YOUR CALL'], // .337 .325 .336
  ])('ends as the votes so far say: %s, and %i in all', (votes, inAll, margin, words) => {
    // What the trend of votes that are read one by one would want says nothing of a plan that is read once.
    const verdict = { remaining: null };
    const input = reportInput({ tasks: [{ task: 'reply', votes, verdict }], overall: verdict });
    const next = buildReport({ ...input, run: { ...input.run, margin }, steps: [] }).next;
    expect(next.first).toContain(`and put about ${inAll - votes.length} more prompts into the file first`);
    expect(next.words).toContain(`so it takes about ${inAll} votes in all`);
    expect(next.words).toContain(`Going by the ${votes.length} votes so far, of 10 such runs without a skip ${words}.`);
  });

  it('of several tasks says what each takes, and how often each has an answer', () => {
    const { first, words, command } = step({
      reply: { votes: 'wwwwtlll', remaining: 31 },
      notes: { votes: 'tttttlll', remaining: 16 },
    });
    // 44 and 24 votes, as each alone.
    expect(first).toContain('put about 36 more prompts of reply and 16 of notes into the file first');
    expect(command).toContain(' -n all ');
    expect(words).toContain(
      'so it takes about 68 votes in all (51 min). Going by the votes so far, of 10 such runs without a skip, for reply: about 7 end in a YES (within your margin, or better) and 1 in a NO, and the rest stay NOT YET; for notes: about 7 end in a NO and 1 in a YES (within your margin, or better), and the rest stay NOT YET.',
    );
    const four = Object.fromEntries(['a', 'b', 'c', 'd'].map((task) => [task, { votes: 'tttttlll', remaining: 16 }]));
    expect(step(four).first).toContain('put up to 16 more prompts of each of 4 tasks into the file first');
    expect(step(four).words).toContain('each of these verdicts comes in about 8 of 10 such runs without a skip.');
  });

  it('is told of the tasks that can be reckoned with, also beside one that has hardly a vote', () => {
    const { first, words, command } = step({
      reply: { votes: 'wwwwtlll', remaining: 31 },
      questions: { votes: 'l', remaining: null },
    });
    expect(first).toContain('put about 36 more prompts of reply into the file first');
    expect(command).toContain(' -n 44 --tasks reply ');
    expect(words).toContain('this run has no more of them. A new run begins without votes, so it takes about 44 votes');
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
      'gapcheck run jobs.csv --time 1m -n 48 --rater NAME',
    );
    expect(proposed('gapcheck run jobs.csv --rater=ann --trials 2')).toBe(
      'gapcheck run jobs.csv --trials 2 -n 48 --rater NAME',
    );
    expect(proposed('gapcheck run jobs.csv --no-score --trials 2')).toBe(
      'gapcheck run jobs.csv --no-score --trials 2 -n 48',
    );
  });

  it('is that run once more: models, files, margin, tasks and where it is kept', () => {
    const proposed = (command: string, more: object = {}) => {
      const input = reportInput({ tasks: [{ task: 'reply', votes: 'wtlwtlwl' }], overall: {} });
      return buildReport({ ...input, run: { ...input.run, command, ...more } as never, steps: [] }).next;
    };
    const typed =
      "gapcheck run a.csv 'b c.csv' --closed openai:gpt-5.6 --open ollama:qwen3:8b --margin 10 --results r --tasks=x";
    expect(proposed(`${typed} -n 36 --raters 2 --rater ann --yes --no-score --name first --dry-run`).command).toBe(
      `${typed} -n 48 --rater NAME`,
    );
    expect(proposed('gapcheck run a.csv -n12 --rater=ann --reuse').command).toBe(
      'gapcheck run a.csv -n 48 --rater NAME',
    );
    expect(proposed('gapcheck run - --task-field kind', { margin: 0.1 }).command).toMatch(
      /^gapcheck run tickets\.csv --task-field kind --margin 10 -n \d+ --rater NAME$/,
    );
    expect(proposed('gapcheck run a.csv --lock l.json').command).toContain(' --lock l.json ');
    // The file holds 48 prompts, the run has 8: none is missing.
    const logged = { records: 50, different: 48 };
    expect(proposed('gapcheck run a.csv', { logged }).first).toBe('Let somebody else vote, under a name of their own');
    expect(proposed('gapcheck run a.csv', { logged: { records: 50, different: 18 } }).first).toContain(
      'put about 30 more',
    );
  });

  it('says which prompts are of the same task, where nobody named the tasks', () => {
    const first = (guessedTasks?: object): string | null => {
      const input = reportInput({ tasks: [{ task: 'reply', votes: 'wtlwtlwl' }], overall: {} });
      return buildReport({ ...input, run: { ...input.run, guessedTasks } as never, steps: [] }).next.first;
    };
    expect(first()).toContain('put about 40 more prompts into the file first');
    expect(first({ systemPrompts: 0, openings: 2 })).toContain(
      'more prompts that begin with the same line into the file',
    );
    expect(first({ systemPrompts: 2 })).toContain('more prompts with the same system prompt into the file');
    expect(first({ systemPrompts: 0 })).toContain('more prompts into the file');
  });

  it('asks for the open task in the place of those that were typed', () => {
    const tasks = [
      { task: 'reply', votes: 'lllltlll', verdict: { verdict: 'keep-closed' as const, keepAt: 8 } },
      { task: 'notes', votes: 'wtlwtlwl' },
    ];
    const input = reportInput({ tasks, overall: {} });
    const command = 'gapcheck run a.csv --tasks reply,notes --margin 20';
    expect(buildReport({ ...input, run: { ...input.run, command }, steps: [] }).next.command).toMatch(
      /^gapcheck run a\.csv --margin 20 -n \d+ --tasks notes --rater NAME$/,
    );
  });

  it('counts the ballots of every pair, and none of answers that are equal', () => {
    const input = reportInput({ tasks: [{ task: 'reply', votes: 'wtlwtlwl' }], overall: {} });
    const minutes = (change: object): string | undefined =>
      /\((\d+) min\)/.exec(
        buildReport({ ...input, run: { ...input.run, ...change } as never, steps: [] }).next.words,
      )?.[1];
    // 48 ballots of 45 s; as many again for a second pair.
    expect(minutes({})).toBe('36');
    const [pair] = input.run.pairs;
    expect(minutes({ pairs: [pair, { ...pair, decides: false }] })).toBe('72');
    const same = step({ reply: { votes: 'wtlwtlwliiii', remaining: null } });
    expect(same.words).toMatch(/about \d+ prompts in all \(\d+ min\)\. Going by the 12 prompts so far/);
    const nobody = step({ reply: { votes: 'wliiiiiiii', remaining: null } });
    expect(nobody.words).toContain('A new run begins without votes. The new run');
  });

  // 28 votes after 3 open, 6 both fine, 7 both unusable, 4 closed: .280 .083 0, NEITHER .473; in Python, the half tie split in two.
  it('says how often neither model does the task', () => {
    const { words } = step({ reply: { votes: `www${'t'.repeat(6)}${'n'.repeat(7)}llll`, remaining: null } });
    expect(words).toContain(
      'so it takes about 28 votes in all (21 min). Going by the 20 votes so far, of 10 such runs without a skip about 5 end in NEITHER, 3 in a YES (within your margin, or better) and 1 in a NO, and the rest stay NOT YET.',
    );
  });
});
