import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { version } from '../../src/version.ts';
import { compileExample, exampleServer, playExample } from '../helpers/api-example.ts';
import { startProgram } from '../helpers/cli.ts';
import { type Installed, installPackage, isOffline, packPackage } from '../helpers/installed-package.ts';
import { scoreDemo } from '../helpers/stranger-flow.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const most = { megabytes: 45, packages: 60 };

/** Absent where no registry answers: then there is nothing to install from. In CI that is a failure. */
let installed: Installed | undefined;
let packed: Awaited<ReturnType<typeof packPackage>>;
const dir = tempDir();

beforeAll(async () => {
  packed = await packPackage(dir.at('pack'));
  try {
    installed = await installPackage(packed.tarball, dir.at('project'));
  } catch (error) {
    if (process.env.CI || !isOffline(error)) throw error;
    console.warn('no registry answers: the tests of the installed package are skipped');
  }
  return () => dir[Symbol.dispose]();
}, 240_000);

/** A test that needs the installed package; without one it is skipped, and says why. */
const installedIt = (name: string, test: (place: Installed) => Promise<void> | void): void =>
  it(name, async ({ skip }) => {
    if (!installed) return skip('no registry answers');
    await test(installed);
  });

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

describe('the package in an empty folder', () => {
  installedIt('is small, and says how small', ({ folder, packages }) => {
    const bytes = filesBelow(join(folder, 'node_modules')).reduce((sum, file) => sum + statSync(file).size, 0);
    const megabytes = bytes / 1e6;
    const heaviest = packages
      .map(({ name, path }) => ({
        name,
        mb: filesBelow(join(folder, path)).reduce((sum, file) => sum + statSync(file).size, 0) / 1e6,
      }))
      .sort((a, b) => b.mb - a.mb)
      .slice(0, 3)
      .map(({ name, mb }) => `${name} ${mb.toFixed(1)}`);
    console.info(
      `installed: ${megabytes.toFixed(1)} MB in ${packages.length} packages (bars ${most.megabytes} and ${most.packages}); heaviest: ${heaviest.join(', ')}; the tarball itself: ${(packed.bytes / 1e6).toFixed(1)} MB unpacked`,
    );
    expect(packages.find(({ name }) => name === 'gapcheck')?.version).toBe(version);
    expect(megabytes).toBeLessThan(most.megabytes);
    expect(packages.length).toBeLessThan(most.packages);
    expect(packages.length).toBeGreaterThan(10);
  });

  installedIt('runs no script at installation, whichever package', ({ folder, packages }) => {
    const scripts = packages.flatMap(({ name, manifest }) =>
      ['preinstall', 'install', 'postinstall']
        .filter((script) => manifest.scripts?.[script])
        .map((s) => `${name}: ${s}`),
    );
    // npm compiles a package that has this file, without being told to.
    const native = packages.filter(({ path }) => existsSync(join(folder, path, 'binding.gyp')));
    expect(scripts).toEqual([]);
    expect(native).toEqual([]);
  });

  installedIt('says under which licence each package stands, and none of them binds yours', ({ packages }) => {
    const permissive = /^\(?(MIT|ISC|BSD-[23]-Clause|Apache-2\.0|0BSD|BlueOak-1\.0\.0|Python-2\.0|CC0-1\.0)\b/;
    const others = packages.filter(({ manifest }) => !permissive.test(manifest.license ?? ''));
    expect(others.map(({ name, manifest }) => `${name}: ${manifest.license}`)).toEqual([]);
  });

  installedIt('runs the demo to a scored report, by the command that npm linked', async ({ folder, command }) => {
    const cwd = join(folder, 'demo');
    mkdirSync(cwd);
    const demo = await scoreDemo(command, [], cwd);
    expect(demo.version).toBe(version);
    expect(demo.screen).toContain('DEMO: hand-written answers. This compares no real models.');
    expect(demo.verdicts.map(({ task }) => task)).toEqual([
      null,
      'extract-json',
      'reply-with-rules',
      'summarise-ticket',
    ]);
    expect(demo.verdicts[0]?.verdict).toBe('open-good-enough');
    expect(readFileSync(join(cwd, 'report.html'), 'utf8')).toContain('</html>');
  });
});

/** What only a session loads. Windows and macOS machines of CI bring no tmux. */
it.skipIf(process.platform !== 'linux')('lets a person type npx, vote, finish and see the report', async ({ skip }) => {
  if (!installed) return skip('no registry answers');
  const { begin, hasTmux, openTerminal } = await import('../helpers/terminal.ts');
  if (!hasTmux) return skip('tmux is missing');
  await using terminal = openTerminal('npx gapcheck demo && npx gapcheck score --finish', {
    cwd: installed.folder,
    cols: 110,
    rows: 60,
    env: { USER: 'owner', NO_COLOR: '1', npm_config_update_notifier: 'false' },
  });
  await begin(terminal);
  for (const ballot of [1, 2]) {
    await terminal.see(new RegExp(`ballot ${ballot}\\b`), 30_000);
    // A vote counts after 1.5 seconds on the screen.
    await new Promise((resolve) => setTimeout(resolve, 1_600));
    terminal.press('PageDown', 'PageDown', 'Space');
  }
  await terminal.see(/ballot 3\b/);
  terminal.press('q');
  await terminal.see(/Finish\?/, 20_000);
  terminal.press('y', 'Enter');
  expect(await terminal.see(/Can you move work from [^?]+\?[\s\S]*\[exit 0\]/)).toContain('Your 2 votes are final');
});

describe('the public API, from its worked example', () => {
  installedIt(
    'compiles against the package, answers on two models, and tells what the votes decided',
    async (place) => {
      const example = await compileExample(place.folder);
      const cwd = join(place.folder, 'api');
      mkdirSync(cwd);
      await using server = await exampleServer();
      const bin = join(place.folder, 'node_modules', 'gapcheck', 'bin', 'gapcheck.js');
      const played = await playExample({ node: process.execPath, example, bin }, cwd, server);
      expect(played.answered).toMatch(/^Answered\. Next: npx gapcheck score .*results/);
      // Two for each prompt, and a test call of each model.
      expect(server.calls).toHaveLength(48 + 2);
      expect(played.verdicts).toEqual([
        'No verdicts yet: nobody has voted yet.',
        'open on reply: open-better (24 votes)\nopen on all: open-better (24 votes)',
      ]);
    },
  );

  installedIt('rejects with what happened and what to do, and nothing is written', async ({ folder }) => {
    const cwd = join(folder, 'broken');
    mkdirSync(cwd);
    writeFileSync(join(cwd, 'tickets.csv'), 'prompt\none\n');
    const example = await compileExample(folder);
    const { code, err } = await startProgram(process.execPath, [example, 'tickets.csv'], { cwd }).done;
    expect(err).toMatch(/OPENAI_API_KEY/);
    expect(err).toMatch(/Next: /);
    expect(code).toBe(2);
    expect(readdirSync(cwd)).toEqual(['tickets.csv']);
  });
});
