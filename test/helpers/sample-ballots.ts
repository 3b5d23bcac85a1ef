import type { Ballot } from '../../src/blind/ballot.ts';

const ticket = `Summarise this ticket in three bullets.

Customer: "The export button does nothing since the update to 3.2. I tried Chrome and Edge, Safari still works. We need the quarterly report before the board meeting on Friday. Please call me, I have written twice already."`;

/** What a support team's ballots look like. */
export const ticketBallot: Ballot = {
  id: 'b_0000000000000001',
  task: 'summarise-ticket',
  prompt: {
    messages: [
      { role: 'system', content: 'You are a support assistant. Be brief.' },
      { role: 'user', content: ticket },
    ],
  },
  left: {
    kind: 'text',
    text: '**Summary**\n\n* Export stopped working after the 3.2 update\n* Happens in Chrome and Edge, *not* in Safari\n* Needs the report before Friday’s board meeting',
  },
  right: {
    kind: 'text',
    text: '- The customer cannot export since version 3.2\n- Tried Chrome, Edge; Safari works\n- Asks for a fix. They are frustrated and would like to be contacted as soon as possible, because the quarterly report is due before the board meeting on Friday, and this is the third message',
  },
};

export const toolBallot: Ballot = {
  id: 'b_0000000000000002',
  task: 'book-room',
  prompt: {
    messages: [{ role: 'user', content: 'Book a room for six people tomorrow at 10.' }],
    tools: [
      {
        name: 'find_room',
        description: 'Finds free rooms',
        parameters: { type: 'object', properties: { seats: { type: 'integer' } } },
      },
    ],
  },
  left: {
    kind: 'text',
    text: '',
    toolCalls: [
      { name: 'find_room', arguments: '{"seats":6,"from":"2026-11-26T10:00","features":["screen","whiteboard"]}' },
    ],
  },
  right: {
    kind: 'text',
    text: 'Sure! Here is how:\n\n```python\ndef book(seats: int) -> Room:\n    return find_room(seats=seats, when="tomorrow 10:00", features=["screen", "whiteboard"])\n```\n\n1. Run it.\n2. Check the calendar.',
  },
};

export const jsonBallot: Ballot = {
  id: 'b_0000000000000003',
  task: 'extract-json',
  prompt: {
    messages: [{ role: 'user', content: 'Extract name and amount as JSON: "Invoice 4711, Meyer GmbH, 1.299,00 €"' }],
  },
  left: {
    kind: 'text',
    text: '{"name":"Meyer GmbH","amount":1299.00,"currency":"EUR","invoice":{"number":4711,"lines":[]}}',
  },
  right: { kind: 'unusable' },
};

/** An answer of about `size` characters, one paragraph after the other. */
export const longText = (
  size: number,
  word = 'The export stopped working after the update, in Chrome and Edge.',
): string => {
  const lines: string[] = [];
  for (let at = 0, length = 0; length < size; at += 1) {
    const line = `${at + 1}. ${word} `.repeat(1 + (at % 4)).trimEnd();
    lines.push(line);
    length += line.length + 1;
  }
  return lines.join('\n');
};

/** Two agents on one job: the left one changed two files, the right one another, and each says what it did. */
export const agentBallot: Ballot = {
  id: 'b_0000000000000009',
  task: 'fix-bug',
  prompt: { messages: [{ role: 'user', content: 'The cart adds tax twice for gift cards. Fix it, and add a test.' }] },
  left: {
    kind: 'text',
    text: 'Gift cards are no longer taxed. I added a test for a cart that holds one.',
    diff: `--- a/src/cart.ts
+++ b/src/cart.ts
@@ -12,6 +12,7 @@ export function total(items: Item[]) {
   let sum = 0;
   for (const item of items) {
-    sum += item.price * (1 + taxRate);
+    const rate = item.kind === 'gift-card' ? 0 : taxRate;
+    sum += item.price * (1 + rate);
   }
   return sum;
 }
--- /dev/null
+++ b/test/cart.test.ts
@@ -0,0 +1,5 @@
+import { total } from '../src/cart.ts';
+
+test('a gift card is not taxed', () => {
+  expect(total([{ kind: 'gift-card', price: 50 }])).toBe(50);
+});
`,
    steps: [
      { kind: 'search', text: 'taxRate' },
      { kind: 'read', text: 'src/cart.ts' },
      { kind: 'edit', text: 'src/cart.ts' },
      { kind: 'edit', text: 'test/cart.test.ts' },
      { kind: 'run', text: 'npm test' },
    ],
  },
  right: {
    kind: 'text',
    text: 'I moved the tax into `taxOf`, so it is added once.',
    diff: `--- a/src/cart.ts
+++ b/src/cart.ts
@@ -1,3 +1,7 @@
 import { taxRate } from './tax.ts';

+function taxOf(item: Item): number {
+  return item.kind === 'gift-card' ? 0 : item.price * taxRate;
+}
+
 export function total(items: Item[]) {
`,
    steps: [
      { kind: 'plan', text: 'find where tax is added' },
      { kind: 'run', text: 'grep -rn taxRate src' },
      { kind: 'edit', text: 'src/cart.ts' },
    ],
  },
};
