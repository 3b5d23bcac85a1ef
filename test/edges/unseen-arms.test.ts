/** An arm that cannot be looked at is no arm that has not changed. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { json, said, startReplies } from '../helpers/replies-server.ts';
import { runVerb } from '../helpers/run-verb.ts';
import { tempDir } from '../helpers/temp-dir.ts';

it('does not say "nothing changed" of a server that is away', async () => {
  using dir = tempDir();
  const server = await startReplies({ '/v1/chat/completions': said('fine') });
  server.play('/v1/models', json({ object: 'list', data: [{ id: 'm-1' }] }));
  const lines = Array.from({ length: 12 }, (_, at) => ({ prompt: `Question ${at}?`, answer: `Logged ${at}.` }));
  writeFileSync(join(dir.path, 'p.jsonl'), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  const env = { OPENAI_API_KEY: 'k', OPENAI_BASE_URL: `${server.url}/v1` };
  const gapcheck = (...args: string[]) => runVerb(args, { cwd: dir.path, env });
  const made = await gapcheck(
    'run',
    'p.jsonl',
    '--closed',
    'logged',
    '--open',
    'openai:m-1',
    '--no-score',
    '--yes',
    '--lock',
  );
  expect({ code: made.code, err: made.err }).toMatchObject({ code: 0 });
  const before = await gapcheck('outdated');
  expect(before).toMatchObject({ code: 0 });
  expect(before.out).toContain('Nothing changed.');

  await server[Symbol.asyncDispose]();
  const after = await gapcheck('outdated');
  expect(after.code).toBe(4);
  expect(after.out).toContain('Nothing changed that can be seen. Not known: open. To find out why: gapcheck doctor');
});
