/** Copies that trials work in, and what is said of how one differs from what it was given. */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fixtureHash } from '../../../src/runs/agents/fixture-hash.ts';
import { diffOf } from '../../../src/runs/agents/folder-diff.ts';
import { assertFixture, freshCopies } from '../../../src/runs/agents/fresh-copy.ts';
import { agentArgs, layAgents, leftBy } from '../../helpers/agent-run.ts';
import { runVerb } from '../../helpers/run-verb.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

function lay(root: string): string {
  const fixture = join(root, 'shop');
  mkdirSync(join(fixture, 'src'), { recursive: true });
  writeFileSync(join(fixture, 'src', 'dates.js'), 'one\ntwo\nthree\n');
  writeFileSync(join(fixture, 'old.txt'), 'gone soon\n');
  writeFileSync(join(fixture, '.gitignore'), 'dist/\n*.log\n');
  writeFileSync(join(fixture, 'logo.bin'), Buffer.from([0, 1, 2, 3]));
  symlinkSync('src/dates.js', join(fixture, 'link'));
  symlinkSync('nowhere/at/all', join(fixture, 'broken'));
  return fixture;
}

let number = 0;
const copiesIn = (root: string, how: 'files' | 'clone' = 'files') =>
  freshCopies(join(root, 'copies'), how, () => `t${++number}`);
const git = (cwd: string, ...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { cwd, encoding: 'utf8' });

test('what a trial changes, no other one sees', async () => {
  using dir = tempDir();
  const fixture = lay(dir.path);
  const copies = copiesIn(dir.path);
  const first = await copies.make(fixture);
  writeFileSync(join(first.folder, 'src', 'dates.js'), 'mine\n');
  rmSync(join(first.folder, 'old.txt'));
  const second = await copies.make(fixture);
  expect(readFileSync(join(second.folder, 'src', 'dates.js'), 'utf8')).toBe('one\ntwo\nthree\n');
  expect(existsSync(join(second.folder, 'old.txt'))).toBe(true);
  expect(readFileSync(join(fixture, 'src', 'dates.js'), 'utf8')).toBe('one\ntwo\nthree\n');
  await copies.close();
  expect(existsSync(dir.at('copies'))).toBe(false);
});

test('the diff names what was changed, added, removed and made executable, and nothing that tools made', async () => {
  using dir = tempDir();
  const fixture = lay(dir.path);
  const { base, folder } = await copiesIn(dir.path).make(fixture);
  expect(await diffOf(base, folder)).toBe('');
  writeFileSync(join(folder, 'src', 'dates.js'), 'one\n2\nthree\n');
  writeFileSync(join(folder, 'new.txt'), 'no line end');
  writeFileSync(join(folder, 'logo.bin'), Buffer.from([0, 9]));
  writeFileSync(join(folder, 'npm.log'), 'noise\n');
  mkdirSync(join(folder, 'node_modules', 'x'), { recursive: true });
  writeFileSync(join(folder, 'node_modules', 'x', 'index.js'), 'noise\n');
  // An agent that hides its work behind a rule of its own hides nothing.
  writeFileSync(join(folder, '.gitignore'), '*\n');
  rmSync(join(folder, 'old.txt'));
  chmodSync(join(folder, 'src', 'dates.js'), 0o755);
  expect(await diffOf(base, folder)).toBe(
    [
      ...['--- a/.gitignore', '+++ b/.gitignore', '@@ -1,2 +1,1 @@', '-dist/', '-*.log', '+*'],
      'Binary files a/logo.bin and b/logo.bin differ',
      ...['--- /dev/null', '+++ b/new.txt', '@@ -0,0 +1,1 @@', '+no line end', '\\ No newline at end of file'],
      ...['--- a/old.txt', '+++ /dev/null', '@@ -1,1 +0,0 @@', '-gone soon'],
      'a/src/dates.js is now executable',
      ...['--- a/src/dates.js', '+++ b/src/dates.js', '@@ -1,3 +1,3 @@', ' one', '-two', '+2', ' three'],
      '',
    ].join('\n'),
  );
});

test('two large files that share nothing are compared in seconds', async () => {
  using dir = tempDir();
  const fixture = lay(dir.path);
  const lines = (seed: number) => Array.from({ length: 40_000 }, (_, at) => `${(at * seed) % 99_991} line`).join('\n');
  writeFileSync(join(fixture, 'big.txt'), lines(7_919));
  const { base, folder } = await copiesIn(dir.path).make(fixture);
  writeFileSync(join(folder, 'big.txt'), lines(104_729));
  const began = performance.now();
  expect((await diffOf(base, folder)).length).toBeGreaterThan(100_000);
  expect(performance.now() - began).toBeLessThan(15_000);
}, 30_000);

