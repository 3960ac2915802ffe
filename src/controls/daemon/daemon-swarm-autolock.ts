import { defineControl } from '../../model/control.ts';
import { evidenceOf } from '../../model/fact.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, pass, unknownFrom } from '../../model/verdict.ts';
import { onManager } from './swarm-node.ts';

export const daemonSwarmAutolock = defineControl({
  id: 'daemon-swarm-autolock',
  subject: 'engine',
  severity: 'medium',
  title: { en: 'Swarm managers are locked when they restart', zh: 'Swarm 管理节点重启后保持锁定' },
  why: {
    en: "Without the lock the key to the managers' log stands on their disks beside it: whoever gets a disk or a backup reads every secret of the swarm and can pose as a manager.",
    zh: '未启用锁定时，管理节点日志的密钥与日志一同存放在磁盘上：得到磁盘或备份的人即可读取 swarm 的全部机密，并冒充管理节点。',
  },
  how: {
    en: 'Asks a manager whether the swarm locks its managers. After a restart they then wait for a key that a person keeps.',
    zh: '向管理节点查询 swarm 是否启用自动锁定。启用后，重启须由人提供密钥才能解锁。',
  },
  references: {
    cisDocker: ['7.5'],
    nist800190: ['4.3.5'],
    aliases: ['swarm-autolock'],
    links: ['https://docs.docker.com/engine/swarm/swarm_manager_locking/'],
  },
  engines: ['docker'],

  judge(engine) {
    return onManager(engine, ({ autolock }) => {
      if (!autolock.known) return unknownFrom(autolock);
      return autolock.value
        ? pass({ en: 'Managers are locked when they restart.', zh: '管理节点重启后保持锁定。' }, evidenceOf(autolock))
        : fail(
            {
              en: 'A manager that restarts opens its keys by itself.',
              zh: '管理节点重启后会自行解开密钥。',
            },
            evidenceOf(autolock),
          );
    });
  },

  remedy() {
    return byHand(
      {
        en: 'Switch the lock on and keep the key that is shown outside of the swarm: without it no manager that restarts comes back.',
        zh: '启用锁定，并将显示的密钥保存在 swarm 之外：没有它，重启的管理节点无法恢复。',
      },
      ['docker swarm update --autolock=true', 'docker swarm unlock-key'],
      'none',
    );
  },
});
