/** Dates as people, sheets and phones write them: `03.10.2026 14:05`, `2026/10/03`, `10/3/2026, 2:05 PM`, `3 Oct 2026`. */

/** Day, month and year in the order of a country. */
export type DateOrder = 'day-month' | 'month-day' | 'year-first';
/** First number, mark, second, third, hour, minute, second, half of the day, zone. */
export type Stamp = readonly string[];

const clock =
  /(?:,? (?:at |um )?|T)(\d{1,2})[:.h](\d{2})(?:[:.](\d{2})(?:[.,]\d{1,9})?)?(?:[ \u202f]?([AaPp])\.?[Mm]\.?)?(?: Uhr)?(?: ?(Z|UTC|GMT|[+-]\d{2}:?\d{2}))?$/;
const numbers = /^(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})$/;
const inWords =
  /^(?:[a-z]{3,9},? )?(?:(\d{1,2})[ -]([a-z]{3,9})\.?,?[ -]|([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? )(\d{4})$/i;
const months = 'january february march april may june july august september october november december'.split(' ');

/** The parts of a written date; undefined where the text is none. */
export function stampIn(text: string): Stamp | undefined {
  const at = clock.exec(text);
  const day = (at ? text.slice(0, at.index) : text).trim();
  const date = dateIn(day.replace(/^(\d{4})年(\d{1,2})月(\d{1,2})日$/, '$1/$2/$3'));
  return date && [...date, ...Array.from({ length: 5 }, (_, part) => at?.[part + 1] ?? '')];
}

function dateIn(text: string): string[] | undefined {
  const [, first, mark, second, third] = numbers.exec(text) ?? [];
  if (first !== undefined) return [first, mark ?? '', second ?? '', third ?? ''];
  const [, early, name, otherName, late, year] = inWords.exec(text) ?? [];
  const word = (name ?? otherName ?? '').toLowerCase();
  const month = months.findIndex((each) => word.length >= 3 && each.startsWith(word === 'sept' ? 'sep' : word)) + 1;
  return month > 0 && year !== undefined ? [year, '/', `${month}`, early ?? late ?? ''] : undefined;
}

/** The order that all of these dates have; undefined where every one could be read both ways, or they differ. */
export function dateOrder(stamps: readonly Stamp[]): DateOrder | undefined {
  const some = (test: (stamp: Stamp) => boolean): boolean => stamps.some(test);
  if (some(([first = '']) => first.length === 4)) return 'year-first';
  const isDayFirst = some(([first, mark]) => mark === '.' || Number(first) > 12);
  const isMonthFirst = some(([, mark, second]) => mark !== '.' && Number(second) > 12);
  // Sheets of two countries in one: most of their dates could be of either.
  if (isDayFirst && isMonthFirst) return undefined;
  return isDayFirst ? 'day-month' : isMonthFirst ? 'month-day' : undefined;
}

/** ISO text; without a zone it means UTC, as everywhere in logs. Undefined for a day that no calendar has. */
export function stampTime(stamp: Stamp, order: DateOrder): string | undefined {
  const [first = '', , second = '', third = '', hour = '', minute = '', seconds = '', half = '', zone = ''] = stamp;
  const [day, month, year] =
    order === 'year-first'
      ? [third, second, first]
      : order === 'day-month'
        ? [first, second, third]
        : [second, first, third];
  const late = /p/i.test(half) && Number(hour) < 12 ? 12 : /a/i.test(half) && Number(hour) === 12 ? -12 : 0;
  const date = `${year.length === 2 ? `20${year}` : year}-${two(month)}-${two(day)}`;
  const ms = Date.parse(`${date}T${two(Number(hour) + late)}:${minute || '00'}:${seconds || '00'}Z`);
  if (!Number.isFinite(ms) || new Date(Date.parse(`${date}T00:00:00Z`)).getUTCDate() !== Number(day)) return undefined;
  return new Date(ms - offsetMs(zone)).toISOString();
}

const two = (part: string | number): string => `${part}`.padStart(2, '0');

function offsetMs(zone: string): number {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(zone) ?? [];
  if (sign === undefined) return 0;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}
