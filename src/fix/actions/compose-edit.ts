import { isDeepStrictEqual } from 'node:util';
import type { ContainerSpec, Mount } from '../../model/container-spec.ts';
import { type JsonObject, objectIn } from '../../model/json.ts';
import type { SpecRemedy } from '../../model/remedy.ts';
import { applySpecChange, type SpecChange } from '../../model/spec-change.ts';
import { editText } from '../../remedy/edit/edit.ts';
import type { PlanContext } from '../planning.ts';
import { type ComposeSource, type ProjectReading, readComposeProject } from './compose-project.ts';
import type { Obstacle } from './compose-obstacles.ts';
import { rebasedChange } from './rebase.ts';
import { fieldsOf, holds, isSameSpec } from './same-spec.ts';
import { ulimitObstacle } from './ulimit-obstacle.ts';

/** `edit`: one file's new text; `written`: the files say it already. */
export type EditResult =
  | { readonly kind: 'edit'; readonly path: string; readonly text: string }
  | { readonly kind: 'written' }
  | { readonly kind: 'obstacle'; readonly obstacle: Obstacle };

/**
 * The edit of one of a project's files that carries a live container's remedy out. It is proven: the project with the new text
 * is read again, and the service is as it was but for the change, and everything else as it was.
 */
export function composeEdit(
  live: ContainerSpec,
  remedy: SpecRemedy,
  source: ComposeSource,
  texts: ReadonlyMap<string, string>,
  context: PlanContext,
): EditResult {
  const before = readComposeProject(source, texts, context);
  if (!before || before.broken) return obstacle(unreadableProject(source));
  const service = live.owner.service ?? '';
  const subject = before.containers.get(service);
  if (!subject) return obstacle(noService(service, source));
  const change = rebasedChange(remedy.change, live, subject.value);
  if (!change) return obstacle(notInFile(service, source));
  if (fieldsOf(change).includes('namespaces.network')) return obstacle(noPorts(service));
  const volume = change.mounts ? changedVolume(subject.value, change.mounts) : undefined;
  if (volume !== undefined) return obstacle(volumeOptions(volume));
  const variable = fieldsOf(change).find((field) => isUnresolved(subject.value, field));
  if (variable !== undefined) return obstacle(unset(variable, service));
  if (holds(subject.value, change)) return { kind: 'written' };
  const limit = ulimitObstacle(live, remedy.change, context);
  if (limit) return obstacle(limit);
  for (const path of source.files) {
    const text = editedText({ ...remedy, change }, subject, path, texts.get(path) ?? '');
    if (text === undefined) continue;
    const after = readComposeProject(source, new Map(texts).set(path, text), context);
    if (after && isProven(before, after, service, change)) return { kind: 'edit', path, text };
  }
  return obstacle(notProven(subject.value, change, service, source));
}

/** A volume that is there already, and whose driver would be told otherwise. */
function changedVolume({ mounts }: ContainerSpec, wanted: readonly Mount[]): string | undefined {
  return mounts.find((mount) => {
    const next = wanted.find(({ target }) => target === mount.target);
    return mount.kind === 'volume' && next && !isDeepStrictEqual(mount.options, next.options);
  })?.source;
}

