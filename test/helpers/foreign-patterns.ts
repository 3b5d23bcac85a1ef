/**
 * Every regular expression of src, read from the sources (literals) and caught while they load (built ones), and the time
 * that each takes for 100 KB of a short text repeated. Run as a program it prints the slow ones as JSON.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseAst } from 'vitest/node';
import { makeAllNow } from '../../src/text/late.ts';

export interface Pattern {
  /** Below src/; for a built one, the file whose import built it first. */
  file: string;
  source: string;
  flags: string;
}

export interface SlowPattern extends Pattern {
  /** Milliseconds of processor time for 100 KB, worked out from shorter texts. */
  ms: number;
  unit: string;
}

const src = join(import.meta.dirname, '../../src');
const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts'));

function literals(file: string): Pattern[] {
  const found: Pattern[] = [];
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(walk);
    else if (typeof node === 'object' && node !== null) {
      const { type, regex } = node as { type?: string; regex?: { pattern: string; flags: string } };
      if (type === 'Literal' && regex) found.push({ file, source: regex.pattern, flags: regex.flags });
      else Object.values(node).forEach(walk);
    }
  };
  walk(parseAst(readFileSync(join(src, file), 'utf8'), { lang: 'ts' }));
  return found;
}

/** Ways in and what runs in a browser build nothing of their own, or need one. */
const notLoaded = /^(?:cli\.ts|cli\/|page\/|index\.ts|api\.ts|terminal\/)/;

async function built(): Promise<Pattern[]> {
  const found: Pattern[] = [];
  const Original = RegExp;
  let file = '';
  globalThis.RegExp = new Proxy(Original, {
    construct(target, args, newTarget) {
      const made = Reflect.construct(target, args, newTarget) as RegExp;
      found.push({ file, source: made.source, flags: made.flags });
      return made;
    },
  });
  try {
    for (file of files.filter((name) => !notLoaded.test(name))) {
      await import(pathToFileURL(join(src, file)).href);
      makeAllNow();
    }
  } finally {
    globalThis.RegExp = Original;
  }
  return found;
}

/** Each once. */
export async function allPatterns(): Promise<Pattern[]> {
  const all = [...files.flatMap(literals), ...(await built())];
  return [...new Map(all.map((one) => [`${one.source}/${one.flags}`, one])).values()];
}

const usual = [
  ...' \n\t1a.-"\'\\([{<*`_#:/=&@%中é'.split(''),
  ...['a ', 'a.', 'a\n', ' \n', '"a" ', '<a ', 'a=', '1.', 'a-', '| ', '$ ', '\n\n ', ', '],
];

