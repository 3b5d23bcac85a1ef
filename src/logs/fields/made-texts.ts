/** The texts of the prompts that were made: they tell whether a value of a record was used. */
import type { Draft } from '../draft.ts';

const most = 8_000_000;
const window = 20;
const templateMark =
  /<\|[a-z_]{1,24}\|>|\[\/?INST\]|<(?:start|end)_of_turn>|<\/?s>|### (?:Human|User|System|Assistant|Instruction|Response|Input):/;
/** Shorter ones stand in any text by accident. */
const shortest = 6;

export class MadeTexts {
  private readonly short = new Set<string>();
  private readonly long: string[] = [];
  /** Prompts with a logged answer. */
  answers = 0;
  /** All prompts, and those with a time. */
  prompts = 0;
  times = 0;
  private size = 0;
  private joined: string | undefined;

  add(draft: Draft): void {
    this.prompts += 1;
    if (draft.ts) this.times += 1;
    if (draft.ref || draft.answers) this.answers += 1;
    this.take(draft);
    this.joined = undefined;
  }

  private take(value: unknown): void {
    if (typeof value === 'string') this.text(value);
    else if (typeof value === 'number' || typeof value === 'boolean') this.short.add(String(value));
    else if (typeof value === 'object' && value !== null) for (const item of Object.values(value)) this.take(item);
  }

  private text(text: string): void {
    if (text.length <= 200) this.short.add(text.trim());
    if (text.length < shortest || this.size > most) return;
    this.size += text.length;
    this.long.push(folded(text));
  }

  /** The whole of a short value; of a long text any of some pieces, because it may have been cut into turns, or all. */
  holds(text: string, whole = false): boolean {
    if (this.short.has(text.trim())) return true;
    const all = folded(text);
    if (all.length < shortest) return false;
    this.joined ??= this.long.join('\n');
    if (all.length < window) return this.joined.includes(all);
    if (!whole && this.holdsTurn(text)) return true;
    const places = [
      0,
      Math.floor((all.length - window) / 2),
      all.length - window,
      Math.floor((all.length - window) / 4),
    ];
    const isThere = (at: number): boolean => this.joined?.includes(all.slice(at, at + window)) ?? false;
    return whole ? places.every(isThere) : places.some(isThere);
  }

  /** A text in a chat template was taken apart at its marks: its longest turn is told by itself. */
  private holdsTurn(text: string): boolean {
    const turns = text
      .split(templateMark)
      .map((turn) => folded(turn.replace(/^\s*(?:system|user|assistant|model|tool)\s*\n/, '')));
    const longest = turns.reduce((one, other) => (other.length > one.length ? other : one));
    return turns.length > 2 && longest.length >= shortest && (this.joined?.includes(longest.slice(0, window)) ?? false);
  }
}

const folded = (text: string): string => text.replace(/\s+/g, ' ').trim();
