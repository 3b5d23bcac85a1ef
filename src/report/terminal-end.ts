/** The answer in one line, for the end of a report that is longer than a screen. */
import { plural } from '../text/numbers.ts';
import { oneLine } from '../text/shell.ts';
import { textWidth } from '../text/width.ts';
import { toWidth } from '../text/wrap.ts';
import { type Answer, answers } from './five-answers.ts';
import type { PairReport, Report, ScopeReport } from './model.ts';
import { answeredScopes, scopeName } from './scopes.ts';

/** For each pair that decides, in lines narrower than `columns`. */
export function answerInShort({ sealed, pairs }: Report, columns: number): string[] {
  if (sealed) return ['No result yet.'];
  const deciding = pairs.filter(({ decides }) => decides);
  return deciding.flatMap((pair) => {
    const who = deciding.length > 1 ? `${oneLine(pair.open, 24)}: ` : '';
    return shortly(pair, columns - textWidth(who) - 2).map((line, at) =>
      toWidth((at === 0 ? who : ' '.repeat(textWidth(who))) + line, columns - 2).trimEnd(),
    );
  });
}

/** "YES extract-json · NOT YET reply, all prompts", a line for each answer where that is too long; with numbers of tasks at last. */
function shortly(pair: PairReport, room: number): string[] {
  const scopes = answeredScopes(pair);
  const [only] = scopes;
  if (scopes.length === 1 && only) return [`${only.answer}: ${only.words.split('; ')[0]}`];
  const named = grouped(scopes, (names) => names.join(', '));
  const line = named.join(' · ');
  if (textWidth(line) <= room) return [line];
  if (named.every((each) => textWidth(each) <= room)) return named;
  return [
    `${pair.overall.answer} all prompts · ${grouped(pair.tasks, ({ length }) => plural(length, 'task')).join(' · ')}`,
  ];
}

function grouped(scopes: readonly ScopeReport[], words: (names: string[]) => string): string[] {
  const namesOf = (answer: Answer): string[] => scopes.filter((scope) => scope.answer === answer).map(scopeName);
  return answers
    .map((answer) => ({ answer, names: namesOf(answer) }))
    .filter(({ names }) => names.length > 0)
    .map(({ answer, names }) => `${answer} ${words(names)}`);
}
