/** How a table writes its cells: what `sniff.ts` finds out and the parser goes by. */

export interface Dialect {
  /** One character; empty for a file of one column. */
  delimiter: string;
  /** `"`, `'`, or empty where quotes are ordinary characters. */
  quote: '"' | "'" | '';
  /** `\` escapes a quote inside quotes (`\"`), or, without quotes, a delimiter or line end. */
  backslash: boolean;
  /** Blanks before an opening quote belong to nobody: `1, "text"`. */
  skipBlank: boolean;
}
