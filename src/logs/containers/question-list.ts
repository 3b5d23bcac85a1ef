/** Questions with their answers in a text for people: headings that ask, or lines that begin with Q: and A:. */
import { userError } from '../../errors.ts';
import type { TextForm } from './text-form.ts';

interface Pair {
  question: string;
  answer: string;
  category?: string;
}

const isText = (file: string): boolean => /\.(?:md|markdown|txt)$/i.test(file);
const heading = /^(#{1,6})[ \t]{1,8}(\S.{0,398})$/;
const asks = /[?？]\**$/;
const marked =
  /^(?:\*\*|__)?(Q|Question|Frage|A|Answer|Antwort)[ .]?\d{0,4}(?:\*\*|__)?[.:](?:\*\*|__)?[ \t]{0,8}(.{0,20000})$/i;

export const isQuestionList = (head: string, file: string): boolean =>
  isText(file) && (askingLevel(head) !== undefined || areMarked(head));

export function questionList(text: string, file: string): TextForm {
  const level = askingLevel(text);
  const pairs = (level === undefined ? markedPairs(text) : pairsUnder(text, level)).filter(
    ({ question, answer }) => question !== '' && answer !== '',
  );
  if (pairs.length === 0)
    throw userError(
      'logs.question-list',
      `${file}: none of its questions has an answer below it.`,
      'write it below each question',
    );
  return {
    text: pairs.map((pair) => JSON.stringify(pair)).join('\n'),
    notes: [
      `${file} is a list of questions: ${pairs.length} with an answer below ${level === undefined ? 'them' : 'their heading'}.`,
    ],
  };
}

/** The level of headings at which most of them, and at least two, are questions. */
function askingLevel(text: string): number | undefined {
  const found = headingsIn(text);
  return [1, 2, 3, 4, 5, 6].find((level) => {
    const own = found.filter((each) => each.level === level);
    const asking = own.filter(({ title }) => asks.test(title));
    return asking.length >= 2 && asking.length * 2 > own.length;
  });
}

interface Heading {
  level: number;
  title: string;
  line: number;
}

/** Headings outside code. */
function headingsIn(text: string): Heading[] {
  let inCode = false;
  return text.split(/\r?\n/).flatMap((line, at): Heading[] => {
    if (/^ {0,3}(?:```|~~~)/.test(line)) inCode = !inCode;
    const found = inCode ? null : heading.exec(line);
    return found ? [{ level: (found[1] ?? '').length, title: plainTitle(found[2] ?? ''), line: at }] : [];
  });
}

/** Without the marks that close or stress a heading, and without its number. */
const plainTitle = (title: string): string =>
  title
    .trim()
    .replace(/#{1,6}$/, '')
    .trim()
    .replace(/^\*\*([^*]{1,398})\*\*$/, '$1')
    .replace(/^\d{1,3}[.)] {1,4}/, '');

/** What stands below a question belongs to it, up to the next heading of its level or above. */
function pairsUnder(text: string, level: number): Pair[] {
  const lines = text.split(/\r?\n/);
  const all = headingsIn(text).filter((each) => each.level <= level);
  const sections = new Set(all.filter((each) => each.level === level - 1).map(({ title }) => title));
  let section: string | undefined;
  return all.flatMap(({ level: own, title, line }, at): Pair[] => {
    if (own < level) section = own === level - 1 ? title : undefined;
    if (own < level || !asks.test(title)) return [];
    const answer = lines
      .slice(line + 1, all[at + 1]?.line ?? lines.length)
      .join('\n')
      .trim();
    return [{ question: title, answer, ...(section !== undefined && sections.size > 1 && { category: section }) }];
  });
}

interface Mark {
  isQuestion: boolean;
  text: string;
}

function marksIn(text: string): Mark[] {
  const marks: Mark[] = [];
  for (const line of text.split(/\r?\n/)) {
    const found = marked.exec(line);
    if (found) marks.push({ isQuestion: /^[qf]/i.test(found[1] ?? ''), text: found[2] ?? '' });
    else if (heading.test(line)) marks.push({ isQuestion: true, text: '' });
    else {
      const last = marks.at(-1);
      if (last) last.text += `\n${line}`;
    }
  }
  return marks.map((mark) => ({ ...mark, text: mark.text.trim() })).filter((mark) => mark.text !== '');
}

/** The sides take turns, at least twice. */
function areMarked(text: string): boolean {
  const marks = marksIn(text);
  const asked = marks.filter(({ isQuestion }) => isQuestion).length;
  const takesTurns = marks.every(({ isQuestion }, at) => isQuestion === (at % 2 === 0));
  return asked >= 2 && takesTurns;
}

const markedPairs = (text: string): Pair[] =>
  marksIn(text).flatMap(({ isQuestion, text: question }, at, all) =>
    isQuestion ? [{ question, answer: all[at + 1]?.text ?? '' }] : [],
  );

/** A text with headings and no table, whose headings ask nothing. */
export const isMarkdownText = (head: string, file: string): boolean =>
  /\.(?:md|markdown)$/i.test(file) && /^\s{0,20}#{1,6} \S/.test(head) && !/^ {0,3}\|?.{1,400}\|.{0,400}$/m.test(head);

export function refuseMarkdown(text: string, file: string): never {
  const titles = headingsIn(text).slice(0, 3);
  throw userError(
    'logs.markdown',
    `${file} is a Markdown text. Its headings (${titles.map(({ title }) => title).join('; ')}) are no questions, so nothing in it is known to be a prompt.`,
    'make each prompt a heading that ends in "?", with its answer below it; or write one JSON line for each, with prompt and answer',
  );
}
