/** Where the config names two models that answer, the next step is a run, not the demo. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { json, said, startReplies } from '../helpers/replies-server.ts';
import { runVerb } from '../helpers/run-verb.ts';
import { tempDir } from '../helpers/temp-dir.ts';

it('leads from two arms of the config that answer to a run', async () => {
  using dir = tempDir();
  await using server = await startReplies({ '/v1/chat/completions': said('fine') });
  server.play('/v1/models', json({ object: 'list', data: [{ id: 'm-1' }, { id: 'm-2' }] }));
  const arm = (model: string) => `{ spec: "openai:${model}", baseURL: "${server.url}/v1", apiKeyEnv: LOOP_KEY }`;
  writeFileSync(join(dir.path, 'gapcheck.config.yaml'), `closed: ${arm('m-1')}\nopen: ${arm('m-2')}\n`);
  const env = { LOOP_KEY: 'k', OLLAMA_HOST: '127.0.0.1:9' };
  const { code, out } = await runVerb(['doctor'], { cwd: dir.path, env });
  expect(code).toBe(0);
  expect(out).toContain('Next: gapcheck run prompts.csv');
  expect(out).not.toContain('gapcheck demo');
});
