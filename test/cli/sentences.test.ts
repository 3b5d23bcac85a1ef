/**
 * Sentences as people read them, taken out of the running program. Each expected text stands here as it was agreed, never
 * read from the source under test.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { runVerb as gapcheck } from '../helpers/run-verb.ts';
import { makeAnsweredRun, ticketAnswers } from '../helpers/scored-run.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const demo = `${root}prompts/demo.csv`;
const flat = (text: string): string => text.replaceAll(/\s+/g, ' ');

describe('help says', () => {
  it.each([
    ['--help', 'try everything on sample prompts: no key, no model, no network'],
    ['--help', 'find keys and models, then write gapcheck.config.yaml with you'],
    ['--help', 'turn a log into prompts and summarise the log'],
    ['--help', 'add unused prompts to a run and continue to vote'],
    ['--help', 'choose prompts, get answers from both models, vote blind, report'],
    ['report --help-all', 'also write the report to FILE; its ending chooses the format'],
    ['report --help-all', "tells you whether your monthly users exceed a licence's limit"],
    ['run --help-all', "fixes the sample and the models' randomness, never the left/right order"],
    ['run --help-all', 'calls at the same time: one number, or closed=8,open=1'],
    ['run --help-all', 'written without asking when there is a config file'],
    ['packet --help-all', 'Jo (has Node) runs gapcheck score jo.json; you then merge jo.votes.jsonl'],
    ['ci --help-all', 'CI step 2: pass or fail on the votes that came back; calls no model'],
    ['ci --help-all', 'exit at once, without a call, if no model has changed since the lock file'],
  ])('%s: %s', async (words, sentence) => {
    using dir = tempDir();
    expect(flat((await gapcheck(words.split(' '), { cwd: dir.path })).out)).toContain(sentence);
  });
});

describe('commands say', () => {
  it('of a plan: what is not included, and what a proxy may do', async () => {
    using dir = tempDir();
    const rows = ['a', 'b', 'c'].flatMap((task) => Array.from({ length: 12 }, (_, at) => `${task} ${at},${task}\n`));
    const few = Array.from({ length: 6 }, (_, at) => `t ${at},translate\n`);
    writeFileSync(dir.at('p.csv'), `prompt,task\n${[...rows, ...few].join('')}`);
    const models = ['--closed', 'command:true', '--open', 'command:false', '--dry-run'];
    const { out } = await gapcheck(['run', 'p.csv', ...models], { cwd: dir.path });
    expect(flat(out)).toContain('Not included: translate (6). Add it with --tasks a,b,c,translate');
  });

  it('of a file and a voting page: what is in them', async () => {
    using dir = tempDir();
    makeAnsweredRun(dir.path, ticketAnswers(3));
    const file = await gapcheck(['packet', '--rater', 'jo', '-o', 'jo.json'], { cwd: dir.path });
    expect(file.out).toContain('Wrote 3 ballots for jo to jo.json. It has prompts and answers but no model names.');
    makeAnsweredRun(dir.at('one'), ticketAnswers(1));
    const page = await gapcheck(['packet', '--rater', 'Maria', '-o', 'maria.html'], { cwd: dir.at('one') });
    expect(page.out).toContain('Wrote 1 ballot for Maria to maria.html.');
    expect(page.out).toContain(
      'Maria opens the page, votes, and sends you the file it saves. Then run:\nNext: gapcheck merge ',
    );
  });

  it('of answers that are in the file: no times, no repeats; of a preview: the command that writes', async () => {
    using dir = tempDir();
    await gapcheck(['run', demo, '--no-score'], { cwd: dir.path });
    const { out } = await gapcheck(['report', '-o', 'r.md'], { cwd: dir.path });
    expect(out).toContain('The answers came from your file, so there are no times and no prices.');
    const preview = await gapcheck(['import', demo, '--preview'], { cwd: dir.path });
    expect(preview.out.trimEnd()).toMatch(/Next: gapcheck import \S+demo\.csv -o prompts\.jsonl$/);
  });
});

describe('pages say', () => {
  it.each([
    ['README.md', 'Can an open model do this task for you?'],
    ['README.md', 'One key casts a vote and records whether the other answer is unusable.'],
    ['README.md', 'The only required column is `prompt`; `task` and `system` help.'],
    ['README.md', 'the votes rule out that closed leads by 30 in 100 or more'],
    ['README.md', 'the votes rule out that open is as good'],
    ['README.md', '36 prompts in three tasks often settle the whole'],
    ['README.md', 'If a rater chooses the prompts, it is not valid'],
    ['docs/ci.md', 'A vote stays valid while prompt and answers are unchanged.'],
    ['docs/ci.md', 'There is a result when every planned prompt has a valid vote.'],
    ['docs/ci.md', 'Use `temperature: 0`. Otherwise nearly every answer changes and no vote stays valid.'],
    ['docs/ci.md', 'A provider can change a model without renaming it. Only `gapcheck ci --again` finds that.'],
    ['docs/raters.md', 'each reads different prompts: more prompts settle more than more opinions on one'],
    ['docs/money.md', "`--mau 20000` tells you whether your monthly users exceed a licence's limit"],
  ])('%s: %s', (page, sentence) => {
    expect(flat(readFileSync(root + page, 'utf8'))).toContain(sentence);
  });
});

describe('the dialect of the first edition', () => {
  const dialect =
    /nobody was asked|\banew\b|\bat hand\b|speaks of|AT HAND|stands in\b(?! for)|told once|would have to be redone|redo (?:left|right)\b|look-alikes\b/;
  const pages = ['README.md', 'RECIPES.md', 'CHANGELOG.md', 'REFERENCE.md', 'SECURITY.md', 'action.yml'];

  it.each(pages)('is gone from %s', (page) => {
    expect(
      readFileSync(root + page, 'utf8')
        .split('\n')
        .filter((line) => dialect.test(line)),
    ).toEqual([]);
  });

  it('is gone from texts in the source', () => {
    const sources = readdirSync(`${root}src`, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.ts'),
    );
    const found = sources.flatMap((file) =>
      readFileSync(`${root}src/${file}`, 'utf8')
        .split('\n')
        .filter(
          (line) =>
            !/^\s*(?:\*|\/\/|\/\*)/.test(line) &&
            /['"`]/.test(line) &&
            !line.startsWith('import ') &&
            dialect.test(line),
        ),
    );
    expect(found).toEqual([]);
    expect(existsSync(`${root}src`)).toBe(true);
  });
});
