/** One kind of personal data or secret: the shape that is looked for, and the rule that decides. */
export type RedactKind = 'email' | 'phone' | 'card' | 'iban' | 'ip' | 'ssn' | 'secret';

export interface Detector {
  kind: RedactKind;
  /** Cheap test before the pattern runs at all. */
  hint: RegExp;
  pattern: RegExp;
  /** Which group is replaced; 0 is the whole match. */
  group: number;
  /** `before`, `behind`: what stands beside it, as far as it may matter. */
  valid?(value: string, before: string, behind: string): boolean;
  /** Numbers that stand behind it may have been taken for its last groups: fewer groups are tried. */
  shrink?: boolean;
  /** A sign at its end that ends the sentence is no part of it. */
  trim?: boolean;
  /** One of several groups holds the value, whichever quotes stand around it. */
  quoted?: boolean;
}
