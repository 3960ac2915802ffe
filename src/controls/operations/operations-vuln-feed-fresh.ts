import { askedOfPerson } from '../asked-of-person.ts';
import { findTimer } from './site-programs.ts';

export const operationsVulnFeedFresh = askedOfPerson({
  id: 'operations-vuln-feed-fresh',
  severity: 'medium',
  title: { en: 'Vulnerability data is at most three days old', zh: '漏洞数据不超过三天' },
  why: {
    en: 'A scan knows only what its data knew. With old data an image looks clean although its holes have long been published.',
    zh: '扫描只能发现数据中已有的漏洞。数据陈旧时，镜像看似干净，其漏洞却早已公开。',
  },
  how: {
    en: 'An enabled timer of systemd that is named after fetching such data, or after a scanner that does, passes. Where there is none a person answers: images may be scanned elsewhere.',
    zh: '存在以获取漏洞数据或以相应扫描器命名且已启用的 systemd 定时器则通过；没有则由人回答，因为扫描可能在别处进行。',
  },
  question: {
    en: 'Is what scans your images fed with vulnerability data every day, and does somebody notice when that stops?',
    zh: '扫描镜像所用的漏洞数据是否每天更新，且更新中断时会有人发现？',
  },
  references: { cisDocker: ['4.4'], nist800190: ['4.1.1'], aliases: ['ops-vuln-feed-fresh'] },
  parameters: {
    timers: {
      default: ['*plimsoll*feed*', '*trivy*', '*grype*', '*clair*'] as string[],
      description: {
        en: 'Names of timers that fetch vulnerability data, without .timer; `*` stands for any text.',
        zh: '获取漏洞数据的定时器名称，不含 .timer；`*` 匹配任意文本。',
      },
    },
  },
  proof(host, { parameters }) {
    const timer = findTimer(host, parameters.timers);
    return (
      timer && {
        message: {
          en: `${timer.name} fetches vulnerability data on a schedule.`,
          zh: `${timer.name} 按计划获取漏洞数据。`,
        },
        evidence: timer.evidence,
      }
    );
  },
  summary: {
    en: 'Fetch vulnerability data every day by a timer, and raise an alarm when it is older than three days.',
    zh: '用定时器每天获取漏洞数据，超过三天未更新时告警。',
  },
});
