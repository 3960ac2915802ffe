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
  if (!text.trimEnd().includes('\n')) return named(key, text.trimEnd());
  const lines = text.split(/\r?\n/);
  for (const line of isSettings(key, text) ? lines : []) {
    const found = settingIn(line);
    if (found) return found;
  }
  const rule = formatIn(text, lines);
  return rule === undefined ? undefined : { name: key, rule };
}

/** A form that one of the lines has: none goes on in the next, where an empty `password =` would seem to be filled. */
function formatIn(text: string, lines: readonly string[]): SecretRule | undefined {
  if (secretFormat(text) === undefined) return undefined;
  for (const line of lines) {
    // What a script is told by its caller (`password=$1`) is not in it.
    const rule = secretFormat(line.replaceAll(/=\s*\$\w+/g, '='));
    if (rule !== undefined) return rule;
  }
  return undefined;
}

/** Settings that name a Secret: what they hold is its name. */
const secretsName = /(?:cert|existing|image|ingress|pull|registry|tls)[_-]?secrets?$/i;

function named(name: string, value: string): FoundSecret | undefined {
  const rule = secretRule(name, value);
  if (rule === undefined || (rule === 'name' && secretsName.test(name))) return undefined;
  return { name, rule };
}

/** Files of settings: of any other text, such as a script, a line that looks like a setting may be anything. */
function isSettings(key: string, text: string): boolean {
  if (text.startsWith('#!')) return false;
  return !key.includes('.') || /\.(?:ya?ml|json|toml|ini|cfg|cnf|conf|config|properties|env)$|^\.env/i.test(key);
}

const setting = /^\s*(?:-\s+|export\s+)?["']?([A-Za-z_][\w.-]{0,100})["']?\s*[:=]\s*(\S.*)$/;

function settingIn(line: string): FoundSecret | undefined {
  const [, name, written] = setting.exec(line) ?? [];
  if (name === undefined || written === undefined || written.length > 1000) return undefined;
  const value = valueIn(written.trim().replace(/[,;]$/, ''));
  // What a program fills in, or a schema only describes, is not the secret itself.
  if (value === undefined || /\$\{|\$\(|\{\{|<%|^\$|^(?:string|text|integer|boolean|object)$/.test(value)) {
    return undefined;
  }
  return named(name, value);
}

/** What stands between quotes, else the one plain word that is there; undefined where it is anything else. */
function valueIn(written: string): string | undefined {
  const quote = written.charAt(0);
  if (quote === '"' || quote === "'") {
    const end = written.indexOf(quote, 1);
    return end < 0 ? undefined : written.slice(1, end);
  }
  const [word = ''] = written.split(/\s+[#;]/);
  return /\s|[({[]|^[|>&*!]/.test(word) ? undefined : word;
}
