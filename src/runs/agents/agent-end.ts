/** How a trial of an agent ended. The end check decides: neither exit code 0 nor another one says whether the work is done. */
import type { AgentStream } from '../../arms/programs/streams/agent-stream.ts';
import type { AgentEnd, EndCheck } from '../../records/agent-record.ts';

export interface Ending {
  /** A limit of the run that ended it. */
  limit?: 'time' | 'hang' | 'cost';
  code: number | null;
  signal: string | null;
  stream?: AgentStream | undefined;
  /** It asked for a person; `last`: and did nothing after that. */
  person?: { why: string; last: boolean };
  /** Its own word for an end that it calls a failure. */
  error?: string;
  /** It said or changed something. */
  left: boolean;
  /** Undefined where there is none, or where it was not run. */
  check?: EndCheck;
}

export interface Ended {
  end: AgentEnd;
  why?: string;
}

/** A limit that the agent has for itself: it stopped in good order. */
const ownLimits: ReadonlyMap<string, string> = new Map([
  ['error_max_turns', 'turn-limit'],
  ['error_max_budget_usd', 'own-budget'],
  ['error_max_structured_output_retries', 'retry-limit'],
]);

/** Whether the end check has something to decide: after every end that no limit made. */
export const needsCheck = ({ limit }: Ending): boolean => limit === undefined;

export function endOf(ending: Ending): Ended {
  const { limit, person, code, signal, check, error } = ending;
  if (limit === 'hang' && person?.last) return { end: 'person', why: person.why };
  if (limit) return { end: limit };
  // Done, but not alone.
  if (check?.exit === 0) return { end: 'done', ...(person && { why: person.why }) };
  if (isCrash(ending)) return crashOf(ending);
  if (person) return { end: 'person', why: person.why };
  const known = knownExit(ending);
  if (known) return known;
  if (error !== undefined) return { end: 'wrong-end', why: ownWord(error) };
  if (check) return { end: 'wrong-end', why: `end check: exit ${check.exit}` };
  if (!ending.left) return { end: 'wrong-end', why: 'said and changed nothing' };
  return code === 0 ? { end: 'done' } : { end: 'wrong-end', why: exitWords(code, signal) };
}

function isCrash(ending: Ending): boolean {
  if (ending.code === 0) return false;
  if (knownExit(ending)?.end === 'wrong-end' || ending.person?.last) return false;
  return ending.error === undefined || !ownLimits.has(ending.error);
}

function crashOf(ending: Ending): Ended {
  const known = knownExit(ending);
  if (known) return known;
  const said = ending.error === undefined ? '' : `: ${ownWord(ending.error)}`;
  return { end: 'crash', why: `${exitWords(ending.code, ending.signal)}${said}`.slice(0, 200) };
}

const knownExit = ({ stream, code }: Ending): Ended | undefined => (code === null ? undefined : stream?.exits?.[code]);

const ownWord = (error: string): string => ownLimits.get(error) ?? error.slice(0, 200);

const exitWords = (code: number | null, signal: string | null): string =>
  code === null ? `signal ${signal ?? 'unknown'}` : `exit ${code}`;
