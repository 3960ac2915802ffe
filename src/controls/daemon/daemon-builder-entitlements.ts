import { defineControl } from '../../model/control.ts';
import { daemonSetting } from '../../model/daemon-setting.ts';
import { evidenceOf } from '../../model/fact.ts';
import type { JsonObject, JsonValue } from '../../model/json.ts';
import { fail, notApplicable, pass, unknownFrom } from '../../model/verdict.ts';
import { changeSettings } from './setting-change.ts';
import { objectOf } from './setting-value.ts';

export const daemonBuilderEntitlements = defineControl({
  id: 'daemon-builder-entitlements',
  subject: 'engine',
  severity: 'high',
  title: { en: 'Builds cannot ask for more than a container has', zh: '构建步骤不能取得超出容器的权限' },
  why: {
    en: 'With the entitlement security.insecure a step of a Dockerfile runs privileged: whoever may build, or write a Dockerfile that is built here, is root on the host.',
    zh: '开放 security.insecure 后，Dockerfile 的步骤可以特权运行：能构建镜像的人，或其 Dockerfile 在此构建的人，都可成为主机 root。',
  },
  how: {
    en: "Looks at builder.entitlements in the engine's configuration. security-insecure is off unless it is switched on; network-host, which the engine grants by default, is asked about only where the parameter names it.",
    zh: '查看引擎配置中的 builder.entitlements。security-insecure 默认关闭；引擎默认开放的 network-host 仅在参数中列出时检查。',
  },
  references: {
    nist800190: ['4.4.3'],
    aliases: ['builder-insecure-entitlements'],
    links: ['https://docs.docker.com/reference/cli/dockerd/'],
  },
  parameters: {
    forbidden: {
      default: ['security-insecure'] as string[],
      description: {
        en: 'Entitlements that no build may have: security-insecure, network-host.',
        zh: '任何构建都不得取得的权限：security-insecure、network-host。',
      },
    },
  },
  engines: ['docker'],
  counterexample: { builder: { entitlements: { 'security-insecure': true } } },

  judge(engine, { parameters }) {
    const setting = daemonSetting(engine, 'builder');
    if (!setting.known) return unknownFrom(setting);
    const granted = grantedIn(setting.value);
    const evidence = evidenceOf(setting, granted, `${setting.path}.entitlements`);
    const forbidden = parameters.forbidden.map(nameOf);
    if (forbidden.length === 0) {
      return notApplicable({ en: 'Every entitlement is allowed here.', zh: '此处允许所有权限。' }, evidence);
    }
    const wrong = forbidden.filter((each) => granted.includes(each));
    if (wrong.length === 0) {
      return pass(
        { en: `Builds cannot ask for ${forbidden.join(', ')}.`, zh: `构建不能取得 ${forbidden.join('、')}。` },
        evidence,
      );
    }
    return fail(
      { en: `Builds may ask for ${wrong.join(', ')}.`, zh: `构建可取得 ${wrong.join('、')}。` },
      evidence,
      'builder',
    );
  },

  remedy(engine, { parameters }) {
    const setting = daemonSetting(engine, 'builder');
    const builder = objectOf(setting.known ? setting.value : undefined);
    const others = Object.entries(builder).filter(([key]) => key.toLowerCase() !== 'entitlements');
    const forbidden = parameters.forbidden.map(nameOf);
    const kept = Object.entries(entitlementsIn(builder)).filter(([key]) => !forbidden.includes(key.toLowerCase()));
    const off = forbidden.map((each) => [each, false]);
    return changeSettings(
      engine,
      { builder: { ...Object.fromEntries(others), entitlements: Object.fromEntries([...kept, ...off]) } },
      {
        en: 'Switch these entitlements off for the builder of the engine. Builds that need them belong on a machine of their own.',
        zh: '为引擎的构建器关闭这些权限。确需这些权限的构建应放到专用机器上。',
      },
    );
  },
});

/** The engine does not mind how the key is capitalised. */
function entitlementsIn(builder: JsonObject): JsonObject {
  return objectOf(Object.entries(builder).find(([key]) => key.toLowerCase() === 'entitlements')?.[1]);
}

/** BuildKit and Dockerfiles write `security.insecure` for what the engine calls `security-insecure`. */
function nameOf(entitlement: string): string {
  return entitlement.toLowerCase().replaceAll('.', '-');
}

/** Nothing said means that builds may use the host's network and nothing else. */
function grantedIn(setting: JsonValue | undefined): string[] {
  const said = Object.entries(entitlementsIn(objectOf(setting))).map(([key, value]) => [key.toLowerCase(), value]);
  const all: JsonObject = { 'network-host': true, ...(Object.fromEntries(said) as JsonObject) };
  return Object.keys(all).filter((key) => all[key] === true);
}