/** Short texts that a pattern half matches: its own words, alone and with a blank. */
function unitsFor({ source }: Pattern): string[] {
  const bare = source.replace(/\\[pP]\{[^}]*\}|\\u\{?[0-9a-f]+\}?|\\[a-zA-Z]/gi, ' ');
  const words = (bare.match(/[\p{L}\p{N}'<>|@:#-]+/gu) ?? []).slice(0, 6).map((word) => word.slice(0, 12));
  const [first, second] = words;
  return [
    ...new Set([
      ...words.flatMap((word) => [word, `${word} `]),
      ...(first && second ? [`${first} ${second} `] : []),
      ...usual,
    ]),
  ];
}

function timeOf(pattern: RegExp, text: string): number {
  pattern.lastIndex = 0;
  const before = process.cpuUsage();
  if (pattern.global) text.replace(pattern, '');
  else pattern.test(text);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

const least = (pattern: RegExp, text: string): number => Math.min(...[1, 2, 3].map(() => timeOf(pattern, text)));

/** For 100 KB, from 10 and 20 KB and the growth between them: a pattern without a bound would never come back. */
function timePer100KB(pattern: RegExp, textOf: (size: number) => string): number {
  for (const size of [30, 300, 3_000, 10_000]) {
    if (timeOf(pattern, textOf(size)) <= noticed) continue;
    const ms = least(pattern, textOf(size));
    if (ms <= noticed) continue;
    if (size < 10_000) return (ms * 100_000) / size;
    const twice = least(pattern, textOf(2 * size));
    return twice * 5 ** Math.log2(Math.max(1, twice / ms));
  }
  return 0;
}
const noticed = 3;

export function slowPatterns(patterns: readonly Pattern[], bar: number): SlowPattern[] {
  return patterns.flatMap((one) => {
    const pattern = new RegExp(one.source, one.flags);
    for (const text of ['a b', '中'.repeat(20)]) timeOf(pattern, text);
    let slowest = { ms: 0, unit: '' };
    const [prefix = ''] = unitsFor(one);
    for (const unit of unitsFor(one)) {
      for (const [head, tail] of [['', ''] as const, [prefix, '\u0001'] as const]) {
        const ms = timePer100KB(pattern, (size) => head + unit.repeat(Math.ceil(size / unit.length)) + tail);
        if (ms > slowest.ms) slowest = { ms, unit };
      }
      if (slowest.ms > 5 * bar) break;
    }
    return slowest.ms > bar ? [{ ...one, ...slowest }] : [];
  });
}

/** Slow patterns whose text is short for a reason of its own: file and start of the pattern, and that reason. */
export const bounded: readonly [file: string, start: string, why: string][] = [
  ['checks/letter-case.ts', '\\S*\\p{Lu}\\S*', 'reads one word with what stands around it, cut out before'],
  ['checks/letter-case.ts', '\\S*\\p{Ll}\\S*', 'reads one word with what stands around it, cut out before'],
  ['arms/ollama/ollama-models.ts', '^(\\s*["\']?(?:https?', 'reads OLLAMA_HOST, which the user sets'],
  ['arms/ollama/ollama-models.ts', '\\/+$', 'reads OLLAMA_HOST, which the user sets'],
  ['arms/wire/hosts.ts', '\\/+$', 'reads an address that the user sets'],
  ['blind/screen/screen-parts.ts', '\\s*\\n\\s*', 'reads as much of a prompt as fits on a screen'],
  ['arms/wire/hosts.ts', '^["\']+|', 'reads an address that the user sets'],
  ['runs/limiter.ts', '^(?:(.+?)\\s*=', 'reads an option of the command line'],
  ['app/plan/run-name.ts', '\\d+(\\.\\d+)?b?$', 'reads the name of a model in the config'],
  ['logs/globs.ts', '\\[!?[^\\]]+\\]', 'reads an argument of the command line'],
  ['store/layout.ts', '^[-.]+|', 'reads the name of a run or a rater'],
  ['page/main.ts', '([^/\\\\]+)\\.html?$', 'reads the address of the page'],
  ['page/answer-text.ts', '^`+|`+$', 'reads one span of code in a line, which holds no tick but its own'],
  ['text/numbers.ts', '\\B(?=(\\d{3})+', 'writes a number of our own'],
  ['text/refusals/short-no.ts', '', 'reads answers of a few words'],
  ['text/refusals/clauses.ts', '', 'reads the first characters of an answer, cut before'],
  ['text/refusals/read-refusal.ts', '', 'reads the first characters of an answer, cut before'],
];

export const isBounded = ({ file, source }: Pattern): boolean =>
  bounded.some(([where, start]) => where === file && source.startsWith(start));

/** What a pattern may take for 100 KB. */
export const mostMs = 200;

/**
 * The same ones measured in a process of their own, and what is slow there too. V8 optimises no pattern that is compiled
 * after 16 MB of code, and all the patterns together are more.
 */
function slowAlone(suspects: readonly SlowPattern[]): SlowPattern[] {
  if (suspects.length === 0) return [];
  const again = ['--import', 'tsx', import.meta.filename, onlyThese];
  return JSON.parse(execFileSync(process.execPath, again, { input: JSON.stringify(suspects), encoding: 'utf8' }));
}
const onlyThese = '--only-these';

if (process.argv[1] === import.meta.filename) {
  if (process.argv[2] === onlyThese) {
    process.stdout.write(JSON.stringify(slowPatterns(JSON.parse(readFileSync(0, 'utf8')), mostMs)));
  } else {
    const patterns = await allPatterns();
    const suspects = slowPatterns(
      patterns.filter((one) => !isBounded(one)),
      mostMs,
    );
    process.stdout.write(JSON.stringify({ patterns: patterns.length, slow: slowAlone(suspects) }));
  }
}
