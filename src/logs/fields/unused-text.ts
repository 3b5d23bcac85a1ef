/** The sentence that names what was not used, and the flags that would use it. */
import { shellWord } from '../../text/shell.ts';
import { fieldNames, foldedName } from './names.ts';
import type { Unused } from './unused.ts';

const mostShown = 12;
const mostNamed = 30;
const asked =
  /input|question|message|body|description|text|prompt|query|comment|instruction|utterance|context|document/i;
const taskWords =
  /task|categ|topic|intent|kind|type|domain|area|feature|use.?case|scenario|department|group|class|label|tag|name|action|endpoint|region|channel|team|product|skill|workflow|route/i;
const answers =
  /answer|response|reply|output|completion|result|assistant|bot|said|generated|antwort|respuesta|reponse/i;
const noAnswer = /error|exception|trace|system|url|agent|title|name|author|company|address|user/i;
const technical =
  /(?:^|[._ \]-])(?:id|uuid|tokens?|count|date|time|timestamp|length|cost|url|hash|index|version|status|at)$/i;
/** What every API writes below the first level, and no prompt is made of; `--json` lists these too. */
const plumbing = new Set(
  'type index object role id uuid created created_at system_fingerprint logprobs service_tier stream done total_tokens hash version method url status state name finish_reason content_type update_time create_time timestamp timeUnixNano'.split(
    ' ',
  ),
);

/** `Not used: context (11 of 11 records, about 640 characters)`; undefined where every filled field was used. */
export function unusedText(unused: readonly Unused[], answered = true): string | undefined {
  const told = unused.filter(({ name, kind }) => !isPath(name) || kind === 'words' || !plumbing.has(lastOf(name)));
  if (told.length === 0) return undefined;
  const shown = [
    ...told.filter(({ name }) => !isPath(name)),
    ...told.filter(({ name, kind }) => isPath(name) && kind === 'words'),
  ];
  const sized = shown.slice(0, mostShown);
  const rest = told.filter((each) => !sized.includes(each));
  const named = rest.slice(0, mostNamed).map(({ name }) => shortName(name));
  const more = rest.length > mostNamed ? `, and ${rest.length - mostNamed} more` : '';
  const parts = [
    ...(sized.length ? [`Not used: ${sized.map(withSize).join(', ')}`] : []),
    ...(named.length ? [`${sized.length ? 'Nor' : 'Not used'}: ${named.join(', ')}${more}`] : []),
  ];
  return [...parts, ...flagsFor(told, answered), ...sidesOf(told, answered)].map((part) => `${part}.`).join(' ');
}

/** The same people write again and again, and no field holds an answer: nothing says which side each is on. */
function sidesOf(unused: readonly Unused[], answered: boolean): string[] {
  const speakers = answered
    ? undefined
    : unused.find(({ name, values }) => values !== undefined && senders.has(foldedName(name)));
  return speakers
    ? [`Nothing says who in "${shortName(speakers.name)}" asks and who answers: answers may be among the prompts`]
    : [];
}
const senders = new Set([
  'sender',
  'sender_name',
  'author',
  'author_name',
  'speaker',
  'from',
  'from_name',
  'who',
  'role',
]);

/** The field that perhaps names the task, where tasks were guessed. */
export const perhapsTask = (unused: readonly Unused[]): string | undefined =>
  unused.filter(isUsable).find(isTask)?.name;

/** Fields that perhaps hold answers, in the order of the file. */
export const perhapsAnswers = (unused: readonly Unused[]): string[] =>
  unused.filter((each) => isUsable(each) && isAnswer(each)).map(({ name }) => name);

const isPath = (name: string): boolean => /[.[{]/.test(name);
const lastOf = (name: string): string =>
  name
    .replace(/(?:\[\]|\{\})+$/, '')
    .split('.')
    .at(-1) ?? '';
const shortName = (name: string): string => (name.length > 60 ? `${name.slice(0, 59)}…` : name);
const withSize = ({ name, filled, records, length }: Unused): string =>
  `${shortName(name)} (${filled} of ${records} records, about ${length} character${length === 1 ? '' : 's'})`;

/** For each flag the field that it could use; none where nothing fits. */
function flagsFor(unused: readonly Unused[], answered: boolean): string[] {
  const usable = unused.filter(isUsable);
  const known = new Set<string>([...fieldNames.made, ...fieldNames.hoped]);
  const answer =
    usable.find(({ name }) => known.has(foldedName(name))) ?? (answered ? undefined : usable.find(isAnswer));
  const prompt = usable.find((each) => each !== answer && each.kind === 'words' && asked.test(each.name));
  const task = usable.find(isTask);
  const flags = (
    [
      ['--prompt-field', prompt],
      ['--answer-field', answer],
      ['--task-field', task],
    ] as const
  ).flatMap(([flag, field]) => (field ? [`${flag} ${word(field.name)}`] : []));
  const columns = answered ? undefined : twoColumns(unused);
  return [
    ...(columns === undefined ? [] : [`To compare the answers of two models: run with ${columns}`]),
    ...(flags.length ? [`To use one: ${flags.join(', ')}`] : []),
  ];
}

/** `--closed column:A --open column:B`, where two fields perhaps hold the answers of two models: nothing has to be asked. */
export function twoColumns(unused: readonly Unused[]): string | undefined {
  const [first, second] = perhapsAnswers(unused);
  if (first === undefined || second === undefined) return undefined;
  return `--closed ${shellWord(`column:${first}`)} --open ${shellWord(`column:${second}`)}`;
}

/** A field that a flag can name. */
const isUsable = ({ name }: Unused): boolean =>
  !technical.test(foldedName(name)) && !/[[{]/.test(name) && name.length <= 60;

/** Few words that come again, under the name of a kind. */
const isTask = ({ name, values }: Unused): boolean => values !== undefined && taskWords.test(name);

/** Where no answer was read, a text that differs from record to record may be one. */
const isAnswer = ({ name, kind, values, length }: Unused): boolean =>
  values === undefined &&
  !asked.test(name) &&
  !noAnswer.test(name) &&
  (kind === 'words' || (kind === 'text' && length >= 8 && answers.test(name)));

const word = (name: string): string => (/^[\w.-]+$/.test(name) ? name : JSON.stringify(name));