test('a clone holds what is committed, and no way back into the repository', async () => {
  using dir = tempDir();
  const fixture = lay(dir.path);
  git(fixture, 'init', '-q');
  git(fixture, 'add', '-A');
  git(fixture, 'commit', '-qm', 'first');
  writeFileSync(join(fixture, 'loose.txt'), 'not committed\n');
  const { folder, base } = await copiesIn(dir.path, 'clone').make(fixture);
  expect(existsSync(join(folder, 'loose.txt'))).toBe(false);
  expect(git(folder, 'remote').trim()).toBe('');
  writeFileSync(join(folder, 'added.txt'), 'x\n');
  git(folder, 'add', '-A');
  git(folder, 'commit', '-qm', 'second');
  expect(await diffOf(base, folder)).toContain('+++ b/added.txt');
  expect(git(fixture, 'log', '--oneline').trim().split('\n')).toHaveLength(1);
});

test('a work tree of another repository is refused, because a copy would write into that one', async () => {
  using dir = tempDir();
  const fixture = lay(dir.path);
  writeFileSync(join(fixture, '.git'), 'gitdir: /somewhere/else/.git/worktrees/x\n');
  await expect(assertFixture(fixture, 'files')).rejects.toMatchObject({ hint: 'add --copy clone' });
  await expect(assertFixture(dir.at('none'), 'files')).rejects.toThrow('There is no folder');
});

test.each(['files', 'clone'] as const)(
  'nothing that is written through a link of a copy (%s) leaves it',
  async (how) => {
    using dir = tempDir();
    const fixture = lay(dir.path);
    writeFileSync(dir.at('shared.txt'), 'shared\n');
    mkdirSync(join(fixture, 'bin'));
    symlinkSync(join(fixture, 'src', 'dates.js'), join(fixture, 'bin', 'abs'));
    symlinkSync('../src/dates.js', join(fixture, 'bin', 'own'));
    symlinkSync('../../shop/src', join(fixture, 'bin', 'round'));
    symlinkSync('../../shared.txt', join(fixture, 'bin', 'out'));
    symlinkSync('out', join(fixture, 'bin', 'out2'));
    git(fixture, 'init', '-q');
    git(fixture, 'add', '-A');
    git(fixture, 'commit', '-qm', 'first');
    await assertFixture(fixture, how);
    const { folder, base } = await copiesIn(dir.path, how).make(fixture);
    expect(await diffOf(base, folder)).toBe('');
    const links = ['abs', 'own', 'round', 'out2'].map((name) => readlinkSync(join(folder, 'bin', name)));
    expect(links).toEqual(['../src/dates.js', '../src/dates.js', '../src', 'out']);
    expect(lstatSync(join(folder, 'bin', 'out')).isFile()).toBe(true);
    writeFileSync(join(folder, 'bin', 'abs'), 'by the agent\n');
    writeFileSync(join(folder, 'bin', 'out'), 'by the agent\n');
    expect(readFileSync(join(fixture, 'src', 'dates.js'), 'utf8')).toBe('one\ntwo\nthree\n');
    expect(readFileSync(dir.at('shared.txt'), 'utf8')).toBe('shared\n');
    const diff = await diffOf(base, folder);
    for (const name of ['src/dates.js', 'bin/out']) expect(diff).toContain(`+++ b/${name}`);
    expect(realpathSync(join(folder, 'bin', 'round'))).toBe(realpathSync(join(folder, 'src')));
  },
);

test.each(['files', 'clone'] as const)(
  'a link to a folder outside, or to nothing there, is refused (%s)',
  async (how) => {
    using dir = tempDir();
    const fixture = lay(dir.path);
    mkdirSync(dir.at('outside'));
    symlinkSync('../outside', join(fixture, 'out'));
    symlinkSync(dir.at('not-there'), join(fixture, 'src', 'none'));
    git(fixture, 'init', '-q');
    git(fixture, 'add', '-A');
    git(fixture, 'commit', '-qm', 'first');
    await expect(assertFixture(fixture, how)).rejects.toMatchObject({
      code: 'link-leaves-folder',
      message: expect.stringMatching(/out -> \.\.\/outside, src\/none -> /),
      hint: expect.stringContaining('copy what they lead to into the folder'),
    });
  },
);

