import type { EngineFacts } from '../../model/engine.ts';

/** What becomes of a warning of the engine. */
export interface JudgedWarning {
  /** In one line, without the word WARNING. */
  readonly text: string;
  /** The control that judges the same thing; `null` where nobody can or need act on it; absent for every other warning. */
  readonly judgedBy?: string | null;
}

/** Limits that the kernel dropped, or that a newer hierarchy has no use for. */
const withoutConsequence =
  /^No (?:kernel memory(?: TCP)? limit|oom kill disable|blkio [\w.]+|io\.\w+(?: \([\w ]+\))?) support$/i;

/** Texts of dockerd, by the control that asks the same of better sources. */
const judgedElsewhere: readonly (readonly [RegExp, string])[] = [
  [/\bAPI is accessible on https?:/i, 'daemon-tcp-tls-verified'],
  [/\bdefault seccomp profile\b/i, 'daemon-seccomp-default'],
  [/\bDOCKER_INSECURE_NO_IPTABLES_RAW\b/, 'daemon-allow-direct-routing-off'],
  [/\b(?:aufs|devicemapper|overlay) storage-driver is deprecated\b/i, 'daemon-no-aufs'],
  [/\busage of loopback devices\b/i, 'daemon-no-aufs'],
];

/** Limits that the control on control groups asks about, where the engine runs on the machine that is audited. */
const limit = /^No (?:memory limit|swap limit|cpu cfs (?:quota|period)|cpu shares|cpuset|pids limit) support$/i;
const withoutControlGroups = /^Running in rootless-mode without cgroups\b/i;

/** Every warning of the engine, with who judges it. */
export function judgedWarnings(warnings: readonly string[], { local }: Pick<EngineFacts, 'local'>): JudgedWarning[] {
  return warnings.map((warning) => {
    const text = warning
      .replace(/^\s*WARNING:\s*/i, '')
      .replaceAll(/\s+/g, ' ')
      .trim();
    if (withoutConsequence.test(text)) return { text, judgedBy: null };
    if (local && (limit.test(text) || withoutControlGroups.test(text))) {
      return { text, judgedBy: 'kernel-cgroup-controllers' };
    }
    const other = judgedElsewhere.find(([pattern]) => pattern.test(text));
    return other ? { text, judgedBy: other[1] } : { text };
  });
}
