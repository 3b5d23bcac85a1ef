/** Patterns and tables that a start does not need: compiling every pattern of a language takes longer than most commands. */

const makers: (() => unknown)[] = [];

/** `make` once, when its value is first asked for. */
export function late<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  const value = (): T => {
    made ??= make();
    return made;
  };
  makers.push(value);
  return value;
}

/** Makes all that was loaded so far: whoever reads every pattern of the program sees these too. @internal */
export const makeAllNow = (): void => {
  for (const value of makers) value();
};
