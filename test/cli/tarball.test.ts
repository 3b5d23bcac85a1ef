import { existsSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { packPackage } from '../helpers/installed-package.ts';
import { tempDir } from '../helpers/temp-dir.ts';

let packed: Awaited<ReturnType<typeof packPackage>>;

beforeAll(async () => {
  using dir = tempDir();
  packed = await packPackage(dir.path);
});

describe('the tarball', () => {
  it('holds what a user needs and nothing else', () => {
    const kinds = [
      /^(README|CHANGELOG|RECIPES|REFERENCE)\.md$/,
      /^(LICENSE|package\.json)$/,
      /^bin\/gapcheck\.js$/,
      /^dist\/[\w-]+\.js(\.map)?$/,
      /^dist\/.+\.d\.ts$/,
      /^dist\/LICENSES\.txt$/,
      /^dist\/assets\/[\w-]+\.(js|css)$/,
      /^prompts\/(demo\.csv|README\.md)$/,
      /^docs\/[\w-]+\.md$/,
      /^results\/README\.md$/,
      /^schema\/[\w.]+\.schema\.json$/,
    ];
    expect(packed.files.filter((file) => !kinds.some((kind) => kind.test(file)))).toEqual([]);
    expect(packed.files.filter((file) => /\.test\.|tsconfig|fixtures|(^|\/)\./.test(file))).toEqual([]);
  });

  it('holds every page that README.md links to; the others are links to the repository', () => {
    const links = [...readFileSync('README.md', 'utf8').matchAll(/(?<!!\[[^\]]*)\]\((?!https?:|#)([^)#]+)\)/g)];
    expect(links.length).toBeGreaterThan(3);
    expect(links.map(([, target]) => target).filter((target) => !packed.files.includes(target ?? ''))).toEqual([]);
  });

  it('holds no file of a source that is gone: what a chunk was made of is there', () => {
    const maps = packed.files.filter((file) => /^dist\/.*\.js\.map$/.test(file));
    const code = packed.files.filter((file) => /^dist\/[^/]+\.js$/.test(file));
    expect(maps).toEqual(code.map((file) => `${file}.map`));
    const sources = maps.flatMap((file) => (JSON.parse(readFileSync(file, 'utf8')) as { sources: string[] }).sources);
    expect(new Set(sources).size).toBeGreaterThan(200);
    // `late:…` is written by the bundler: a package that is read when it is needed.
    expect(sources.filter((source) => !source.startsWith('late:') && !existsSync(join('dist', source)))).toEqual([]);
    const types = packed.files.filter((file) => file.endsWith('.d.ts'));
    expect(types.filter((file) => !existsSync(file.replace(/^dist\//, 'src/').replace(/\.d\.ts$/, '.ts')))).toEqual([]);
  });

  it('names no path of the machine that built it', () => {
    const texts = packed.files.filter((file) => /\.(js|ts|json|css|map)$/.test(file));
    expect(texts.filter((file) => readFileSync(file, 'utf8').includes(process.cwd()))).toEqual([]);
  });

  it('imports only packages that it depends on', () => {
    const { dependencies, peerDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
    const allowed = new Set([...Object.keys(dependencies), ...Object.keys(peerDependencies)]);
    const code = packed.files.filter((file) => /^(bin|dist)\/.*\.js$/.test(file) && !file.includes('/assets/'));
    const bare =
      /(?:^(?:import|export)\b[^'"\n]*\bfrom |^\} from |^import |\bimport\()['"]([@\w][\w./@-]*|node:\w+)['"]/gm;
    const used = code.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(bare)].map(([, name = '']) => name));
    const packages = used
      .filter((name) => !name.startsWith('node:') && !builtinModules.includes(name))
      .map((name) => name.split('/', name.startsWith('@') ? 2 : 1).join('/'));
    expect(new Set(packages).size).toBeGreaterThan(5);
    expect([...new Set(packages)].filter((name) => !allowed.has(name))).toEqual([]);
  });
});
