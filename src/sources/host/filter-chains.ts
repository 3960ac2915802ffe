import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type Fact, known, unreadable } from '../../model/fact.ts';

const run = promisify(execFile);
const path = 'iptables --table filter --list-rules';

/**
 * Chains of the packet filter whose names begin with `DOCKER`. The kernel lists rules only over netlink, so that
 * the distribution's own tool is asked, without a shell.
 */
export async function readFilterChains(): Promise<Fact<readonly string[]>> {
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
