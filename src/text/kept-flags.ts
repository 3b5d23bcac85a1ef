/** What of a typed command says how a file is read and checked: it goes along where another command is proposed for that file. */
import { quotedWords } from './shell.ts';

const withValue =
  /^--(?:task-field|prompt-field|messages-field|answer-field|task-map|template|format|encoding|table|check|config)$/;
const alone = /^--(?:text-cells|include-flagged)$/;

/** ` --task-field name --check a=json`: with a blank before each, empty where there are none. The words stay as they are quoted. */
export function keptFlags(command = ''): string {
  const words = quotedWords(command);
  const kept = words.flatMap((word, at) => {
    const [flag = '', value] = word.replace(/^--'/, '--').split(/=(.*)/s);
    if (alone.test(flag)) return [word];
    if (!withValue.test(flag)) return [];
    if (value !== undefined) return [word];
    const next = words[at + 1];
    return next === undefined ? [] : [`${word} ${next}`];
  });
  return kept.map((words) => ` ${words}`).join('');
}
