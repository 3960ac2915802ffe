import { configured } from '../../model/container-spec.ts';
import { defineControl } from '../../model/control.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, pass } from '../../model/verdict.ts';
import { listed } from './listing.ts';

export const containerVolumesFrom = defineControl({
  id: 'container-volumes-from',
  subject: 'container',
  severity: 'low',
  title: { en: "The container does not take over another one's mounts", zh: '容器不沿用其他容器的挂载' },
  why: {
    en: 'Whoever takes over the mounts of another container gets all of them, those too that are added later: folders of the host, a socket, secrets. Its own definition does not show them to anybody who reviews it.',
    zh: '沿用其他容器的挂载会得到其全部挂载，包括日后新增的主机目录、套接字和密钥，而审查本容器的定义时看不到这些内容。',
  },
  how: {
    en: 'The list must be empty: HostConfig.VolumesFrom, --volumes-from, or volumes_from of a Compose service.',
    zh: '该列表（HostConfig.VolumesFrom、--volumes-from 或 Compose 服务的 volumes_from）须为空。',
  },
  references: { links: ['https://docs.docker.com/engine/storage/volumes/'] },
  counterexample: { volumesFrom: ['backup'] },
  dialects: ['engine-api', 'compose', 'docker-run'],

  judge(container) {
    const { volumesFrom = [] } = container;
    const evidence = configured(container, 'volumesFrom', volumesFrom);
    if (volumesFrom.length === 0)
      return pass({ en: 'All of its mounts are its own.', zh: '所有挂载均为自身定义。' }, evidence);
    const names = listed(volumesFrom);
    return fail(
      { en: `It takes over the mounts of ${names.en}.`, zh: `容器沿用 ${names.zh} 的挂载。` },
      evidence,
      'volumesFrom',
    );
  },

  remedy() {
    return byHand(
      {
        en: 'Name the volumes that it needs, each with its target, and read-only where it only reads.',
        zh: '逐一写明所需的卷及其挂载点；只读取的设为只读。',
      },
      [],
      'recreate',
    );
  },
});
