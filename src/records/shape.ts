/** Rules for what a parsed file holds: small ones, and ones made of them. Fields that no rule names are nobody's business. */
export type Shape = (value: unknown) => boolean;
type Fields = Record<string, unknown>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const text: Shape = (value) => typeof value === 'string';
export const truth: Shape = (value) => typeof value === 'boolean';
/** JSON has no NaN, but `1e999` is read as Infinity. */
export const number: Shape = (value) => typeof value === 'number' && Number.isFinite(value);
export const amount: Shape = (value) => number(value) && (value as number) >= 0;

export const maybe =
  (shape: Shape): Shape =>
  (value) =>
    value === undefined || shape(value);
export const orNull =
  (shape: Shape): Shape =>
  (value) =>
    value === null || shape(value);
export const list =
  (shape: Shape): Shape =>
  (value) =>
    Array.isArray(value) && value.every((each) => shape(each));
export const record =
  (shape: Shape): Shape =>
  (value) =>
    isFields(value) && Object.values(value).every((each) => shape(each));
export const one =
  (...words: string[]): Shape =>
  (value) =>
    words.includes(value as string);
export const either =
  (...shapes: Shape[]): Shape =>
  (value) =>
    shapes.some((shape) => shape(value));
export const object =
  (fields: Record<string, Shape>): Shape =>
  (value) =>
    isFields(value) && wrongField(value, fields) === undefined;

/** The first field that is not what its rule says. */
export const wrongField = (value: Fields, fields: Record<string, Shape>): string | undefined =>
  Object.keys(fields).find((name) => !fields[name]?.(Object.hasOwn(value, name) ? value[name] : undefined));
