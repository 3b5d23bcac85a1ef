/** Puts tool calls together from their fragments, whichever of index, id and name a server sends. */
import { isObject } from '../../records/plain-json.ts';
import type { ToolCall } from '../../records/prompt-record.ts';

interface OpenCall extends ToolCall {
  index?: number;
}

export interface CallFragment {
  index?: number;
  id?: string;
  name?: string;
  /** Text to add, or a whole object. */
  arguments?: unknown;
}

export class ToolCalls {
  readonly #calls: OpenCall[] = [];

  get size(): number {
    return this.#calls.length;
  }

  add(fragment: CallFragment): void {
    const call = this.#find(fragment) ?? this.#begin(fragment);
    call.id ||= fragment.id ?? '';
    call.name ||= fragment.name ?? '';
    addArguments(call, fragment.arguments);
  }

  all(): ToolCall[] {
    return this.#calls.map(({ id, name, arguments: text }) => ({ id, name, arguments: text }));
  }

  #begin({ index }: CallFragment): OpenCall {
    const call: OpenCall = { id: '', name: '', arguments: '', ...(index !== undefined && { index }) };
    this.#calls.push(call);
    return call;
  }

  /** The call that a fragment goes on with; undefined where it begins one. */
  #find({ index, id, name }: CallFragment): OpenCall | undefined {
    const last = this.#calls.at(-1);
    if (index !== undefined) {
      const known = this.#calls.findLast((call) => call.index === index);
      if (known === undefined || id === undefined || known.id === '') return startsAnother(known, id, name);
      return known.id === id ? known : this.#calls.find((call) => call.id === id && call.index === index);
    }
    if (id !== undefined) {
      const known = this.#calls.find((call) => call.id === id);
      if (known) return known;
      return last !== undefined && last.id === '' && last.name === '' ? last : undefined;
    }
    return startsAnother(last, id, name);
  }
}

/** A name begins a call where the one before has its own name and is finished, or is another. */
function startsAnother(call: OpenCall | undefined, id: string | undefined, name: string | undefined) {
  if (call === undefined || name === undefined || call.name === '') return call;
  if (id !== undefined && call.id === id) return call;
  const other = name !== call.name && !call.name.startsWith(name);
  return isFinished(call.arguments) || (other && call.arguments === '') ? undefined : call;
}

const isFinished = (text: string): boolean => {
  try {
    return isObject(JSON.parse(text));
  } catch {
    return false;
  }
};

function addArguments(call: OpenCall, piece: unknown): void {
  if (piece === undefined || piece === null) return;
  if (typeof piece !== 'string') call.arguments = JSON.stringify(piece);
  // Some servers send the whole call once more at the end.
  else if (piece !== call.arguments || !isFinished(piece)) call.arguments += piece;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** A fragment as chat completions have it: `{index, id, function: {name, arguments}}`. */
export function fragmentOf(call: Record<string, unknown>): CallFragment {
  const fn = isObject(call.function) ? call.function : isObject(call.custom) ? call.custom : call;
  const index = typeof call.index === 'number' ? call.index : undefined;
  const id = text(call.id);
  const name = text(fn.name);
  return {
    ...(index !== undefined && { index }),
    ...(id !== undefined && { id }),
    ...(name !== undefined && { name }),
    arguments: fn.arguments ?? fn.input,
  };
}
