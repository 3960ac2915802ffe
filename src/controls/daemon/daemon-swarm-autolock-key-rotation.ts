import { answeredByPerson } from '../answered.ts';
import { defineControl } from '../../model/control.ts';
import { evidenceOf } from '../../model/fact.ts';
import { byHand } from '../../model/remedy.ts';
import type { Text } from '../../model/text.ts';
import { notApplicable, unknownFrom } from '../../model/verdict.ts';
import { onManager } from './swarm-node.ts';

const question: Text = {
  en: 'Is the key that unlocks the managers changed at set times, and whenever somebody who knew it leaves?',
  zh: '解锁管理节点的密钥是否定期更换，并在知情人离开时更换？',
};

export const daemonSwarmAutolockKeyRotation = defineControl({
  id: 'daemon-swarm-autolock-key-rotation',
  subject: 'engine',
  severity: 'low',
  title: {
    en: 'The key that unlocks swarm managers is changed from time to time',
    zh: '定期更换 swarm 管理节点的解锁密钥',
  },
  why: {
    en: 'The key is typed in by people and kept in notes and password stores. The longer it stays the same, the more of them can open an old disk or backup of a manager.',
    zh: '密钥由人输入，并保存在笔记和密码库中。同一密钥使用越久，能打开管理节点旧磁盘或备份的人就越多。',
  },
  how: {
    en: 'The engine keeps no date of its key, so that a person has to answer. Managers that are not locked have no key.',
    zh: '引擎不记录密钥的更换日期，因此须由人回答。未启用锁定的管理节点没有密钥。',
  },
  references: {
    cisDocker: ['7.6'],
    nist800190: ['4.3.5'],
    aliases: ['swarm-autolock-key-rotation'],
    links: ['https://docs.docker.com/engine/swarm/swarm_manager_locking/'],
  },
  question,
  engines: ['docker'],

  judge(engine, context) {
    return onManager(engine, ({ autolock }) => {
      if (!autolock.known) return unknownFrom(autolock);
      if (autolock.value) return answeredByPerson(context, question);
      return notApplicable(
        { en: 'The managers are not locked: there is no key.', zh: '管理节点未启用锁定，没有密钥。' },
        evidenceOf(autolock),
      );
    });
  },

  remedy() {
    return byHand(
      {
        en: 'Make a new key and keep the old one until every manager has taken it over.',
        zh: '更换密钥，并保留旧密钥直到所有管理节点都已更新。',
      },
      ['docker swarm unlock-key --rotate'],
      'none',
    );
  },
});
