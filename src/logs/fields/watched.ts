/** A record that notes which of its fields are read, at any depth. Copying it whole (`{...record}`) is told apart. */
import type { JsonObject } from '../../records/plain-json.ts';

/** `copied`: taken with all other fields of its object, so that nobody can tell whether it was looked at. */
type Note = (path: string, copied: boolean) => void;

export const watched = (record: JsonObject, note: Note): JsonObject => proxyOf(record, '', note, new WeakMap());

function proxyOf<T extends object>(target: T, path: string, note: Note, known: WeakMap<object, object>): T {
  const before = known.get(target);
  if (before) return before as T;
  const copying = new Copying();
  const shape = shapeOf(target, path);
  const proxy = new Proxy(target, {
    ownKeys(object) {
      const keys = Reflect.ownKeys(object);
      copying.begin(keys);
      return keys;
    },
    getOwnPropertyDescriptor(object, name) {
      copying.describe(name);
      return Reflect.getOwnPropertyDescriptor(object, name);
    },
    get(object, name) {
      const value = Reflect.get(object, name) as unknown;
      if (typeof name !== 'string' || !Object.hasOwn(object, name)) return value;
      if (Array.isArray(object) && name === 'length') return value;
      const inside = pathOf(path, name, shape);
      const copied = copying.takes(name);
      if (typeof value === 'object' && value !== null) return proxyOf(value, inside, note, known);
      note(inside, copied);
      return value;
    },
  });
  known.set(target, proxy);
  return proxy;
}

/** `a.b`; `a[]` in a list; `a{}` in a map of like objects by their ids. */
export const pathOf = (path: string, name: string, shape: Shape): string =>
  shape === 'list' ? `${path}[]` : shape === 'map' ? `${path}{}` : path === '' ? name : `${path}.${name}`;

type Shape = 'list' | 'map' | 'object';

export function shapeOf(value: object, path: string): Shape {
  if (Array.isArray(value)) return 'list';
  if (path === '') return 'object';
  const items = Object.values(value) as unknown[];
  const keys = items.map((item) =>
    typeof item === 'object' && item !== null && !Array.isArray(item) ? Object.keys(item)[0] : undefined,
  );
  return items.length > 1 && keys[0] !== undefined && keys.every((key) => key === keys[0]) ? 'map' : 'object';
}

/** Spreading takes each key's descriptor and then its value, in order: nothing else reads in that way. */
class Copying {
  private keys: readonly (string | symbol)[] = [];
  private next = 0;
  private described: string | symbol | undefined;

  begin(keys: readonly (string | symbol)[]): void {
    this.keys = keys;
    this.next = 0;
    this.described = undefined;
  }

  describe(name: string | symbol): void {
    // Two descriptors without a value between them: the names alone were listed.
    const listed = this.described !== undefined;
    if (listed || name !== this.keys[this.next]) this.begin([]);
    else this.described = name;
  }

  takes(name: string): boolean {
    const isCopy = this.described === name;
    this.described = undefined;
    if (isCopy) this.next += 1;
    else this.keys = [];
    return isCopy;
  }
}
