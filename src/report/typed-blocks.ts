/** Commands in the sentences of a report file, as its writer types them; texts of prompts, answers and notes stay as they are. */
import { withNpx } from '../text/typeset.ts';
import type { Block } from './blocks.ts';

export function typedBlock(block: Block): Block {
  switch (block.kind) {
    case 'lead':
    case 'text':
    case 'warning':
    case 'cost':
      return { ...block, text: withNpx(block.text) };
    case 'list':
      return { ...block, items: block.items.map(withNpx) };
    case 'command':
      return { ...block, command: withNpx(block.command), words: withNpx(block.words) };
    case 'verdicts':
      return { ...block, items: block.items.map((item) => ({ ...item, words: withNpx(item.words) })) };
    case 'caveats': {
      const typed = (caveats: typeof block.shown) => caveats.map((each) => ({ ...each, text: withNpx(each.text) }));
      return { ...block, shown: typed(block.shown), rest: typed(block.rest) };
    }
    default:
      return block;
  }
}