test('an agent that writes through links changes its own copy, and its diff says so', async () => {
  using dir = tempDir();
  layAgents(dir.path, ['through']);
  writeFileSync(dir.at('fixture', 'calc.js'), 'one\n');
  writeFileSync(dir.at('outside.js'), 'two\n');
  symlinkSync(dir.at('fixture', 'calc.js'), dir.at('fixture', 'abs.js'));
  symlinkSync('calc.js', dir.at('fixture', 'rel.js'));
  symlinkSync('../outside.js', dir.at('fixture', 'out.js'));
  const made = await runVerb(agentArgs(), { cwd: dir.path });
  expect(made.code, made.err).toBe(0);
  const left = leftBy(dir.path);
  const diff = left.diff('open', left.ended[0]?.prompt ?? '');
  expect(diff.match(/^\+written by the agent$/gm)).toHaveLength(3);
  expect(diff).toContain('+++ b/calc.js');
  expect(readFileSync(dir.at('fixture', 'calc.js'), 'utf8')).toBe('one\n');
  expect(readFileSync(dir.at('outside.js'), 'utf8')).toBe('two\n');
}, 30_000);

test('the hash of a fixture changes with a file outside that one of its links leads to', async () => {
  using dir = tempDir();
  const fixture = lay(dir.path);
  writeFileSync(dir.at('shared.txt'), 'shared\n');
  symlinkSync('../shared.txt', join(fixture, 'out'));
  const before = await fixtureHash(fixture);
  writeFileSync(dir.at('shared.txt'), 'other\n');
  expect(await fixtureHash(fixture)).not.toBe(before);
});

test('what git cannot clone is refused before anything is written', async () => {
  using dir = tempDir();
  layAgents(dir.path, ['done']);
  for (const more of [[], ['--dry-run']]) {
    const { code, err } = await runVerb(agentArgs('--copy', 'clone', ...more), { cwd: dir.path });
    expect({ code, err }).toMatchObject({ code: 2, err: expect.stringContaining('it is no git repository') });
    expect(err).toContain('leave out --copy clone');
  }
  git(dir.at('fixture'), 'init', '-q');
  const { code, err } = await runVerb(agentArgs('--copy', 'clone'), { cwd: dir.path });
  expect({ code, err }).toMatchObject({ code: 2, err: expect.stringContaining('nothing is committed there') });
  expect(existsSync(dir.at('results'))).toBe(false);
});

test('a job without a folder beside jobs that have one is named, unless --folder gives it one', async () => {
  using dir = tempDir();
  layAgents(dir.path, ['done']);
  writeFileSync(
    dir.at('jobs.csv'),
    'prompt,task,folder\nMend it. plays: done,fix,./fixture\nMend more. plays: done,fix,\n',
  );
  const bare = agentArgs('--dry-run').filter((word) => word !== '--folder' && word !== './fixture');
  const { code, err } = await runVerb(bare, { cwd: dir.path });
  expect(code).toBe(2);
  expect(err).toContain('1 job of 2 names no folder, and others do: jobs.csv:3.');
  expect(err).toContain('--folder');
  expect(await runVerb(agentArgs('--dry-run'), { cwd: dir.path })).toMatchObject({ code: 0 });
});

test('folders without the right to write are taken away too', async () => {
  using dir = tempDir();
  const place = await copiesIn(dir.path).make(lay(dir.path));
  mkdirSync(join(place.folder, 'cache'));
  writeFileSync(join(place.folder, 'cache', 'module.go'), 'x\n');
  chmodSync(join(place.folder, 'cache'), 0o500);
  await place.remove();
  expect(existsSync(place.folder)).toBe(false);
});

test('the hash of a fixture changes with a name, a content and a right to run, and not with its repository', async () => {
  using dir = tempDir();
  const fixture = lay(dir.path);
  const hashes = [await fixtureHash(fixture)];
  mkdirSync(join(fixture, '.git'));
  writeFileSync(join(fixture, '.git', 'HEAD'), 'ref: x\n');
  expect(await fixtureHash(fixture)).toBe(hashes[0]);
  writeFileSync(join(fixture, 'old.txt'), 'other\n');
  hashes.push(await fixtureHash(fixture));
  chmodSync(join(fixture, 'old.txt'), 0o755);
  hashes.push(await fixtureHash(fixture));
  writeFileSync(join(fixture, 'more.txt'), '');
  hashes.push(await fixtureHash(fixture));
  expect(new Set(hashes).size).toBe(4);
});

