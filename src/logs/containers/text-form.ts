/** A text file of some tool's own form, as JSON. */

export interface TextForm {
  /** JSON lines, or one JSON value. */
  text: string;
  notes: string[];
}
