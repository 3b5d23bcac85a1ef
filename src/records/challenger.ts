/** What the sentences call the model that would take closed's place. */
import { isObject, type JsonObject } from './plain-json.ts';

/** Why an arm is compared with closed; absent is `open`. */
export const armKinds = ['open', 'successor', 'quantization', 'variant'] as const;
export type ArmKind = (typeof armKinds)[number];

interface Challenger {
  as?: ArmKind | undefined;
  variant?: JsonObject | undefined;
}

/** For brackets and table cells: `open`, `successor`, `variant terse`. */
export function challengerKind({ as = 'open', variant }: Challenger): string {
  const name = as === 'variant' && isObject(variant) ? variant.name : undefined;
  return typeof name === 'string' ? `variant ${name}` : as;
}

/** As the subject of a sentence: `open is within your margin`, `the successor is …`, `variant terse is …`. */
export function challengerWord(arm: Challenger): string {
  const kind = challengerKind(arm);
  return kind === 'open' || kind.includes(' ') ? kind : `the ${kind}`;
}
