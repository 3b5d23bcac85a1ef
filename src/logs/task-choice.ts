/** Several fields of a log could name the task: the one that tells more kinds apart is taken, and the others are named. */
import type { JsonObject } from '../records/plain-json.ts';
import { filled } from './fields.ts';

/** Fields of a format that may name the task, the most telling first, and which records are asked. */
export interface TaskFields {
  names: readonly string[];
  /** What somebody wrote down for this very purpose: it is taken wherever it is there. */
  meant?: string;
  of(record: JsonObject): boolean;
}

export interface TaskChoice {
  field: string;
  tasks: number;
  /** Fields that would give tasks, too. */
  others: { field: string; tasks: number }[];
}

/** More than every second record a value of its own: no kinds. */
const recordsPerTask = 2;
const mostlyFilled = 0.9;

/** What a framework writes in every call tells no task. */
const generic =
  /^(?:chat .|(?:Chat|Azure|Google|Bedrock)[A-Z]\w*$|\w*-?(?:generation|completions?|acompletion)$|ai\.\w|llm$|generate(?:content|text)?$|(?:chat|messages|responses)[._]\w+$)/i;

/** Undefined where one field at most tells kinds apart: then the order of the format holds. */
export function taskChoice({ names, meant, of }: TaskFields, records: readonly JsonObject[]): TaskChoice | undefined {
  const asked = records.filter(of);
  if (meant !== undefined && asked.some((record) => filled(record[meant]) !== undefined)) return undefined;
  const kinds = names.flatMap((field) => {
    const tasks = kindsIn(field, asked);
    return tasks === undefined ? [] : [{ field, tasks }];
  });
  // The first of equals, so that a log without a difference reads as before.
  const [best, ...rest] = kinds.sort((a, b) => b.tasks - a.tasks);
  const isFirst = best?.field === names[0];
  const others = rest.filter(({ tasks }) => tasks > 1 || !isFirst);
  return best && others.length > 0 ? { ...best, others } : undefined;
}

function kindsIn(field: string, records: readonly JsonObject[]): number | undefined {
  const values = records.map((record) => {
    const value = filled(record[field]);
    return value === undefined || value === filled(record.model) || generic.test(value.slice(0, 80))
      ? undefined
      : value;
  });
  const named = values.filter((value) => value !== undefined);
  if (named.length < mostlyFilled * records.length) return undefined;
  const different = new Set(named).size;
  return different * recordsPerTask > Math.max(recordsPerTask, named.length) ? undefined : different;
}
