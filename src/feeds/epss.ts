import type { JsonValue } from '../model/json.ts';
import { type LineReader, noLine } from './json-lines.ts';

/*
 * The daily file of FIRST's Exploit Prediction Scoring System, https://www.first.org/epss/data_stats: a comment
 * with the version of the model and the day, the names of the columns, and a row for each CVE.
 */

const longestRow = 1000;
const mostColumns = 20;

/**
 * Reads its lines into `{ cve, epss, percentile, date }`: numbers from 0 to 1, and the day as `2025-08-25`. What the file does not
 * have is left out: the first ones had no percentiles. Without a line of names, columns are as they always were.
 *
 * @param fileName - may have the day where the comment does not: `epss_scores-2025-08-25.csv.gz`
 */
export function epssLineReader(fileName: string): LineReader {
  let columns: readonly string[] = ['cve', 'epss', 'percentile'];
  let date = /\d{4}-\d\d-\d\d/.exec(fileName)?.[0];
  return (line) => {
    if (line.length > longestRow) return undefined;
    const text = line.toString('utf8').replace(/^\u{feff}/u, '');
    if (text.startsWith('#')) {
      date = /\bscore_date:(\d{4}-\d\d-\d\d)/.exec(text)?.[1] ?? date;
      return noLine;
    }
    const fields = text.split(',', mostColumns).map((field) => field.trim());
    if (fields.includes('cve') && fields.includes('epss')) {
      columns = fields;
      return noLine;
    }
    return rowOf(fields, columns, date);
  };
}

function rowOf(fields: readonly string[], columns: readonly string[], date: string | undefined): JsonValue | undefined {
  const cve = fields[columns.indexOf('cve')];
  const epss = shareOf(fields[columns.indexOf('epss')]);
  const percentile = shareOf(fields[columns.indexOf('percentile')]);
  if (cve === undefined || !/^CVE-\d{4}-\d{4,19}$/.test(cve) || epss === undefined) return undefined;
  return { cve, epss, ...(percentile === undefined ? {} : { percentile }), ...(date === undefined ? {} : { date }) };
}

function shareOf(field: string | undefined): number | undefined {
  if (field === undefined || !/^\d+(?:\.\d+)?(?:[eE][-+]?\d+)?$/.test(field)) return undefined;
  const share = Number(field);
  return share <= 1 ? share : undefined;
}
