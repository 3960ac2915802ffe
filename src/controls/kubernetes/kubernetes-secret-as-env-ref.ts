import { defineControl } from '../../model/control.ts';
import { byHand } from '../../model/remedy.ts';
import { environmentReferences } from './pod-environment.ts';
import { verdictsOn } from './pod-security-breach.ts';
import { containerWords } from './security-context.ts';
import { holdsPod } from './workload-pod.ts';

export const kubernetesSecretAsEnvRef = defineControl({
  id: 'kubernetes-secret-as-env-ref',
  subject: 'kubernetes-object',
  severity: 'info',
  title: { en: 'Secrets reach containers as files', zh: 'Secret 以文件形式提供给容器' },
  why: {
    en: 'Variables are inherited by every process, end up in crash reports and debug pages, and keep their old value until a restart. A mounted file has rights of its own and follows the Secret.',
    zh: '环境变量会被所有进程继承，会出现在崩溃报告和调试页面中，且重启前一直保留旧值。挂载的文件有独立的权限，并会随 Secret 更新。',
  },
  how: {
    en: 'No variable of a container is taken from a Secret by secretKeyRef, and none of envFrom by secretRef. That is a matter of taste where a program knows no other way, hence a remark.',
    zh: '容器的环境变量不通过 secretKeyRef 取自 Secret，envFrom 也不使用 secretRef。若程序只支持环境变量，则属于取舍，因此只是提示。',
  },
  references: {
    cisKubernetes: ['5.4.1'],
    nist800190: ['4.1.4'],
    aliases: ['k8s-secret-as-env-ref', 'C-0207', 'CKV_K8S_35', 'kube-linter:read-secret-from-env-var'],
    links: ['https://kubernetes.io/docs/concepts/configuration/secret/'],
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
        - name: DB_PASSWORD
          valueFrom:
            secretKeyRef: { name: db, key: password }
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
        - name: DB_PASSWORD_FILE
          value: /run/secrets/db/password
      volumeMounts:
        - { name: db, mountPath: /run/secrets/db, readOnly: true }
  volumes:
    - name: db
      secret: { secretName: db }
`,
  },
  appliesTo: holdsPod,

  judge(object) {
    const breaches = environmentReferences(object.pod)
      .filter(({ kind }) => kind === 'Secret')
      .map(({ name, entry, path }) => {
        const words = containerWords(entry);
        return {
          path,
          value: name,
          message: {
            en: `${words.en} gets the Secret ${name} as variables.`,
            zh: `${words.zh} 以环境变量形式获取 Secret ${name}。`,
          },
        };
      });
    return verdictsOn(breaches, object, {
      en: 'No Secret is among its variables.',
      zh: '其环境变量均不取自 Secret。',
    });
  },

  remedy() {
    return byHand({
      en: 'Mount the Secret as a volume, read-only, and tell the program the path, for example in DB_PASSWORD_FILE.',
      zh: '将 Secret 以只读卷挂载，并把路径告诉程序，例如通过 DB_PASSWORD_FILE。',
    });
  },
});
