/** Charts as static SVG text: no script draws them, so they print, and the same report gives the same bytes. */

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text for an element or an attribute. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => entities[char] ?? char);

type Attributes = Record<string, string | number | undefined>;

/** `<name a="1">children</name>`; children are markup, attribute values are escaped, undefined ones left out. */
export function element(name: string, attributes: Attributes = {}, ...children: string[]): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escapeHtml(typeof value === 'number' ? coordinate(value) : String(value))}"`);
  return `<${name}${written.join('')}>${children.join('')}</${name}>`;
}

/** At most one decimal: finer is invisible and costs bytes. */
const coordinate = (value: number): string => String(Math.round(value * 10) / 10);

export const label = (x: number, y: number, text: string, attributes: Attributes = {}): string =>
  element('text', { x, y, ...attributes }, escapeHtml(text));

export const line = (x1: number, y1: number, x2: number, y2: number, className: string): string =>
  element('line', { x1, y1, x2, y2, class: className });

export interface Scale {
  (value: number): number;
  ticks: number[];
}

/** A linear scale from values to pixels with about `wanted` round ticks. */
export function linear(domain: [number, number], range: [number, number], wanted = 6): Scale {
  const [low, high] = domain;
  const size = high - low || 1;
  const scale = (value: number): number => range[0] + ((value - low) / size) * (range[1] - range[0]);
  const step = roundStep(size / wanted);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  const ticks = Array.from({ length: Math.max(0, last - first + 1) }, (_, at) =>
    Number(((first + at) * step).toPrecision(12)),
  );
  return Object.assign(scale, { ticks });
}

/** 1, 2 or 5 times a power of ten, at least `size`. */
function roundStep(size: number): number {
  const power = 10 ** Math.floor(Math.log10(size));
  const factor = [1, 2, 5, 10].find((one) => one * power >= size * (1 - 1e-9)) ?? 10;
  return factor * power;
}

/** A logarithmic scale; ticks at powers of ten, or at 1, 2 and 5 where there are few. */
export function logarithmic(domain: [number, number], range: [number, number]): Scale {
  const low = Math.log10(Math.max(domain[0], 1e-9));
  const high = Math.max(Math.log10(domain[1]), low + 0.1);
  const scale = (value: number): number =>
    range[0] + ((Math.log10(Math.max(value, 1e-9)) - low) / (high - low)) * (range[1] - range[0]);
  const factors = high - low < 2.5 ? [1, 2, 5] : [1];
  const ticks: number[] = [];
  for (let power = Math.floor(low); power <= Math.ceil(high); power += 1) {
    for (const factor of factors) {
      const value = factor * 10 ** power;
      if (Math.log10(value) >= low - 1e-9 && Math.log10(value) <= high + 1e-9) ticks.push(Number(value.toPrecision(3)));
    }
  }
  return Object.assign(scale, { ticks });
}

/** Pixels that a letter of a tick's label takes, and what is left free between two of them. */
const letter = 7;
const between = 8;

export const wordsWidth = (words: string): number => words.length * letter;

/** The ticks whose centred labels do not touch each other; powers of ten come before what lies between them. */
export function apartTicks(scale: Scale, words: (tick: number) => string): number[] {
  const half = (tick: number): number => wordsWidth(words(tick)) / 2;
  const isPower = (tick: number): boolean => tick > 0 && Number.isInteger(Math.round(Math.log10(tick) * 1e9) / 1e9);
  const kept: number[] = [];
  for (const tick of [...scale.ticks.filter(isPower), ...scale.ticks.filter((one) => !isPower(one))]) {
    const isFree = kept.every((other) => Math.abs(scale(tick) - scale(other)) >= half(tick) + half(other) + between);
    if (isFree) kept.push(tick);
  }
  return kept.toSorted((a, b) => a - b);
}

export interface Drawing {
  id: string;
  /** What the chart shows, in a sentence, for people who do not see it. */
  description: string;
  height: number;
  marks: string[];
}

/** Room for a picture: text keeps its size, so a phone gets a picture of its own. */
export interface Frame {
  name: 'full' | 'wide' | 'narrow';
  width: number;
  /** Room for row names, and how many letters fit there. */
  names: number;
  letters: number;
  /** Room for names behind the end of a curve. */
  ends: number;
}

const frames: readonly Frame[] = [
  { name: 'full', width: 1080, names: 220, letters: 28, ends: 190 },
  { name: 'wide', width: 700, names: 190, letters: 24, ends: 170 },
  { name: 'narrow', width: 340, names: 106, letters: 11, ends: 116 },
];

/** A figure with a picture for each kind of page; the style sheet shows one of them. */
export function drawing(title: string, draw: (frame: Frame) => Drawing): string {
  const pictures = frames.map((frame) => picture(draw(frame), title, frame));
  return `<figure><figcaption>${escapeHtml(title)}</figcaption>${pictures.join('')}</figure>`;
}

function picture({ id: base, description, height, marks }: Drawing, title: string, { name, width }: Frame): string {
  const id = `${base}-${name}`;
  return element(
    'svg',
    {
      viewBox: `0 0 ${width} ${height}`,
      role: 'img',
      'aria-labelledby': `${id}-title ${id}-desc`,
      class: `chart ${name}`,
      'data-chart': base,
    },
    element('title', { id: `${id}-title` }, escapeHtml(title)),
    element('desc', { id: `${id}-desc` }, escapeHtml(description)),
    ...marks,
  );
}
