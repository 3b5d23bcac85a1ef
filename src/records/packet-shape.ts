/** What a packet must hold, down to each answer, so that a message can name the place of what is not there. */
import { isFields } from './shape.ts';

type Rule = (value: unknown, place: string) => string | undefined;

const text: Rule = (value, place) => (typeof value === 'string' ? undefined : place);
const orAbsent =
  (rule: Rule): Rule =>
  (value, place) =>
    value === undefined ? undefined : rule(value, place);

const fields =
  (rules: Record<string, Rule>): Rule =>
  (value, place) => {
    if (!isFields(value)) return place;
    for (const [name, rule] of Object.entries(rules)) {
      const wrong = rule(value[name], place === '' ? name : `${place}.${name}`);
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  };

const list =
  (rule: Rule, least = 0): Rule =>
  (value, place) => {
    if (!Array.isArray(value) || value.length < least) return place;
    for (const [at, each] of value.entries()) {
      const wrong = rule(each, `${place}[${at}]`);
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  };

const call = fields({ name: text, arguments: text });
const content: Rule = (value, place) =>
  value === null || typeof value === 'string' ? undefined : list(fields({ type: text }))(value, place);
const message = fields({ role: text, content, tool_calls: orAbsent(list(call)) });
const answer: Rule = (value, place) => {
  if (isFields(value) && value.kind === 'unusable') return undefined;
  if (isFields(value) && value.kind !== 'text') return `${place}.kind`;
  return fields({ text, toolCalls: orAbsent(list(call)) })(value, place);
};
const prompt = fields({ messages: list(message, 1), tools: orAbsent(list(fields({ name: text }))) });
const id: Rule = (value, place) => (typeof value === 'string' && value.startsWith('b_') ? undefined : place);
const ballot = fields({ id, task: text, prompt, left: answer, right: answer });
const packet = fields({ run: text, rater: text, keyCommitment: text, ballots: list(ballot, 1) });

/** The place of the first field that is not as gapcheck writes it: `ballots[3].left.text`. */
export const oddPacketField = (value: unknown): string | undefined => packet(value, '');
