import { askedOfPerson } from '../asked-of-person.ts';

export const operationsNetworkScan = askedOfPerson({
  id: 'operations-network-scan',
  severity: 'low',
  title: { en: 'Open ports are scanned from outside regularly', zh: '定期从外部扫描开放端口' },
  why: {
    en: 'Only a look from outside shows what firewalls, proxies and engines together let through; ports that are opened by mistake otherwise stay open.',
    zh: '只有从外部查看，才能知道防火墙、代理和引擎共同作用后放行了什么；否则误开的端口会一直开放。',
  },
  question: {
    en: "Were the host's open ports scanned from outside within the last 30 days, and was the result compared with what should be open?",
    zh: '过去 30 天内是否从外部扫描过主机的开放端口，并与应开放的端口作过对比？',
  },
  references: { cisDocker: ['5.9'], nist800190: ['4.4.2'], aliases: ['ops-network-scan'] },
  summary: {
    en: 'Scan the addresses of the host from another network every month and compare the result with what should be open.',
    zh: '每月从其他网络扫描主机的地址，并与应开放的端口对比。',
  },
});
