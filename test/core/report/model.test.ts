import { describe, expect, it } from 'vitest';
import { buildReport } from '../../../src/report/model.ts';
import { jsonReport } from '../../../src/report/to-json.ts';
import { markdownReport, markdownSummary } from '../../../src/report/to-markdown.ts';
import { terminalReport } from '../../../src/report/to-terminal.ts';
import { textWidth } from '../../../src/text/width.ts';
import { demoTasks, reportInput, sealedInput } from '../../helpers/report-input.ts';

describe('the report model', () => {
  const report = buildReport(reportInput());

  it('answers overall, by task, and names the next command with its minutes', () => {
    const [pair] = report.pairs;
    expect(pair?.reply).toContain('keep the closed model for reply-with-rules');
    expect(pair?.tasks.map((task) => task.words)).toEqual([
      'open is within your margin',
      'keep closed',
      'leans open (a hint)',
    ]);
    expect(report.next).toEqual({
      command: 'gapcheck more 15 --task summarise-ticket',
      first: null,
      words: 'about 9 min of voting; chance of a verdict for this task, for or against open: about 9 in 10',
      chance: expect.closeTo(0.8898062364976675, 9),
    });
  });

  it('announces no chance where lost prompts could take a verdict back', () => {
    const input = reportInput();
    const chanceWith = (skipped: number): number | null => {
      if (input.pairs === 'sealed') throw new Error('sealed');
      const pairs = input.pairs.map((pair) => ({
        ...pair,
        tasks: pair.tasks.map((task) => (task.task === 'summarise-ticket' ? { ...task, skipped } : task)),
      }));
      return buildReport({ ...input, pairs }).next.chance;
    };
    expect([chanceWith(0), chanceWith(1)]).toEqual([expect.closeTo(0.89, 2), null]);
  });

  it('counts each retry once, under its cause', () => {
    const open = report.arms.find((arm) => arm.role === 'open')?.figures;
    const closed = report.arms.find((arm) => arm.role === 'closed')?.figures;
    // 24 prompts: 0, 5, 10, 15, 20 fail once; 0 and 20 fail all three times.
    expect(open).toMatchObject({
      trials: 24,
      usable: 22,
      unusable: 2,
      silentFailures: 2,
      firstFailed: { x: 5, n: 24 },
      answerRetries: 7,
    });
    expect(open?.causes).toEqual([{ kind: 'answer', cause: 'invalid-json', count: 7 }]);
    // Prompts 0, 7, 14, 21 meet a 429.
    expect(closed).toMatchObject({
      usable: 24,
      firstFailed: { x: 0, n: 24 },
      transportRetries: 4,
    });
    // 28 calls at $0.0017: refused ones are paid for too where the provider says so.
    expect(closed?.costPer1000).toBeCloseTo((0.0017 * 28 * 1000) / 24, 9);
    expect(closed?.causes).toEqual([{ kind: 'transport', cause: 'rate-limit', count: 4 }]);
  });

  it('takes latency from the attempt that answered', () => {
    const closed = report.arms.find((arm) => arm.role === 'closed')?.figures;
    expect(closed?.totalMs?.n).toBe(24);
    expect(closed?.totalMs?.median).toBeGreaterThan(2400);
    expect(closed?.firstTokenMs?.median).toBeGreaterThanOrEqual(500);
  });

  it('says what a 4-bit copy is not', () => {
    expect(report.arms.find((arm) => arm.role === 'open')?.quantizationWords).toBe(
      'qwen3:8b ran at Q4_K_M (4-bit), 8.2B parameters, 8,192 tokens of context: not the full-precision model that benchmarks measure.',
    );
  });

  it('lists every ballot with its unblinded votes', () => {
    expect(report.ballots).toHaveLength(24);
    expect(report.ballots[0]?.votes[0]).toMatchObject({ rater: 'maria', outcome: 'open', shownLeft: 'closed' });
  });

  it('is the same for the same votes', () => {
    const again = { ...reportInput(), generatedAt: '2027-01-01T00:00:00.000Z' };
    const normalised = { ...buildReport(again), generatedAt: report.generatedAt };
    expect(normalised).toEqual(report);
  });
});

