import type { Policy } from '../judge/policy.ts';
import { isDay, isOver } from '../model/day.ts';
import { PlimsollError } from '../model/error.ts';
import type { Language, Text } from '../model/text.ts';
import type { VulnerabilityWaiver } from '../model/vulnerability.ts';

const reason: Text = { en: 'ignored on the command line', zh: '在命令行中忽略' };

/**
 * What `--ignore-until ID=DATE` asks for: waivers without an owner.
 *
 * @throws PlimsollError for a text without an id and a day of the calendar
 */
export function waiversUntil(options: readonly string[], language: Language): VulnerabilityWaiver[] {
  return options.map((option) => {
    const mark = option.lastIndexOf('=');
    const [vulnerability, until] = [option.slice(0, Math.max(mark, 0)).trim(), option.slice(mark + 1).trim()];
    if (vulnerability === '' || !isDay(until)) throw malformed(option, mark < 0, vulnerability);
    return { vulnerability, until, reason: reason[language], status: 'affected' };
  });
}

/** What is ignored on the command line comes after what stands in the file: that has a reason, and may say more. */
export function withIgnored(policy: Policy, ignored: readonly VulnerabilityWaiver[]): Policy {
  return ignored.length === 0
    ? policy
    : { ...policy, vulnerabilityWaivers: [...policy.vulnerabilityWaivers, ...ignored] };
}

/** Those whose day has passed do nothing, which whoever wrote them may not expect. */
export function noticesOf(waivers: readonly VulnerabilityWaiver[], now: Date): Text[] {
  return waivers
    .filter(({ until }) => isOver(until, now))
    .map(({ vulnerability, until }) => ({
      en: `--ignore-until ${vulnerability}=${until}: that day has passed, so it counts again`,
      zh: `--ignore-until ${vulnerability}=${until}：该日期已过，重新计入`,
    }));
}

function malformed(option: string, lacksDate: boolean, vulnerability: string): PlimsollError {
  const what: Text = lacksDate
    ? { en: 'there is no date', zh: '缺少日期' }
    : vulnerability === ''
      ? { en: 'there is no vulnerability', zh: '缺少漏洞 ID' }
      : { en: 'that is no day of the calendar', zh: '日期不存在' };
  return new PlimsollError(
    'usage',
    { en: `--ignore-until ${option}: ${what.en}`, zh: `--ignore-until ${option}：${what.zh}` },
    {
      en: 'Write an id and a day: --ignore-until CVE-2024-1234=2026-12-31',
      zh: '请写明 ID 与日期：--ignore-until CVE-2024-1234=2026-12-31',
    },
  );
}
