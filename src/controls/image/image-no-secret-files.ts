import { defineControl } from '../../model/control.ts';
import { contentsWith } from '../../model/exemplar-contents.ts';
import type { Evidence } from '../../model/fact.ts';
import type { ImageContents } from '../../model/image-contents.ts';
import { byHand } from '../../model/remedy.ts';
import { compareSeverity, reaches, severities, type Severity } from '../../model/severity.ts';
import { fail, pass, unknownFrom } from '../../model/verdict.ts';
import { listed } from '../container/listing.ts';
import {
  acceptedPaths,
  broughtBy,
  hasFiles,
  isAccepted,
  lookedAt,
  notOpened,
  notableFiles,
  unseenPart,
} from './inside.ts';

interface SecretFile {
  readonly path: string;
  readonly severity: Severity;
  readonly evidence: Evidence;
}

/** Pieces of evidence that a report has room for. */
const most = 100;

const usuallyLeast: Severity = 'medium';

export const imageNoSecretFiles = defineControl({
  id: 'image-no-secret-files',
  subject: 'image',
  severity: {
    usual: 'critical',
    note: {
      en: 'As bad as the worst secret: critical for keys and tokens that work as they are, less for what has a passphrase.',
      zh: '以最严重的机密为准：可直接使用的密钥和令牌为严重，受口令保护的较轻。',
    },
    of: ({ contents }) => (contents ? worst(secretsIn(contents, [])) : 'critical'),
  },
  looksAt: 'contents',
  title: { en: 'No file of the image holds a secret', zh: '镜像的文件中不含机密' },
  why: {
    en: 'Whoever can pull the image can read every file of every layer, also those that a later layer deleted, for as long as anybody keeps a copy.',
    zh: '凡能拉取镜像的人都能读取每一层的每个文件，包括被后续层删除的文件，只要有人保留副本就一直有效。',
  },
  how: {
    en: "Looks in the files of every layer for tokens, passwords and private keys, and in the files of package managers for logins. Content decides, not names; what packages publish is nobody's secret. Told are the rule, the place and the beginning that all of its kind have, never a value.",
    zh: '在每一层的文件中查找令牌、密码和私钥，并在软件包管理器的文件中查找登录信息。以内容而非文件名判断；软件包公开发布的内容不算机密。只报告规则、位置和同类共有的前缀，绝不输出值。',
  },
  references: {
    cisDocker: ['4.10'],
    nist800190: ['4.1.4'],
    aliases: ['image-credential-files', 'CIS-DI-0010'],
    links: ['https://docs.docker.com/build/building/secrets/'],
  },
  parameters: {
    accepted: acceptedPaths({
      en: 'Paths of files that may hold what looks like a secret, with stars.',
      zh: '允许包含疑似机密的文件路径，可用星号。',
    }),
    leastSeverity: {
      default: usuallyLeast,
      description: {
        en: 'The mildest secrets that count; low ones are keys of tests and hashes of passwords.',
        zh: '计入的最低严重程度；低级别为测试用密钥和密码哈希。',
      },
    },
  },
  appliesTo: hasFiles,
  counterexample: { contents: contentsWith({ kind: 'private-key', path: '/root/.ssh/id_rsa', detail: 'OpenSSH' }) },

  judge({ contents }, { parameters: { accepted, leastSeverity } }) {
    if (!contents) return notOpened();
    const found = secretsIn(contents, accepted).filter(({ severity }) => counts(severity, leastSeverity));
    if (found.length > 0) {
      const { en, zh } = listed([...new Set(found.map(({ path }) => path))]);
      return fail(
        { en: `Files hold secrets: ${en}.`, zh: `以下文件含有机密：${zh}。` },
        found.slice(0, most).map(({ evidence }) => evidence),
        'contents.secrets',
      );
    }
    const unseen = unseenPart(contents);
    if (unseen) return unknownFrom(unseen);
    return pass(
      { en: 'No file of it holds a secret that is known as one.', zh: '未在文件中发现机密。' },
      lookedAt(contents),
    );
  },

  remedy() {
    return byHand(
      {
        en: 'Replace the secret, as it has to be taken for known. Build the image again with a secret mount, hand the container its secret as a file when it starts, and remove the old image from every registry. Deleting the file in a later layer takes nothing out.',
        zh: '该机密应视为已泄露，请先更换。使用机密挂载重新构建镜像，容器所需的机密在启动时以文件传入，并从所有镜像仓库删除旧镜像。在后续层删除文件并不能将其移除。',
      },
      ['RUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ci'],
      'rebuild',
    );
  },
});

/** What rules found in files, and files that are secrets as a whole: each file is told once, by the first of the two that knows of it. */
function secretsIn(contents: ImageContents, accepted: readonly string[]): SecretFile[] {
  const byRule = contents.secrets.flatMap(({ rule, place, masked, severity, layer = 0, deleted }): SecretFile[] => {
    if (place.kind !== 'file' || isAccepted(place.path, accepted)) return [];
    const value = [`${rule} ${masked}`, ...broughtBy(layer, contents, deleted)].join(' · ');
    return [{ path: place.path, severity, evidence: { source: 'file', path: `${place.path}:${place.line}`, value } }];
  });
  const told = new Set(byRule.map(({ path }) => path));
  const whole = notableFiles(contents, ['private-key', 'package-credentials'], accepted)
    // A package's own file is published with it.
    .filter(({ path, ownedBy }) => ownedBy === undefined && !told.has(path))
    .map(({ kind, path, detail, layer, deleted }): SecretFile => {
      const isKey = kind === 'private-key';
      const severity = detail.endsWith(', encrypted') || isStore(detail) ? 'medium' : isKey ? 'critical' : 'high';
      const value = [`${kind} (${detail})`, ...broughtBy(layer, contents, deleted)].join(' · ');
      return { path, severity, evidence: { source: 'file', path, value } };
    });
  return [...byRule, ...whole];
}

/** Their keys are behind a password, which is often `changeit`. */
function isStore(detail: string): boolean {
  return detail === 'JKS' || detail === 'JCEKS' || detail === 'PKCS#12';
}

/** A threshold that is none lets nothing pass. */
function counts(severity: Severity, least: string): boolean {
  const threshold = severities.find((each) => each === least);
  return threshold === undefined || reaches(severity, threshold);
}

function worst(found: readonly SecretFile[]): Severity {
  return found.map(({ severity }) => severity).toSorted(compareSeverity)[0] ?? 'critical';
}
