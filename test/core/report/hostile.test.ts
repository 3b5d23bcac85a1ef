/** Hostile text in prompts, answers, notes, task and rater names cannot break any format. */
import { inflateSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildReport } from '../../../src/report/model.ts';
import { csvBallots, csvTasks } from '../../../src/report/to-csv.ts';
import { htmlReport } from '../../../src/report/to-html.ts';
import { jsonReport } from '../../../src/report/to-json.ts';
import { junitReport } from '../../../src/report/to-junit.ts';
import { escapeMarkdown, markdownReport, markdownSummary } from '../../../src/report/to-markdown.ts';
import { terminalReport } from '../../../src/report/to-terminal.ts';
import { markdownTables } from '../../helpers/read-report.ts';
import { reportInput } from '../../helpers/report-input.ts';
import { htmlTools } from '../../helpers/report-tools.ts';

const tools = htmlTools;

const planted = [
  '<script>alert(1)</script>',
  '</script><script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '--></style></title><svg onload=alert(1)>',
  '=HYPERLINK("http://evil.example","x")',
  "+1+cmd|' /C calc'!A0",
  '\t=1+1',
  '＝1+1',
  '| a | b |\n|---|---|\n| c | d |',
  '```\n# heading\n```',
  '````',
  '@everyone #1 https://evil.example www.evil.example [x](javascript:alert(1)) ![x](http://evil.example/p.png)',
  '<details><summary>x</summary>',
  '\u001b[2J\u001b]0;owned\u0007\u001b]8;;http://evil.example\u0007link\u001b]8;;\u0007',
  '\u202eevil\u2066\u200b\ufeff',
  '\ud800 lone \udc00',
  'a\u0000b\u0008c\u009bd',
  "$(rm -rf ~); `id`; '; --",
  ']]> <!-- <![CDATA[ &amp; &lt; &#x41;',
  '- item\n1. item\n> quote\n---\n===',
  // Three of them are no long prompt yet: a report of long prompts has one table more.
  'long '.repeat(1000),
  '',
  '   ',
];

const text = fc.oneof(
  fc.constantFrom(...planted),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.array(fc.constantFrom(...planted), { maxLength: 3 }).map((parts) => parts.join('')),
);

const hostile = fc.record({ task: text, other: text, rater: text, text });

const build = (given: { task: string; other: string; rater: string; text: string }) =>
  buildReport(
    reportInput({
      tasks: [
        { task: given.task, votes: 'wwltnwiw', verdict: { remaining: 9 }, reserve: 20 },
        { task: `${given.other}2`, votes: 'llltlwll', verdict: { verdict: 'keep-closed' } },
      ],
      raters: [given.rater, 'jo'],
      text: given.text,
    }),
  );

const runs = {
  numRuns: 60,
  examples: planted.map((one): [{ task: string; other: string; rater: string; text: string }] => [
    { task: one, other: one, rater: one, text: one },
  ]),
};

const isNoChoice = (tag: string): boolean => tag !== 'option value' && tag !== '/option';

