/** The last folder of a working directory, as the task of a coding session. */
export function repositoryName(path: string | undefined): string | undefined {
  const name = path
    ?.split(/[/\\]/)
    .filter((part) => part !== '')
    .at(-1);
  return name === undefined || /^[A-Z]:$/i.test(name) ? undefined : name;
}
