/** What the pages claim of the code: rooms, flow, dependencies, steps and commands are read out of them and compared. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { proofPage, proofRows, readmePage, readmeRows } from '../scripts/proof-page.ts';
import { releaseNotes } from '../scripts/release-notes.ts';
import { mayImport } from './helpers/rooms.ts';

const root = join(import.meta.dirname, '..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const architecture = read('ARCHITECTURE.md');
const packageJson = JSON.parse(read('package.json')) as Record<'dependencies' | 'devDependencies', object>;

/** First column of the table under a heading, backticks and slashes off. */
const firstColumn = (from: string): string[] =>
  [...((architecture.split(from)[1] ?? '').split('\n\n')[0]?.matchAll(/^\| `?([^|`]+?)\/?`? +\|/gm) ?? [])].map(
    ([, cell]) => (cell ?? '').replace(/\/$/, ''),
  );

/** Rooms that are there, as the table names them. */
const said = (rooms: readonly string[]): string =>
  rooms.filter((room) => existsSync(join(root, 'src', room))).join(', ') || '–';

describe('ARCHITECTURE.md', () => {
  it('names every room, and none that is not there', () => {
    const rooms = firstColumn('| room | makes | may import |\n');
    const folders = readdirSync(join(root, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(rooms.filter((room) => !/^-+$/.test(room)).sort()).toEqual(folders.map(({ name }) => name).sort());
  });

  it('names every folder inside a room, in the row of that room', () => {
    const folders = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => relative(join(root, 'src'), join(entry.parentPath, entry.name)).split(sep))
      .filter((parts) => parts.length > 1);
    expect(folders.length).toBeGreaterThan(20);
    const rowOf = (room = ''): string => architecture.split(`\n| \`${room}/\` |`)[1]?.split('\n')[0] ?? '';
    expect(folders.filter((parts) => !rowOf(parts[0]).includes(`\`${parts.at(-1)}/\``))).toEqual([]);
  });

  it('says of each room what it may import, as the imports are held to it', () => {
    const rows = [...architecture.matchAll(/^\| `([a-z]+)\/`[^|]*\|[^|]*\| ([^|]+) \|$/gm)];
    expect(rows.length).toBe(Object.keys(mayImport).filter((room) => existsSync(join(root, 'src', room))).length);
    const plain = rows.filter(([, , words = '']) => !words.startsWith('all'));
    expect(plain.length).toBeGreaterThan(12);
    for (const [, room = '', words = ''] of plain) expect([room, words]).toEqual([room, said(mayImport[room] ?? [])]);
  });

  it('gives a reason for every dependency, and for none that is not there', () => {
    const named = firstColumn('| package | why |\n')
      .flatMap((cell) => cell.split(', '))
      .filter((name) => !/^-+$/.test(name) && !name.endsWith(' (development)'));
    expect(named.sort()).toEqual(Object.keys(packageJson.dependencies).sort());
  });
});