describe('the next step', () => {
  const next = (input: Parameters<typeof buildReport>[0]) => buildReport(input).next;

  it('never asks for more than the reserve holds', () => {
    const tasks = demoTasks.map((task) => ({ ...task, reserve: task.task === 'summarise-ticket' ? 6 : 0 }));
    expect(next(reportInput({ tasks })).command).toBe('gapcheck more 6 --task summarise-ticket');
    expect(next(reportInput({ tasks })).words).toContain('about 15 are wanted');
  });
  it('asks for new prompts when the reserve is empty', () => {
    const tasks = demoTasks.map((task) => ({ ...task, reserve: 0 }));
    // Two tasks have their answer: nobody votes on them again, whatever the three say together.
    expect(next(reportInput({ tasks })).command).toBe(
      'gapcheck run tickets.csv -n 20 --tasks summarise-ticket --rater NAME',
    );
    const open = tasks.map((task) => ({ ...task, verdict: {} }));
    expect(next(reportInput({ tasks: open })).command).toBe('gapcheck run tickets.csv -n 84 --rater NAME');
  });
  it('quotes a task name that the shell would read otherwise', () => {
    const tasks = [{ task: "tickets; rm -rf ~ 'x'", votes: 'wtwttwlt', verdict: { remaining: 9 }, reserve: 20 }];
    expect(next(reportInput({ tasks })).command).toBe(`gapcheck more 9 --task 'tickets; rm -rf ~ '\\''x'\\'''`);
  });
  it('names only verbs that exist', () => {
    expect(next({ ...reportInput(), steps: ['score'] }).command).not.toContain('more');
  });
  it('asks missing answers again first', () => {
    const input = reportInput();
    const [first] = input.trials.open?.keys() ?? [];
    const trial = first === undefined ? undefined : input.trials.open?.get(first);
    if (first !== undefined && trial) input.trials.open?.set(first, { ...trial, state: 'missing', answer: undefined });
    expect(next(input).command).toBe('gapcheck run --resume');
    expect(buildReport(input).notices.join(' ')).toMatch(/open has no answer to 1 of 24|both models have an answer to/);
  });
});

describe('a sealed report', () => {
  const report = buildReport(sealedInput());

  it('holds retries, latency and cost, but no tally, ballot or text', () => {
    expect(report.pairs).toEqual([]);
    expect(report.ballots).toEqual([]);
    expect(report.arms.every((arm) => arm.figures.trials === 24)).toBe(true);
    expect(report.next.command).toBe('gapcheck score --rater maria');
    for (const text of [jsonReport(report), markdownReport(report), terminalReport(report), markdownSummary(report)]) {
      expect(text).not.toContain('Answer of');
      expect(text).not.toMatch(/Replace the closed|leans|open better/);
    }
  });
  it('stays sealed even when verdicts were handed in', () => {
    const report = buildReport({ ...reportInput(), seal: { sealed: true, reason: 'jo has not finished.' } });
    expect(report.pairs).toEqual([]);
    expect(report.ballots).toEqual([]);
  });
});

