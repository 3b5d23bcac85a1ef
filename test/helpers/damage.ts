/** JSON of any shape, and real records with one part replaced by it: what a damaged or a hostile file holds. */
import fc from 'fast-check';
import type { Json, JsonObject } from '../../src/records/plain-json.ts';

export const hostileTexts = [
  '',
  ' ',
  '__proto__',
  'constructor',
  '../../../etc/passwd',
  '\u0000\ud800',
  '\u001b]0;owned\u0007\u001b[2J\u001b[31mred',
  '\u202eevil\u2066',
  '9'.repeat(400),
  '['.repeat(2_000),
  'x'.repeat(20_000),
];

const leaf = fc.oneof(
  fc.constantFrom<Json>(null, true, false, 0, -1, 1.5, 1e308, 2 ** 53, 'left', 'tie', 'open', 'closed'),
  fc.constantFrom(...hostileTexts),
  fc.string({ unit: 'binary', maxLength: 20 }),
);

/** Through text, as from a file: `__proto__` then is an own key. */
const asParsed = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json;

export const anyJson: fc.Arbitrary<Json> = fc
  .letrec<{ value: Json }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaf,
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.oneof(fc.constantFrom('__proto__', 'length', 'id', 'n', 'at'), fc.string()), tie('value'), {
        maxKeys: 4,
      }),
    ),
  }))
  .value.map(asParsed);

/** Where to go in a record, what to put there; `drop` leaves the part out instead. */
export interface Damage {
  path: number[];
  by: Json;
  drop: boolean;
}

export const anyDamage: fc.Arbitrary<Damage> = fc.record({
  path: fc.array(fc.nat(), { minLength: 1, maxLength: 6 }),
  by: anyJson,
  drop: fc.boolean(),
});

/** The record with one part, anywhere in it, replaced or left out. */
export function damaged(value: Json, { path: [step = 0, ...path], by, drop }: Damage): Json {
  if (Array.isArray(value) && value.length > 0) {
    const at = step % value.length;
    if (path.length === 0 && drop) return value.filter((_, index) => index !== at);
    return value.map((inner, index) => (index === at ? inside(inner, path, by, drop) : inner));
  }
  if (typeof value === 'object' && value !== null && Object.keys(value).length > 0) {
    const names = Object.keys(value);
    const name = names[step % names.length] ?? '';
    const { [name]: inner = null, ...rest } = value as JsonObject;
    return path.length === 0 && drop ? rest : { ...value, [name]: inside(inner, path, by, drop) };
  }
  return by;
}

const inside = (value: Json, path: number[], by: Json, drop: boolean): Json =>
  path.length === 0 ? by : damaged(value, { path, by, drop });