describe('the version', () => {
  const { version } = JSON.parse(read('package.json')) as { version: string };

  it('is one in package.json, its lock, the Action and the newest part of CHANGELOG.md', () => {
    const lock = JSON.parse(read('package-lock.json')) as { version: string; packages: { '': { version: string } } };
    const action = parse(read('action.yml')) as { inputs: { version: { default: string } } };
    const newest = read('CHANGELOG.md').match(/^## (\S+)/m)?.[1];
    expect([lock.version, lock.packages[''].version, action.inputs.version.default, newest]).toEqual(
      Array.from({ length: 4 }, () => version),
    );
  });

  it('is the one that docs/ci.md tells a workflow to use', () => {
    const used = [...read('docs/ci.md').matchAll(/gapcheck\/gapcheck@v(\S+)/g)].map(([, tag]) => tag);
    expect(used.length).toBeGreaterThan(0);
    expect(new Set(used)).toEqual(new Set([version]));
  });
});

describe('the release', () => {
  interface Job {
    if?: string;
    needs?: string;
    permissions?: Record<string, string>;
    steps: { run?: string; uses?: string }[];
  }
  const { on, jobs, permissions } = parse(read('.github/workflows/release.yml')) as {
    on: object;
    jobs: Record<'check' | 'publish', Job>;
    permissions: object;
  };
  const runs = ({ steps }: Job): string[] => steps.flatMap(({ run }) => run ?? []);

  it('is started by hand, on the default branch alone, and publishes nothing that was not checked', () => {
    expect(Object.keys(on)).toEqual(['workflow_dispatch']);
    expect(jobs.check.if).toBe("github.ref == 'refs/heads/main'");
    expect(jobs.publish.needs).toBe('check');
    for (const command of ['npm run check', 'npm run nodes', 'npm audit'])
      expect(runs(jobs.check).join('\n')).toContain(command);
  });

  it('gives the rights to publish to a job that runs no tests', () => {
    expect(permissions).toEqual({ contents: 'read' });
    expect(jobs.check.permissions).toBeUndefined();
    expect(jobs.publish.permissions).toEqual({ contents: 'write', 'id-token': 'write' });
    expect(runs(jobs.publish)).toHaveLength(4);
    expect(runs(jobs.publish).join('\n')).toMatch(/npm publish --provenance[\s\S]*gh release create "v\$version"/);
  });

  it('is told in the words of its own part of CHANGELOG.md', () => {
    const page = '# Changelog\n\n## 0.2.0\n\n- Second.\n\n## 0.1.0\n\n- First.\n';
    expect(releaseNotes(page, '0.2.0')).toBe('- Second.');
    expect(releaseNotes(page, '0.1.0')).toBe('- First.');
    for (const version of ['0.2', '0.3.0']) expect(() => releaseNotes(page, version)).toThrow('## ');
    expect(releaseNotes(read('CHANGELOG.md'), JSON.parse(read('package.json')).version).length).toBeGreaterThan(1000);
  });
});

describe('CONTRIBUTING.md', () => {
  const text = read('.github/CONTRIBUTING.md');
  it('names places that exist', () => {
    const places = [...text.matchAll(/`((?:src|test)\/[^`<]+?)`/g)].map(([, path]) => path ?? '');
    expect(places.length).toBeGreaterThan(5);
    expect(places.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it('tells the three steps as every arm, format and check of today took them', () => {
    const files = (folder: string): string[] => readdirSync(join(root, folder));
    const registered = (file: string): string[] =>
      [...read(file).matchAll(/from '\.\/([a-z-]+)\.ts'/g)].map(([, name]) => `${name}.ts`);
    for (const room of ['src/arms', 'src/checks', 'src/logs/formats'])
      for (const name of registered(`${room}/registry.ts`)) expect(files(room)).toContain(name);
    expect(registered('src/checks/registry.ts').length).toBeGreaterThan(15);
    expect(registered('src/logs/formats/registry.ts').length).toBeGreaterThan(15);
  });
});

const pages = ['README.md', 'RECIPES.md', 'docs/models.md', 'docs/money.md', 'docs/prompts.md', 'docs/raters.md'];

describe('README.md', () => {
  const readme = read('README.md');

  it('is read in a minute: at most 140 lines, with every page linked', () => {
    expect(readme.trimEnd().split('\n').length).toBeLessThanOrEqual(140);
    for (const page of readdirSync(join(root, 'docs'))) expect(readme).toContain(`docs/${page}`);
  });

  it('shows figures of PROOF.md, as the script copies them', () => {
    const proof = read('PROOF.md');
    expect(readmePage(readme, proof)).toBe(readme);
    expect(proofPage(proof, new Map())).toBe(proof);
    const rows = proofRows(proof);
    for (const word of Object.keys(readmeRows)) expect(rows.get(word)?.[3], word).toBe('ok');
  });

  it('takes the figures of a run of some rows, and leaves the others', () => {
    const measured = proofRows(
      '| what | measured | bar | verdict | alone | version, day |\n| kills | 7 of 450 | none | MISSED | kill-lost | 0.2.0, 2026-11-28 |',
    );
    const proof = proofPage(read('PROOF.md'), measured);
    expect(readmePage(readme, proof)).toContain('| answers lost in 20 kills and resumes | 7 of 450 | none |');
    expect(proofRows(proof).get('naive')).toEqual(proofRows(read('PROOF.md')).get('naive'));
  });
});

describe('README.md and RECIPES.md', () => {
  const reference = read('REFERENCE.md');
  it.each([...pages, 'docs/ci.md', 'docs/routes.md', 'docs/week.md', 'docs/agents.md'])(
    '%s uses only commands and options that the program has',
    (page) => {
      const shell = [...read(page).matchAll(/```sh\n([\s\S]*?)```/g)].map(([, code]) => code).join('');
      const lines = [...shell.matchAll(/^(?:[A-Z_]+=\S+ )?(?:npx )?gapcheck ([a-z-]+)([^\n#]*)/gm)];
      expect(lines.length).toBeGreaterThan(page.startsWith('docs/') ? 0 : 3);
      for (const [, command = '', rest = ''] of lines) {
        const help = reference.split(`\n## gapcheck ${command}\n`)[1]?.split('\n## ')[0];
        expect(help, `gapcheck ${command}`).toBeDefined();
        for (const [option] of rest.split('&&')[0]?.matchAll(/--[a-z-]+/g) ?? []) expect(help).toContain(option);
      }
    },
  );

  it('links only to files that are there', () => {
    for (const page of [...pages, 'docs/ci.md', 'docs/verdicts.md', 'docs/week.md', 'docs/agents.md'])
      for (const [, target = ''] of read(page).matchAll(
        /\]\((?:https:\/\/github\.com\/gapcheck\/gapcheck\/blob\/main\/)?(?!https?:|#)([^)#]+)\)/g,
      ))
        expect(
          existsSync(join(root, dirname(page), target)) || existsSync(join(root, target)),
          `${page} → ${target}`,
        ).toBe(true);
  });
});

describe('every page', () => {
  const reference = read('REFERENCE.md');
  const helpOf = (command: string): string | undefined =>
    reference.split(`\n## gapcheck ${command}\n`)[1]?.split('\n## ')[0];
  const all = [
    ...['README.md', 'RECIPES.md', 'SECURITY.md', 'PROOF.md', 'ARCHITECTURE.md', '.github/CONTRIBUTING.md'],
    ...['prompts/README.md', 'results/README.md'],
    ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`),
  ];

  it('names in its sentences only commands and options that the program has', () => {
    let found = 0;
    for (const page of all)
      for (const [, command = '', rest = ''] of read(page).matchAll(/`(?:npx )?gapcheck ([a-z][a-z-]*)([^`]*)`/g)) {
        found += 1;
        const help = helpOf(command);
        expect(help, `${page}: gapcheck ${command}`).toBeDefined();
        for (const [option] of rest.matchAll(/(?<=\s)--[a-z-]+/g))
          expect(help, `${page}: gapcheck ${command} ${option}`).toContain(option);
      }
    expect(found).toBeGreaterThan(40);
  });

  it('names only scripts that package.json has', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    for (const page of [...all, 'test/README.md'])
      for (const [, script = ''] of read(page).matchAll(/npm run (?:--silent )?([a-z:-]+)/g))
        expect(Object.keys(scripts), `${page}: npm run ${script}`).toContain(script);
  });
});

