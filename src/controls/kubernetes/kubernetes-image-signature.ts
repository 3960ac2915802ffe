import { defineControl } from '../../model/control.ts';
import { byHand } from '../../model/remedy.ts';
import { unknown } from '../../model/verdict.ts';
import { type Breach } from './pod-security-breach.ts';
import { imagesIn, type PodImage, verdictsOnImages } from './pod-image.ts';
import { isVerified, signatureRules } from './signature-policy.ts';
import type { KubernetesObject } from '../../model/kubernetes.ts';

export const kubernetesImageSignature = defineControl({
  id: 'kubernetes-image-signature',
  subject: 'kubernetes-object',
  severity: 'medium',
  title: {
    en: 'A policy engine lets images in only with a valid signature',
    zh: '策略引擎只放行带有有效签名的镜像',
  },
  why: {
    en: 'A signature that nobody verifies proves nothing. Without a rule for it, whoever may push to the registry decides what the cluster runs.',
    zh: '无人验证的签名毫无意义。若没有相应规则，能向镜像仓库推送的人就能决定集群运行什么。',
  },
  how: {
    en: 'Asked only where rules of Kyverno or of the policy-controller of Sigstore are read together with the object. Every image must be named by one of them: verifyImages, matchImageReferences or images[].glob. Whether a signature is valid is for that engine to say.',
    zh: '仅在一并读取了 Kyverno 或 Sigstore policy-controller 的规则时判断。每个镜像都须被某条规则涵盖：verifyImages、matchImageReferences 或 images[].glob。签名是否有效由该引擎判定。',
  },
  references: {
    nist800190: ['4.1.5'],
    aliases: ['k8s-image-signature', 'C-0236', 'C-0237'],
    links: ['https://docs.sigstore.dev/policy-controller/overview/', 'https://kyverno.io/docs/'],
  },
  counterexample: {
    bad: `apiVersion: policy.sigstore.dev/v1beta1
kind: ClusterImagePolicy
metadata:
  name: signed
spec:
  images:
    - glob: registry.example/shop/**
---
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: registry.example/other/web:1.4.2
`,
    good: `apiVersion: policy.sigstore.dev/v1beta1
kind: ClusterImagePolicy
metadata:
  name: signed
spec:
  images:
    - glob: registry.example/shop/**
---
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: registry.example/shop/web:1.4.2
`,
  },
  appliesTo: (object) => object.pod !== undefined && signatureRules(object).length > 0,

  judge(object) {
    const rules = signatureRules(object);
    const judged = imagesIn(object.pod).flatMap((image) =>
      image.parsed ? [{ ...image, verified: isVerified(rules, image.parsed) }] : [],
    );
    const breaches = judged.filter(({ verified }) => verified === false).map(breachOf);
    const open = judged.find(({ verified }) => verified === undefined);
    if (breaches.length === 0 && open) return undecided(object, open);
    return verdictsOnImages(breaches, object, {
      en: 'A rule verifies the signature of each of its images.',
      zh: '其每个镜像的签名都有规则验证。',
    });
  },

  remedy() {
    return byHand({
      en: 'Add the image to a rule, with the key or the identity that its makers sign with; mirror and sign it yourself where they do not.',
      zh: '将该镜像加入规则，并写明其制作者签名所用的密钥或身份；若对方不签名，请自行同步并签名。',
    });
  },
});

function breachOf({ reference, path }: PodImage): Breach {
  return {
    path,
    value: reference,
    message: {
      en: `No rule verifies the signature of ${reference}.`,
      zh: `没有规则验证 ${reference} 的签名。`,
    },
  };
}

function undecided(object: KubernetesObject, { reference, path }: PodImage) {
  const place = object.locate(path);
  return unknown(
    {
      en: `Whether a rule covers ${reference} is decided by an expression.`,
      zh: `${reference} 是否被规则涵盖取决于表达式。`,
    },
    { en: "the engine's own answer, by a dry run", zh: '通过试运行取得策略引擎自身的结论' },
    { source: place.source, path: place.path, value: reference },
  );
}
