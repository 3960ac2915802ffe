import { configured, type ContainerSpec } from '../../model/container-spec.ts';
import { defineControl } from '../../model/control.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, notApplicable, pass, type Verdict } from '../../model/verdict.ts';
import { speaksForPod } from './pod-container.ts';

export const containerEnvLabelled = defineControl({
  id: 'container-env-labelled',
  subject: 'container',
  severity: 'low',
  title: { en: 'Labels name the environment and the owner', zh: '用标签标明所属环境和负责人' },
  why: {
    en: 'When a container is found vulnerable or compromised, the first questions are whether it is production and whom to call. Without labels nobody can answer them in time.',
    zh: '容器被发现存在漏洞或遭到入侵时，首先要弄清它是否属于生产环境、该联系谁。没有标签就无法及时回答。',
  },
  how: {
    en: "Looks for one label of each list with a value that is not blank. A label matches by its whole name or by the last part of it, so that com.example.owner is an owner; case does not count. maintainer is not among the defaults: images bring it, and it names the image's author. A pod needs one label that says whose it is, or which application it belongs to: its environment is the matter of its namespace, which another control asks. Labels of a pod do not reach the engine, so its containers are judged by their pod alone, once.",
    zh: '在每个列表中查找一个值不为空的标签。标签按全名或最后一段匹配，因此 com.example.owner 也算 owner；不区分大小写。默认不接受 maintainer：它由镜像带入，指的是镜像作者。Pod 只需一个标明负责人或所属应用的标签：环境由其命名空间标明，由另一检查项判断。Pod 的标签不会传到引擎，因此 Kubernetes 的容器只依据 Pod 判断，且只判断一次。',
  },
  references: {
    nist800190: ['4.3.4'],
    aliases: [
      'k8s-labels-owner',
      'C-0076',
      'C-0077',
      'kube-linter:required-label-owner',
      'kube-linter:required-annotation-email',
    ],
  },
  parameters: {
    environmentLabels: {
      default: ['environment', 'env', 'stage'],
      description: { en: 'Labels that name the environment.', zh: '标明所属环境的标签。' },
    },
    ownerLabels: {
      default: ['owner', 'team', 'contact'],
      description: { en: 'Labels that name the owner.', zh: '标明负责人的标签。' },
    },
    applicationLabels: {
      default: ['app', 'application', 'k8s-app', 'name', 'instance', 'part-of', 'component', 'run'],
      description: {
        en: 'Labels that name the application of a pod, by the whole name or after app.kubernetes.io/.',
        zh: '标明 Pod 所属应用的标签，按全名或 app.kubernetes.io/ 之后的部分匹配。',
      },
    },
  },
  counterexample: { labels: { environment: null, owner: null } },

  appliesTo: speaksForPod,

  judge(container, { parameters: { environmentLabels, ownerLabels, applicationLabels } }) {
    if (container.owner.kind === 'kubernetes' && container.dialect !== 'pod') {
      return notApplicable({ en: 'Its labels are those of its pod.', zh: '其标签在所属的 pod 上。' });
    }
    if (container.dialect === 'pod') return judgePod(container, ownerLabels, applicationLabels);
    const environment = findLabel(container.labels, environmentLabels);
    const owner = findLabel(container.labels, ownerLabels);
    if (environment !== undefined && owner !== undefined) {
      return pass({ en: 'Labels name its environment and its owner.', zh: '标签已标明环境和负责人。' }, [
        configured(container, `labels["${environment}"]`, container.labels[environment] ?? null),
        configured(container, `labels["${owner}"]`, container.labels[owner] ?? null),
      ]);
    }
    const evidence = configured(container, 'labels', Object.keys(container.labels));
    if (owner !== undefined) {
      return fail({ en: 'No label names its environment.', zh: '没有标签标明所属环境。' }, evidence, 'labels');
    }
    return environment === undefined
      ? fail(
          { en: 'No label names its environment or its owner.', zh: '没有标签标明所属环境和负责人。' },
          evidence,
          'labels',
        )
      : fail({ en: 'No label names its owner.', zh: '没有标签标明负责人。' }, evidence, 'labels');
  },

  remedy(container, { parameters: { environmentLabels, ownerLabels } }) {
    if (container.dialect === 'pod') {
      return byHand({
        en: `Give the pod the labels app.kubernetes.io/name and ${ownerLabels[0] ?? 'owner'}.`,
        zh: `为 Pod 加上标签 app.kubernetes.io/name 和 ${ownerLabels[0] ?? 'owner'}。`,
      });
    }
    const [environment = 'environment'] = environmentLabels;
    const [owner = 'owner'] = ownerLabels;
    return byHand(
      {
        en: `Create it with the labels ${environment} and ${owner}; only its people know their values.`,
        zh: `创建容器时加上标签 ${environment} 和 ${owner}；其值只有相关人员知道。`,
      },
      [],
      'recreate',
    );
  },
});

function judgePod(
  container: ContainerSpec,
  ownerLabels: readonly string[],
  applicationLabels: readonly string[],
): Verdict {
  const { labels } = container;
  const known = new Set(applicationLabels.map((each) => each.toLowerCase()));
  const found =
    findLabel(labels, ownerLabels) ??
    Object.keys(labels).find(
      (name) => labels[name]?.trim() && known.has(name.toLowerCase().replace(/^app\.kubernetes\.io\//, '')),
    );
  return found === undefined
    ? fail(
        { en: 'No label says whose pod it is, or of which application.', zh: '没有标签标明 Pod 的负责人或所属应用。' },
        configured(container, 'labels', Object.keys(labels)),
        'labels',
      )
    : pass(
        { en: 'A label says whose pod it is, or of which application.', zh: '已有标签标明 Pod 的负责人或所属应用。' },
        configured(container, `labels["${found}"]`, labels[found] ?? null),
      );
}

/** The name of the first label that is one of `accepted` and says something. */
function findLabel(labels: Readonly<Record<string, string>>, accepted: readonly string[]): string | undefined {
  const wanted = new Set(accepted.map((each) => each.toLowerCase()));
  return Object.entries(labels).find(([name, value]) => {
    const whole = name.toLowerCase();
    return value.trim() !== '' && (wanted.has(whole) || wanted.has(whole.replace(/^.*[./]/, '')));
  })?.[0];
}
