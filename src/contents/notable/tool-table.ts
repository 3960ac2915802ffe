/** What a program is good for to whoever has broken in. */
export type ToolSort = 'compiler' | 'debugger' | 'network' | 'package-manager' | 'shell';

const names: Readonly<Record<ToolSort, string>> = {
  compiler: `as c++ cc clang clang++ cmake cpp dotnet-sdk g++ gcc gccgo gfortran ghc go javac kotlinc ld make meson msbuild nasm ninja
    rustc swiftc tcc yasm zig`,
  debugger: 'bpftrace dlv gcore gdb gdbserver lldb ltrace perf strace',
  network: `aria2c curl dig ftp hping3 lftp lynx masscan nc nc.openbsd nc.traditional ncat netcat nmap rlogin rsh scp sftp socat ssh
    tcpdump telnet tftp tshark wget`,
  'package-manager': `apk apt apt-get aptitude brew bundle cargo composer conda corepack dnf dnf5 dpkg easy_install emerge gem gradle
    guix mamba microdnf micromamba mvn nix-env npm npx nuget opkg pacman pip pip3 pipenv pipx pnpm poetry rpm snap tdnf uv xbps-install
    yarn yum zypper`,
  shell: 'ash bash busybox csh dash fish ksh mksh pwsh sh tcsh zsh',
};

export const toolSorts: ReadonlyMap<string, ToolSort> = new Map(
  (Object.entries(names) as [ToolSort, string][]).flatMap(([sort, list]) =>
    list.split(/\s+/).map((name) => [name, sort] as const),
  ),
);
