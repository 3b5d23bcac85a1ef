import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { gapcheck } from '../helpers/cli.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const has = (program: string): boolean => {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

/** Runs of a folder; one has a name that a careless script would run. */
function makeRuns(results: string): void {
  for (const name of ['2026-11-21T0930Z-tickets', '2026-11-22T0930Z-mail', '2026-$(touch gone)']) {
    mkdirSync(join(results, name), { recursive: true });
    writeFileSync(join(results, name, 'run.json'), '{}');
  }
  mkdirSync(join(results, '2026-no-run'));
}

/** What bash offers for the line so far, the last word unfinished. */
function offered(script: string, line: string, cwd = '.'): string[] {
  const words = line.split(' ');
  const array = words.map((word) => `"${word}"`).join(' ');
  const asked = `${script}\nCOMP_WORDS=(${array})\nCOMP_CWORD=${words.length - 1}\n_gapcheck\nprintf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync('bash', ['--norc', '-c', asked], { encoding: 'utf8', cwd }).split('\n').filter(Boolean);
}

test.skipIf(!has('bash'))('bash completes commands, their options, and commands below commands', async () => {
  using dir = tempDir();
  const { code, out } = await gapcheck(['completion', 'bash'], { cwd: dir.path });
  expect(code).toBe(0);
  expect(offered(out, 'gapcheck re')).toEqual(['report']);
  expect(offered(out, 'gapcheck run --clo')).toEqual(['--closed']);
  expect(offered(out, 'gapcheck run prompts.csv --dry')).toEqual(['--dry-run']);
  expect(offered(out, 'gapcheck votes ex')).toEqual(['export']);
  expect(offered(out, 'gapcheck votes export --out')).toEqual(['--output']);
  // Files are the shell's own.
  expect(offered(out, 'gapcheck run pro')).toEqual([]);
});

test('zsh and fish scripts name every command; another shell is refused', async () => {
  using dir = tempDir();
  const zsh = await gapcheck(['completion', 'zsh'], { cwd: dir.path });
  expect(zsh.out).toContain('bashcompinit');
  const fish = await gapcheck(['completion', 'fish'], { cwd: dir.path });
  for (const name of ['run', 'score', 'report', 'import', 'votes'])
    expect(fish.out).toContain(`complete -c gapcheck -n '__gapcheck_at ""' -a ${name} -d '`);
  const other = await gapcheck(['completion', 'tcsh'], { cwd: dir.path });
  expect(other).toMatchObject({ code: 2, err: expect.stringContaining('bash, zsh, fish') });
});

test.skipIf(!has('bash'))(
  'bash completes runs by name, runs nothing that a name says, and knows --results',
  async () => {
    using dir = tempDir();
    const { out } = await gapcheck(['completion', 'bash'], { cwd: dir.path });
    makeRuns(dir.at('results'));
    makeRuns(dir.at('elsewhere', 'runs'));
    expect(offered(out, 'gapcheck score 2026-11-2', dir.path)).toEqual([
      '2026-11-21T0930Z-tickets',
      '2026-11-22T0930Z-mail',
    ]);
    expect(offered(out, 'gapcheck more 2026-', dir.path)).toContain(String.raw`2026-\$\(touch\ gone\)`);
    expect(existsSync(dir.at('gone'))).toBe(false);
    expect(offered(out, 'gapcheck report --results elsewhere/runs 2026-11-22', dir.path)).toHaveLength(1);
    expect(offered(out, 'gapcheck doctor 2026', dir.path)).toEqual([]);
  },
);

test.skipIf(!has('fish'))('fish completes commands below commands, options with their words, and runs', async () => {
  using dir = tempDir();
  const { out } = await gapcheck(['completion', 'fish'], { cwd: dir.path });
  makeRuns(dir.at('results'));
  const offer = (line: string): string[] => {
    const script = `${out}\ncomplete -C '${line}'`;
    return execFileSync('fish', ['--no-config', '-c', script], { encoding: 'utf8', cwd: dir.path })
      .split('\n')
      .filter(Boolean);
  };
  expect(offer('gapcheck repo')).toEqual(['report\twhat the votes decided, overall and per task']);
  expect(offer('gapcheck run --clo')).toEqual([expect.stringMatching(/^--closed\tthe closed side/)]);
  // Of "votes import", not of "import".
  expect(offer('gapcheck votes import --').map((line) => line.split('\t')[0])).toEqual(['--help', '--results']);
  expect(offer('gapcheck score 2026-11')).toEqual(['2026-11-21T0930Z-tickets\trun', '2026-11-22T0930Z-mail\trun']);
});

/** Tab in a zsh of its own that has loaded nothing. */
test.skipIf(!has('zsh') || process.platform !== 'linux')(
  'zsh completes, also where nothing was set up for it',
  async ({ skip }) => {
    const { hasTmux, openTerminal } = await import('../helpers/terminal.ts');
    if (!hasTmux) return skip('tmux is missing');
    using dir = tempDir();
    const { out } = await gapcheck(['completion', 'zsh'], { cwd: dir.path });
    writeFileSync(dir.at('gapcheck.zsh'), out);
    makeRuns(dir.at('results'));
    await using terminal = openTerminal('PS1="%% " zsh -f -i', { cwd: dir.path });
    await terminal.see(/^%/m);
    terminal.type('source ./gapcheck.zsh; echo loaded $?');
    terminal.press('Enter');
    await terminal.see(/^loaded 0/m);
    for (const [typed, whole] of [
      ['gapcheck outd', /gapcheck outdated/],
      ['gapcheck run --dry', /gapcheck run --dry-run/],
      ['gapcheck score 2026-11-21', /gapcheck score 2026-11-21T0930Z-tickets/],
    ] as const) {
      terminal.type(typed);
      terminal.press('Tab');
      await terminal.see(whole);
      terminal.press('C-u');
    }
  },
);
