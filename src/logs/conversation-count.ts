/** How many prompts the conversations of a file gave: `10 rows are 3 conversations: 5 prompts`. */
import type { Mapped } from './draft.ts';

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

export class ConversationCount {
  private conversations = 0;
  private prompts = 0;

  /** What one conversation gave. */
  add(mapped: readonly Mapped[]): void {
    const prompts = mapped.filter((each) => 'draft' in each).length;
    if (prompts > 0) this.conversations += 1;
    this.prompts += prompts;
  }

  /** Nothing where each record is one prompt. `rows`: how many there were before they were put together. */
  said(rows: number): string | undefined {
    const { conversations, prompts } = this;
    if (conversations === 0 || (rows === conversations && prompts === conversations)) return undefined;
    const before = rows === conversations ? '' : `${counted(rows, 'row')} ${rows === 1 ? 'is' : 'are'} `;
    return `${before}${counted(conversations, 'conversation')}: ${counted(prompts, 'prompt')}.`;
  }
}
