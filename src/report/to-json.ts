/** The report as JSON: the numbers every other format shows. */
import type { Report } from './model.ts';

export const jsonReport = (report: Report): string => `${JSON.stringify(report, null, 2)}\n`;
