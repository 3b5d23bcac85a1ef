import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mayImport } from './helpers/rooms.ts';

const src = join(import.meta.dirname, '../src');
const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts'));
const sources = new Map(files.map((file) => [file, readFileSync(join(src, file), 'utf8')]));

const pure = 'records text stats checks blind voting verdicts report releases logs/formats arms/programs/streams'.split(
  ' ',
);
const openToAll = ['errors.ts', 'version.ts'];

const withoutComments = (text: string): string => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '');

interface Import {
  target: string;
  typeOnly: boolean;
}

/** Every import and re-export of a file; relative ones as a path below src. */
function importsOf(file: string): Import[] {
  const text = withoutComments(sources.get(file) ?? '');
  const statement =
    /(?:^|\n)\s*(?:import|export)\s+(type\s)?[^;'"]*?from\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]|(?:^|\n)import\s*['"]([^'"]+)['"]/g;
  return [...text.matchAll(statement)].map(([, type, from, lazy, bare]) => {
    const target = from ?? lazy ?? bare ?? '';
    const path = target.startsWith('.') ? normalize(join(dirname(file), target)).replaceAll('\\', '/') : target;
    return { target: path, typeOnly: type !== undefined };
  });
}

const roomOf = (file: string): string => (file.includes('/') ? file.slice(0, file.indexOf('/')) : file);
const isPure = (file: string): boolean => pure.some((room) => file.startsWith(`${room}/`));

/** A file of `cli/verbs/` has its verb's name; a registry and an index have the name of what they are. */
const isNamedFreely = (file: string): boolean =>
  !file.startsWith('cli/verbs/') && !/\/(registry|index)\.ts$/.test(file);

/** Files that reach themselves by their imports, types included. */
function filesInCycles(): string[] {
  const targets = new Map(
    files.map((file) => [file, importsOf(file).flatMap(({ target }) => (sources.has(target) ? [target] : []))]),
  );
  const reaches = (from: string): Set<string> => {
    const seen = new Set<string>();
    const open = [...(targets.get(from) ?? [])];
    for (let file = open.pop(); file !== undefined; file = open.pop()) {
      if (seen.has(file)) continue;
      seen.add(file);
      open.push(...(targets.get(file) ?? []));
    }
    return seen;
  };
  return files.filter((file) => reaches(file).has(file)).sort();
}

describe('the house', () => {
  it('has no room beside those of the table', () => {
    const rooms = new Set(files.filter((file) => file.includes('/')).map(roomOf));
    expect([...rooms].filter((room) => !(room in mayImport))).toEqual([]);
  });

  it('lets imports run one way, in every room', () => {
    const wrong = files
      .filter((file) => file.includes('/'))
      .flatMap((file) => importsOf(file).map(({ target }) => ({ file, target })))
      .filter(({ target }) => sources.has(target) && !openToAll.includes(target))
      .filter(({ file, target }) => roomOf(file) !== roomOf(target))
      .filter(({ file, target }) => !mayImport[roomOf(file)]?.includes(roomOf(target)))
      .map(({ file, target }) => `${file} → ${target}`);
    expect([...new Set(wrong)].sort()).toEqual([]);
  });

  it('has no import that leads back to where it came from', () => {
    expect(filesInCycles()).toEqual([]);
  });

  it('gives each file a name of its own', () => {
    const places = new Map<string, string[]>();
    for (const file of files.filter(isNamedFreely)) {
      const name = file.slice(file.lastIndexOf('/') + 1);
      places.set(name, [...(places.get(name) ?? []), file]);
    }
    const twice = [...places.values()].filter((same) => same.length > 1).map((same) => same.join(' '));
    expect(twice).toEqual([]);
  });

  it('keeps files short: 300 lines at most', () => {
    const long = files.filter((file) => (sources.get(file) ?? '').trimEnd().split('\n').length > 300);
    expect(long).toEqual([]);
  });

  it('lets programs in through the use cases, and never through the command line', () => {
    const rooms = importsOf('api.ts').map(({ target }) => roomOf(target));
    expect(rooms).not.toContain('cli');
    expect(rooms).not.toContain('terminal');
  });
});

describe('pure rooms', () => {
  it('reach no node: module, also not through what they import', () => {
    const wrong: string[] = [];
    for (const start of files.filter(isPure)) {
      const seen = new Set<string>();
      const open = [start];
      for (let file = open.pop(); file !== undefined; file = open.pop()) {
        if (seen.has(file)) continue;
        seen.add(file);
        for (const { target, typeOnly } of importsOf(file)) {
          if (typeOnly) continue;
          if (target.startsWith('node:')) wrong.push(`${start} … ${file} → ${target}`);
          if (sources.has(target)) open.push(target);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  it('read no clock, randomness, environment or console', () => {
    const forbidden =
      /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\b|(?<![-\w])process\.|\bconsole\.|\bperformance\.|\bfetch\(|\bsetTimeout\(/;
    const wrong = files.filter((file) => isPure(file) && forbidden.test(withoutComments(sources.get(file) ?? '')));
    expect(wrong).toEqual([]);
  });
});

describe('borders', () => {
  it('only cli.ts sets the exit code, and nothing ends the process', () => {
    const ending = files.filter((file) => /\bprocess\.exit\(/.test(withoutComments(sources.get(file) ?? '')));
    const setting = files.filter((file) => /\bprocess\.exitCode\b/.test(withoutComments(sources.get(file) ?? '')));
    expect(ending).toEqual([]);
    expect(setting).toEqual(['cli.ts']);
  });

  it('an SDK is known to its own arm alone', () => {
    const owner = { openai: 'arms/openai/', ollama: 'arms/ollama/', '@anthropic-ai/sdk': 'arms/anthropic/' };
    for (const [sdk, folder] of Object.entries(owner)) {
      const importers = files.filter((name) =>
        importsOf(name).some(({ target, typeOnly }) => target === sdk && !typeOnly),
      );
      expect(importers.filter((name) => !name.startsWith(folder))).toEqual([]);
    }
  });

  it('heavy packages are loaded when they are used, and not before', () => {
    const heavy = ['openai', 'ollama', '@anthropic-ai/sdk', 'inquirer', '@pydantic/genai-prices', 'yaml'];
    const early =
      /(?:^|\n)(?:import\s+(?!type\b)[^;]*?from\s*|import\s*|export\s+(?!type\b)[^;]*?from\s*)['"]([^'"]+)['"]/g;
    const wrong = files.flatMap((file) =>
      [...withoutComments(sources.get(file) ?? '').matchAll(early)]
        .map(([, target]) => target ?? '')
        .filter((target) => heavy.some((name) => target === name || target.startsWith(`${name}/`)))
        .map((target) => `${file} → ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it('what the screen receives has no arm, latency or token count in it', () => {
    const ballot = withoutComments(sources.get('blind/ballot.ts') ?? '');
    expect(ballot).not.toMatch(/\b(arm|model|provider|latency|ms|tokens?|usage|role)\s*\??:/i);
    const screen = files.filter((file) => file.startsWith('blind/screen') || file.startsWith('blind/session'));
    for (const file of screen) expect(importsOf(file).map(({ target }) => roomOf(target))).not.toContain('verdicts');
  });
});
