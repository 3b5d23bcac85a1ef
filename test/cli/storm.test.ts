/** The storm as a user meets it: `gapcheck run` as a process, with waits of real length, ends with 0. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { exitCodes } from '../../src/errors.ts';
import { gapcheck } from '../helpers/cli.ts';
import { startModelServer } from '../helpers/model-server.ts';
import { createStorm, seeded } from '../helpers/storm.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const prompts = 12;

it.each([
  [11, 0.5],
  [12, 1],
])(
  'every prompt is answered and the exit code is 0 (seed %i, chance %f)',
  async (seed, chance) => {
    using dir = tempDir();
    const storm = createStorm(seeded(seed), chance, 'a good answer');
    await using server = await startModelServer((call) => storm.script(call));
    const rows = Array.from({ length: prompts }, (_, index) => `task,Question ${index}?`);
    writeFileSync(dir.at('p.csv'), ['task,prompt', ...rows].join('\n'));
    writeFileSync(
      join(dir.path, 'gapcheck.config.yaml'),
      [
        'prompts: p.csv',
        'retries: 0',
        'closed: {spec: "openai:m", idleSeconds: 3}',
        'open:',
        '  - {spec: "ollama:qwen3:8b", idleSeconds: 3, concurrency: 6}',
        '  - {spec: "anthropic:claude-test", idleSeconds: 3}',
      ].join('\n'),
    );
    const done = await gapcheck(['run', '--no-score', '--yes'], { cwd: dir.path, env: { ...server.env } });
    expect({ code: done.code, err: done.err }).toMatchObject({ code: exitCodes.done });
    expect(done.err).toContain(`${prompts} of ${prompts}`);
    expect(storm.faults()).toBeGreaterThan(chance * prompts);
  },
  180_000,
);
