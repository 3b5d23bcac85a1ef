/**
 * CONTRIBUTING's steps, taken: an arm, a log format and a check (test/fixtures/contributing) are added to a copy of the
 * project by those steps and no other, and then everything that is told there holds: types, tests, and one run of all three.
 */
import { cpSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Finished, startProgram } from '../helpers/cli.ts';
import { reply, startModelServer } from '../helpers/model-server.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const root = join(import.meta.dirname, '../..');
const example = join(root, 'test/fixtures/contributing');
const parts = ['src', 'test', 'bin', 'prompts', 'schema', 'scripts', '.github', 'package.json', 'tsconfig.json'];

/** Step 2, and the arm's step 3: a line below another one, and what it imports. */
const lines = [
  {
    file: 'src/arms/registry.ts',
    from: `import { acme } from './acme.ts';`,
    below: '  commandProvider,',
    line: '  acme,',
  },
  {
    file: 'src/logs/formats/registry.ts',
    from: `import { acmeLog } from './acme-log.ts';`,
    below: '  gapcheckPrompts,',
    line: '  acmeLog,',
  },
  {
    file: 'src/checks/registry.ts',
    from: `import { maxLines } from './max-lines.ts';`,
    below: '  minWords,\n  maxCharacters,',
    line: '  maxLines,',
  },
  {
    file: 'test/edges/arms.contract.test.ts',
    below: 'const arms: Row[] = [',
    line: `  { provider: 'acme', model: 'acme-large', protocol: 'openai', env: (url, key) => ({ ACME_URL: \`\${url}/v1\`, ACME_API_KEY: key }) },`,
  },
];

let copy: ReturnType<typeof tempDir>;
const inCopy = (args: string[], env: Record<string, string> = {}, cwd = copy.path): Promise<Finished> =>
  startProgram(process.execPath, args, { cwd, env }).done;
const tool = (name: string, ...args: string[]) => inCopy([join(root, 'node_modules', name), ...args]);
const vitest = (...args: string[]) =>
  tool('vitest/vitest.mjs', 'run', '--config', 'test/vitest.config.ts', '--root', '.', ...args);
const cli = (cwd: string, args: string[], env = {}) => inCopy([copy.at('bin/gapcheck.js'), ...args], env, cwd);

function addLine({ file, from, below, line }: (typeof lines)[number]): void {
  const text = readFileSync(copy.at(file), 'utf8');
  expect(text.split(`${below}\n`)).toHaveLength(2);
  const imported = from === undefined ? text : text.replace(/^import /m, `${from}\nimport `);
  writeFileSync(copy.at(file), imported.replace(`${below}\n`, `${below}\n${line}\n`));
}

beforeAll(() => {
  copy = tempDir();
  for (const part of parts) cpSync(join(root, part), copy.at(part), { recursive: true });
  symlinkSync(join(root, 'node_modules'), copy.at('node_modules'), 'dir');
  for (const part of ['src', 'test']) cpSync(join(example, part), copy.at(part), { recursive: true });
  lines.map(addLine);
});
afterAll(() => copy[Symbol.dispose]());

describe('an arm, a log format and a check, added in three steps each', () => {
  it('have the types of the rest, and pass the tests that are told, and those of the house', async () => {
    // The format's third step writes what should come out, to be read.
    const written = await vitest('test/edges/logs/formats.test.ts', '-t', 'acme-log', '-u');
    expect(written).toMatchObject({ code: 0 });
    const told = JSON.parse(readFileSync(copy.at('test/fixtures/logs/expected/acme-log.jsonl.json'), 'utf8'));
    expect(told).toMatchObject({
      format: 'acme',
      prompts: [{ task: 'summarise', ref: { text: 'Blank pages since Monday.' } }, {}, { task: 'reply' }],
      rejected: [{ reason: 'the call asks nothing' }],
    });
    const [types, tests] = await Promise.all([
      tool('typescript/bin/tsc', '-p', 'test', '--noEmit'),
      vitest(
        '--reporter=verbose',
        'test/edges/arms.contract.test.ts',
        'test/edges/logs/formats.test.ts',
        'test/core/checks/max-lines.test.ts',
        'test/core/arms',
        'test/architecture.test.ts',
      ),
    ]);
    expect(types).toMatchObject({ code: 0, out: '' });
    expect({ code: tests.code, failed: tests.err }).toMatchObject({ code: 0 });
    const built = await startProgram('npm', ['run', '--silent', 'build'], { cwd: copy.path }).done;
    expect(built).toMatchObject({ code: 0, out: '', err: '' });
    expect(await tool('tsx/dist/cli.mjs', 'scripts/reference-page.ts')).toMatchObject({ code: 0 });
    expect(readFileSync(copy.at('REFERENCE.md'), 'utf8')).toMatch(
      /^\| `acme` \| Acme gateway log \|$[\s\S]+^\| `maxLines` \|/m,
    );
    for (const name of [
      "'acme' arm > never shows a key",
      'fixtures > acme-log.jsonl',
      'maxLines: 2 on',
      'lets imports run one way, in every room',
    ])
      expect(tests.out).toContain(name);
  }, 180_000);

  it('work together from the log to the report', async () => {
    using dir = tempDir();
    await using server = await startModelServer(reply('Short.'));
    const env = { ACME_URL: `${server.url}/v1`, ACME_API_KEY: 'sk-acme-0123456789' };
    cpSync(join(example, 'test/fixtures/logs/acme-log.jsonl'), dir.at('calls.jsonl'));
    writeFileSync(dir.at('gapcheck.config.yaml'), 'checks:\n  summarise: [{ maxLines: 2 }]\n');
    const seen = await cli(dir.path, ['import', 'calls.jsonl', '--preview'], env);
    expect(seen).toMatchObject({ code: 0, out: expect.stringContaining('read as acme (rows have acme_call') });
    const run = [
      'run',
      'calls.jsonl',
      '--closed',
      'logged',
      '--open',
      'acme:acme-large',
      '--name',
      'tickets',
      '--yes',
      '--no-score',
    ];
    expect(await cli(dir.path, run, env)).toMatchObject({ code: 0, err: expect.stringContaining('read as acme') });
    for (const { headers } of server.calls)
      expect(headers).toMatchObject({ authorization: 'Bearer sk-acme-0123456789', 'x-acme-client': 'gapcheck' });
    const attempts = readFileSync(
      dir.at('results', readdirSync(dir.at('results'))[0] ?? '', 'attempts/closed.jsonl'),
      'utf8',
    );
    expect(attempts).toContain('The answer has 3 lines; at most 2 were asked for.');
    expect(await cli(dir.path, ['report'], env)).toMatchObject({
      code: 0,
      out: expect.stringMatching(/open: acme-large +3\/3 /),
    });
  });
});