describe('hostile text', () => {
  it('adds no element, attribute or entity of its own to the page', () => {
    const innocent = tagsOf(htmlReport(build({ task: 'a', other: 'b', rater: 'c', text: 'd' }), tools));
    fc.assert(
      fc.property(hostile, (given) => {
        const html = htmlReport(build(given), tools);
        // Two tasks of one name are one choice of a filter.
        expect(tagsOf(html).filter(isNoChoice)).toEqual(innocent.filter(isNoChoice));
        expect(html).not.toMatch(/[\u0000-\u0008\u001b\u202a-\u202e\u2066-\u2069]/);
      }),
      runs,
    );
  });

  it("reaches the page's script as data only", () => {
    fc.assert(
      fc.property(hostile, (given) => {
        const html = htmlReport(build(given), tools);
        const packed = /id="ballot-data">([A-Za-z0-9+/=]+)<\/script>/.exec(html)?.[1] ?? '';
        const data = JSON.parse(inflateSync(Buffer.from(packed, 'base64')).toString('utf8')) as unknown[];
        expect(data).toHaveLength(16);
      }),
      { ...runs, numRuns: 30 },
    );
  });

  it('opens no tag, table cell or fence in Markdown', () => {
    fc.assert(
      fc.property(hostile, (given) => {
        const markdown = markdownReport(build(given));
        const tables = markdownTables(outsideFences(markdown));
        for (const table of tables) for (const row of table.rows) expect(row).toHaveLength(table.columns.length);
        const prose = outsideFences(markdown);
        expect(prose.replace(/<\/?(details|summary|b)>/g, '')).not.toMatch(/</);
        expect(prose).not.toMatch(/(^|[^&])[@#]\w/m);
        expect(prose).not.toMatch(/https?:\/\//);
        // A summary line is HTML: Markdown's links mean nothing there.
        expect(prose.replace(/^<summary>.*$/gm, '')).not.toMatch(/(?<!\\)!\[|(?<!\\)\]\(/);
        expect(markdown).not.toMatch(/[\u0000-\u0008\u001b\u202a-\u202e\u2066-\u2069]/);
      }),
      runs,
    );
  });

  it('keeps the summary under 60 KB', () => {
    fc.assert(
      fc.property(hostile, (given) => {
        expect(Buffer.byteLength(markdownSummary(build(given)))).toBeLessThanOrEqual(60_000);
      }),
      runs,
    );
    const many = Array.from({ length: 400 }, (_, n) => ({ task: `${'票'.repeat(60)}${n}`, votes: 'w' }));
    const summary = markdownSummary(buildReport(reportInput({ tasks: many })));
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(60_000);
    expect(summary).toMatch(/see the full report/);
  });

  it('makes no formula and no extra row in CSV', () => {
    fc.assert(
      fc.property(hostile, (given) => {
        const report = build(given);
        for (const [csv, rows] of [
          [csvTasks(report), 3],
          [csvBallots(report), 16],
        ] as const) {
          const records = parse(csv, { columns: true }) as Record<string, string>[];
          expect(records).toHaveLength(rows);
          for (const cell of records.flatMap((record) => Object.values(record))) {
            expect(cell).not.toMatch(/^\s*[=+@|%＝＋－＠]/);
            if (/^\s*-/.test(cell)) expect(Number.isFinite(Number(cell))).toBe(true);
          }
        }
      }),
      runs,
    );
  });

  it('leaves JUnit XML well formed', () => {
    fc.assert(
      fc.property(hostile, (given) => {
        const xml = junitReport(build(given));
        expect(xml).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/);
        expect(problemsOf(xml)).toBe('');
        expect(xml.match(/<testcase /g)).toHaveLength(3);
      }),
      runs,
    );
  });

  it('sends no control sequence to the terminal, and JSON parses', () => {
    fc.assert(
      fc.property(hostile, (given) => {
        const report = build(given);
        expect(terminalReport(report)).not.toMatch(
          /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/,
        );
        expect(JSON.parse(jsonReport(report))).toBeTypeOf('object');
      }),
      runs,
    );
  });
});

/** Every tag with the names of its attributes, in order; long tables of data aside. */
const tagsOf = (html: string): string[] =>
  [...html.replace(/id="ballot-data">[^<]*/, '').matchAll(/<(\/?[a-z]+)((?:\s+[a-z-]+(?:="[^"]*")?)*)\s*>/gi)]
    .map(([, name = '', attributes = '']) =>
      `${name} ${[...attributes.matchAll(/([a-z-]+)(?==)/gi)].map(([key]) => key).join(' ')}`.trim(),
    )
    // A wide cell has the same attributes; how many ballots differ does not matter here.
    .filter((tag) => tag !== '');

/** Markdown without its fenced blocks; a fence closes at its own length or longer. */
function outsideFences(markdown: string): string {
  let fence = '';
  return markdown
    .split('\n')
    .filter((line) => {
      const ticks = /^ {0,3}(`{3,})/.exec(line)?.[1] ?? '';
      if (fence === '') {
        if (ticks === '') return true;
        fence = ticks;
        return false;
      }
      if (ticks.length >= fence.length && line.trim() === ticks) fence = '';
      return false;
    })
    .join('\n');
}

/** A small well-formedness check: tags nest, attributes are quoted, only known entities. */
function problemsOf(xml: string): string {
  const open: string[] = [];
  const rest = xml
    .replace(/<\?xml[^>]*\?>/, '')
    .replace(
      /<(\/?)([a-z-]+)((?:\s+[a-z-]+="[^"<>&]*(?:&(?:amp|lt|gt|quot|apos);[^"<>&]*)*")*)(\/?)>/g,
      (_, close, name, __, self) => {
        if (close) return open.pop() === name ? '' : '<mismatch';
        if (!self) open.push(name);
        return '';
      },
    );
  const strayed = rest.replace(/&(?:amp|lt|gt|quot|apos);/g, '').match(/[<&].{0,40}/);
  return open.length > 0 ? `open: ${open.join(' ')}` : (strayed?.[0] ?? '');
}

it('Markdown leaves exclamation marks of a text as they are, and breaks what GitHub would link', () => {
  expect(escapeMarkdown('The card is gone!!! Call us.')).toBe('The card is gone!!! Call us.');
  expect(escapeMarkdown('see 1a2b3c4 or deadbeef')).toBe('see 1a2b&#8203;3c4 or dead&#8203;beef');
  expect(escapeMarkdown('Look! ![x](y)')).toBe('Look! \\!\\[x\\](y)');
});
