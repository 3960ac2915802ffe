import type { ReportAsked, ReportVulnerabilities } from '../model/report-contents.ts';
import type { Language } from '../model/text.ts';

/** Digits of the digest that tell two apart; the whole of it is in the JSON form. */
const shownDigits = 12;

/**
 * Which advisories were asked, and how old they are: `cdcb1fdbd583 · read 2026-11-22 · newest record: Debian:12 2026-11-21, npm 2026-11-22`.
 * '' where nobody knows.
 */
export function advisoryDataText({ data, asked }: ReportVulnerabilities, language: Language): string {
  const zh = language === 'zh';
  // What was read first is what the answer may lack most.
  const [read] = asked.flatMap((each) => (each.read === null ? [] : [dayOf(each.read)])).toSorted();
  const newest = asked.flatMap((each) => newestText(each));
  return [
    ...(data === undefined ? [] : [data.slice(0, shownDigits)]),
    ...(read === undefined ? [] : [zh ? `读取于 ${read}` : `read ${read}`]),
    ...(newest.length === 0 ? [] : [zh ? `最新记录：${newest.join('、')}` : `newest record: ${newest.join(', ')}`]),
  ].join(' · ');
}

function newestText({ ecosystem, newest }: ReportAsked): string[] {
  return newest === null ? [] : [`${ecosystem} ${dayOf(newest)}`];
}

function dayOf(time: string): string {
  return time.slice(0, 10);
}
