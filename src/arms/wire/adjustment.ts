/** What is changed of a request after a server refused one of its parameters. */

/** How to go on without what was refused. */
export type Way =
  | { way: 'leave out' }
  | { way: 'rename'; to: string }
  /** Tokens at most, whatever the request. */
  | { way: 'cap'; most: number }
  /** Prompt and answer together have to fit into so many tokens. */
  | { way: 'fit'; window: number }
  /** `json_object` as a schema. */
  | { way: 'as schema' }
  | { way: 'strict off' }
  | { way: 'as system' };

export interface Adjustment {
  name: string;
  how: Way;
  /** Of this request alone: the cap that is left beside its prompt. */
  now?: number;
}
