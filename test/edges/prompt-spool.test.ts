/** Prompts that wait in a temporary file are the same as those in memory, and nobody else can find the file. */
import { readdirSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { loadPrompts } from '../../src/logs/load.ts';
import type { LoadOptions } from '../../src/logs/load-options.ts';
import { samplePlan } from '../../src/logs/sample.ts';
import { hashing } from '../../src/store/hashing.ts';
import { openSpool } from '../../src/store/prompt-spool.ts';
import { promptsHash } from '../../src/store/prompts-file.ts';
import { tempDir } from '../helpers/temp-dir.ts';

describe('prompts that wait in a temporary file', () => {
  it('read the same in any order, also while more are added', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.nat(12_000).map((times) => 'größer\n'.repeat(times)),
    );
    const prompt = fc.record({ id: text, messages: fc.array(fc.record({ role: text, content: text })), n: fc.nat() });
    fc.assert(
      fc.property(fc.array(prompt, { minLength: 1, maxLength: 8 }), fc.array(fc.nat(7)), (given, order) => {
        using spool = openSpool({ farFrom: -1 });
        const held: typeof given = [];
        for (const [at, one] of given.entries()) {
          held.push(spool.hold(one));
          const asked = (order[at] ?? 0) % (at + 1);
          expect(held[asked]?.messages).toEqual(given[asked]?.messages);
        }
        expect(held.map((one) => JSON.stringify(one))).toEqual(given.map((one) => JSON.stringify(one)));
      }),
      { numRuns: 20 },
    );
  });

  it('have a file from the first one that is too much on, and its name is gone at once', () => {
    using dir = tempDir();
    vi.stubEnv('TMPDIR', dir.path);
    let large = 0;
    const spool = openSpool({ farFrom: 100, isLarge: () => (large += 1) });
    const near = spool.hold({ messages: ['x'.repeat(101)] });
    expect([large, Object.getOwnPropertyDescriptor(near, 'messages')?.get]).toEqual([0, undefined]);
    const far = [1, 2].map((at) => spool.hold({ messages: [`far ${at}`] }));
    expect(far.map(({ messages }) => messages)).toEqual([['far 1'], ['far 2']]);
    expect(large).toBe(1);
    expect(readdirSync(dir.path)).toEqual([]);
    spool[Symbol.dispose]();
    vi.unstubAllEnvs();
    expect(near.messages).toHaveLength(1);
  });

  it('make the same run of a log with repeats, other answers and secrets', async () => {
    using dir = tempDir();
    const rows = Array.from({ length: 60 }, (_, at) => {
      const prompt = `Write to anna${at % 40}@corp.io about order ${at % 40}, "please".`;
      const answer = at < 10 ? '' : `Done for bert${at}@corp.io`;
      return `r${at},task-${at % 3},"${prompt.replaceAll('"', '""')}",${answer},"Here: ${at % 40}"`;
    });
    writeFileSync(dir.at('log.csv'), `id,task,prompt,output,answer:open\n${rows.join('\n')}\n`);
    const load = (hold?: LoadOptions['hold']) =>
      loadPrompts(['log.csv'], {
        ...{ n: 'all', redact: true, now: new Date(0), seed: 1, hashing, cwd: dir.path },
        ...(hold && { hold }),
      });
    using spool = openSpool({ farFrom: -1 });
    const [near, far] = [await load(), await load(spool.hold)];
    expect(near.prompts).toHaveLength(40);
    expect(Object.getOwnPropertyDescriptor(far.prompts[0], 'messages')?.get).toBeDefined();
    expect(far.prompts.map((one) => JSON.stringify(one))).toEqual(near.prompts.map((one) => JSON.stringify(one)));
    expect({ ...far, prompts: [] }).toEqual({ ...near, prompts: [] });
    const [a, b] = [near, far].map(({ prompts, strata }) =>
      samplePlan(prompts, { n: 'all', checkN: 0, seed: 1, hashing, strata }),
    );
    expect(promptsHash(b?.ballots ?? [])).toBe(promptsHash(a?.ballots ?? []));
    // A copy would hold every text in memory again.
    expect(Object.getOwnPropertyDescriptor(b?.ballots[0], 'messages')?.get).toBeDefined();
  });
});
