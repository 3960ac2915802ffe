import { defineControl } from '../../model/control.ts';
import { evidenceOf, known } from '../../model/fact.ts';
import { exemplarHost } from '../../model/exemplar-host.ts';
import type { HostFacts } from '../../model/host.ts';
import { changeHost } from '../../model/remedy.ts';
import { fail, notApplicable, pass, unknown, unknownFrom } from '../../model/verdict.ts';
import { listed } from '../container/listing.ts';

interface Hardening {
  readonly value: number;
  /** Whether nothing but the value will do; otherwise more is stricter. */
  readonly exactly?: boolean;
}

const atLeast = (value: number): Hardening => ({ value });
const exactly = (value: number): Hardening => ({ value, exactly: true });

const hardenings: Readonly<Record<string, Hardening>> = {
  'fs.protected_fifos': atLeast(1),
  'fs.protected_hardlinks': atLeast(1),
  'fs.protected_regular': atLeast(1),
  'fs.protected_symlinks': atLeast(1),
  'fs.suid_dumpable': exactly(0),
  'kernel.dmesg_restrict': atLeast(1),
  'kernel.kptr_restrict': atLeast(1),
  'kernel.perf_event_paranoid': atLeast(2),
  'kernel.randomize_va_space': atLeast(2),
  'kernel.unprivileged_bpf_disabled': atLeast(1),
  'kernel.yama.ptrace_scope': atLeast(1),
  'net.core.bpf_jit_harden': atLeast(1),
  'vm.unprivileged_userfaultfd': exactly(0),
};

const exemplary = exemplarHost.kernel.parameters.known ? exemplarHost.kernel.parameters.value : {};

export const kernelHardeningPatchset = defineControl({
  id: 'kernel-hardening-patchset',
  subject: 'host',
  severity: 'low',
  title: {
    en: 'The kernel hides its addresses and refuses what exploits rely on',
    zh: '内核隐藏自身地址，并禁止漏洞利用常用的操作',
  },
  why: {
    en: 'Most ways out of a container go through a flaw of the kernel, and most of those need addresses, unprivileged BPF, userfaultfd or links in shared folders to work.',
    zh: '多数容器逃逸利用内核缺陷，而这类利用大多依赖内核地址、非特权 BPF、userfaultfd 或共享目录中的链接。',
  },
  how: {
    en: 'Thirteen kernel parameters that Linux has itself, instead of a patched kernel, must be set to the stricter side. One that the kernel does not have is left out.',
    zh: '不要求打过补丁的内核，而是检查 Linux 自带的十三个内核参数是否设在较严格的一侧；内核没有的参数不计。',
  },
  references: {
    cisDocker: ['1.2.1'],
    nist800190: ['4.5.1'],
    links: [
      'https://docs.kernel.org/admin-guide/sysctl/kernel.html',
      'https://docs.kernel.org/admin-guide/sysctl/fs.html',
    ],
  },
  parameters: {
    ignored: {
      default: [] as string[],
      description: {
        en: 'Kernel parameters that need not be set here, because something that runs on the host needs them otherwise.',
        zh: '因主机上的程序需要而不作要求的内核参数。',
      },
    },
  },
  counterexample: {
    kernel: {
      ...exemplarHost.kernel,
      parameters: known({ ...exemplary, 'kernel.kptr_restrict': '0', 'fs.suid_dumpable': '2' }, 'kernel', '/proc/sys'),
    },
  },

  judge(host, { parameters: { ignored } }) {
    const { parameters, hiddenParameters = [] } = host.kernel;
    if (!parameters.known) return unknownFrom(parameters);
    const asked = Object.keys(hardenings).filter((name) => !ignored.includes(name));
    const present = asked.filter((name) => parameters.value[name] !== undefined);
    const loose = looseParameters(host, ignored);
    const [first] = loose;
    if (first !== undefined) {
      const names = listed(
        loose.map((name) => `${name}=${parameters.value[name] ?? ''}`),
        13,
      );
      return fail(
        { en: `Set to the weaker side: ${names.en}.`, zh: `设置偏弱：${names.zh}。` },
        loose.map((name) => evidenceOf(parameters, parameters.value[name] ?? null, fileOf(name))),
        first,
      );
    }
    const hidden = asked.filter((name) => hiddenParameters.includes(name));
    if (hidden.length > 0) {
      const names = listed(hidden);
      return unknown(
        { en: `this user may not read ${names.en}`, zh: `当前用户无权读取 ${names.zh}` },
        { en: 'run as root', zh: '以 root 身份运行' },
        hidden.map((name) => evidenceOf(parameters, null, fileOf(name))),
      );
    }
    const values = Object.fromEntries(present.map((name) => [name, parameters.value[name] ?? '']));
    return present.length === 0
      ? notApplicable({ en: 'The kernel has none of them.', zh: '内核没有这些参数。' }, evidenceOf(parameters, values))
      : pass(
          { en: `All ${present.length} are on the stricter side.`, zh: `${present.length} 个参数均设置得当。` },
          evidenceOf(parameters, values),
        );
  },

  remedy(host, { parameters: { ignored } }) {
    const changes = looseParameters(host, ignored).map((name) => ({
      kind: 'parameter' as const,
      name,
      value: String(hardenings[name]?.value ?? ''),
    }));
    return changeHost(changes, {
      en: 'Set these kernel parameters. Debuggers, profilers and core dumps of other users need root then.',
      zh: '设置这些内核参数。此后调试、性能分析和其他用户的 core dump 需要 root 权限。',
    });
  },
});

function looseParameters({ kernel: { parameters } }: HostFacts, ignored: readonly string[]): string[] {
  if (!parameters.known) return [];
  return Object.entries(hardenings).flatMap(([name, hardening]) => {
    const value = parameters.value[name];
    if (value === undefined || ignored.includes(name)) return [];
    const isTight = hardening.exactly ? Number(value) === hardening.value : Number(value) >= hardening.value;
    return isTight ? [] : [name];
  });
}

function fileOf(name: string): string {
  return `/proc/sys/${name.replaceAll('.', '/')}`;
}