function editedText(
  remedy: SpecRemedy,
  subject: Parameters<typeof editText>[1],
  file: string,
  text: string,
): string | undefined {
  try {
    const edited = editText(remedy, subject, { file, text });
    return edited === text ? undefined : edited;
  } catch (error) {
    // Its place is not there, or two of its edits overlap.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function isProven(before: ProjectReading, after: ProjectReading, service: string, change: SpecChange): boolean {
  if (after.broken || after.containers.size !== before.containers.size) return false;
  const areSame = [...before.containers].every(([name, { value: old }]) => {
    const next = after.containers.get(name)?.value;
    if (!next) return false;
    return name === service
      ? isSameSpec(applySpecChange(old, change), next) && isDeepStrictEqual(old.unresolved, next.unresolved)
      : isSameSpec(old, next) && isDeepStrictEqual(serviceIn(before, name), serviceIn(after, name));
  });
  return areSame && isDeepStrictEqual(around(before, change), around(after, change));
}

function serviceIn({ project }: ProjectReading, name: string): JsonObject {
  return objectIn(objectIn(project.value, 'services'), name);
}

/** All but the services; volumes with names are declared beside them. */
function around({ project }: ProjectReading, change: SpecChange): JsonObject {
  const { services: _services, volumes, ...others } = project.value;
  return change.mounts ? others : { ...others, volumes };
}

function isUnresolved({ unresolved = [] }: ContainerSpec, field: string): boolean {
  return unresolved.some((each) => each === field || each.startsWith(`${field}[`) || each.startsWith(`${field}.`));
}

function obstacle(reason: Obstacle): EditResult {
  return { kind: 'obstacle', obstacle: reason };
}

function namesOf({ files }: ComposeSource): Readonly<{ en: string; zh: string }> {
  return { en: files.join(', '), zh: files.join('、') };
}

export function checkCommand({ files }: ComposeSource): string {
  return `plimsoll check ${files.join(' ')}`;
}

function unreadableProject(source: ComposeSource): Obstacle {
  const names = namesOf(source);
  return {
    reason: {
      en: `${names.en} cannot be read as a Compose project: something in it, or a file that it names, is wrong or missing.`,
      zh: `${names.zh} 无法作为 Compose 项目读取：其内容或其引用的文件有误或缺失。`,
    },
    advice: { en: 'See what is wrong with plimsoll check, and mend it.', zh: '请用 plimsoll check 查看问题并修正。' },
    commands: [checkCommand(source)],
  };
}

function noService(service: string, source: ComposeSource): Obstacle {
  const names = namesOf(source);
  return {
    reason: {
      en: `${names.en} has no service ${service} any more.`,
      zh: `${names.zh} 中已没有服务 ${service}。`,
    },
    advice: {
      en: 'If nobody needs the container, take it away: docker compose up --remove-orphans.',
      zh: '若不再需要该容器，可用 docker compose up --remove-orphans 移除。',
    },
  };
}

function notInFile(service: string, source: ComposeSource): Obstacle {
  const names = namesOf(source);
  return {
    reason: {
      en: `The mount that would change is not written for the service ${service} in ${names.en}: its image brings it, and what is in it now would stay behind.`,
      zh: `需更改的挂载并未写在 ${names.zh} 的服务 ${service} 中，而是由镜像带来；其现有数据不会随之迁移。`,
    },
    advice: {
      en: 'Copy the data that you need, then write the mount into the file.',
      zh: '请先复制所需数据，再将该挂载写入文件。',
    },
  };
}

function noPorts(service: string): Obstacle {
  return {
    reason: {
      en: `With a network of its own none of the ports of the service ${service} would be reachable until they are published, and which ones must be is not written anywhere.`,
      zh: `改用自己的网络后，服务 ${service} 的端口在发布之前均不可达，而须发布哪些端口无处可查。`,
    },
    advice: {
      en: 'Take network_mode away by hand, and write the ports that others need under ports.',
      zh: '请手动去掉 network_mode，并在 ports 中写出他人所需的端口。',
    },
  };
}

function volumeOptions(volume: string): Obstacle {
  return {
    reason: {
      en: `The volume ${volume} is there already and keeps the options that it was made with, whatever the file says.`,
      zh: `volume ${volume} 已存在，无论文件如何写，都会保留创建时的选项。`,
    },
    advice: {
      en: 'Declare a new volume with the options, copy the data into it, and let the service use that one.',
      zh: '请声明带有所需选项的新 volume，将数据复制进去，再让服务使用它。',
    },
  };
}

function unset(field: string, service: string): Obstacle {
  return {
    reason: {
      en: `A variable without a value decides ${field} of the service ${service}, so that nobody can tell what the file says there.`,
      zh: `服务 ${service} 的 ${field} 由没有值的变量决定，无法得知文件在此处的实际内容。`,
    },
    advice: {
      en: 'Give the variable a value in .env, or write a default: ${NAME:-value}.',
      zh: '请在 .env 中为变量赋值，或写出默认值：${NAME:-value}。',
    },
  };
}

function notProven(container: ContainerSpec, change: SpecChange, service: string, source: ComposeSource): Obstacle {
  const places = fieldsOf(change).map((field) => container.locate(field).file);
  const elsewhere = places.find((file) => file !== undefined && !source.files.includes(file));
  const names = namesOf(source);
  const advice = {
    en: 'Change it by hand where it is written, and run docker compose up.',
    zh: '请在实际写明该值的位置手动修改，再执行 docker compose up。',
  };
  if (elsewhere !== undefined) {
    return {
      reason: {
        en: `The service ${service} takes this from ${elsewhere}, which others may use as well, and no edit of ${names.en} alone changes it.`,
        zh: `服务 ${service} 的这项设置来自 ${elsewhere}，该文件可能另有他用；仅编辑 ${names.zh} 无法改变它。`,
      },
      advice,
    };
  }
  return {
    reason: {
      en: `No edit of one file could be proven to change this for the service ${service} and nothing else: Compose has no word for it, it is shared with other services, or it is written in several places of ${names.en}.`,
      zh: `无法证明对单个文件的编辑只会改变服务 ${service} 的这一项：Compose 没有对应字段、该内容与其他服务共用，或分写在 ${names.zh} 的多处。`,
    },
    advice,
  };
}
