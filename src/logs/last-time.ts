/** The time of the newest record that became a prompt: an age such as 7d counts from it. */
import type { Gatherer } from './collect.ts';
import type { Mapped } from './draft.ts';

export class LastTime implements Gatherer {
  time: string | undefined;

  add(mapped: Mapped): void {
    const ts = 'draft' in mapped ? mapped.draft.ts : undefined;
    if (ts !== undefined && (this.time === undefined || ts > this.time)) this.time = ts;
  }

  reject(): void {}
}
