/** A no in an answer: the clause, and by which words it was told. */
import type { Request } from './asked-words.ts';
import type { Clause } from './clauses.ts';
import type { Family } from './decline-words.ts';

/** A family of English, something that the prompt names, or the words of another language. */
export type How = Pick<Family, 'name' | 'task'>;

export const named: How = { name: 'named', task: true };
export const inAnotherLanguage: How = { name: 'another language', task: true };
export const short: How = { name: 'short', task: false };
/** Nothing but talk about the talk. */
export const away: How = { name: 'away', task: false };

export const isStrong = ({ name }: How): boolean =>
  name.startsWith('unable') || name.startsWith('declining') || name === named.name || name === inAnotherLanguage.name;
/** Against rules, or against the part that the writer plays. */
export const isByRules = ({ name }: How): boolean => /rule|role/.test(name);

export interface No {
  no: Clause;
  how: How;
}

/** A no to the work itself, in whatever words: what is offered behind it is another work. */
export const isPlain = (how: How): boolean => isStrong(how) || isByRules(how) || how.name.startsWith('something');

export interface Found extends No {
  clauses: readonly Clause[];
  request: Request;
  spoken: string;
  /** The whole answer stands in quotation marks. */
  isQuoted: boolean;
}
