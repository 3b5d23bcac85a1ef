/** The comment on a pull request: texts of models, raters, tasks and files stand in it as text, and nothing else. */
import { describe, expect, it } from 'vitest';
import { type CiResult, ciComment, commentMark } from '../../../src/releases/comment.ts';

const sha = '3f9c2ab17d';
const full = 'da39a3ee5e6b4b0d3255bfef95601890afd80709';

/** What a text would do in a comment, and what it must look like in the Markdown. */
const hostile: [name: string, text: string, live: RegExp][] = [
  ['an issue', 'fixes #123', /#\d/],
  ['an issue of another repository', 'see acme/app#7', /#\d/],
  ['an issue in words', 'GH-123 and gh-7', /\bGH-\d/i],
  ['an advisory', 'GHSA-aaaa-bbbb-cccc, CVE-2026-1', /\b(GHSA|CVE)-\w/],
  ['a commit', `as of ${sha}`, /[0-9a-f]{7}/],
  ['a commit by its whole name', full, /[0-9a-f]{7}/],
  ['a commit behind four digits that are cut off', `abcd${sha}`, /[0-9a-f]{7}/],
  ['a commit of digits alone', 'build 1234567', /\d{7}/],
  ['a commit in capitals', sha.toUpperCase(), /[0-9A-F]{7}/],
  ['a commit elsewhere', `acme/app@${sha}`, /@\w|[0-9a-f]{7}/],
  ['a mention', 'thanks @octocat', /@\w/],
  ['a team', '@acme/admins', /@\w/],
  ['an address', 'mail me@example.org', /@\w/],
  ['a link', '[look](https://example.org/a)', /(?<!\\)\[|:\/\//],
  ['a bare link', 'https://example.org and www.example.org and ftp://example.org', /:\/\/|www\./],
  ['a link in angles', '<https://example.org>', /<|:\/\//],
  ['an image', '![x](https://example.org/a.png)', /(?<!\\)!|(?<!\\)\[|:\/\//],
  ['a comment that hides the rest', '<!-- gapcheck ci -->', /<!/],
  ['the end of a comment', '--> x', /-->/],
  ['a tag', '<img src=x onerror=alert(1)>', /<img/],
  ['the end of the details', '</details></table>', /<\/details>\s*<\/table>/],
  ['a closing fence', '```\n# Passed\n```', /```|^# /m],
  ['another fence', '~~~\n# Passed\n~~~', /(?<!\\)~|^# /m],
  ['a heading on a line of its own', 'x\n\n# Passed', /^# /m],
  ['a line under it', 'Passed\n======', /^=+$/m],
  ['a cell of its own', 'a | b', /(?<!\\)\|(?= b)/],
  ['a list with a box', '- [x] done', /\[x\]/],
  ['emphasis', '**passed** _passed_ ~~x~~', /(?<!\\)\*\*passed|(?<!\\)_passed|(?<!\\)~/],
  ['mathematics', '$\\color{red}{x}$', /(?<!\\)\$/],
  ['an entity', '&lt;b&gt; &#64;octocat', /&lt;b&gt;|&#64;/],
  ['an escape of its own', '\\@octocat \\<b>', /@\w|<b/],
];

const result = (text: string): CiResult => ({
  code: 1,
  run: 'r_0000000000000001',
  baseline: 'r_0000000000000002',
  arms: [{ arm: text, spec: text, changes: [{ field: 'model', locked: text, now: text, answers: true }] }],
  comparisons: [
    {
      arm: text,
      prompts: 9,
      changed: 1,
      scopes: [
        { task: text, firstFailed: null, answerRetries: null, toolFailures: null, latencyMs: null, costUsd: null },
      ],
    },
  ] as unknown as CiResult['comparisons'],
  gates: [{ gate: 'verdict', scope: text, state: 'failed', message: text }],
  notes: [text],
  carried: 1,
  needed: 2,
  minutes: 1,
  packets: [{ rater: text, file: text, ballots: 2 }],
  next: ['gapcheck merge votes.jsonl'],
});

describe('a text of somebody else in the comment', () => {
  it.each(hostile)('%s is only a text', (_name, text, live) => {
    const comment = ciComment(result(text));
    // Our own words: the mark, the headline, the fold and the table.
    const theirs = comment
      .split('\n')
      .filter((line) => !/^(<!-- gapcheck ci -->|### gapcheck: |<\/?details>|<summary>|\| arm |\| :--)/.test(line))
      .join('\n')
      .replaceAll('&#8203;', '\u200b');
    expect(theirs).not.toMatch(live);
    expect(comment.startsWith(`${commentMark}\n`)).toBe(true);
    expect(comment.match(/<!--/g)).toHaveLength(1);
    expect(comment.match(/^### /gm)).toHaveLength(1);
  });

  it('reads as it was written: what is put between is seen by nobody', () => {
    const text = `see GH-12, #5, @octocat, ${sha}, https://example.org`;
    const comment = ciComment(result(text));
    const read = comment.replaceAll('&#8203;', '').replaceAll(/\\([[\]!~$|`*\\#+=-])/g, '$1');
    expect(read).toContain(text);
  });

  it('keeps figures as they are', () => {
    const comment = ciComment(result('123 456 of 1,234,567 at 0.25 %, 12 s, facade, deadbee'));
    expect(comment).toContain('123 456 of 1,234,567 at 0.25 %, 12 s, facade, dead&#8203;bee');
  });

  it('a command that would break its line stays one line of code', () => {
    const comment = ciComment({ ...result('x'), next: ["gapcheck merge 'a\n# Passed'"] });
    expect(comment).not.toMatch(/^# Passed/m);
  });

  it('makes no comment longer than GitHub takes', () => {
    const gate = result('x'.repeat(300)).gates[0];
    if (gate === undefined) throw new Error('there is no gate');
    const long = ciComment({ ...result('x'), gates: Array.from({ length: 400 }, () => gate) });
    expect(long.length).toBeLessThan(60_200);
    expect(long.startsWith(`${commentMark}\n### gapcheck: `)).toBe(true);
    expect(long).toMatch(/This comment would be too long: the rest is in report\.md\.\n$/);
    expect(ciComment(result('x'))).not.toContain('too long');
  });
});
