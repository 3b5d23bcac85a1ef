import { expect, test } from 'vitest';
import { killWeek } from '../proof/watch-kills.ts';

test('a week with kill -9 at random moments draws and pays as one without', async () => {
  expect(await killWeek(15)).toMatchObject({
    kills: 15,
    drawnTwice: 0,
    lost: 0,
    otherDraw: 0,
    paidTwice: 0,
    unanswered: 0,
  });
}, 180_000);
