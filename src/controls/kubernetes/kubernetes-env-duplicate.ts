import { isDeepStrictEqual } from 'node:util';
import { defineControl } from '../../model/control.ts';
import type { PodTemplate } from '../../model/kubernetes.ts';
import { byHand, changeObject } from '../../model/remedy.ts';
import { pathText } from '../../model/json.ts';
import { type PodVariable, variablesIn } from './pod-environment.ts';
import { verdictsOn } from './pod-security-breach.ts';
import { containerWords } from './security-context.ts';
import { holdsPod } from './workload-pod.ts';

export const kubernetesEnvDuplicate = defineControl({
  id: 'kubernetes-env-duplicate',
  subject: 'kubernetes-object',
  severity: 'low',
  title: { en: 'Every variable is set once', zh: '每个环境变量只设置一次' },
  why: {
    en: 'Of two variables of one name the last counts, and a merge of manifests may drop either. Whoever changes the first one sees no effect.',
    zh: '同名变量以最后一个为准，而合并清单时可能丢掉其中任意一个。修改前一个的人会发现毫无效果。',
  },
  how: {
    en: 'No two entries of env of one container have the same name. Case counts. An entry of env that outranks one of envFrom is meant to, and passes.',
    zh: '同一容器的 env 中不得有同名条目，区分大小写。env 覆盖 envFrom 中的同名变量属于正常用法，判为通过。',
  },
  references: {
    aliases: ['k8s-env-duplicate', 'C-0295', 'kube-linter:duplicate-env-var'],
    links: ['https://kubernetes.io/docs/tasks/inject-data-application/define-environment-variable-container/'],
  },
  counterexample: {
    bad: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: registry.example/shop/web:1.4.2
      env:
        - { name: MODE, value: fast }
        - { name: MODE, value: fast }
`,
    good: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: registry.example/shop/web:1.4.2
      env:
        - { name: MODE, value: fast }
`,
  },
  appliesTo: holdsPod,

  judge(object) {
    const breaches = repeatedIn(object.pod).map(({ name, entry, path }) => {
      const words = containerWords(entry);
      return {
        path: [...path, 'name'],
        value: name,
        message: { en: `${words.en} sets ${name} again.`, zh: `${words.zh} 重复设置了 ${name}。` },
      };
    });
    return verdictsOn(breaches, object, {
      en: 'Its containers set every variable once.',
      zh: '其容器的每个变量只设置一次。',
    });
  },

  remedy({ pod }, _context, failure) {
    const same = repeatedIn(pod).filter(({ isSame }) => isSame);
    if (!same.some(({ path }) => failure.evidence[0]?.path === pathText([...path, 'name']))) {
      return byHand({
        en: 'Keep the entry with the value that is meant, and take the other away. The last one has been in force.',
        zh: '保留取值正确的条目，去掉另一个。此前生效的是最后一个。',
      });
    }
    return changeObject(
      same.toReversed().map(({ path }) => ({ path })),
      { en: 'Take away the entry that says the same again.', zh: '去掉内容相同的重复条目。' },
    );
  },
});

interface RepeatedVariable extends PodVariable {
  /** It says what the one before it said. */
  readonly isSame: boolean;
}

function repeatedIn(pod: PodTemplate | undefined): RepeatedVariable[] {
  const byContainer = Map.groupBy(variablesIn(pod), ({ entry }) => entry);
  return [...byContainer.values()].flatMap((variables) => {
    const last = new Map<string, PodVariable>();
    return variables.flatMap((variable): RepeatedVariable[] => {
      const before = last.get(variable.name);
      last.set(variable.name, variable);
      if (!before || variable.name === '') return [];
      return [{ ...variable, isSame: isDeepStrictEqual(before.value, variable.value) }];
    });
  });
}
