import type { ContainerSpec } from '../../model/container-spec.ts';
import { type JsonObject, type JsonValue, objectIn, textIn } from '../../model/json.ts';
import type { SpecChange } from '../../model/spec-change.ts';
import type { Text } from '../../model/text.ts';
import { isWithin, normalPath } from '../../controls/container/host-path.ts';
import { listed } from '../../controls/container/listing.ts';
import { writtenPaths } from '../../controls/container/written-path.ts';
import { shellWord } from '../../remedy/shell.ts';
import { hardenedFields } from '../harden-body.ts';
import type { PlanContext } from '../planning.ts';
import { dependentsOf } from './dependent-containers.ts';
import { fieldsOf } from './same-spec.ts';
import { runsHere } from './runs-here.ts';
import { ulimitObstacle } from './ulimit-obstacle.ts';
import { madeBy, managerOf } from './other-manager.ts';

/** Why something is not done, and the way round. */
export interface Obstacle {
  readonly reason: Text;
  readonly advice?: Text;
  readonly commands?: readonly string[];
}

/** Why a container cannot be re-created at all; undefined where it can. */
export async function containerObstacle(
  container: ContainerSpec,
  inspected: JsonObject,
  context: PlanContext,
): Promise<Obstacle | undefined> {
  const word = shellWord(container.name);
  if (context.machine.engine.kind === 'podman') return podman;
  if (context.ownContainers?.has(textIn(inspected, 'Id') ?? '')) return runsHere;
  if (objectIn(inspected, 'HostConfig')['AutoRemove'] === true) return removesItself;
  const manager = managerOf(container);
  if (manager !== undefined) return madeBy(manager);
  const status = textIn(objectIn(inspected, 'State'), 'Status') ?? '';
  if (!['running', 'exited', 'created'].includes(status)) return inState(status, word);
  const stop = objectIn(inspected, 'Config')['StopTimeout'];
  if (status === 'running' && typeof stop === 'number' && (stop < 0 || stop > longestStop)) return stopsLate(stop);
  const dependents = dependentsOf(context.machine.containers, inspected);
  if (dependents.length > 0) return neededBy(dependents);
  const id = textIn(inspected, 'Id') ?? '';
  const written = lostPaths(container, await context.engine(`/containers/${id}/changes`));
  return written.length === 0 ? undefined : wouldLose(written, word);
}

/** Paths that the container wrote in its own layer; what is gone after a restart, or may be, is not missed. */
function lostPaths(container: ContainerSpec, changes: JsonValue): string[] {
  const paths = (Array.isArray(changes) ? (changes as readonly JsonValue[]) : []).flatMap(
    (each) => textIn(each, 'Path') ?? [],
  );
  // A directory above a passing one is listed with it.
  const lasting = paths.filter((path) => !passing.some((place) => isWithin(path, place)));
  const above = (path: string) => paths.some((each) => each !== path && isWithin(each, normalPath(path)));
  return writtenPaths(container, lasting).filter((path) => !above(path));
}

const passing = ['/tmp', '/run', '/var/run', '/var/tmp', '/dev'];

/** Why one change would do harm, while others of the same container would not; undefined where it would not. */
export async function changeObstacle(
  container: ContainerSpec,
  change: SpecChange,
  context: PlanContext,
): Promise<Obstacle | undefined> {
  const fields = fieldsOf(change);
  if (fields.some((field) => field.startsWith('namespaces.network'))) return noPorts;
  const unknown = fields.filter((field) => !hardenedFields.includes(field) && !field.startsWith('sysctls.'));
  if (unknown.length > 0) return noWords(unknown);
  const limit = ulimitObstacle(container, change, context);
  if (limit) return limit;
  const reference = change.image?.reference;
  if (typeof reference === 'string') {
    const image = await context.engine(`/images/${encodeURI(reference)}/json`);
    if (textIn(image, 'Id') !== container.image.id) return otherImage(reference);
  }
  const old = new Map(container.mounts.map((mount) => [mount.target, mount]));
  for (const mount of change.mounts ?? []) {
    const before = old.get(mount.target);
    if (before?.kind !== 'volume') continue;
    if (before.source !== mount.source) return emptyVolume(before.source ?? '', mount.source ?? 'NAME', mount.target);
    if (JSON.stringify(before.options) !== JSON.stringify(mount.options)) return volumeOptions(before.source ?? '');
  }
  return undefined;
}

const podman: Obstacle = {
  reason: {
    en: 'the engine is Podman, and this fix re-creates containers of Docker only',
    zh: '引擎为 Podman，本修复仅能重建 Docker 容器',
  },
};

/** Seconds that a container may have to stop: the engine is not waited for much longer. */
const longestStop = 100;

