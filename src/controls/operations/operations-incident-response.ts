import { askedOfPerson } from '../asked-of-person.ts';

export const operationsIncidentResponse = askedOfPerson({
  id: 'operations-incident-response',
  severity: 'low',
  title: { en: 'The response to incidents is written down and practised', zh: '事件响应流程已成文并经过演练' },
  why: {
    en: 'In an incident nobody has time to think out whom to call, how to isolate a container and what to keep as proof; improvised steps destroy traces.',
    zh: '事件发生时来不及考虑该联系谁、如何隔离容器、保留哪些证据；临时应对往往会破坏痕迹。',
  },
  question: {
    en: 'Is it written down who does what when a container or the host is taken over, and was it practised within the last year?',
    zh: '容器或主机被入侵时由谁做什么是否已成文，并在过去一年内演练过？',
  },
  references: { aliases: ['ops-incident-response'] },
  summary: {
    en: 'Write down whom to call, how to isolate a container and the host, what to keep as proof and how to rebuild; practise it once a year.',
    zh: '写明联系人、如何隔离容器与主机、需保留的证据以及重建方法；每年演练一次。',
  },
});
