/** Flags that say how a file is read go along where another command is proposed for it. */
import { expect, test } from 'vitest';
import { keptFlags } from '../../../src/text/kept-flags.ts';
import { typedCommand } from '../../../src/text/shell.ts';

const kept = (...words: string[]): string => keptFlags(typedCommand(['gapcheck', 'run', 'log.json', ...words]));

test('the flags of reading and checking are kept, each with its value as it was quoted', () => {
  const flags = ['--closed', 'logged', '--task-field', 'name', '-n', '20', '--check', 'reply=maxWords:80', '--yes'];
  expect(kept(...flags)).toBe(' --task-field name --check reply=maxWords:80');
  expect(kept('--task-map', 'ticket triage=triage', '--include-flagged')).toBe(
    " --task-map 'ticket triage=triage' --include-flagged",
  );
  expect(kept('--task-field=my kind', '--check=a=json', '--config', './my config.yaml')).toBe(
    " --'task-field=my kind' --check=a=json --config './my config.yaml'",
  );
});

test('nothing else is', () => {
  expect(kept('--name', 'task-field', '--resume')).toBe('');
  expect(keptFlags(undefined)).toBe('');
});
