import type { Check } from './check.ts';
import { checkOptions, numberOption, type OptionRule, optional, textsOption, wholeNumber } from './options.ts';
import { fail, notJudged, pass, quote } from './outcome.ts';

const command: OptionRule = (value) => {
  const words = Array.isArray(value) ? value : [value];
  const good = words.length > 0 && words.every((word) => typeof word === 'string' && word.trim() !== '');
  return good ? undefined : 'must be a command ("./check.sh") or a list of a command and its arguments';
};

/** A day: above that a limit is a slip of the pen. */
const seconds: OptionRule = (value) =>
  wholeNumber(1)(value) ?? (Number(value) > 86_400 ? 'must be 86400 seconds or less' : undefined);

export interface ExecCommand {
  file: string;
  args: string[];
  limitMs: number;
}

/** `./check.sh` or `[node, check.js]`; `runs/` starts it. No shell reads it: a string splits at spaces. */
export function execCommand(spec: Parameters<Check['run']>[0]): ExecCommand {
  const words = Array.isArray(spec.value) ? textsOption(spec) : (textsOption(spec)[0] ?? '').trim().split(/\s+/);
  const [file = '', ...args] = words;
  return { file, args, limitMs: (numberOption(spec, 'seconds') ?? 10) * 1000 };
}

/** `exec: ./check.sh` with `seconds: 30` (default 10): a program of yours gets the answer on stdin, and exit 0 passes. */
export const exec = {
  name: 'exec',
  validate: (spec, path) => checkOptions(spec, path, { value: command, seconds: optional(seconds) }),
  run: (spec, { exec: result }) => {
    const { file, limitMs } = execCommand(spec);
    if (!result) return notJudged(spec, 'exec-not-run', `${file} was not run on this answer.`);
    if (result.timedOut)
      return fail(spec, 'exec-timeout', `${file} did not finish within ${limitMs / 1000} s on this answer.`);
    if (result.code === 0) return pass(spec);
    const said = result.output
      .trim()
      .split('\n')
      .filter((line) => line.trim() !== '')
      .at(-1);
    const how = result.code === null ? 'was ended by a signal' : `ended with exit code ${result.code}`;
    return fail(spec, 'exec', `${file} ${how}${said ? `: ${quote(said, 120)}` : ''}.`);
  },
} satisfies Check;
