import type { Text } from '../../model/text.ts';
import { type Planner, refusedAll } from '../planning.ts';

/** Containers of pods: the kubelet makes them as their workload says, and makes them again when they are changed. */
export const planKubernetesOwned: Planner = (failures) => {
  const own = failures.filter(
    ({ subject }) => subject.kind === 'container' && subject.value.owner.kind === 'kubernetes',
  );
  return {
    actions: [],
    refused: refusedAll(own, reason, { advice, commands: ['plimsoll check --fix MANIFEST.yaml'] }),
  };
};

const reason: Text = {
  en: 'Kubernetes makes this container, and would make it again as its workload says: a change of the container would not last.',
  zh: '此容器由 Kubernetes 创建，并会按工作负载的定义重新创建：直接修改容器不会持久。',
};

const advice: Text = {
  en: "Change the workload's manifest (plimsoll check --fix does it in the file), and apply it to the cluster.",
  zh: '请修改工作负载的清单（plimsoll check --fix 可直接修改该文件），再应用到集群。',
};
