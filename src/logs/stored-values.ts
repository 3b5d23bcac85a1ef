/** Values as databases export them, with their types beside them, as plain values. */
import type { Json, JsonObject } from '../records/plain-json.ts';
import { isObject } from '../records/plain-json.ts';

const extended = /"\$(?:oid|date|numberInt|numberLong|numberDouble|numberDecimal)"/;
const isExtendedName = /^\$(?:oid|date|numberInt|numberLong|numberDouble|numberDecimal)$/;

/** Extended JSON of MongoDB: `{"$oid": "…"}` is the id, `{"$date": "…"}` the time. Other text is parsed as it is. */
export const parseStored = (text: string): Json =>
  extended.test(text) ? (JSON.parse(text, plainValue) as Json) : (JSON.parse(text) as Json);

function plainValue(_name: string, value: Json): Json {
  if (!isObject(value)) return value;
  const [[name, inner] = [], ...others] = Object.entries(value);
  if (others.length > 0 || name === undefined || !isExtendedName.test(name) || inner === undefined) return value;
  const isNumber = name.startsWith('$number') || (name === '$date' && /^-?\d+$/.test(String(inner)));
  return isNumber ? Number(inner) : inner;
}

const types = new Set(['S', 'N', 'BOOL', 'NULL', 'M', 'L', 'SS', 'NS', 'B', 'BS']);

/** An item of DynamoDB, whose values stand under their types: `{"prompt": {"S": "…"}}` → `{"prompt": "…"}`. */
export function plainItem(item: Json | undefined): JsonObject | undefined {
  if (!isObject(item as Json)) return undefined;
  const entries = Object.entries(item as JsonObject);
  if (entries.length === 0 || !entries.every(([, value]) => typed(value) !== undefined)) return undefined;
  return Object.fromEntries(entries.map(([name, value]) => [name, untyped(value)]));
}

function typed(value: Json): [type: string, value: Json] | undefined {
  const [only, ...others] = isObject(value) ? Object.entries(value) : [];
  return only && others.length === 0 && types.has(only[0]) ? only : undefined;
}

function untyped(value: Json): Json {
  const [type, inner] = typed(value) ?? [];
  if (type === undefined || inner === undefined) return value;
  if (type === 'NULL') return null;
  if (type === 'N') return Number(inner);
  if (type === 'L' && Array.isArray(inner)) return inner.map(untyped);
  if (type === 'M') return plainItem(inner) ?? inner;
  return inner;
}

/** A row whose columns stand in an object of their own: Django's dumpdata, Airtable, Firestore. */
export function plainRow(row: JsonObject): JsonObject | undefined {
  const { fields } = row;
  if (!isObject(fields as Json)) return undefined;
  const own = fields as JsonObject;
  if (typeof row.model === 'string' && row.pk !== undefined) return { id: row.pk, ...own };
  if (row.id !== undefined && row.createdTime !== undefined)
    return { id: row.id, created_time: row.createdTime, ...own };
  const isTyped = Object.values(own).every((value) => firestoreValue(value) !== undefined);
  if (row.name === undefined || row.createTime === undefined || !isTyped) return undefined;
  const plain = Object.entries(own).map(([name, value]) => [name, firestoreValue(value) ?? null] as const);
  return { id: row.name, created_time: row.createTime, ...Object.fromEntries(plain) };
}

/** `{"stringValue": "…"}` → `"…"`; undefined for what has no type beside it. */
function firestoreValue(value: Json): Json | undefined {
  const [[type, inner] = [], ...others] = isObject(value) ? Object.entries(value) : [];
  if (others.length > 0 || inner === undefined || !type?.endsWith('Value')) return undefined;
  if (type === 'integerValue') return Number(inner);
  if (type === 'arrayValue') return listIn(inner, 'values').map((item) => firestoreValue(item) ?? null);
  if (type !== 'mapValue' || !isObject(inner)) return inner;
  const fields = isObject(inner.fields as Json) ? Object.entries(inner.fields as JsonObject) : [];
  return Object.fromEntries(fields.map(([name, item]) => [name, firestoreValue(item) ?? null]));
}

const listIn = (value: Json, name: string): Json[] => {
  const list = isObject(value) ? value[name] : undefined;
  return Array.isArray(list) ? list : [];
};
