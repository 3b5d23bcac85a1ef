/** Absolute paths name a machine, a home folder or a harness's own folder: they become `./`. */

/** Folders at the top of a machine below which people and programs keep their work. */
const homes = '(?:private/)?(?:home|Users|root|tmp|var/folders|workspaces?|mnt|media)';
const part = '[^\\s\'"`:;,|<>()\\[\\]{}/\\\\*?!$&=]';

/** Not behind a letter, a dot or another slash: that is an address, a path that begins elsewhere, or a regular expression. */
const before = '(?<![\\w.:@~/\\\\$})\\]-])';
const known = new RegExp(`${before}(?:file://)?(?:~|/${homes})(?:/${part}{1,200}){1,40}/?`, 'g');
const any = new RegExp(`${before}(?:file://)?(?:~|/${part}{1,200})(?:/${part}{1,200}){0,40}/?`, 'g');
const windows = /(?<!\w)[A-Za-z]:\\(?:[^\s'"`:;,|<>()[\]{}/\\*?]{1,200}\\){1,40}[^\s'"`:;,|<>()[\]{}/\\*?]{0,200}/g;

/**
 * `folders`: where this trial's copies were; a path below one is shown from there. Of other paths the last part stays.
 * `all`: also paths such as /usr/bin; `known`: only those below a home or a place for work, because in code `/api/users`
 * is no path of this machine.
 */
export function withoutPaths(line: string, folders: readonly string[], which: 'all' | 'known'): string {
  if (!/[/\\~]/.test(line)) return line;
  let text = line;
  for (const folder of folders) {
    const bare = withoutEndSlashes(folder);
    if (bare.length < 2) continue;
    for (const root of [`/private${bare}`, bare]) if (text.includes(root)) text = withoutRoot(text, root);
  }
  const shorter = (path: string): string => `./${withoutEndSlashes(path).split(/[/\\]/).at(-1) ?? ''}`;
  return text.replace(which === 'all' ? any : known, shorter).replace(windows, shorter);
}

/** By hand, so that time grows with the text alone. */
function withoutEndSlashes(path: string): string {
  let end = path.length;
  while (end > 0 && '/\\'.includes(path[end - 1] ?? ' ')) end -= 1;
  return path.slice(0, end);
}

/** The folder itself is `.`, what is below it begins with `./`. A longer name that only begins alike is another folder. */
function withoutRoot(text: string, root: string): string {
  let out = '';
  let at = 0;
  for (let found = text.indexOf(root); found !== -1; found = text.indexOf(root, at)) {
    const end = found + root.length;
    const next = text[end] ?? '';
    const isWhole = !/^(?:[\w-]|\.\w)/.test(text.slice(end, end + 2));
    out += text.slice(at, found) + (isWhole ? (/[/\\]/.test(next) ? './' : '.') : root);
    at = isWhole && /[/\\]/.test(next) ? end + 1 : end;
  }
  return out + text.slice(at);
}