function stopsLate(seconds: number): Obstacle {
  return {
    reason: {
      en:
        seconds < 0
          ? 'it is given as long as it likes to stop, so that nobody can tell how long it would be down'
          : `it is given ${seconds} seconds to stop, longer than a fix waits (${longestStop})`,
      zh:
        seconds < 0
          ? '它的停止没有时限，无法得知会停机多久'
          : `它的停止时限为 ${seconds} 秒，超过修复所等待的时间（${longestStop} 秒）`,
    },
    advice: {
      en: 'Stop it by hand at a good time, and run the fix again: a stopped container is re-created, too.',
      zh: '请在合适的时间手工停止它，再运行修复：已停止的容器同样可以重建。',
    },
  };
}

const removesItself: Obstacle = {
  reason: {
    en: 'it was started with --rm: it would be gone as soon as it is stopped, and could not come back',
    zh: '它以 --rm 启动：一经停止即被移除，无法恢复',
  },
  advice: {
    en: 'Start it anew by hand, hardened, or without --rm.',
    zh: '请手工以加固后的选项重新启动，或去掉 --rm。',
  },
};

function inState(status: string, word: string): Obstacle {
  const command = status === 'paused' ? `docker unpause ${word}` : `docker logs --tail 50 ${word}`;
  return {
    reason: {
      en: `its state is ${status}: only a container that runs or is stopped is re-created`,
      zh: `其状态为 ${status}：仅重建运行中或已停止的容器`,
    },
    advice: { en: 'Bring it to rest first.', zh: '请先使其恢复正常状态。' },
    commands: [command],
  };
}

function neededBy(dependents: readonly string[]): Obstacle {
  const names = listed(dependents);
  return {
    reason: {
      en: `${names.en} holds on to this very container (its namespaces, a link, or volumes by its id) and would lose it`,
      zh: `${names.zh} 依赖这一个容器本身（命名空间、链接或按 ID 引用的 volume），重建后将失去它`,
    },
    advice: {
      en: 'Re-create them together by hand, this one first, or put them on one network and let them find it by name.',
      zh: '请手工一并重建（先重建本容器），或将它们接入同一网络并按名称访问。',
    },
  };
}

function wouldLose(written: readonly string[], word: string): Obstacle {
  const names = listed(written);
  return {
    reason: {
      en: `it has written ${names.en} outside of its volumes, which a new container would not have`,
      zh: `它在 volume 之外写入了 ${names.zh}，新容器中将没有这些内容`,
    },
    advice: {
      en: 'If that may go, say so with a tmpfs; if not, give it a volume there, or copy it out first.',
      zh: '若可以丢弃，请在该处挂载 tmpfs；否则请挂载 volume，或先将其复制出来。',
    },
    commands: [`docker diff ${word}`, `docker cp ${word}:${shellWord(written[0] ?? '/')} .`],
  };
}

const noPorts: Obstacle = {
  reason: {
    en: 'with a network of its own none of its ports would be reachable until they are published, and which ones must be is not written anywhere',
    zh: '改用自己的网络后，其端口在发布之前均不可达，而须发布哪些端口无处可查',
  },
  advice: {
    en: 'Re-create it by hand, and publish the ports that others need.',
    zh: '请手工重建，并发布他人所需的端口。',
  },
};

function noWords(fields: readonly string[]): Obstacle {
  return {
    reason: {
      en: `${fields.join(', ')} cannot be changed by re-creating it like this`,
      zh: `无法通过此方式重建来更改 ${fields.join('、')}`,
    },
    advice: { en: 'Re-create it by hand.', zh: '请手工重建。' },
  };
}

function otherImage(reference: string): Obstacle {
  return {
    reason: {
      en: `${reference} is not the image that it runs now, or is not on this engine`,
      zh: `${reference} 并非它当前使用的镜像，或不在此引擎上`,
    },
    advice: { en: 'Pull it, and re-create the container by hand.', zh: '请拉取该镜像，并手工重建容器。' },
    commands: [`docker pull ${shellWord(reference)}`],
  };
}

function emptyVolume(from: string, to: string, target: string): Obstacle {
  return {
    reason: {
      en: `the volume ${to} would be empty at ${target}: the data is in ${from.slice(0, 12)}`,
      zh: `volume ${to} 在 ${target} 处为空：数据位于 ${from.slice(0, 12)}`,
    },
    advice: {
      en: 'Copy the data into the new volume while the container is stopped, and re-create it by hand.',
      zh: '请在容器停止时将数据复制到新 volume，然后手工重建。',
    },
    commands: [
      `docker volume create ${shellWord(to)}`,
      `docker run --rm -v ${shellWord(from)}:/from:ro -v ${shellWord(to)}:/to IMAGE cp -a /from/. /to/`,
    ],
  };
}

function volumeOptions(volume: string): Obstacle {
  return {
    reason: {
      en: `the volume ${volume.slice(0, 40)} keeps the options that it was made with`,
      zh: `volume ${volume.slice(0, 40)} 会保留创建时的选项`,
    },
    advice: {
      en: 'Make a new volume with the options, and copy the data into it.',
      zh: '请以所需选项新建 volume，并将数据复制进去。',
    },
  };
}
