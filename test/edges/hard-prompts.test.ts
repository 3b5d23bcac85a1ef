import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadPrompts } from '../../src/api.ts';
import { signsOf } from '../../src/logs/difficulty.ts';
import { runVerb } from '../helpers/run-verb.ts';
import { tempDir } from '../helpers/temp-dir.ts';

/** Forty questions with both answers; every fourth is another one. */
const log = (fourth?: (at: number) => string) => {
  const rows = Array.from({ length: 40 }, (_, at) => {
    const own = at % 4 === 0 ? fourth?.(at) : undefined;
    return `reply,"${own ?? `What does article ${at} of the returns policy say about late parcels?`}",Article ${at}.,Of ${at}.`;
  });
  return `task,prompt,answer:closed,answer:open\n${rows.join('\n')}`;
};

async function plan(text: string): Promise<string> {
  using dir = tempDir();
  writeFileSync(join(dir.path, 'log.csv'), `${text}\n`);
  const words = ['run', 'log.csv', '--hard', '40%', '--dry-run', '-n', '20'];
  const { code, out, err } = await runVerb(words, { cwd: dir.path });
  expect({ code, err }).toMatchObject({ code: 0 });
  return `${err}${out}`.replace(/\s+/g, ' ');
}

it('says that --hard changes nothing where no prompt looks hard, and at what it looked', async () => {
  expect(await plan(log())).toContain('--hard 40% changes nothing: no prompt here looks hard.');
});

it('draws from signs that are in the log, and names them', async () => {
  const long = 'You must answer in exactly three sentences, never mention prices, and always include the article. ';
  const said = await plan(log((at) => `Analyze why article ${at} fails, but keep it short. ${long.repeat(12)}`));
  expect(said).toMatch(/--hard 40%: \d+ prompts of 20 on the ballots look hard/);
  expect(said).toMatch(/Signs of the hard prompts: .*many demands \(10\)/);
});

it('reads a thumb down, a failed call and an answer that is no JSON as what they are', () => {
  const messages = [{ role: 'user' as const, content: 'What does article four of the policy say about parcels?' }];
  expect(signsOf({ messages, tags: ['rated:bad'] })).toEqual(['a thumb down in the log']);
  expect(signsOf({ messages, ref: { text: '', error: '500' } })).toEqual([
    "the log's own call failed, was cut or refused",
  ]);
  expect(signsOf({ messages, response_format: { type: 'json_object' }, ref: { text: 'Sure! {' } })).toEqual([
    "the log's own answer is not the JSON that was asked for",
  ]);
  expect(signsOf({ messages, response_format: { type: 'json_object' }, ref: { text: '{}' } })).toEqual([]);
});

it('takes a request that was made again in its session for a hard one, and keeps one prompt of it', async () => {
  using dir = tempDir();
  const line = (at: number, minute: number, session: string) =>
    JSON.stringify({
      messages: [{ role: 'user', content: `What does article ${at} of the returns policy say about late parcels?` }],
      response: `Article ${at}.`,
      session_id: session,
      timestamp: `2026-11-20T10:${String(minute).padStart(2, '0')}:00Z`,
    });
  const lines = [
    ...Array.from({ length: 10 }, (_, at) => line(at, at, `s${at}`)),
    line(3, 30, 's3'),
    line(4, 31, 'somebody else'),
  ];
  writeFileSync(join(dir.path, 'log.jsonl'), `${lines.join('\n')}\n`);
  const { prompts } = await loadPrompts('log.jsonl', { cwd: dir.path });
  expect(prompts).toHaveLength(10);
  const hard = prompts.filter(({ difficulty }) => difficulty === 'hard');
  expect(hard.map(({ messages }) => messages[0]?.content)).toEqual([
    'What does article 3 of the returns policy say about late parcels?',
  ]);
  expect(hard[0]?.count).toBe(2);
  expect(hard.flatMap(signsOf)).toEqual(['asked again in the log']);
});

it('draws prompts whose logged answer fails a check of the config, and says so', async () => {
  using dir = tempDir();
  const rows = Array.from({ length: 40 }, (_, at) =>
    JSON.stringify({
      task: 'reply',
      messages: [{ role: 'user', content: `What does article ${at} of the returns policy say about late parcels?` }],
      response: at % 4 === 0 ? 'No idea at all.' : `Thanks. Article ${at}.`,
    }),
  );
  writeFileSync(join(dir.path, 'log.jsonl'), `${rows.join('\n')}\n`);
  writeFileSync(join(dir.path, 'gapcheck.config.json'), '{"checks": {"reply": [{"contains": "Thanks"}]}}');
  const open = ['--closed', 'logged', '--open', 'command:/bin/cat'];
  const words = ['run', 'log.jsonl', ...open, '--hard', '40%', '--dry-run', '-n', '20'];
  const { code, out, err } = await runVerb(words, { cwd: dir.path });
  expect({ code, err }).toMatchObject({ code: 0 });
  const said = `${err}${out}`.replace(/\s+/g, ' ');
  expect(said).toContain('--hard 40%: 8 prompts of 20 on the ballots look hard.');
  expect(said).toContain("the log's own answer fails a check (10)");
});
