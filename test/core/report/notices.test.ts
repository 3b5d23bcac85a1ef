/** What a reader is warned about, from votes as they are really decided. */
import { describe, expect, it } from 'vitest';
import { buildReport } from '../../../src/report/model.ts';
import type { ReportInput } from '../../../src/report/report-input.ts';
import { htmlReport } from '../../../src/report/to-html.ts';
import { markdownReport } from '../../../src/report/to-markdown.ts';
import { terminalReport } from '../../../src/report/to-terminal.ts';
import { decidedInput } from '../../helpers/decided-report.ts';
import { fullInput, moneyInput, reportInput } from '../../helpers/report-input.ts';
import { htmlTools } from '../../helpers/report-tools.ts';
import { severalInput } from '../../helpers/several-input.ts';

const screen = (input: ReportInput): string => terminalReport(buildReport(input)).replace(/\s+/g, ' ');

/** Everybody's median time per vote, milliseconds. */
function timed(ms: number): ReportInput {
  const input = fullInput();
  const quality = Object.entries(input.quality ?? {}).map(([pair, each]) => [
    pair,
    { ...each, raters: each.raters.map((rater) => ({ ...rater, medianMs: ms })) },
  ]);
  return { ...input, quality: Object.fromEntries(quality) };
}

describe('notices', () => {
  it('says when a rater voted faster than anybody reads, and not otherwise', () => {
    const [slow, fast] = [screen(timed(9000)), screen(timed(1700))];
    expect(fast).toMatch(
      /Half of \w+'s votes took 1\.7 s or less: too fast to have read two answers \(the limit is 3\.0 s\)\./,
    );
    expect(slow).not.toContain('too fast');
    expect(fast).toContain(
      'qwen3:8b? No decision: half of the votes of each of maria and jo took 1.7 s or less, too short to read both answers. extract-json',
    );
    expect(fast).toContain('the same answers in a new left/right order');
    expect(fast).toContain('for somebody who has not read this report');
    expect(fast).toMatch(/Next: gapcheck run .* --reuse --rater NAME \(/);
    expect(fast).not.toContain('--routes');
  });

  it('moves no task on votes that were too fast: its routes say what its answers say', () => {
    const routesOf = (ms: number) => buildReport(timed(ms)).routes.map(({ route }) => route);
    expect(routesOf(9000).some((route) => route.startsWith('open'))).toBe(true);
    const held = buildReport(timed(1700));
    expect(new Set(held.routes.map(({ route }) => route))).toEqual(new Set(['closed-until-decided']));
    expect(held.routes[0]?.words).toBe('the votes were too fast to have been read');
    expect(held.money?.plan ?? null).toBeNull();
    expect(held.routes.every(({ savingPerMonthUsd }) => (savingPerMonthUsd ?? 0) === 0)).toBe(true);
  });

  it('says beside a habit of length what is left on pairs of similar length', () => {
    const input = fullInput();
    const similar = { units: 9, net: { estimate: 0.1, lower: -0.4, upper: 0.55 } };
    const warned = Object.entries(input.quality ?? {}).map(([pair, each]) => [
      pair,
      { ...each, length: { ...each.length, warn: true, similar } },
    ]);
    expect(screen({ ...input, quality: Object.fromEntries(warned) })).toContain(
      'Warning: The longer answer won 11 of 17 decisive votes where lengths differ by more than 10 %: raters may have rewarded length. Among the 9 pairs of similar length (at most 25 % apart) the lead is +10 per 100, 95 % interval −40 to +55. To take length out of it, have both models answer at one length, and begin a new run.',
    );
    expect(screen(input)).not.toContain('at most 25 %');
  });

  it('gives the recognition index of votes that came after the results were open', () => {
    const input = fullInput();
    const later = { asked: 12, used: 12, index: 0.5, lower: 0.25, upper: 0.75, word: 'recognised' as const };
    const quality = Object.entries(input.quality ?? {}).map(([pair, each]) => [
      pair,
      { ...each, laterRecognition: { ...each.recognition?.adjusted, ...later } },
    ]);
    expect(screen({ ...input, votedAfterOpen: 9, quality: Object.fromEntries(quality) })).toMatch(
      /9 of \d+ votes came after the results were open\. In these, raters could tell the models apart \(recognition score 0\.50, from 12 guesses\)\./,
    );
    expect(screen({ ...input, votedAfterOpen: 9 })).not.toContain('Of these alone');
  });

  it('says whether the overall verdict holds with every skip against it', () => {
    const input = decidedInput([{ task: 'reply', votes: 'wwwwwwwwwwwwwwww' }]);
    const skipping = (firm: boolean): ReportInput => ({
      ...input,
      pairs:
        input.pairs === 'sealed'
          ? 'sealed'
          : input.pairs.map((pair) => ({ ...pair, overall: { ...pair.overall, skipped: 2, firm } })),
    });
    const holds =
      'The interval allows for skips in the same way. What these votes say over all prompts holds with every skip against it.';
    expect(screen(skipping(true))).toContain(holds);
    expect(screen(skipping(false))).not.toContain('holds with every skip');
    // Where nothing was taken back, a skip is no warning.
    const none = screen(skipping(false)).replace(/\s+/g, ' ');
    expect(none).toContain('allows for skips in the same way. Here they took no verdict back.');
    expect(none).not.toContain('Warning: Raters skipped');
    const taken = skipping(false);
    if (taken.pairs !== 'sealed')
      taken.pairs = taken.pairs.map((pair) => ({ ...pair, overall: { ...pair.overall, withdrawn: 'keep-closed' } }));
    expect(screen(taken)).not.toContain('took no verdict back');
  });

  it('says of several tasks which ones the skips are in', () => {
    const said = (...names: string[]): string => {
      const input = decidedInput(names.map((task) => ({ task, votes: 'wwwwwwww' })));
      const once = <Scope extends { skipped: number }>(scope: Scope, skipped = 1): Scope => ({ ...scope, skipped });
      const pairs = input.pairs === 'sealed' ? [] : input.pairs;
      return screen({
        ...input,
        pairs: pairs.map((pair) => ({
          ...pair,
          overall: once(pair.overall, names.length),
          tasks: pair.tasks.map((task) => once(task)),
        })),
      });
    };
    expect(said('mail', 'notes')).toContain('Raters skipped 2 ballots (1 in mail, 1 in notes). A skip is no vote.');
    expect(said('mail')).toContain('Raters skipped 1 ballot. A skip is no vote.');
  });

  it('names skipped prompts by their numbers, but those that somebody voted on since', () => {
    const input = decidedInput(['mail', 'notes'].map((task) => ({ task, votes: 'wwwwwwww' })));
    const ids = input.prompts.map(({ id }) => id);
    const [first] = input.pairs === 'sealed' ? [] : input.pairs;
    if (!first) throw new Error('a pair');
    const skipped = new Set([1, 2, 9, 10].flatMap((n) => ids[n - 1] ?? []));
    const voted = ids[9];
    const left = (task: string | null): number => (task === null ? 3 : task === 'mail' ? 2 : 1);
    const said = (names: readonly string[]): string =>
      screen({
        ...input,
        skips: [...skipped].map((prompt) => ({ prompt, rater: 'jo', reason: null })),
        pairs: [
          {
            ...first,
            evidence: first.evidence.filter(({ prompt }) => prompt === voted || !skipped.has(prompt)),
            overall: { ...first.overall, skipped: left(null) },
            tasks: first.tasks
              .filter(({ task }) => names.includes(task ?? ''))
              .map((task) => ({ ...task, skipped: left(task.task) })),
          },
        ],
      });
    expect(said(['mail', 'notes'])).toContain('Raters skipped 3 ballots (prompts 1 and 2 in mail, prompt 9 in notes).');
    expect(said(['mail'])).toContain('Raters skipped 3 ballots (prompts 1 and 2).');
  });

  it('says at its end what to do before the next command works', () => {
    const report = buildReport(fullInput());
    const next = {
      command: 'gapcheck run a.csv -n all',
      first: 'Put more of your own into the file first',
      words: 'this run has no prompts left for the undecided tasks. A new run begins',
      chance: null,
    };
    expect(terminalReport({ ...report, next }).trimEnd()).toMatch(
      /\n Put more of your own into the file first\. Then:\n Next: gapcheck run a\.csv -n all$/,
    );
    expect(terminalReport({ ...report, next })).toMatch(
      /\n Put more of your own into the file first\. Then:\n Next: gapcheck run a\.csv -n all\n {6,7}\(this run has no prompts left for the undecided tasks\. A new run\s+begins\)/,
    );
    expect(terminalReport(report)).not.toContain('Then:');
  });

  it('says before the command, and not in its reason, what to do first', () => {
    const report = buildReport(fullInput());
    const first = 'Let somebody else vote, and put more prompts into the file first';
    const words = 'this run has no more of them';
    const text = markdownReport({ ...report, next: { command: 'gapcheck run a.csv', first, words, chance: null } });
    expect(text).toMatch(
      /\n\nLet somebody else vote, and put more prompts into the file first\. Then:\n\nNext \(this run has no more of them\):\n/,
    );
  });

  it('gives the one rate of a wrong hint that holds for this report', () => {
    const votes = 'wwltwltw';
    expect(screen(decidedInput([{ task: 'reply', votes }], 8))).toContain(
      'such a hint would still come up in up to 1 of 8 comparisons.',
    );
    expect(screen(decidedInput([{ task: 'reply', votes: `${votes}lwtw` }], 8))).toContain(
      'such a hint would still come up in up to 1 of 3 comparisons.',
    );
  });

  it('says how many of the planned raters voted while something is undecided', () => {
    const input = severalInput({ first: 'wltwltwlt' });
    const two: ReportInput = { ...input, run: { ...input.run, settings: { ...input.run.settings, raters: 2 } } };
    expect(screen(two)).toContain('Planned for 2 raters; 1 voted so far.');
    expect(screen(input)).not.toContain('Planned for');
    const decided = severalInput({ first: 'llllllllllll' });
    const settings = { ...decided.run.settings, raters: 2 };
    expect(screen({ ...decided, run: { ...decided.run, settings } })).not.toContain('Planned for');
  });

  it('counts ties of identical answers, and asks when every pair is one', () => {
    const input = severalInput({ first: 'tttttttt' });
    if (input.pairs === 'sealed') throw new Error('sealed');
    const identical = (count: number): ReportInput => ({
      ...input,
      pairs:
        input.pairs === 'sealed'
          ? 'sealed'
          : input.pairs.map((pair) => ({
              ...pair,
              overall: { ...pair.overall, counts: { ...pair.overall.counts, identical: count } },
            })),
    });
    expect(screen(identical(2))).toContain('Identical, not read: 2.');
    expect(screen(identical(2))).not.toContain('check that the two arms');
    expect(screen(identical(8))).toContain('Check that the two models really are different');
    expect(screen(identical(0))).not.toContain('Identical, not read');
  });
});

describe('the legend of the counts in brackets', () => {
  const wins = (votes: string): ReportInput => reportInput({ tasks: [{ task: 'reply', votes }] });
  it('names all that the middle figure counts, and nothing else', () => {
    expect(screen(wins('wwttnl'))).toContain('neither (both fine or both unusable), closed was better.');
    const same = 'neither (both fine, both unusable or identical)';
    expect(screen(wins('wwtnil'))).toContain(`${same}, closed was better.`);
    expect(htmlReport(buildReport(wins('wwtnil')), htmlTools)).toContain(`${same}, closed (gpt-5.6) was better.`);
  });
});

describe('a model that answers with one text', () => {
  /** The closed model's answers on these tasks, all put to one text. */
  function stuck(tasks: readonly string[], text = '[{"item":"food"}]'): ReportInput {
    const input = reportInput();
    const own = new Set(input.prompts.filter(({ task }) => tasks.includes(task)).map(({ id }) => id));
    const trials = [...(input.trials.closed ?? [])].map(([key, trial]) => {
      const { answer } = trial;
      if (!answer || !own.has(trial.prompt)) return [key, trial] as const;
      return [
        key,
        { ...trial, answer: { ...answer, steps: answer.steps.map((step) => ({ ...step, text })) } },
      ] as const;
    });
    return { ...input, trials: { ...input.trials, closed: new Map(trials) } };
  }
  const found = (input: ReportInput): string[] =>
    buildReport(input).notices.filter((notice) => notice.includes('one and the same text'));
  const all = ['extract-json', 'reply-with-rules', 'summarise-ticket'];

  it('is warned of, once over all its prompts', () => {
    expect(found(stuck(all))).toEqual([
      'All 24 answers of closed to the prompts are one and the same text. Check that they are real answers: a verdict on one text says little about the model.',
    ]);
    expect(screen(stuck(all))).toContain('All 24 answers of closed');
  });

  it('and in the task in which it is so', () => {
    expect(found(stuck(['extract-json']))).toEqual([
      expect.stringMatching(/^All 8 answers of closed to the prompts of extract-json are one and the same text\./),
    ]);
  });

  it('and nobody else: other answers, nothing to read, a sealed run', () => {
    expect(found(reportInput())).toEqual([]);
    expect(found(stuck(all, ' '))).toEqual([]);
    expect(found({ ...stuck(all), pairs: 'sealed', seal: { sealed: true, reason: 'Votes are to come.' } })).toEqual([]);
  });
});

describe('several pairs on the terminal', () => {
  it('names the pair over each table, and one pair not at all', () => {
    const text = terminalReport(buildReport(severalInput()));
    const at = ['first', 'second', 'third', 'fourth'].map((name) =>
      text.indexOf(`\n Votes, ${name} instead of closed   █`),
    );
    expect(at.every((found) => found > 0)).toBe(true);
    expect([...at].sort((a, b) => a - b)).toEqual(at);
    expect(terminalReport(buildReport(severalInput({ first: 'wwtl' })))).not.toContain('Votes, first instead of');
  });
});

describe('money on the terminal', () => {
  const money = moneyInput(200_000, 1.2);
  it('is what each model costs, where a volume is known and no plan can be', () => {
    const unpriced = moneyInput(200_000, null);
    const text = screen({ ...reportInput(), money: unpriced });
    // 28 calls at $0.0017 for 24 answers.
    expect(((28 * 0.0017) / 24) * 200_000).toBeCloseTo(396.67, 2);
    expect(text).toContain('A month at 200,000 calls: gpt-5.6 $396.67.');
    expect(text).toContain('gapcheck report --machine-price USD states the price of its machine per hour.');
    expect(text).not.toMatch(/saves? about/);
    expect(screen(reportInput())).not.toContain('A month at');
  });

  it('names the parts of a sum where one of them is assumed', () => {
    // 730 hours at $1.20, and a quarter of $120,000 / 12, where no task may move and so there is no plan.
    const kept = { task: 'reply', votes: 'lllltlll', verdict: { verdict: 'keep-closed', keepAt: 8 } } as const;
    const text = screen({ ...reportInput({ tasks: [kept] }), money: moneyInput(200_000, 1.2) });
    expect(730 * 1.2 + (0.25 * 120_000) / 12).toBe(3376);
    expect(text).toContain('qwen3:8b $3,376 ($876 for the machines + an assumed $2,500 for people)');
  });

  it('says that a move does not pay, with what it would cost', () => {
    const report = buildReport({ ...reportInput(), money });
    expect(report.money?.plan).toMatchObject({ word: 'not-for-money', moves: ['extract-json'], machines: 1 });
    const text = screen({ ...reportInput(), money });
    for (const words of report.money?.plan?.words ?? ['']) expect(text).toContain(words);
    // One machine and a quarter of a person, less what the closed model charges for a third of the calls.
    const saved = ((28 * 0.0017) / 24) * 200_000;
    expect(report.money?.plan?.net).toBeGreaterThan(-(730 * 1.2 + 2500));
    expect(report.money?.plan?.net).toBeLessThan(-(730 * 1.2 + 2500) + saved);
  });

  it('charges the closed model no hours of a machine, also behind a local address', () => {
    const input = reportInput();
    const arms = input.run.arms.map((arm) =>
      arm.role === 'closed' ? { ...arm, host: '127.0.0.1:4000', leavesMachine: false } : arm,
    );
    const { money: made } = buildReport({ ...input, run: { ...input.run, arms }, money });
    expect(made?.arms.find(({ arm }) => arm === 'closed')?.basis).not.toBe('machine');
    expect(made?.arms.find(({ arm }) => arm === 'open')?.basis).toBe('machine');
  });
});
