import { execFileSync } from 'node:child_process';
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

/** What bash offers for the line so far, the last word unfinished. */
function offered(script: string, line: string): string[] {
  const words = line.split(' ');
  const array = words.map((word) => `"${word}"`).join(' ');
  const asked = `${script}\nCOMP_WORDS=(${array})\nCOMP_CWORD=${words.length - 1}\n_gapcheck\nprintf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync('bash', ['--norc', '-c', asked], { encoding: 'utf8' }).split('\n').filter(Boolean);
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
    expect(fish.out).toContain(`complete -c gapcheck -n '__fish_use_subcommand' -a ${name} -d '`);
  expect(fish.out).toContain("-n '__fish_seen_subcommand_from votes; and __fish_seen_subcommand_from export'");
  const other = await gapcheck(['completion', 'tcsh'], { cwd: dir.path });
  expect(other).toMatchObject({ code: 2, err: expect.stringContaining('bash, zsh, fish') });
});
