import type { Dockerfile } from '../../model/dockerfile.ts';
import {
  hasOption,
  isAnswered,
  type PackageCache,
  type PackageCall,
  packageCalls,
  uncleanedCalls,
} from './package-calls.ts';
import type { PackageCommand, PackageManager } from './package-install.ts';
import type { Place } from './places.ts';
import { isConfiguredBefore, runsOf, runsOfTarget } from './run-instructions.ts';

/** What is wrong with a call, and the call. */
export interface CallPlace extends Place {
  readonly call: PackageCall;
  /** Leaves a cache, or may wait for an answer. */
  readonly lacks: 'clean' | 'yes';
}

const changing: ReadonlySet<string> = new Set(
  `install in localinstall reinstall rei install-n install-na install-nevra groupinstall update up upgrade upgrade-to update-to localupdate
  groupupdate downgrade distro-sync dsync distribution-synchronization upgrade-minimal update-minimal swap builddep`.split(
    /\s+/,
  ),
);
const removing: ReadonlySet<string> = new Set(['remove', 'rm', 'erase', 'autoremove', 'groupremove']);

/** Whether a call of yum or dnf fetches packages: `install`, `group install`. */
function fetches({ action }: PackageCommand): boolean {
  return changing.has(action) || /^(?:groups?|grp|module|environment) (?:install|update|upgrade|enable)$/.test(action);
}

/** Calls of yum or dnf in any stage that may wait for an answer. */
export function unconfirmedCalls(dockerfile: Dockerfile, managers: readonly PackageManager[]): readonly CallPlace[] {
  return packageCalls(runsOf(dockerfile.instructions), managers)
    .filter((call) => fetches(call) || removing.has(call.action) || call.action.endsWith(' remove'))
    .filter((call) => !isConfirmed(dockerfile, call))
    .map((call) => ({
      call,
      lacks: 'yes',
      span: call.span,
      value: `${call.manager} ${call.action}`,
      message: {
        en: `${call.manager} ${call.action} may wait for an answer: it has no -y.`,
        zh: `${call.manager} ${call.action} 没有 -y，可能会等待回答。`,
      },
    }));
}

function isConfirmed(dockerfile: Dockerfile, call: PackageCall): boolean {
  return (
    hasOption(call, '-y', '--yes', '--assumeyes', '--assume-yes', '--assumeno') ||
    isAnswered(call) ||
    isConfiguredBefore(dockerfile, call.run, /assumeyes\W{0,4}(?:1|true|yes|on)\b/i, /(?:yum|dnf)\.conf/)
  );
}

/** Where yum and dnf keep what they fetch; the two are one program today, microdnf has a folder of its own. */
function cacheOf(manager: PackageManager): PackageCache {
  const cleaners: readonly PackageManager[] = manager === 'yum' || manager === 'dnf' ? ['yum', 'dnf'] : [manager];
  return {
    folders: ['/var/cache/yum', '/var/cache/dnf', '/var/cache/libdnf5', '/var/cache/tdnf', '/var/cache/microdnf'],
    fills: fetches,
    cleans: (call) =>
      cleaners.includes(call.manager) && call.action === 'clean' && call.operands.some(({ text }) => text === 'all'),
  };
}

/** Calls of yum or dnf whose files stay in the final image. */
export function cachingCalls(dockerfile: Dockerfile, managers: readonly PackageManager[]): readonly CallPlace[] {
  return managers
    .flatMap((manager) => uncleanedCalls(runsOfTarget(dockerfile), [manager], cacheOf(manager)))
    .map((call) => ({
      call,
      lacks: 'clean',
      // The whole command: a place of its own, beside that of a missing -y.
      span: { start: call.span.start, end: Math.max(call.span.end, ...call.command.words.map(({ span }) => span.end)) },
      value: `${call.manager} ${call.action}`,
      message: {
        en: `The files that ${call.manager} ${call.action} fetches stay in this layer.`,
        zh: `${call.manager} ${call.action} 获取的文件留在了这一层中。`,
      },
    }));
}
