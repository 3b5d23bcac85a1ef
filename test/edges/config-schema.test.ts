import { writeFileSync } from 'node:fs';
import { toJsonSchema } from '@valibot/to-json-schema';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { configSchema } from '../../src/app/config/config-schema.ts';
import { loadConfig } from '../../src/app/config/load-config.ts';
import { configText } from '../../src/app/config/write-config.ts';
import { processContext } from '../../src/app/context.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const load = (cwd: string) => loadConfig(undefined, { ...processContext(), cwd });

describe('the config’s schema', () => {
  it('that editors read is the one that the loader validates with (vitest -u writes it again)', async () => {
    // That a number is finite is no rule of JSON Schema: JSON has no other.
    const schema = toJsonSchema(configSchema, { target: 'draft-2020-12', ignoreActions: ['finite'] });
    const titled = { ...schema, title: 'gapcheck config' };
    await expect(`${JSON.stringify(titled, null, 2)}\n`).toMatchFileSnapshot(
      '../../schema/gapcheck.config.schema.json',
    );
  });

  it('reads tools, faults and time limits', async () => {
    using dir = tempDir();
    writeFileSync(
      dir.at('gapcheck.config.yaml'),
      'closed: {spec: "openai:gpt-5.6", timeoutSeconds: 90, idleSeconds: 20}\ntools: {exec: ./t.sh, stubs: {f: {a: 1}}}\nfaults: {toolError: 0.1}\n',
    );
    expect(await load(dir.path)).toMatchObject({
      closed: { spec: 'openai:gpt-5.6', timeoutMs: 90_000, idleMs: 20_000 },
      tools: { exec: './t.sh', stubs: { f: { a: 1 } } },
      faults: { toolError: 0.1 },
    });
  });

  it.each([
    ['closd: logged', ':1: there is no key "closd". Did you mean "closed"?', 'write "closed" in gapcheck.config.yaml'],
    [
      'n: 8\nopen:\n  - ollama:a\n  - {spec: ollama:b,\n     tmeoutSeconds: 3}',
      ':5: there is no key "open.1.tmeoutSeconds"',
      'write "timeoutSeconds" in gapcheck.config.yaml',
    ],
    [
      'closed: {provider: openai, model: gpt-5.6}',
      ':1: there is no key "closed.provider"',
      'name provider and model in one key, such as spec: openai:gpt-5.6',
    ],
    ['tools: {exe: ./t.sh}', ':1: there is no key "tools.exe"', 'write "exec" in gapcheck.config.yaml'],
    ['n: 8\n\nfaults: {toolError: 3}', ':3: faults.toolError must be <= 1', undefined],
    ['# many\nn: many', ':2: n must be', undefined],
    ['checks:\n  "*": [json]\n  sum:\n    - maxWord: 3', ':4: checks.sum[0].maxWord: there is no check', undefined],
    [
      'n: 8\n\n: bad',
      ':3: a key is empty',
      'write a name before that colon in gapcheck.config.yaml, or delete the line',
    ],
    ['gates:\n  : bad', ':2: a key of gates is empty', undefined],
    ['gates: []', ':1: gates must be object', undefined],
    ['closed: {name: x}', ':1: closed must be string', undefined],
    ['open: []', ':1: open must NOT have fewer than 1 items', undefined],
    ['closed: {spec: a, think: much}', ':1: closed.think must be one of true, false, low, medium, high', undefined],
    ['concurrency: [8]', ':1: concurrency must be string,integer', undefined],
    ['tools: {exec: [./t.sh, 5]}', ':1: tools.exec.1 must be string', undefined],
    ['margin: .inf', ':1: margin must be number', undefined],
    ['tasks: {constructor: {failureCost: some}}', 'failureCost must be one of low, medium, high', undefined],
    ['closed: {spec: a, licence: {spdxx: MIT}}', 'Did you mean "spdx"?', 'write "spdx" in gapcheck.config.yaml'],
    ['closed: {spec: a, variants: {"a b": {}}}', ':1: closed.variants must match pattern', undefined],
  ])('names line and key of %j, and the right one', async (yaml, message, hint) => {
    using dir = tempDir();
    writeFileSync(dir.at('gapcheck.config.yaml'), yaml);
    await expect(load(dir.path)).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining(message),
      ...(hint !== undefined && { hint }),
    });
  });
});

describe('YAML that means something else than it says', () => {
  it.each(['closed: !env OPENAI_SPEC', '%NOPE x\n---\nn: 24'])(
    '%s is refused with its line, not warned about',
    async (yaml) => {
      using dir = tempDir();
      writeFileSync(dir.at('gapcheck.config.yaml'), yaml);
      await expect(load(dir.path)).rejects.toMatchObject({ exitCode: 2, message: expect.stringMatching(/at line 1/) });
    },
  );
});

describe('the config that init writes', () => {
  it('is valid as it stands, and with every comment made a setting', async () => {
    using dir = tempDir();
    const text = await configText(
      { closed: 'logged', open: ['ollama:qwen3:8b', 'ollama:a:1b'], prompts: 'prompts.csv' },
      dir.path,
      '0.1.0',
    );
    writeFileSync(dir.at('gapcheck.config.yaml'), text);
    expect(await load(dir.path)).toMatchObject({
      closed: { spec: 'logged' },
      open: [{ spec: 'ollama:qwen3:8b' }, { spec: 'ollama:a:1b' }],
      prompts: ['prompts.csv'],
    });
    const settings = text.split('\n').flatMap((line) => /^# (\w+: [^#]+?)(\s+#|$)/.exec(line)?.[1] ?? []);
    expect(settings.length).toBeGreaterThan(8);
    writeFileSync(dir.at('gapcheck.config.yaml'), settings.filter((line) => !line.startsWith('checks')).join('\n'));
    const loaded = await load(dir.path);
    expect(Object.keys(loaded)).toEqual(expect.arrayContaining(['n', 'retries', 'margin', 'control']));
    const checks = text.slice(text.indexOf('# checks:')).replaceAll(/^# /gm, '');
    expect(Object.keys(parse(checks).checks)).toEqual(['*', 'extract-json']);
    writeFileSync(dir.at('gapcheck.config.yaml'), checks);
    expect((await load(dir.path)).checks).toBeDefined();
  });
});
