import type { VolumeFacts } from '../../model/engine.ts';
import { defineControl } from '../../model/control.ts';
import { evidenceOf } from '../../model/fact.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, pass, unknown, unknownFrom } from '../../model/verdict.ts';
import { listed } from '../container/listing.ts';

const day = 24 * 60 * 60 * 1000;

export const operationsUnusedVolumes = defineControl({
  id: 'operations-unused-volumes',
  subject: 'engine',
  severity: 'low',
  title: { en: 'Volumes that no container uses are removed', zh: '没有容器使用的卷已被清除' },
  why: {
    en: 'Data of containers that are long gone lies in volumes that nobody looks after: databases, keys, logs. Whoever may start a container can mount them, and they fill the disk.',
    zh: '早已删除的容器把数据（数据库、密钥、日志）留在无人照管的卷里。任何能启动容器的人都可以挂载它们，它们还会占满磁盘。',
  },
  how: {
    en: 'Of volumes that no container mounts, running or not, there may be as many as allowed. Those without a name of their own, which nobody can be waiting for, may not be older than the days allowed.',
    zh: '没有任何容器（无论是否运行）挂载的卷，数量不得超过上限；其中没有名称的匿名卷不会再有人使用，存在天数也不得超过上限。',
  },
  references: {
    nist800190: ['4.4.5'],
    links: ['https://docs.docker.com/reference/cli/docker/volume/prune/'],
  },
  parameters: {
    days: {
      default: 30,
      description: { en: 'Days for which a volume without a name may stay unused.', zh: '匿名卷允许闲置的天数。' },
    },
    most: {
      default: 10,
      description: { en: 'How many unused volumes there may be.', zh: '允许的闲置卷数量。' },
    },
  },

  judge({ volumes, info }, { machine, now, parameters: { days, most } }) {
    if (!volumes.known) return unknownFrom(volumes);
    const unused = volumes.value.filter(({ usedBy }) => usedBy.length === 0);
    const old = unused.filter(
      (each) => isAnonymous(each) && now.getTime() - (each.created ?? now.getTime()) > days * day,
    );
    const worst = old.length > 0 ? old : unused;
    const evidence = evidenceOf(
      volumes,
      worst.slice(0, 5).map(({ name }) => name),
    );
    if (old.length === 0 && unused.length <= most) {
      return pass(
        { en: 'Few volumes are unused, and none of them is forgotten.', zh: '闲置的卷很少，且没有被遗忘的卷。' },
        evidence,
      );
    }
    // Who uses a volume is only known of containers that could be read.
    if (!info.known) return unknownFrom(info);
    if (machine && machine.containers.length < (info.value.containers ?? 0)) {
      return unknown(
        {
          en: 'Volumes seem unused, but not every container could be read.',
          zh: '有卷看似闲置，但并非所有容器都能读取。',
        },
        { en: 'let every container be inspected', zh: '允许查看所有容器' },
        evidence,
      );
    }
    const names = listed(worst.map((each) => (isAnonymous(each) ? each.name.slice(0, 12) : each.name)));
    return old.length > 0
      ? fail(
          {
            en: `Unused, without a name, and older than ${days} days: ${names.en}.`,
            zh: `存在超过 ${days} 天的闲置匿名卷：${names.zh}。`,
          },
          evidence,
        )
      : fail(
          {
            en: `${unused.length} volumes are unused: ${names.en}.`,
            zh: `有 ${unused.length} 个闲置的卷：${names.zh}。`,
          },
          evidence,
        );
  },

  remedy() {
    return byHand(
      {
        en: 'Look into them, save what is still needed, and remove the others. The data is gone then.',
        zh: '检查其中内容，保存仍需要的数据，再清除其余的卷。清除后数据无法恢复。',
      },
      ['docker volume ls --filter dangling=true', 'docker volume rm NAME'],
    );
  },
});

function isAnonymous({ name, labels }: VolumeFacts): boolean {
  return 'com.docker.volume.anonymous' in labels || /^[0-9a-f]{64}$/.test(name);
}
