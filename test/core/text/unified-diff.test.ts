import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diffFiles, joinedDiff } from '../../../src/text/unified-diff.ts';

const paths = (diff: string) => diffFiles(diff).map(({ before, after, binary }) => [before, after, binary]);

describe('a unified diff', () => {
  test('of git and of diff -u alike', () => {
    const git = 'diff --git a/x.ts b/x.ts\nindex 1..2 100644\n--- a/x.ts\n+++ b/x.ts\n@@ -1 +1 @@\n-a\n+b\n';
    const plain = '--- a/y.ts\t2026-11-21 09:30:00\n+++ b/y.ts\t2026-11-21 09:31:00\n@@ -1 +1 @@\n-a\n+b\n';
    expect(paths(git + plain)).toEqual([
      ['x.ts', 'x.ts', false],
      ['y.ts', 'y.ts', false],
    ]);
    expect(joinedDiff(diffFiles(git + plain))).toBe(git + plain);
  });

  test('a text that is too large to compare is no binary file', () => {
    const [file] = diffFiles('Files /dev/null and b/data.txt differ\n');
    expect(file).toMatchObject({ before: null, after: 'data.txt', binary: false, large: true });
  });

  test('new, deleted, moved and binary files, and names with blanks', () => {
    const diff = [
      '--- /dev/null\n+++ b/new file.txt\n@@ -0,0 +1 @@\n+x',
      '--- a/old.txt\n+++ /dev/null\n@@ -1 +0,0 @@\n-x',
      'diff --git a/p.ts b/q.ts\nsimilarity index 100%\nrename from p.ts\nrename to q.ts',
      'Binary files a/a.png and b/a.png differ',
      'Binary files /dev/null and b/b.png differ',
      'diff --git a/empty b/empty\nnew file mode 100644\nindex 000..e69',
    ].join('\n');
    expect(paths(diff)).toEqual([
      [null, 'new file.txt', false],
      ['old.txt', null, false],
      ['p.ts', 'q.ts', false],
      ['a.png', 'a.png', true],
      [null, 'b.png', true],
      [null, 'empty', false],
    ]);
  });

  test('lines that look like headers belong to the hunk that counts them', () => {
    const diff = '--- a/q.sql\n+++ b/q.sql\n@@ -1,2 +1,2 @@\n--- comment\n+++ other\n select 1;\n';
    expect(diffFiles(diff)).toHaveLength(1);
    expect(diffFiles(diff)[0]?.hunks).toContain('--- comment\n+++ other');
  });

  test('wrong counts lose neither a file nor a line', () => {
    const diff = '--- a/x\n+++ b/x\n@@ -1,9 +1,9 @@\n-a\n+b\n--- a/y\n+++ b/y\n@@ -1,1 +1,1 @@\n-a\n+b\n+c\n';
    expect(diffFiles(diff).map(({ after, hunks }) => [after, hunks])).toEqual([
      ['x', '@@ -1,9 +1,9 @@\n-a\n+b'],
      ['y', '@@ -1,1 +1,1 @@\n-a\n+b\n+c'],
    ]);
  });

  test('any text is read without an error, and every line of it stays behind its first file', () => {
    const line = fc.oneof(
      fc.string(),
      fc.constantFrom('--- a/x', '+++ b/x', '@@ -1,2 +1,3 @@', '+x', '-x', ' x', 'diff --git a/x b/y'),
    );
    fc.assert(
      fc.property(fc.array(line.map((text) => text.replace(/\n/g, ' '))), (lines) => {
        const diff = `--- a/first\n+++ b/first\n${lines.join('\n')}`;
        const wanted = diff.endsWith('\n') ? diff : `${diff}\n`;
        expect(joinedDiff(diffFiles(diff))).toBe(wanted);
      }),
    );
  });
});
