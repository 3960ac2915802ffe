import type { Machine } from '../../model/control.ts';
import type { EngineFacts } from '../../model/engine.ts';
import { type Fact, unreadable } from '../../model/fact.ts';

/**
 * A security option as the engine reports it in `GET /info`, with its details (`name=seccomp,profile=builtin`);
 * `undefined` when the engine does not list it.
 */
export function securityOption({ info }: EngineFacts, name: string): Fact<string | undefined> {
  if (!info.known) return info;
  const value = info.value.securityOptions.find((option) => option.split(',')[0] === `name=${name}`);
  return { ...info, value, path: `${info.path} SecurityOptions` };
}

/**
 * Whether a security module is active where the containers run. The kernel of the machine that is audited says
 * so; of an engine elsewhere only what the engine lists is known, and it lists a module only when it uses it.
 */
export function securityModule({ host, engine }: Machine, name: 'apparmor' | 'selinux'): Fact<boolean> {
  const { securityModules } = host;
  if (engine.local && securityModules.known) {
    return { ...securityModules, value: securityModules.value.includes(name) };
  }
  const option = securityOption(engine, name);
  if (option.known && option.value !== undefined) return { ...option, value: true };
  if (engine.local && !securityModules.known) return securityModules;
  return unreadable(
    'kernel',
    '/sys/kernel/security/lsm',
    {
      en: 'the engine runs on another machine, whose security modules cannot be seen from here',
      zh: '引擎运行在另一台机器上，从此处无法得知其启用的安全模块',
    },
    { en: 'run the audit on the machine of the engine', zh: '在引擎所在的机器上运行审计' },
  );
}
