/** The one thing wrong in a config that is worth saying first, and the keys that would be right in its place. */
import * as v from 'valibot';

interface Wrong {
  /** Keys and indexes that lead to it. */
  path: string[];
  says: string;
  /** A key that stands there and means nothing. */
  unknown?: string;
}

/** Undefined where nothing is. The deepest names what is wrong; those above it only repeat that something is. */
export function wrongIn(schema: v.GenericSchema, value: unknown): Wrong | undefined {
  const { issues = [] } = v.safeParse(schema, value);
  const depth = ({ path, unknown }: Wrong): number => 2 * path.length + (unknown === undefined ? 0 : 1);
  return issues.flatMap((issue) => leaves(issue, [])).sort((a, b) => depth(b) - depth(a))[0];
}

/** Of a union, what is wrong with each of its forms, unless it has a sentence of its own. */
function leaves(issue: v.BaseIssue<unknown>, above: readonly string[]): Wrong[] {
  const path = [...above, ...(issue.path ?? []).map(({ key }) => String(key))];
  if (issue.issues) {
    const inner = issue.issues.flatMap((one) => leaves(one, path));
    if (issue.message.startsWith('Invalid')) return inner;
    const within = inner.filter((one) => one.path.length > path.length);
    return within.length > 0 ? within : [{ path, says: issue.message }];
  }
  const last = issue.path?.at(-1);
  const isOfKey = last !== undefined && 'origin' in last && last.origin === 'key';
  const around = isOfKey ? path.slice(0, -1) : path;
  const isUnknown = issue.type === 'strict_object' && issue.expected === 'never';
  return [{ path: around, says: issue.message, ...(isUnknown && { unknown: String(last?.key) }) }];
}

/** Keys of the object that stands at a path of the schema; of several forms, those of the one with keys. */
export function knownKeys(schema: v.GenericSchema, path: readonly string[]): string[] {
  const [entries] = path
    .reduce<v.GenericSchema[]>((all, key) => all.flatMap((one) => below(one, key)), [schema])
    .flatMap(entriesOf);
  return Object.keys(entries ?? {});
}

type Anything = v.GenericSchema & {
  wrapped?: v.GenericSchema;
  options?: v.GenericSchema[];
  entries?: v.ObjectEntries;
  item?: v.GenericSchema;
  value?: v.GenericSchema;
};

const entriesOf = ({ wrapped, options, entries }: Anything): v.ObjectEntries[] =>
  wrapped ? entriesOf(wrapped) : options ? options.flatMap(entriesOf) : entries ? [entries] : [];

function below({ wrapped, options, entries, item, value }: Anything, key: string): v.GenericSchema[] {
  if (wrapped) return below(wrapped, key);
  if (options) return options.flatMap((one) => below(one, key));
  const found = entries?.[key] ?? item ?? value;
  return found ? [found as v.GenericSchema] : [];
}
