import { defineControl } from '../../model/control.ts';
import { objectIn, textIn } from '../../model/json.ts';
import type { KubernetesObject } from '../../model/kubernetes.ts';
import { byHand, changeObject } from '../../model/remedy.ts';
import { failAt, notApplicable, pass } from '../../model/verdict.ts';
import { scalarText } from './network-exposure.ts';

/** How a provisioner is told to encrypt; `automatic` where the parameter alone does it. */
interface Encryption {
  readonly parameter: string;
  readonly automatic: boolean;
}

const bySetting: ReadonlyMap<string, Encryption> = new Map([
  ['ebs.csi.aws.com', { parameter: 'encrypted', automatic: true }],
  ['ebs.csi.eks.amazonaws.com', { parameter: 'encrypted', automatic: true }],
  ['kubernetes.io/aws-ebs', { parameter: 'encrypted', automatic: true }],
  ['diskplugin.csi.alibabacloud.com', { parameter: 'encrypted', automatic: false }],
  ['driver.longhorn.io', { parameter: 'encrypted', automatic: false }],
  ['rbd.csi.ceph.com', { parameter: 'encrypted', automatic: false }],
  ['cephfs.csi.ceph.com', { parameter: 'encrypted', automatic: false }],
]);

const always = new Set([
  'pd.csi.storage.gke.io',
  'kubernetes.io/gce-pd',
  'filestore.csi.storage.gke.io',
  'disk.csi.azure.com',
  'file.csi.azure.com',
  'kubernetes.io/azure-disk',
  'kubernetes.io/azure-file',
  'dobs.csi.digitalocean.com',
]);

export const kubernetesPvEncryption = defineControl({
  id: 'kubernetes-pv-encryption',
  subject: 'kubernetes-object',
  severity: 'medium',
  title: { en: 'Storage classes make encrypted volumes', zh: '存储类创建的是加密卷' },
  why: {
    en: 'A disk, a snapshot or a backup that gets into other hands shows all that is on it, unless it is encrypted.',
    zh: '磁盘、快照或备份一旦落入他人之手，未加密的内容便一览无余。',
  },
  how: {
    en: 'Looks at the parameters of StorageClasses whose provisioner is told by them to encrypt: EBS, Alibaba Cloud disks, Longhorn and Ceph want encrypted: "true". Google, Azure and DigitalOcean encrypt always. Of other provisioners nothing is known.',
    zh: '检查通过参数指定加密的 StorageClass：EBS、阿里云盘、Longhorn 与 Ceph 须设 encrypted: "true"。Google、Azure 与 DigitalOcean 始终加密。其他供给器无从得知。',
  },
  references: {
    nist800190: ['4.3.4'],
    aliases: ['k8s-pv-encryption', 'C-0264'],
    links: ['https://kubernetes.io/docs/concepts/storage/storage-classes/'],
  },
  counterexample: { bad: sample('type: gp3'), good: sample('encrypted: "true"') },
  appliesTo: ({ kind, group }) => kind === 'StorageClass' && group === 'storage.k8s.io',

  judge(storage) {
    const provisioner = provisionerOf(storage);
    if (always.has(provisioner))
      return pass({ en: `${provisioner} always encrypts.`, zh: `${provisioner} 始终加密。` });
    const how = bySetting.get(provisioner);
    if (!how) {
      return notApplicable({ en: 'How its provisioner encrypts is not known.', zh: '不清楚其供给器如何加密。' });
    }
    const value = objectIn(storage.value, 'parameters')[how.parameter];
    if (scalarText(value).toLowerCase() === 'true')
      return pass({ en: 'Its volumes are encrypted.', zh: '其卷已加密。' });
    const message = {
      en: `${provisioner} makes volumes that are not encrypted.`,
      zh: `${provisioner} 创建的卷未加密。`,
    };
    return failAt(message, storage.locate(['parameters', how.parameter]), value ?? null);
  },

  remedy(storage) {
    const how = bySetting.get(provisionerOf(storage));
    if (how?.automatic === true) {
      return changeObject([{ path: ['parameters', how.parameter], value: 'true' }], {
        en: 'Encrypt new volumes. In a cluster the class has to be made anew, and its old volumes stay as they are.',
        zh: '加密新建的卷。集群中的存储类需重新创建，已有的卷保持不变。',
      });
    }
    return byHand({
      en: 'Set encrypted: "true", and name the Secret or the key service that holds the key, as the provisioner wants it.',
      zh: '设 encrypted: "true"，并按供给器的要求指明保存密钥的 Secret 或密钥服务。',
    });
  },
});

function provisionerOf({ value }: KubernetesObject): string {
  // Rook puts the namespace of the operator in front.
  return (textIn(value, 'provisioner') ?? '').replace(/^[\w-]+\.(?=(?:rbd|cephfs)\.csi\.ceph\.com$)/, '');
}

function sample(parameter: string): string {
  return `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: fast
provisioner: ebs.csi.aws.com
parameters:
  ${parameter}
`;
}
