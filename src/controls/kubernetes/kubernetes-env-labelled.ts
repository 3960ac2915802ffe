import { defineControl } from '../../model/control.ts';
import { objectIn } from '../../model/json.ts';
import { byHand } from '../../model/remedy.ts';
import { failAt, pass } from '../../model/verdict.ts';

export const kubernetesEnvLabelled = defineControl({
  id: 'kubernetes-env-labelled',
  subject: 'kubernetes-object',
  severity: 'low',
  title: { en: 'Namespaces say which environment they belong to', zh: '命名空间标明所属环境' },
  why: {
    en: 'Whether a finding is urgent depends on whether it is in production. Policies that differ between test and production find their namespaces by such a label too.',
    zh: '问题是否紧急，取决于它是否位于生产环境。区分测试与生产的策略也要靠这类标签找到命名空间。',
  },
  how: {
    en: 'A Namespace has one of these labels with a value that is not blank. A label matches by its whole name or by what follows its prefix; case does not count. The namespaces that every cluster brings are left out.',
    zh: 'Namespace 带有其中一个标签且值不为空。标签按全名或去掉前缀后的部分匹配，不区分大小写。集群自带的命名空间不计。',
  },
  references: { cisKubernetes: ['5.6.1'], nist800190: ['4.3.4'], aliases: ['k8s-env-labelled'] },
  parameters: {
    labels: {
      default: ['environment', 'env', 'stage'] as readonly string[],
      description: { en: 'Labels that name the environment.', zh: '标明所属环境的标签。' },
    },
  },
  counterexample: {
    bad: `apiVersion: v1
kind: Namespace
metadata:
  name: shop
`,
    good: `apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels:
    environment: production
`,
  },
  appliesTo: ({ group, kind, name }) =>
    group === '' && kind === 'Namespace' && name !== 'default' && !name.startsWith('kube-'),

  judge(object, { parameters: { labels: accepted } }) {
    const labels = objectIn(object.value.metadata, 'labels');
    const wanted = new Set(accepted.map((each) => each.toLowerCase()));
    const found = Object.entries(labels).find(([name, value]) => {
      const whole = name.toLowerCase();
      return (
        typeof value === 'string' &&
        value.trim() !== '' &&
        (wanted.has(whole) || wanted.has(whole.slice(whole.lastIndexOf('/') + 1)))
      );
    });
    if (found) return pass({ en: `Its label ${found[0]} says so.`, zh: `其标签 ${found[0]} 已标明。` });
    const message = { en: 'No label names its environment.', zh: '没有标签标明所属环境。' };
    return [failAt(message, object.locate(['metadata', 'labels']), Object.keys(labels))];
  },

  remedy({ name }, { parameters: { labels } }) {
    const [label = 'environment'] = labels;
    return byHand(
      {
        en: `Give it the label ${label}, with the name of its environment.`,
        zh: `为其加上标签 ${label}，值为所属环境的名称。`,
      },
      [`kubectl label namespace ${name || 'NAMESPACE'} ${label}=production`],
    );
  },
});
