import { askedOfPerson } from '../asked-of-person.ts';

export const operationsCapacityPlan = askedOfPerson({
  id: 'operations-capacity-plan',
  severity: 'low',
  title: {
    en: 'There is a plan for moving the work of a host that fails or restarts',
    zh: '主机故障或重启时有转移工作负载的预案',
  },
  why: {
    en: 'Kernel updates need restarts, and hosts fail. Without a plan and room elsewhere restarts are put off, and known holes in the kernel stay open.',
    zh: '内核更新需要重启，主机也会发生故障。没有预案和余量，重启就会一再推迟，已知的内核漏洞长期存在。',
  },
  question: {
    en: 'Is it written down how the containers of this host move elsewhere when it fails or restarts for a kernel update, and is there room for them?',
    zh: '本机故障或因内核更新而重启时，容器如何转移是否已成文，且其他主机有足够容量？',
  },
  references: { aliases: ['ops-capacity-plan'] },
  summary: {
    en: 'Write down in which order work leaves the host and where it goes, keep room for it, and practise it with the next kernel update.',
    zh: '写明工作负载的迁出顺序和去向，预留容量，并在下次内核更新时演练。',
  },
});
