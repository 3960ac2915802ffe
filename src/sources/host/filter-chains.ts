import { execFile } from 'node:child_process';
import { readlinkSync } from 'node:fs';
import { promisify } from 'node:util';
import type { DaemonProcess } from '../../model/engine.ts';
import { type Fact, known, unreadable } from '../../model/fact.ts';

const run = promisify(execFile);
const path = 'iptables --table filter --list-rules';

/**
 * Chains of the packet filter whose names begin with `DOCKER`. The kernel lists rules only over netlink, so that
 * the distribution's own tool is asked, without a shell. It sees this process' network namespace: an engine in
 * another one has rules that cannot be seen from here.
 */
export async function readFilterChains(daemon: DaemonProcess): Promise<Fact<readonly string[]>> {
  if (networkOf('self') !== networkOf(daemon.pid)) return unreadable('kernel', path, otherNamespace, sameNamespace);
  try {
    const { stdout } = await run('iptables', ['--wait', '5', '--table', 'filter', '--list-rules'], { timeout: 10_000 });
    return known(
      [...stdout.matchAll(/^-N (DOCKER\S*)$/gm)].map(([, chain = '']) => chain),
      'kernel',
      path,
    );
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    return code === 'ENOENT'
      ? unreadable(
          'kernel',
          path,
          { en: 'iptables is not installed', zh: '未安装 iptables' },
          { en: 'install iptables', zh: '安装 iptables' },
        )
      : unreadable(
          'kernel',
          path,
          { en: 'the packet filter may not be read', zh: '无权读取包过滤规则' },
          { en: "run as root in the host's network namespace", zh: '以 root 身份在主机网络命名空间中运行' },
        );
  }
}

const otherNamespace = { en: 'the engine runs in another network namespace', zh: '引擎运行在另一个网络命名空间中' };
const sameNamespace = { en: "run in the engine's network namespace", zh: '在引擎的网络命名空间中运行' };

function networkOf(pid: number | 'self'): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/ns/net`);
  } catch {
    return undefined;
  }
}
