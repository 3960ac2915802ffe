import type { ContainerSpec } from '../../model/container-spec.ts';
import { defineControl, type Machine } from '../../model/control.ts';
import type { EngineFacts } from '../../model/engine.ts';
import { type Evidence, evidenceOf } from '../../model/fact.ts';
import type { RemovalChange } from '../../model/host-change.ts';
import { byHand, changeHost } from '../../model/remedy.ts';
import type { Text } from '../../model/text.ts';
import { fail, pass, unknownFrom } from '../../model/verdict.ts';
import { listed } from '../container/listing.ts';
import { quotedWord } from '../quoted-word.ts';

const day = 24 * 60 * 60 * 1000;

export const operationsStoppedContainersRemoved = defineControl({
  id: 'operations-stopped-containers-removed',
  subject: 'engine',
  severity: 'low',
  title: { en: 'Containers that stopped long ago are removed', zh: '早已停止的容器已被清除' },
  why: {
    en: 'A stopped container keeps its files, its variables with their passwords and its old image, and one command starts it again with every flaw that has been mended elsewhere since.',
    zh: '停止的容器仍保留文件、含口令的环境变量和旧镜像；一条命令即可让它带着早已在别处修复的缺陷重新运行。',
  },
  how: {
    en: 'No container has been stopped for more days than allowed, or was made that long ago and never started, and there are not more stopped ones than allowed. Those that Swarm or Kubernetes keep are cleared away by them.',
    zh: '容器停止（或创建后从未启动）的天数不得超过上限，停止的容器总数也不得超过上限。由 Swarm 或 Kubernetes 保留的容器由其自行清理。',
  },
  references: {
    cisDocker: ['6.2'],
    nist800190: ['4.4.5'],
    aliases: ['ops-stopped-containers-removed', 'ops-stopped-over-10', 'CONT-8107'],
    links: ['https://docs.docker.com/reference/cli/docker/container/prune/'],
  },
  parameters: {
    days: {
      default: 30,
      description: { en: 'Days for which a container may stay stopped.', zh: '容器允许保持停止状态的天数。' },
    },
    most: {
      default: 10,
      description: { en: 'How many stopped containers there may be.', zh: '允许的停止容器数量。' },
    },
  },

  judge(engine, { machine, now, parameters: { days, most } }) {
    const { info } = engine;
    if (!info.known) return unknownFrom(info);
    const stopped = stoppedCount(engine, machine);
    const count = evidenceOf(info, stopped, `${info.path} ContainersStopped`);
    const old = stoppedFor(days, now, machine);
    if (old.length > 0) {
      const names = listed(old.map(({ name }) => name));
      const times = old.slice(0, 5).map(({ name, stoppedSince = 0 }): Evidence => ({
        source: 'engine-api',
        path: `GET /containers/${name}/json State.FinishedAt`,
        value: new Date(stoppedSince).toISOString().slice(0, 10),
      }));
      return fail(
        { en: `Stopped for more than ${days} days: ${names.en}.`, zh: `停止超过 ${days} 天的容器：${names.zh}。` },
        [...times, count],
      );
    }
    return stopped > most
      ? fail(
          {
            en: `${stopped} containers are stopped, and ${most} may be.`,
            zh: `有 ${stopped} 个停止的容器，上限为 ${most} 个。`,
          },
          count,
        )
      : pass({ en: 'No container has been stopped for long.', zh: '没有长期停止的容器。' }, count);
  },

  // Not `docker container prune --filter until=…`: that goes by when a container was made, and takes one along that
  // stopped a minute ago.
  remedy(engine, { machine, now, parameters: { days, most } }) {
    const old = stoppedFor(days, now, machine);
    const summary: Text = {
      en: 'See which of them are still needed, and remove the others. Start those that run for a moment only with --rm.',
      zh: '确认仍需保留的容器，清除其余容器。只运行片刻的容器请以 --rm 启动。',
    };
    const changes = old.flatMap(({ id, name }): RemovalChange[] =>
      id === undefined ? [] : [{ kind: 'removal', what: 'container', id, name }],
    );
    const left = stoppedCount(engine, machine) - changes.length;
    // Which of those that stopped lately can go, only a person knows.
    if (changes.length > 0 && changes.length === old.length && left <= most) return changeHost(changes, summary);
    return byHand(summary, [
      'docker ps --all --filter status=exited --filter status=created',
      ...(old.length > 0 ? [`docker container rm ${old.map(({ name }) => quotedWord(name)).join(' ')}`] : []),
    ]);
  },
});

/** Those that Swarm and Kubernetes keep left out. */
function stoppedCount({ info }: EngineFacts, machine: Machine | undefined): number {
  const stopped = (machine?.containers ?? []).filter(({ state }) => state === 'stopped');
  const ours = stopped.filter(isOurs).length;
  const told = info.known ? info.value.stoppedContainers : undefined;
  return told === undefined ? ours : Math.max(0, told - (stopped.length - ours));
}

function isOurs({ owner }: ContainerSpec): boolean {
  return owner.kind !== 'swarm' && owner.kind !== 'kubernetes';
}

/** Those that stopped more than so many days ago, the oldest first. */
function stoppedFor(days: number, now: Date, machine: Machine | undefined): ContainerSpec[] {
  const since = now.getTime() - days * day;
  return (machine?.containers ?? [])
    .filter((each) => each.state === 'stopped' && isOurs(each) && (each.stoppedSince ?? since) < since)
    .toSorted((left, right) => (left.stoppedSince ?? 0) - (right.stoppedSince ?? 0));
}
