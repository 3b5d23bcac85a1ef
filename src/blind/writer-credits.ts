/** A model among the authors of a text, and in a comment that says who wrote the code. */
import type { FoundName } from './find-names.ts';
import { blanked, namesIn, type Stretch } from './line-names.ts';
import type { NameBook } from './name-list.ts';
import { type Line, linesOf } from './source-lines.ts';

/** A heading, with or without names behind it. */
const heading =
  /^[\s#*_=/;"'<!-]{0,10}(?:authors?(?: (?:and|&) (?:credits|contributors|maintainers))?|credits?|co-?authors?|contributors?|acknowledge?ments?|autoren|autor(?:in)?|mitwirkende|danksagung|auteurs?|crédits|remerciements|autores?|créditos|agradecimientos|autori|autore|crediti|ringraziamenti|agradecimentos|dankwoord|autorzy|podziękowania|författare|yazarlar|teşekkürler|авторы|благодарности|作者|致谢|著者|クレジット|謝辞|저자|크레딧|लेखक|श्रेय|المؤلفون|الشكر)[\s*_]{0,4}(?::\s*(.{0,200}))?[\s*_=#-]{0,6}$/iu;
const item = /^[\s/#*;]{0,6}(?:[-*•+]|\d{1,2}[.)])\s+/;
/** Lines below such a heading. */
const longestList = 12;
/** A name that people have too needs a word for a model beside it, or the reader as an author. */
const people = /^(?:claude|gemma|nova|aya|dolly|alice)$/;
const model =
  /(?<!\p{L})(?:ai|ki|ia|ии|llm|model|assistant|chatbot|you|du|sie|vous|tú|tu|você|je|ty|вы|ты)(?!\p{L})|你|您|あなた|당신/iu;

/** A comment that says who wrote the code around it: nothing but a file's name stands before that. */
const comment =
  /^\s{0,12}(?:#|\/\/|\/?\*+|--|;|<!--|%|"{3}|'{3})\W{0,6}(?:(?:this|the) (?:\w+ ){1,3}?(?:was|is|has been) |[\w./-]{1,40}\s?[-–—:|,]{1,2}\s)?(?:code |script |file )?(?:(?:ai|auto|automatically)[- ])?(?:generated|written|created|authored|coded|produced|implemented|drafted) (?:by|with|using|via) (?:the )?$|^\s{0,12}(?:#|\/\/|\/?\*+|--|;|<!--|%|"{3}|'{3})?\W{0,6}@(?:author|generated(?: by| with)?)\W{1,4}$/i;

function inComment(source: string, line: Line, book: NameBook): Stretch[] {
  if (line.text.length > 200 || !/generat|written|creat|author|coded|produc|implement|draft/i.test(line.text))
    return [];
  const { names, text, stretch } = namesIn(source, line, book);
  const [first] = names;
  if (first?.kind !== 'model' || first.ambiguous || !comment.test(source.slice(line.from, stretch(first).from)))
    return [];
  const rest =
    blanked(text, names)
      .slice(first.start)
      .match(/[\p{L}\d]+/gu) ?? [];
  return rest.length <= 4 ? names.filter(({ ambiguous }) => !ambiguous).map(stretch) : [];
}

/** "ChatGPT (GPT-4)": the same model again. */
const isAside = (text: string, { end }: FoundName, start: number): boolean => text.slice(end, start).trim() === '(';

/** Names of the one model that such a list or comment has. */
export function creditedAuthors(source: string, book: NameBook): Stretch[] {
  const found: Stretch[] = [];
  const told = new Set<string>();
  const lines = linesOf(source);
  for (const [place, line] of lines.entries()) {
    found.push(...inComment(source, line, book));
    const behind = heading.exec(line.text.slice(0, 240))?.[1];
    const inline = behind !== undefined && behind.trim() !== '';
    if (!inline && !heading.test(line.text.slice(0, 240))) continue;
    const items = inline ? [line] : itemsBelow(lines, place + 1);
    const some = items.map(({ text }) => text).join('\n');
    for (const one of items) {
      const { names, stretch, text } = namesIn(source, one, book);
      const models = names.filter(({ kind, ambiguous }) => kind === 'model' && !ambiguous);
      if (models.length === 0) continue;
      if (
        models.every(({ name, soft, first, last }) => (people.test(name) || soft) && first === last) &&
        !model.test(some)
      )
        continue;
      for (const [at, { name, start }] of models.entries())
        if (at === 0 || !isAside(text, models[at - 1] as FoundName, start)) told.add(name);
      found.push(...names.filter(({ ambiguous }) => !ambiguous).map(stretch));
    }
  }
  return told.size <= 1 ? found : [];
}

function itemsBelow(lines: readonly Line[], from: number): Line[] {
  const found: Line[] = [];
  for (const line of lines.slice(from, from + longestList)) {
    if (item.test(line.text)) found.push(line);
    else if (!/^[\s/#*;=_-]*$/.test(line.text)) break;
  }
  return found;
}