describe('docs/ci.md', () => {
  const page = read('docs/ci.md');
  it('names every input of the Action, and none that it has not', () => {
    const inputs = Object.keys((parse(read('action.yml')) as { inputs: object }).inputs);
    const table = page.split('| input | what it is |')[1]?.split('\n\n')[0] ?? '';
    expect([...table.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, name]) => name).sort()).toEqual(inputs.sort());
  });

  it('shows YAML that can be read, with commands and options that the program has', () => {
    const blocks = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = '']) => text);
    expect(blocks.length).toBe(3);
    for (const text of blocks) expect(parse(text)).toBeTruthy();
    const reference = read('REFERENCE.md');
    const commands = [...page.matchAll(/npx --yes gapcheck ([a-z]+)([^\n;]*)/g)];
    expect(commands.length).toBe(3);
    for (const [, command = '', rest = ''] of commands) {
      const help = reference.split(`\n## gapcheck ${command}\n`)[1]?.split('\n## ')[0];
      for (const [option] of rest.matchAll(/--[a-z-]+/g))
        expect([command, help]).toEqual([command, expect.stringContaining(option)]);
    }
  });
});

describe('docs/week.md', () => {
  const page = read('docs/week.md');
  const help = read('REFERENCE.md').split('\n## gapcheck watch\n')[1]?.split('\n## ')[0] ?? '';
  const blocks = (language: string): string[] =>
    [...page.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, text]) => text ?? '');

  it('starts the same week from cron, from a timer and from CI, with options that the program has', () => {
    const starts = [...blocks('cron'), ...blocks('ini'), ...blocks('yaml')]
      .flatMap((text) => text.split('\n'))
      .flatMap((line) => line.match(/gapcheck watch [^>]*/) ?? []);
    expect(starts).toHaveLength(3);
    for (const start of starts) {
      expect(start).toContain('--yes');
      for (const [option] of start.matchAll(/--[a-z-]+/g)) expect(help).toContain(option);
    }
  });

  it('shows a workflow that can be read, and a cron line with five fields', () => {
    const [workflow = ''] = blocks('yaml');
    const { on, jobs } = parse(workflow) as { on: { schedule: { cron: string }[] }; jobs: object };
    expect(on.schedule[0]?.cron.split(' ')).toHaveLength(5);
    expect(Object.keys(jobs)).toEqual(['watch']);
    const line =
      blocks('cron')[0]
        ?.split('\n')
        .find((text) => text.includes('gapcheck')) ?? '';
    expect(line).toMatch(/^\d+ \* \* \* \* cd /);
    // Cron takes a percent sign for the end of the command.
    expect(line).not.toContain('%');
  });
});

it('docs/ci.md names every gate that the config can set', () => {
  const schema = JSON.parse(read('schema/gapcheck.config.schema.json'));
  const gates = Object.keys(schema.properties.gates.properties);
  expect(gates.length).toBeGreaterThan(4);
  const page = read('docs/ci.md');
  expect(gates.filter((gate) => !page.includes(gate))).toEqual([]);
});
