import { configured, type ContainerSpec } from '../../model/container-spec.ts';
import { defineControl } from '../../model/control.ts';
import { evidenceOf, known } from '../../model/fact.ts';
import type { ImageFacts } from '../../model/image.ts';
import type { Package } from '../../model/package.ts';
import { imageDigits } from '../../model/image-reference.ts';
import { isSystemPackage } from '../../model/package.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, pass, unknownFrom } from '../../model/verdict.ts';
import { listed } from '../container/listing.ts';
import { isCommitted, stepsOf, toldHistory } from './history.ts';
import { bareConfiguration, stepEvidence } from './names-of-image.ts';

/** What package managers write when they install or update. */
const packageRecords =
  /^\/(?:var\/lib\/dpkg\/status|(?:usr\/)?lib\/apk\/db\/installed|(?:var\/lib|usr\/lib\/sysimage)\/rpm\/(?:rpmdb\.sqlite|Packages(?:\.db)?)|var\/lib\/pacman\/local\/[^/]+\/desc)$/;

export const imageRebuiltNotPatched = defineControl({
  id: 'image-rebuilt-not-patched',
  subject: 'image',
  severity: 'medium',
  title: { en: 'Fixes come as new images, not as patches in place', zh: '修复通过重新构建镜像交付，而非就地打补丁' },
  why: {
    en: 'What was changed by hand in a container, or committed from one, stands in no Dockerfile: nobody can review it or build it again, and the next release takes it away.',
    zh: '在容器中手工修改或由容器 commit 得到的内容不在任何 Dockerfile 中：无法审查、无法重建，下一次发布就会丢失。',
  },
  how: {
    en: "Looks in the history for steps that a container's commit has left, its own command or a bare shell, and in the containers that run the image for changed records of the package manager; of a container that was scanned, for packages that it has and its image has not. A base's steps are the base's.",
    zh: '在历史记录中查找 docker commit 留下的步骤（容器自身的命令或单独的 shell），并在运行该镜像的容器中查找被改动的软件包数据库；扫描容器时，还查找镜像中没有的软件包。基础镜像的步骤归基础镜像。',
  },
  references: {
    cisDocker: ['4.4'],
    nist800190: ['4.1.1'],
    links: ['https://docs.docker.com/reference/cli/docker/container/commit/'],
  },
  counterexample: {
    history: known([{ createdBy: '/bin/bash', size: 4096, tags: [] }], 'engine-api', 'GET /images/ID/history'),
    configuration: bareConfiguration,
  },

  judge(image, { machine }) {
    const committed = stepsOf(image, machine).filter((each) => each.origin !== 'base' && isCommitted(each, image));
    if (committed.length > 0) {
      return fail(
        { en: 'A container was committed into it.', zh: '其中含有由容器 commit 得到的层。' },
        committed.map(({ index }) => stepEvidence(index, 'commit')),
        'history',
      );
    }
    const changed = changedByContainer(image);
    if (changed[0]) {
      const names = listed(changed.map(({ name }) => name));
      return fail(
        { en: `The container changed packages: ${names.en}.`, zh: `容器更改过软件包：${names.zh}。` },
        changed
          .slice(0, most)
          .map(({ path, name, version }) => ({ source: 'file', path, value: `${name} ${version}` })),
        'contents.packages',
      );
    }
    const containers = (machine?.containers ?? []).filter(
      (each) => imageDigits(each.image.id ?? '') === imageDigits(image.id),
    );
    const patched = containers.flatMap(patchesOf);
    if (patched.length > 0) {
      const names = listed(patched.map(({ container }) => container.name));
      return fail(
        {
          en: `Packages were changed in a container of it: ${names.en}.`,
          zh: `在其容器中更改过软件包：${names.zh}。`,
        },
        patched.map(({ container, path }) => configured(container, 'changedPaths', path)),
        'usedBy',
      );
    }
    const history = toldHistory(image);
    if (!history.known) return unknownFrom(history);
    const hidden = containers.flatMap(({ changedPaths }) => (changedPaths?.known === false ? [changedPaths] : []))[0];
    if (hidden) return unknownFrom(hidden);
    if (machine?.unlisted) return unknownFrom(machine.unlisted);
    return pass(
      { en: 'Nothing in it was committed or patched in place.', zh: '没有 commit 或就地打补丁的痕迹。' },
      evidenceOf(history, history.value.length),
    );
  },

  remedy() {
    return byHand(
      {
        en: 'Write the change into the Dockerfile, build the image again and re-create the containers from it.',
        zh: '将改动写入 Dockerfile，重新构建镜像并据此重建容器。',
      },
      ['docker build --pull -t registry.example/shop/web:1.4.3 .'],
      'rebuild',
    );
  },
});

/** Pieces of evidence that a report has room for. */
const most = 100;

/** Packages of the system that are not from the image, of a container that was scanned. */
function changedByContainer({ contents }: ImageFacts): readonly Package[] {
  return (
    contents?.packages.filter(
      ({ type, layer }) => isSystemPackage({ type }) && contents.layers[layer]?.ofContainer === true,
    ) ?? []
  );
}

function patchesOf(container: ContainerSpec): { container: ContainerSpec; path: string }[] {
  const changed = container.changedPaths?.known ? container.changedPaths.value : [];
  const path = changed.find((each) => packageRecords.test(each));
  return path === undefined ? [] : [{ container, path }];
}
