/**
 * Streams in the shapes that five harnesses print, and two forms that anybody can. Those of opencode 1.18, codex 0.171,
 * gemini-cli 0.61 and qwen-code 0.15 follow what these printed against a scripted model; that of Claude Code follows its
 * published types.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { StreamEvent } from '../../../src/arms/programs/streams/agent-stream.ts';
import { readOutput } from '../../../src/arms/programs/streams/read-stream.ts';
import { streamOfScript } from '../../../src/arms/programs/streams/registry.ts';

const folder = join(import.meta.dirname, '../../fixtures/agents');
const place = '/tmp/gapcheck-r_0123456789abcdef/5b1c0e/shop';
const said = 'Dates with the day first are read now.';

function readWhole(bytes: Uint8Array, pieceLength = bytes.length) {
  const reader = readOutput();
  const events: StreamEvent[] = [];
  for (let at = 0; at < bytes.length; at += pieceLength)
    events.push(...reader.read(bytes.subarray(at, at + pieceLength), at));
  events.push(...reader.rest(bytes.length));
  const last = <T extends StreamEvent['type']>(type: T) =>
    events.findLast((event): event is Extract<StreamEvent, { type: T }> => event.type === type);
  const steps = events.filter((event) => event.type === 'step').map(({ kind, text, ok }) => [kind, text, ok]);
  const { usage, costUsd } = last('usage') ?? {};
  const result = last('result');
  return {
    ...{ stream: reader.stream()?.name, steps, usage, costUsd, text: result?.text, error: result?.error },
    needs: [...new Set(events.flatMap((event) => (event.type === 'need-person' ? [event.why] : [])))],
    plain: reader.text(),
  };
}

const read = (name: string, pieceLength?: number) =>
  readWhole(readFileSync(join(folder, `${name}.jsonl`)), pieceLength);

const expected = {
  gapcheck: {
    steps: [
      ['read', 'src/dates.js', true],
      ['run', 'npm test', false],
      ['plan', 'parse the day before the month', undefined],
      ['edit', 'src/dates.js', true],
    ],
    usage: { in: 2700, out: 150, cached: 1000 },
    costUsd: 0.007,
    needs: [],
    plain: 'npm warn config production Use --omit=dev instead.',
  },
  'claude-code': {
    steps: [
      ['read', `${place}/src/dates.js`, true],
      ['run', 'npm test', false],
      ['edit', `${place}/src/dates.js`, true],
      ['run', 'git push', false],
    ],
    // 28 fresh, 38,500 read from the cache and 10,200 written into it.
    usage: { in: 48_728, out: 500, cached: 38_500 },
    costUsd: 0.0731,
    needs: ['permission'],
    plain: '',
  },
  codex: {
    steps: [
      ['run', 'sed -n 1,20p src/dates.js', true],
      ['run', 'npm test -- --grep "day first"', false],
      ['edit', `${place}/src/dates.js ${place}/src/day-first.js`, true],
      ['other', 'comment {"issue":12}', false],
      ['web', 'ISO 8601 day first', true],
    ],
    usage: { in: 24_000, out: 900, cached: 18_000, reasoning: 300 },
    costUsd: undefined,
    needs: [],
    plain: '',
  },
  'gemini-cli': {
    steps: [
      ['read', `${place}/src/dates.js`, true],
      ['run', 'npm test', undefined],
      ['edit', `${place}/src/date.js`, false],
      ['edit', `${place}/src/dates.js`, true],
    ],
    usage: { in: 21_000, out: 400, cached: 15_000 },
    costUsd: undefined,
    needs: [],
    plain: '',
  },
  'qwen-code': {
    steps: [
      ['run', 'npm test', undefined],
      ['edit', `${place}/src/dates.js`, false],
      ['run', 'sed -i s/a/b/ src/dates.js', true],
    ],
    usage: { in: 17_200, out: 175, cached: 13_600 },
    costUsd: undefined,
    needs: [],
    plain: '',
  },
  opencode: {
    steps: [
      ['read', `${place}/src/dates.js`, true],
      ['run', 'npm test', false],
      ['web', 'https://example.com/iso', false],
      ['edit', `${place}/src/dates.js`, true],
    ],
    // 5,400 fresh, 12,700 from the cache and 500 into it; 300 of text and 20 of thought.
    usage: { in: 18_600, out: 320, cached: 12_700, reasoning: 20 },
    costUsd: 0.0042,
    needs: ['permission'],
    plain: '',
  },
  otlp: {
    steps: [
      ['run', 'npm test', false],
      ['edit', 'src/dates.js', true],
    ],
    usage: { in: 2000, out: 100, cached: 900 },
    costUsd: undefined,
    needs: [],
    plain: '',
  },
} as const;

describe.each(Object.entries(expected))('%s', (name, { costUsd, ...exact }) => {
  test('steps, failures, tokens and the last word are exact', () => {
    const { costUsd: cost, ...found } = read(name);
    expect(found).toEqual({ ...exact, stream: name, text: said, error: undefined });
    if (costUsd === undefined) expect(cost).toBeUndefined();
    else expect(cost).toBeCloseTo(costUsd, 10);
  });

  test('wherever the pipe cuts it, the same is read', () => {
    const whole = read(name);
    for (const length of [1, 7, 1000]) expect(read(name, length)).toEqual(whole);
  });

  test('half of it, lines that are no JSON and lines of other shapes break nothing', () => {
    const lines = readFileSync(join(folder, `${name}.jsonl`), 'utf8')
      .trimEnd()
      .split('\n');
    const half = lines.slice(0, lines.length / 2);
    const odd = lines.flatMap((line) => [
      line.slice(0, line.length / 2),
      '{"type":null}',
      '[]',
      '{"type":"result"',
      line,
    ]);
    expect(() => readWhole(Buffer.from(half.join('\n')))).not.toThrow();
    expect(readWhole(Buffer.from(odd.join('\n')))).toMatchObject({ text: said });
  });

  test('any value in the place of any other breaks nothing', () => {
    const lines = readFileSync(join(folder, `${name}.jsonl`), 'utf8')
      .trimEnd()
      .split('\n');
    for (const odd of [null, 7, 'x', [], {}, [null], { type: 'tool_use' }, -1, true]) {
      const changed = lines.flatMap((line) => variants(line, odd));
      expect(() => readWhole(Buffer.from(changed.join('\n')))).not.toThrow();
    }
  });
});

/** A line once for each of its values, with another one in that place; the first line stays for telling the stream. */
function variants(line: string, odd: unknown): string[] {
  if (!line.startsWith('{')) return [line];
  const found: string[] = [line];
  const walk = (at: Record<string, unknown> | unknown[], whole: unknown): void => {
    for (const key of Object.keys(at)) {
      const holder = at as Record<string, unknown>;
      const was = holder[key];
      holder[key] = odd;
      found.push(JSON.stringify(whole));
      holder[key] = was;
      if (typeof was === 'object' && was !== null) walk(was as Record<string, unknown>, whole);
    }
  };
  const whole = JSON.parse(line);
  walk(whole, whole);
  return found;
}

test('output that is no stream is text', () => {
  expect(readWhole(Buffer.from('Fixed it.\n{"answer": 42}\n'))).toMatchObject({
    stream: undefined,
    steps: [],
    plain: 'Fixed it.\n{"answer": 42}',
  });
});

test('a step that was begun and never ended is told at the end, and nobody says how it went', () => {
  const begun = '{"type":"step","id":"9","kind":"run","text":"npm test"}\n';
  expect(readWhole(Buffer.from(begun)).steps).toEqual([['run', 'npm test', undefined]]);
});

test('a script is known by the harness that it starts', () => {
  const scripts = {
    'claude -p "$task" --output-format stream-json --verbose': 'claude-code',
    'exec codex exec --json --skip-git-repo-check "$task"': 'codex',
    'gemini -p "$task" --yolo -o stream-json': 'gemini-cli',
    'qwen --yolo -o stream-json "$task"': 'qwen-code',
    'opencode run --format json -m local/qwen3 "$task"': 'opencode',
    'python agent.py': undefined,
  };
  for (const [script, name] of Object.entries(scripts))
    expect([script, streamOfScript(script)?.name]).toEqual([script, name]);
});
