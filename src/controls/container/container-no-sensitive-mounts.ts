import { configured } from '../../model/container-spec.ts';
import { defineControl } from '../../model/control.ts';
import { changeSpec } from '../../model/remedy.ts';
import { fail, pass } from '../../model/verdict.ts';
import { hostMounts } from './host-path.ts';
import { listed } from './listing.ts';
import { sensitiveMounts, sensitivePathParameters } from './sensitive-path.ts';

export const containerNoSensitiveMounts = defineControl({
  id: 'container-no-sensitive-mounts',
  subject: 'container',
  severity: 'high',
  title: { en: 'No sensitive directory of the host is mounted', zh: '不挂载主机的敏感目录' },
  why: {
    en: 'System directories hold keys, passwords and the programs that the host itself runs. A container that sees them can read secrets that are not its own, and one that may write there can change the host.',
    zh: '系统目录中存有密钥、口令以及主机自身运行的程序。容器看得到这些目录，就能读取不属于它的机密；若还能写入，就能改动主机。',
  },
  how: {
    en: "Compares every mount that leads to the host, links followed and volumes that are binds in disguise included, with a list of sensitive paths and the engine's data root, by whole path segments: the path itself, anything below it, and any directory that holds it. A few harmless files may be mounted read-only. Data directories of volumes and what the engine itself mounts do not count.",
    zh: '将每个通向主机的挂载（先解析符号链接，包括实为 bind 的 volume）与敏感路径列表及引擎数据目录按路径分段比对：路径本身、其下内容以及包含它的上级目录均计入。少数无害文件允许只读挂载。volume 自身的数据目录和引擎自行添加的挂载不计入。',
  },
  references: {
    cisDocker: ['5.6'],
    cisKubernetes: ['5.2.11'],
    nist800190: ['4.5.5'],
    aliases: ['k8s-sensitive-host-mounts', 'kube-linter:sensitive-host-mounts', 'volume-driver-host-bind'],
    links: ['https://docs.docker.com/engine/storage/bind-mounts/'],
  },
  parameters: sensitivePathParameters,
  counterexample: {
    mounts: [{ kind: 'bind', source: '/etc', target: '/host/etc', readOnly: true, options: {} }],
  },

  judge(container, { machine, parameters }) {
    const sensitive = sensitiveMounts(container, machine, parameters);
    const [first] = sensitive;
    if (first) {
      const list = listed(sensitive.map(({ words }) => words));
      return fail(
        { en: `It sees sensitive paths of the host: ${list.en}.`, zh: `容器可见主机的敏感路径：${list.zh}。` },
        sensitive.map(({ field, path }) => configured(container, field, path)),
        first.field,
      );
    }
    return pass(
      { en: 'It mounts no sensitive path of the host.', zh: '容器未挂载主机的敏感路径。' },
      hostMounts(container, machine).map(({ field, path }) => configured(container, field, path)),
    );
  },

  remedy(container, { machine, parameters }) {
    const sensitive = new Set(sensitiveMounts(container, machine, parameters).map(({ field }) => field));
    return changeSpec(
      { mounts: container.mounts.filter((_, index) => !sensitive.has(`mounts[${index}]`)) },
      {
        en: 'Take these mounts away. Keep its data in a named volume, and hand single settings over as configs or secrets.',
        zh: '移除这些挂载。数据存放在具名 volume 中，个别配置以 config 或 secret 的形式传入。',
      },
    );
  },
});
