import type { Package } from '../model/package.ts';

/**
 * Which part of a kernel a package of the system is: its headers, or all else that is built from the kernel's source, images and modules as
 * well as tools (`perf`, `bpftool`), which no advisory of a kernel tells apart. `undefined` for what is no part of one. Firmware has
 * sources and advisories of its own.
 */
export function kernelPartOf({ type, name, source }: Package): 'headers' | 'kernel' | undefined {
  const patterns = patternsOf(type);
  if (!patterns || isOther(name)) return undefined;
  if (patterns.headers.test(name)) return 'headers';
  // Bills that do not know the source may name the package instead.
  const isTold = source !== undefined && source.name !== '' && source.name !== name;
  return (isTold ? patterns.sources.test(source.name) : patterns.names.test(name)) ? 'kernel' : undefined;
}

/**
 * Whether a package has nothing but the header files of the kernel's interface for programs: no code of the kernel, no sources and no tools,
 * as packages for building modules have.
 */
export function hasOnlyInterfaceHeaders({ type, name }: Pick<Package, 'type' | 'name'>): boolean {
  return interfaceHeaders.get(type)?.test(name) ?? false;
}

const interfaceHeaders: ReadonlyMap<string, RegExp> = new Map([
  ['deb', /^linux-libc-dev(?:-[\w-]{1,40}-cross)?$/],
  ['apk', /^linux-headers$/],
  ['rpm', /^(?:kernel-headers|glibc-kernheaders|linux-glibc-devel|linux-api-headers)$/],
]);

interface KernelPatterns {
  /** Names of packages that have nothing but headers and what is needed to build modules. */
  readonly headers: RegExp;
  /** Names of sources of a kernel. */
  readonly sources: RegExp;
  /** Names of packages that are built from one. */
  readonly names: RegExp;
}

function patternsOf(type: string): KernelPatterns | undefined {
  return type === 'deb' ? deb : type === 'apk' ? apk : type === 'rpm' ? rpm : undefined;
}

/** Firmware, macros for building rpms, Pluggable Authentication Modules for Linux, and what else only begins so. */
function isOther(name: string): boolean {
  return /^(?:linux|kernel)-firmware(?:-|$)|^linux-(?:atm|base|pam|sysctl-defaults)(?:-|$)|^kernel-s?rpm-macros$/.test(
    name,
  );
}

/** Of Ubuntu, each a source package. */
const flavours =
  'allwinner|aws|azure|bluefield|gcp|gke|gkeop|hwe|ibm|intel|intel-iotg|iot|kvm|laptop|lowlatency|lts|nvidia|oem|oracle|raspi|raspi2|realtime|riscv|snapdragon|starfive|xilinx';

const debSources = new RegExp(
  String.raw`^linux(?:-\d[\d.]*|-(?:signed|meta|latest|restricted-modules|restricted-signatures)(?:-.{1,60})?|-(?:${flavours})(?:-.{1,40})?)?$`,
);

const deb: KernelPatterns = {
  headers: /^linux-(?:libc-dev(?:-[\w-]{1,40})?|headers-.{1,100}|.{1,60}-headers-.{1,60}|kbuild-.{1,60})$/,
  sources: debSources,
  names:
    /^(?:linux-(?:image|modules|tools|cloud-tools|buildinfo|perf|doc|source|support|config|compiler)(?:-.{1,100})?|libcpupower\d*(?:-dev)?)$/,
};

const alpine = /^linux-(?:aws|edge|elm|grsec|hardened|lts|rpi\d?|stable|tools|vanilla|virt)$/;

const apk: KernelPatterns = {
  headers: /^linux-(?:headers|api-headers|(?:[a-z\d]{1,20}-)?dev)$/,
  sources: alpine,
  names: alpine,
};

const rpm: KernelPatterns = {
  headers:
    /^(?:kernel(?:-[\w.]{1,20}){0,3}-(?:headers|devel|devel-matched|macros|syms)|kernel-source(?:-.{1,20})?|glibc-kernheaders|linux-(?:api-headers|glibc-devel|(?:[a-z]{1,20}-)?devel))$/,
  sources: /^(?:kernel(?:-[\w.]{1,20}){0,3}|linux(?:-(?:aws|esx|rt|secure))?)$/,
  names:
    /^(?:kernel(?:-[\w.]{1,20}){0,5}|perf|python3-perf|rtla|linux(?:-(?:aws|esx|rt|secure)){0,2}(?:-(?:docs|drivers-[\w-]{1,20}|tools|stats))?)$/,
};
