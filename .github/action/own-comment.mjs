// Of pages of comments: the first that begins with our mark and was written by our own author. Prints its id.
import { readFileSync } from 'node:fs';

const pages = JSON.parse(readFileSync(0, 'utf8'));
const own = pages
  .flat()
  .find(
    ({ body, user }) =>
      user?.login === process.env.COMMENT_AUTHOR && typeof body === 'string' && body.startsWith('<!-- gapcheck ci -->'),
  );
if (Number.isSafeInteger(own?.id)) process.stdout.write(String(own.id));