describe('the terminal', () => {
  it.each([40, 60, 80, 120])('fits %i columns', (width) => {
    const tasks = demoTasks.map((task) => ({ ...task, task: `${task.task} 票据 ${'long '.repeat(9)}` }));
    for (const input of [reportInput(), sealedInput(), reportInput({ tasks })]) {
      const lines = terminalReport(buildReport(input), { width }).split('\n');
      const tooWide = lines.filter((line) => textWidth(line) > width && !line.startsWith(' Next:'));
      expect(tooWide).toEqual([]);
    }
  });
  it('keeps the lead at 60 columns: the bar goes first', () => {
    const lines = terminalReport(buildReport(reportInput()), { width: 60 }).split('\n');
    expect(lines.find((line) => /^ extract-json +5:2:1/.test(line))).toMatch(/5:2:1 +\+50 \(\+16 to \+84\)$/);
    expect(lines.join('\n')).not.toMatch(/[█░]/);
    expect(lines.filter((line) => line.length > 60)).toEqual([]);
  });
  it('reads as a person would read it', () => {
    expect(terminalReport(buildReport(reportInput()), { fullReport: 'results/x/report.md' })).toMatchInlineSnapshot(`
      " tickets.csv · 24 votes by maria
       closed: gpt-5.6 (openai)   open: qwen3:8b, Q4_K_M, on this machine (ollama)

       Can you move work from gpt-5.6 to qwen3:8b? Not everywhere: keep the closed
       model for reply-with-rules; extract-json may move to open. Over all tasks
       together it is not decided: these 24 votes do not tell.
         extract-json      YES        open is within your margin (5:2:1)
         reply-with-rules  NO         keep closed (0:1:7)
         summarise-ticket  NOT YET    leans open (a hint) (3:4:1); if votes go on like
                                      this, about 15 more make it a YES
         all prompts       NOT YET    not decided: 24 votes do not tell (8:7:9);
                                      decide by task
         In brackets: prompts on which open was better, neither (both fine or both
         unusable), closed was better.
         A NO is about this open model alone: look again at the next release
         (gapcheck outdated).
       Fees per 1,000 calls: gpt-5.6 $1.98. The machine of qwen3:8b is not in it. What
       moving saves depends on your calls a month: gapcheck report --volume CALLS
       Next: gapcheck more 15 --task summarise-ticket
             (about 9 min of voting; chance of a verdict for this task, for or against
              open: about 9 in 10)

       Votes   █ open better   ─ both fine   × both unusable   ░ closed better
       extract-json      █████──░              5:2:1  +50 (+16 to +84)
       reply-with-rules  ─░░░░░░░              0:1:7  −88 (−100 to −53)
       summarise-ticket  ███────░              3:4:1  +25 (−9 to +59)
       all prompts       ███████──────░░░░░░░  8:7:9   −4 (−38 to +30)
       The counts are those of the answers above. Then the lead per 100 prompts: +
       open leads, − closed leads. In brackets the 95 % interval: the leads that these
       votes do not rule out. Of 100 such intervals, about 95 hold the true lead. From
       8 votes on, all of it above −30 is a YES, all of it below 0 a NO, and both
       together YOUR CALL. The lead of all prompts is weighted by the shares of the
       tasks in your file.

       model            answers  unusable  failed a check  median  per 1,000
       closed: gpt-5.6    24/24      1/24            0/24   2.9 s      $1.98
       open: qwen3:8b     24/24      5/24            5/24   4.4 s          –

       Where qwen3:8b lost (3 of 9, unusable answers first)
         12  reply-with-rules  "Summarise this ticket #3"  unusable: a fair point
          8  extract-json  "Summarise this ticket #7"  unusable
         10  reply-with-rules  "Summarise this ticket #1"  unusable
         To see prompt 12 again: gapcheck report --prompt 12

       open: 2 answers of those that were read failed a check (json, prompts 1 and
       21). Lost the vote: 0; won it: 1; tie: 1.
       Whether raters could tell the models apart was not measured: no rater gave a
       guess.
       While voting, raters marked 2 ballots as recognised, 2 of them rightly. Such
       ballots count like all others.
       Before you rely on this
         1 Your margin is 30: you accept that closed wins up to 30 more of 100 prompts
           than open. Within the margin is not equal: open may still be the worse one,
           by less than that.
         2 One rater voted. The result is about this rater and these prompts.
         3 If open really were outside your margin, gapcheck would say "within" in at
           most 5 of 100 such comparisons; if open really were as good, "keep the
           closed model" in at most 5 of 100; if it were not better, "better" in at
           most 5 of 100. With 3 tasks and the overall line, one of them is wrong in
           up to 1 of 8 comparisons at worst.
         4 qwen3:8b ran at Q4_K_M (4-bit), 8.2B parameters, 8,192 tokens of context:
           not the full-precision model that benchmarks measure.
         5 Not tested: long prompts (4,000 tokens and more); conversations of 10 turns
           or more; prompts with tools; prompts that a model refused. Your file has
           none.
         6 A hint is weaker than a verdict. "Leans open" is a hint that open is within
           your margin, "leans closed" that closed is better. If there were nothing in
           it, such a hint would still come up in up to 1 of 8 comparisons.
       Full report: results/x/report.md
       YES extract-json · NO reply-with-rules · NOT YET summarise-ticket, all prompts
       Next: gapcheck more 15 --task summarise-ticket
      "
    `);
  });
  it.each([70, 80, 200])('ends with the answer in a line and the next step, at %i columns', (width) => {
    const ends = (input: ReturnType<typeof reportInput>): string[] =>
      terminalReport(buildReport(input), { width }).trimEnd().split('\n').slice(-4);
    const last = ends(reportInput());
    // A line for each answer where one line is too short for all names.
    const answers = ['YES extract-json', 'NO reply-with-rules', 'NOT YET summarise-ticket, all prompts'];
    const lines = width < 80 ? answers : [answers.join(' · ')];
    expect(last.slice(-1 - lines.length)).toEqual(
      [...lines, 'Next: gapcheck more 15 --task summarise-ticket'].map((line) => ` ${line}`),
    );
    const long = demoTasks.map((task) => ({ ...task, task: `${task.task}, ${'and so on '.repeat(8)}` }));
    if (width < 200)
      expect(
        ends(reportInput({ tasks: long }))
          .at(-2)
          ?.trim(),
      ).toBe('NOT YET all prompts · YES 1 task · NO 1 task · NOT YET 1 task');
    const one = ends(reportInput({ tasks: demoTasks.slice(0, 1), overall: demoTasks[0]?.verdict }));
    expect(one.at(-2)).toBe(' YES: open is within your margin');
    expect(ends(sealedInput()).slice(-2)).toEqual([' No result yet.', ' Next: gapcheck score --rater maria']);
  });
  it('colours only when asked to', () => {
    const report = buildReport(reportInput());
    expect(terminalReport(report)).not.toContain('\u001b');
    expect(terminalReport(report, { colour: true })).toContain('\u001b[1m');
  });
});