test('a column named folder gives each job its own, and two jobs with one text are two', async () => {
  using dir = tempDir();
  layAgents(dir.path, ['done']);
  for (const name of ['a', 'b']) {
    mkdirSync(dir.at(name));
    writeFileSync(dir.at(name, 'state.txt'), `broken ${name}\n`);
  }
  writeFileSync(dir.at('jobs.csv'), 'prompt,task,folder\nMend it. plays: done,fix,./a\nMend it. plays: done,fix,./b\n');
  expect(await runVerb(agentArgs(), { cwd: dir.path })).toMatchObject({ code: 0 });
  const left = leftBy(dir.path);
  const prompts = [...new Set(left.ended.map(({ prompt }) => prompt))];
  const diffs = prompts.map((prompt) => left.diff('open', prompt)).sort();
  expect(diffs.map((diff) => diff.split('\n').slice(-3, -1))).toEqual([
    ['-broken a', '+fixed a'],
    ['-broken b', '+fixed b'],
  ]);
}, 30_000);

test('the folder with the results is no part of a fixture that it is in, and a linked fixture is copied whole', async () => {
  using dir = tempDir();
  layAgents(dir.path, ['done']);
  writeFileSync(dir.at('state.txt'), 'broken\n');
  symlinkSync('fixture', dir.at('linked'));
  for (const folder of ['.', './linked']) {
    const args = agentArgs('--keep').map((word) => (word === './fixture' ? folder : word));
    const made = await runVerb(args, { cwd: dir.path });
    expect(made.code, made.err).toBe(0);
    const left = leftBy(dir.path);
    expect(left.ended.map(({ end }) => end)).toEqual(['done', 'done']);
    const kept = left.files('open').find((name) => name.endsWith('.kept')) ?? '';
    expect(existsSync(join(left.run, 'agents', 'open', kept, 'results'))).toBe(false);
    const { code, err } = await runVerb(['run', '--resume', '--no-score'], { cwd: dir.path });
    expect(code, err).toBe(0);
    rmSync(dir.at('results'), { recursive: true });
  }
  expect(readFileSync(dir.at('fixture', 'state.txt'), 'utf8')).toBe('broken\n');
}, 60_000);

test('a fixture that changed is no fixture for the rest of a run', async () => {
  using dir = tempDir();
  layAgents(dir.path, ['done']);
  expect(await runVerb(agentArgs(), { cwd: dir.path })).toMatchObject({ code: 0 });
  writeFileSync(dir.at('fixture', 'state.txt'), 'other\n');
  const { code, err } = await runVerb(['run', '--resume', '--no-score'], { cwd: dir.path });
  expect({ code, err }).toMatchObject({ code: 2, err: expect.stringContaining('is not what this run began with') });
}, 30_000);

test('what an agent writes outside its copy stays, and the next trial meets it', async () => {
  using dir = tempDir();
  layAgents(dir.path, ['done', 'done']);
  const outside = dir.at('outside.txt');
  const open = readFileSync(dir.at('open.sh'), 'utf8');
  const note = `echo "$(wc -l < '${outside}') before me" >> '${outside}'`;
  writeFileSync(outside, '');
  writeFileSync(dir.at('open.sh'), open.replace('\n', `\n${note}\n`));
  expect(await runVerb(agentArgs(), { cwd: dir.path })).toMatchObject({ code: 0 });
  expect(readFileSync(outside, 'utf8').trim().split('\n')).toEqual(['0 before me', '1 before me']);
}, 30_000);

test('the plan, the help and SECURITY.md say that a copy is no sandbox', async () => {
  using dir = tempDir();
  layAgents(dir.path, ['done']);
  const { out } = await runVerb(agentArgs('--dry-run'), { cwd: dir.path });
  expect(out.replaceAll(/\s+/g, ' ')).toContain('A copy of a folder is no sandbox');
  const help = await runVerb(['run', '--help'], { cwd: dir.path });
  expect(help.out.replaceAll(/\s+/g, ' ')).toContain('a copy is no sandbox');
  const page = readFileSync(join(import.meta.dirname, '../../../SECURITY.md'), 'utf8').replaceAll('\n', ' ');
  for (const word of ['no sandbox', 'docker', 'bubblewrap', '@anthropic-ai/sandbox-runtime'])
    expect(page).toContain(word);
  expect(existsSync(dir.at('results'))).toBe(false);
});
