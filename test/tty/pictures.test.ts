/** The README shows what the program does now: its pictures of the terminal come out again, byte for byte. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { agentPicture, reportPicture, sessionPicture } from '../../scripts/pictures/take.ts';
import { hasTmux } from '../helpers/terminal.ts';

const committed = (name: string): string =>
  readFileSync(new URL(`../../.github/pictures/${name}`, import.meta.url), 'utf8');

test.skipIf(!hasTmux)('the session (npm run pictures makes it again)', async () => {
  expect(await sessionPicture()).toBe(committed('session.svg'));
});

test.skipIf(!hasTmux)('the report (npm run pictures makes it again)', async () => {
  expect(await reportPicture()).toBe(committed('report.svg'));
});

test.skipIf(!hasTmux)('a ballot of agents (npm run pictures makes it again)', async () => {
  expect(await agentPicture()).toBe(committed('agents.svg'));
});
