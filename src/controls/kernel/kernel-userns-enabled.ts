import { defineControl } from '../../model/control.ts';
import { evidenceOf } from '../../model/fact.ts';
import { exemplarHost } from '../../model/exemplar-host.ts';
import { changeHost } from '../../model/remedy.ts';
import { fail, notApplicable, pass, unknown, unknownFrom } from '../../model/verdict.ts';
import { kernelWith } from './other-kernel.ts';

const parameter = 'user.max_user_namespaces';

const switchedOff = exemplarHost.kernel.parameters.known
  ? { ...exemplarHost.kernel.parameters.value, [parameter]: '0' }
  : {};

export const kernelUsernsEnabled = defineControl({
  id: 'kernel-userns-enabled',
  subject: 'host',
  severity: 'medium',
  title: { en: 'User namespaces can be used', zh: '用户命名空间可用' },
  why: {
    en: 'Where no user namespace can be made, root in a container stays root on the host: neither remapping nor a rootless engine works.',
    zh: '无法创建用户命名空间时，容器内的 root 就是主机上的 root：UID 重映射和 rootless 引擎都无法工作。',
  },
  how: {
    en: 'user.max_user_namespaces must be above 0. Whether users other than root may make them too is said, not judged: a rootless engine needs it, and without one it only opens more of the kernel to them.',
    zh: 'user.max_user_namespaces 须大于 0。是否允许 root 以外的用户创建只作说明，不作判断：rootless 引擎需要它；没有 rootless 引擎时，这只会扩大内核的暴露面。',
  },
  references: {
    cisDocker: ['2.9'],
    nist800190: ['3.5.2'],
    links: ['https://man7.org/linux/man-pages/man7/user_namespaces.7.html'],
  },
  counterexample: kernelWith({ parameters: switchedOff }),

  judge({ kernel: { parameters, hiddenParameters } }) {
    if (!parameters.known) return unknownFrom(parameters);
    const { [parameter]: limit } = parameters.value;
    const path = `${parameters.path}/user/max_user_namespaces`;
    if (limit === undefined) {
      return hiddenParameters?.includes(parameter)
        ? unknown(
            { en: `this user may not read ${path}`, zh: `当前用户无权读取 ${path}` },
            { en: 'run as root', zh: '以 root 身份运行' },
            evidenceOf(parameters, null, path),
          )
        : notApplicable(
            { en: 'The kernel sets no bound on user namespaces.', zh: '内核未对用户命名空间设上限。' },
            evidenceOf(parameters, null, path),
          );
    }
    const evidence = evidenceOf(parameters, limit, path);
    if (!(Number(limit) > 0)) {
      return fail({ en: 'No user namespace can be made.', zh: '无法创建任何用户命名空间。' }, evidence, parameter);
    }
    return isOpenToAll(parameters.value)
      ? pass(
          { en: `Up to ${limit} can be made, by any user.`, zh: `最多可创建 ${limit} 个，任何用户均可创建。` },
          evidence,
        )
      : pass(
          {
            en: `Up to ${limit} can be made; users other than root are held back.`,
            zh: `最多可创建 ${limit} 个；root 以外的用户受到限制。`,
          },
          evidence,
        );
  },

  remedy() {
    return changeHost([{ kind: 'parameter', name: parameter, value: '31000' }], {
      en: 'Allow user namespaces again.',
      zh: '重新允许创建用户命名空间。',
    });
  },
});

/** Debian and Ubuntu have switches of their own for users other than root. */
function isOpenToAll(parameters: Readonly<Record<string, string>>): boolean {
  return (
    parameters['kernel.unprivileged_userns_clone'] !== '0' &&
    (parameters['kernel.apparmor_restrict_unprivileged_userns'] ?? '0') === '0'
  );
}
