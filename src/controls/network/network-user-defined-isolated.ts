import { defineControl } from '../../model/control.ts';
import type { Evidence } from '../../model/fact.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, notApplicable, pass } from '../../model/verdict.ts';

export const networkUserDefinedIsolated = defineControl({
  id: 'network-user-defined-isolated',
  subject: 'network',
  severity: 'low',
  title: {
    en: 'Networks that are marked as needing nothing from outside are internal',
    zh: '标明无需访问外部的网络为内部网络',
  },
  why: {
    en: 'A database or a queue has nothing to fetch from the internet. On an internal network a compromised one can neither load its tools nor send away what it found.',
    zh: '数据库或队列无需访问互联网。在内部网络中，即使被攻陷，也既无法下载工具，也无法外传数据。',
  },
  how: {
    en: 'Asked of networks with the label egress=none, whose name and value are parameters: the engine must say Internal of them.',
    zh: '针对带有标签 egress=none 的网络（标签名和值可配置）：引擎给出的 Internal 必须为 true。',
  },
  references: {
    nist800190: ['4.3.3'],
    links: ['https://docs.docker.com/reference/cli/docker/network/create/#internal'],
  },
  parameters: {
    label: {
      default: 'egress',
      description: { en: 'The label that says what a network needs from outside.', zh: '说明网络外部访问需求的标签。' },
    },
    value: {
      default: 'none',
      description: { en: 'Its value where a network needs nothing.', zh: '无需外部访问时该标签的值。' },
    },
  },
  counterexample: { labels: { egress: 'none' } },
  appliesTo: ({ driver, ingress }) => !['host', 'null', 'none'].includes(driver) && !ingress,

  judge({ name, internal, labels }, { parameters: { label, value } }) {
    const evidence: Evidence = { source: 'engine-api', path: `GET /networks ${name} Internal`, value: internal };
    if (labels[label] !== value) {
      return notApplicable(
        { en: `It has no label ${label}=${value}.`, zh: `该网络没有标签 ${label}=${value}。` },
        { source: 'engine-api', path: `GET /networks ${name} Labels`, value: labels[label] ?? null },
      );
    }
    return internal
      ? pass({ en: 'No route leads out of it.', zh: '该网络没有通往外部的路由。' }, evidence)
      : fail(
          {
            en: `Its label says ${label}=${value}, but it leads outside.`,
            zh: `标签为 ${label}=${value}，但该网络可通往外部。`,
          },
          evidence,
        );
  },

  remedy({ name }) {
    const network = /^[\w.-]+$/.test(name) ? name : 'NETWORK';
    return byHand(
      {
        en: 'A network cannot be made internal afterwards: make another one with --internal (Compose: internal: true), and move its members there.',
        zh: '网络建立后无法改为内部网络：用 --internal（Compose 中为 internal: true）新建一个，并将成员迁移过去。',
      },
      [
        `docker network create --internal NAME`,
        'docker network connect NAME CONTAINER',
        `docker network disconnect ${network} CONTAINER`,
      ],
    );
  },
});
