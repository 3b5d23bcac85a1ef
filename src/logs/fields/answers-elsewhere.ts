/** Answers that were read under a name in another language: said with their count, because such a name may mislead. */
import type { Json } from '../../records/plain-json.ts';
import { foldedName } from './names.ts';
import { namesElsewhere } from './names-elsewhere.ts';
import { isMissing } from './record-fields.ts';

const names = new Set<string>(namesElsewhere.made);
export const isNamedElsewhere = (name: string): boolean => names.has(foldedName(name));

export class AnswersElsewhere {
  private readonly filled = new Map<string, number>();

  count(name: string, value: Json | undefined): void {
    if (isNamedElsewhere(name) && !isMissing(value)) this.filled.set(name, (this.filled.get(name) ?? 0) + 1);
  }

  /** `Read as answers: respuesta (4 of 4 records).`; `unused`: names that were not read after all. */
  said(of: { size: number; answered: boolean }, unused: readonly { name: string }[]): string | undefined {
    const read = [...this.filled].filter(([name]) => !unused.some((field) => field.name === name));
    const named = read.map(([name, filled]) => `${name} (${filled} of ${of.size} records)`);
    return named.length > 0 && of.answered ? `Read as answers: ${named.join(', ')}.` : undefined;
  }
}
