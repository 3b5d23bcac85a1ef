/**
 * Words of every day that are also names: "I'm Claude, and I wrote you a haiku" names one model. In small letters, in a
 * sentence that has capitals, such a word is a name only where a name stands: "I am haiku", "made by meta".
 */
import { everydayMakers, namesOfThings, softNames } from './mask-names.ts';
import type { NameBook, NameKind, Word } from './name-list.ts';

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** The writer's name stands behind one of these: "I am haiku". */
const beforeName = words(`
  am m is was be being i'm im named called name as ai bin heiße ist namens als suis est nommé appelle soy es llamo como sono
  è chiamo come sou é chamo ben heet jestem jako är heter som adım я это run runs running by ( [ < @ " “ „ « - – — / : \` * _
`);
/** Its maker's name stands behind one of these: "made by meta". */
const beforeMaker = words('from at von bei par chez por da di pela pelo van door przez av från tarafından от');
/** The model that another is made of stands behind these two: "based on granite". */
const beforeBase = words('on of from upon atop');
const made = words(`
  based built run runs running version versions variant instance derivative tune fine-tune finetune tuned family descendant
  copy derived model distilled
`);
const ofModel = words('model models assistant ai family chatbot bot llm series');

/** "The Titan rocket": a word for a thing stands next to the name. */
function isOfThing(all: readonly Word[], { first, last, end, kind, name }: Named, cased: string): boolean {
  const [before, next] = [all[first - 1]?.text ?? '', all[last + 1]];
  if (kind !== 'model' || !namesOfThings.has(name) || !/^(?:the|this|that)$/.test(before)) return false;
  return next !== undefined && next.start === end + 1 && ofThings.has(cased.slice(next.start, next.end));
}
const ofThings = words(`
  rocket missile mission telescope probe capsule star stars cell cells panel panels reef stone whale ship boat yacht wing jet plane car
  bus bike river bridge tower festival award band team stadium club hotel school bakery
`);

/** How far back a capital is looked for. */
const nearby = 120;

interface Named extends Pick<Word, 'start' | 'end'> {
  first: number;
  last: number;
  kind: NameKind;
  name: string;
  own: boolean;
}

export function isEverydayWord(all: readonly Word[], found: Named, cased: string, { byFirst }: NameBook): boolean {
  const { first, last, start, end, kind, name, own } = found;
  if (own || first === 0 || !(softNames.has(name) || everydayMakers.has(name))) return false;
  const written = cased.slice(start, end);
  if (isOfThing(all, found, cased)) return true;
  if (written !== written.toLowerCase() || /\d/.test(written)) return false;
  if (!/\p{Lu}/u.test(cased.slice(Math.max(0, start - nearby), start))) return false;
  const [before, ahead] = [all[first - 1]?.text ?? '', all[first - 2]?.text ?? ''];
  if (beforeName.has(before) || (beforeBase.has(before) && made.has(ahead))) return false;
  if (kind === 'vendor' && beforeMaker.has(before)) return false;
  if (before === 's' && byFirst.has(all[first - 3]?.text ?? '')) return false;
  const [next, after] = [all[last + 1], all[last + 2]];
  const isAddress = next?.text === '.' && next.start === end && after?.start === next.end;
  return !isAddress && !ofModel.has(next?.text ?? '');
}
