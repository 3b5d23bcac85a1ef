/** What a log's calls cost: as it says, or at list prices; only of what has a price. */
import type { Audit } from './audit-figures.ts';

/** Dollars per million tokens. */
interface TokenPrice {
  in: number;
  out: number;
  cached?: number;
  /** The name that the price is of. */
  matched?: string;
}

/** What has no price is in none of it. */
export function spendOf(
  usd: number,
  records: number,
  tokens: number,
  days: number | undefined,
): NonNullable<Audit['spend']> {
  const month = days === undefined ? undefined : (usd / days) * 30.44;
  return {
    usd,
    records,
    tokens,
    ...(month !== undefined && { perMonth: month, months12: month * 12, months24: month * 24 }),
  };
}

/** The audit with list prices, by model, where the log has answers and no costs: prices are per token, so sums
 * suffice. */
export function withPrices(audit: Audit, prices: ReadonlyMap<string, TokenPrice>): Audit {
  let { usd = 0, records = 0, tokens = 0 } = audit.spend ?? {};
  let listed = 0;
  let estimated = 0;
  const unknown: string[] = [];
  const as: { model: string; price: string }[] = [];
  for (const { model, unpriced } of audit.models) {
    const price = prices.get(model);
    if (!unpriced) continue;
    if (!price) {
      unknown.push(model);
      continue;
    }
    if (price.matched !== undefined && !isNamed(model, price.matched)) as.push({ model, price: price.matched });
    const { cached } = unpriced;
    usd += ((unpriced.in - cached) * price.in + cached * (price.cached ?? price.in) + unpriced.out * price.out) / 1e6;
    listed += unpriced.records;
    tokens += unpriced.in + unpriced.out;
    estimated += unpriced.estimated;
  }
  records += listed;
  if (!listed && !unknown.length) return audit;
  if (records === 0) return audit;
  const days = audit.perDay && audit.records / audit.perDay.records;
  return {
    ...audit,
    spend: {
      ...spendOf(usd, records, tokens, days),
      ...(listed && { listed }),
      ...(estimated && { estimated }),
      ...(unknown.length && { unknown }),
      ...(as.length && { as }),
    },
  };
}

/** `openai/gpt-x` is gpt-x. */
const isNamed = (model: string, name: string): boolean =>
  model.toLowerCase() === name.toLowerCase() || model.toLowerCase().endsWith(`/${name.toLowerCase()}`);
