import { defineControl } from '../../model/control.ts';
import { type JsonValue, objectIn } from '../../model/json.ts';
import type { KubernetesObject } from '../../model/kubernetes.ts';
import { byHand } from '../../model/remedy.ts';
import { type SecretRule, secretFormat, secretRule } from '../container/secret-rules.ts';
import { type Breach, verdictsOn } from './pod-security-breach.ts';

export const kubernetesConfigmapSecrets = defineControl({
  id: 'kubernetes-configmap-secrets',
  subject: 'kubernetes-object',
  severity: 'high',
  title: { en: 'No ConfigMap holds a secret', zh: 'ConfigMap 中不含机密' },
  why: {
    en: 'A ConfigMap may be read by far more people and programs than a Secret, is not encrypted at rest where Secrets are, and lies in the repository in plain text.',
    zh: '能读取 ConfigMap 的人和程序远多于 Secret；即使 Secret 启用了静态加密，ConfigMap 通常也未加密；它还以明文保存在代码仓库中。',
  },
  how: {
    en: 'Fails when a value of data has the form of a known token, a private key or a URL with a password, or when its key, or the name of a setting in a file of settings, says that it is a secret and its value is neither empty nor a path, a switch, a number or a placeholder. Only names and rules are reported, never values.',
    zh: 'data 中的值符合已知令牌、私钥或含密码的 URL 的格式，或其键名（或配置文件中某项设置的名称）表明是机密且值不是空、路径、开关、数字或占位符时，判为未通过。只报告名称和规则，绝不输出值。',
  },
  references: {
    cisKubernetes: ['5.4.1'],
    nist800190: ['4.1.4'],
    aliases: ['k8s-configmap-secrets', 'KSV-0109', 'KSV-01010'],
    links: ['https://kubernetes.io/docs/concepts/configuration/secret/'],
  },
  counterexample: {
    bad: `apiVersion: v1
kind: ConfigMap
metadata:
  name: web
data:
  DB_HOST: db.shop.example
  DB_PASSWORD: correct-horse-battery
`,
    good: `apiVersion: v1
kind: ConfigMap
metadata:
  name: web
data:
  DB_HOST: db.shop.example
  DB_PASSWORD_FILE: /run/secrets/db/password
`,
  },
  appliesTo: ({ group, kind }: KubernetesObject) => group === '' && kind === 'ConfigMap',

  judge(object) {
    const breaches = Object.entries(objectIn(object.value, 'data')).flatMap(([key, value]): Breach[] => {
      const found = secretIn(key, textOf(value));
      if (!found) return [];
      const { name, rule } = found;
      const where = name === key ? { en: key, zh: key } : { en: `${name} in ${key}`, zh: `${key} 中的 ${name}` };
      return [
        {
          path: ['data', key],
          value: { name, rule },
          message: { en: `A secret can be read in ${where.en}.`, zh: `${where.zh} 处可读到机密。` },
        },
      ];
    });
    return verdictsOn(breaches, object, {
      en: 'Nothing in it looks like a secret.',
      zh: '其中未发现疑似机密的内容。',
    });
  },

  remedy() {
    return byHand({
      en: 'Replace the secret with a new one, as this one has been seen, and keep it in a Secret that comes from a secret store or is encrypted in the repository.',
      zh: '该机密已经暴露，应先更换；新的机密放入 Secret，并由机密管理系统提供，或在代码仓库中加密保存。',
    });
  },
});

interface FoundSecret {
  readonly name: string;
  readonly rule: SecretRule;
}

function textOf(value: JsonValue | undefined): string {
  return value === undefined || value === null || typeof value === 'object' ? '' : String(value);
}

function secretIn(key: string, text: string): FoundSecret | undefined {
  if (!text.trimEnd().includes('\n')) {
    const rule = secretRule(key, text.trimEnd());
    return rule === undefined ? undefined : { name: key, rule };
  }
  const lines = isSettings(key) ? text.split('\n') : [];
  for (const line of lines) {
    const found = settingIn(line);
    if (found) return found;
  }
  const rule = secretFormat(text);
  return rule === undefined ? undefined : { name: key, rule };
}

/** Files of settings: of any other text, such as a script, a line that looks like a setting may be anything. */
function isSettings(key: string): boolean {
  return !key.includes('.') || /\.(?:ya?ml|json|toml|ini|cfg|cnf|conf|config|properties|env|sql)$|^\.env/i.test(key);
}

const setting = /^\s*(?:-\s+|export\s+)?["']?([A-Za-z_][\w.-]{0,100})["']?\s*[:=]\s*(\S.*)$/;

function settingIn(line: string): FoundSecret | undefined {
  const [, name, written] = setting.exec(line) ?? [];
  if (name === undefined || written === undefined || written.length > 1000) return undefined;
  const value = unquoted(written.trim().replace(/[,;]$/, ''));
  // A value that is worked out, or begins a block, is not the secret itself.
  if (value === undefined || /[({[]/.test(value) || /^[|>&*!]/.test(value)) return undefined;
  const rule = secretRule(name, value);
  return rule === undefined ? undefined : { name, rule };
}

/** What stands between quotes, else the one word that is there; undefined where there are several. */
function unquoted(written: string): string | undefined {
  const quote = written.charAt(0);
  if (quote === '"' || quote === "'") {
    const end = written.indexOf(quote, 1);
    return end < 0 ? undefined : written.slice(1, end);
  }
  const [word = ''] = written.split(/\s+#|\s+;/);
  return /\s/.test(word) ? undefined : word;
}
