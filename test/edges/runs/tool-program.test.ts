import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RunSettings } from '../../../src/records/run-record.ts';
import type { AttemptContext, AttemptStep } from '../../../src/runs/attempt.ts';
import { createToolLoop } from '../../../src/runs/tool-loop.ts';
import { assertToolProgram, readFaults, readToolSources } from '../../../src/runs/tool-sources.ts';
import { plainTools } from '../../core/checks/sample.ts';
import { promptAt, scriptedArm, settings } from '../../helpers/runs.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

const body = `
let text = '';
process.stdin.setEncoding('utf8').on('data', (chunk) => { text += chunk; }).on('end', () => {
  const { name, arguments: args, task } = JSON.parse(text);
  if (args.city === 'Atlantis') { console.error('no such city'); process.exit(1); }
  if (args.city === 'Babel') { console.log('not JSON'); return; }
  if (args.city === 'Limbo') { setTimeout(() => {}, 60000); return; }
  console.log(JSON.stringify({ name, city: args.city, task, secret: process.env.SECRET ?? null }));
});`;

async function steps(
  cwd: string,
  cities: string[],
  tools: RunSettings['tools'],
  signal = new AbortController().signal,
): Promise<AttemptStep[]> {
  const prompt = promptAt(1, {
    tools: [{ name: 'weather', parameters: { type: 'object', properties: { city: { type: 'string' } } } }],
  });
  const { arm } = scriptedArm('open', ({ before }) => {
    const city = cities[before];
    return city === undefined
      ? 'Done.'
      : { toolCalls: [{ id: `c${before}`, name: 'weather', arguments: JSON.stringify({ city }) }] };
  });
  const context: AttemptContext = {
    arm,
    cell: { prompt, trial: 1, attempt: 1, answers: 0, steps: [] },
    settings: settings({ ...(tools && { tools }) }),
    checkAnswer: () => [],
    waited: 0,
    signal,
    now: () => new Date(0),
  };
  const loop = createToolLoop({ checkTools: plainTools, program: { cwd, env: { PATH: process.env.PATH } } });
  const found: AttemptStep[] = [];
  for await (const step of loop(context)) found.push(step);
  return found;
}

const node = process.execPath;

describe('tools.exec', () => {
  it('gets JSON and gives JSON; its failures are errors the model can read', async () => {
    using folder = tempDir();
    writeFileSync(join(folder.path, 'tools.cjs'), body);
    const found = await steps(folder.path, ['Rome', 'Atlantis', 'Babel', 'Limbo'], {
      exec: [node, './tools.cjs'],
      seconds: 1,
    });
    expect(
      found.flatMap(({ step }) => step.tool_results?.map(({ from, trouble, content }) => [from, trouble, content])),
    ).toEqual([
      ['exec', undefined, '{"name":"weather","city":"Rome","task":"summary","secret":null}'],
      ['error', 'exec-failed', '{"error":"weather failed: no such city"}'],
      ['error', 'exec-failed', '{"error":"weather gave no JSON."}'],
      ['error', 'exec-failed', '{"error":"weather did not answer within 1 s."}'],
      undefined,
    ]);
    expect(found.at(-1)?.step).toMatchObject({ text: 'Done.', last: true });
  });

  it('that cannot be started is the user to put right: the step is recorded, then the run stops', async () => {
    using folder = tempDir();
    const found = await steps(folder.path, ['Rome'], { exec: './absent' });
    expect(found).toHaveLength(1);
    expect(found[0]?.step).toMatchObject({ last: true, outcome: 'aborted', tool_calls: [{ name: 'weather' }] });
    expect(String(found[0]?.crash)).toContain('the program ./absent could not be started (ENOENT)');
    expect(() => assertToolProgram({ exec: './absent' }, { cwd: folder.path, env: {} })).toThrow(
      'tools.exec: ./absent is not there or may not be run',
    );
  });

  it('ends with the run', async () => {
    using folder = tempDir();
    writeFileSync(join(folder.path, 'tools.cjs'), body);
    chmodSync(join(folder.path, 'tools.cjs'), 0o755);
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error('interrupted')), 300);
    const found = await steps(folder.path, ['Limbo'], { exec: [node, './tools.cjs'] }, stop.signal);
    expect(found.map(({ step, crash }) => [step.outcome, step.last, crash])).toEqual([['aborted', true, undefined]]);
  });
});

describe('the config of tools and faults', () => {
  it.each<[unknown, string]>([
    [[], 'tools: must be an object with exec or stubs'],
    [{ execute: 'x' }, 'tools.execute: is not known here; known are exec, seconds, stubs'],
    [{ exec: [] }, 'tools.exec: must be a command ("./tools.sh") or a list of a command and its arguments'],
    [{ exec: 'x', seconds: '5' }, 'tools.seconds: must be a number of seconds up to 86400, not "5"'],
    [{ stubs: [] }, 'tools.stubs: must be an object: one result per tool name'],
  ])('refuses %j by path', (raw, message) => {
    expect(() => readToolSources(raw)).toThrow(message);
  });

  it('reads what is right', () => {
    const tools = { exec: ['node', 'tools.js'], seconds: 5, stubs: { lookup: { found: true } } };
    expect(readToolSources(tools)).toEqual(tools);
    expect(readFaults({ toolError: 0.1 })).toEqual({ toolError: 0.1 });
    expect(() => readFaults({ toolError: 10 })).toThrow('faults.toolError: must be a share from 0 to 1, not 10');
    expect(() => readFaults({ toolErrors: 0.1 })).toThrow('faults.toolErrors: is not known here; known are toolError');
  });
});
