import { type Finding, isBefore, type Situation, someOf, start, textOf, textsOf, use } from './situation.ts';

/** Whether there is a file with something like a certificate or a key in it. */
function readPem(situation: Situation, path: string, kind: RegExp): 'right' | 'missing' | 'wrong' {
  const content = situation.file(path);
  // A link is looked through when dockerd starts, and not from here.
  if (content === undefined) return 'right';
  if (content === null) return 'missing';
  return kind.test(Buffer.from(content.bytes, 'base64').toString('latin1')) ? 'right' : 'wrong';
}

const certificate = /-----BEGIN (TRUSTED )?CERTIFICATE-----/;
const privateKey = /-----BEGIN (RSA |EC )?PRIVATE KEY-----/;

/** Files that a daemon with TLS needs: it does not start without them, even where it only listens on a unix socket. */
export function tlsFiles(situation: Situation): Finding[] {
  const verify = situation.setting('tlsverify');
  // tlsverify switches TLS on even as false.
  if (situation.setting('tls') !== true && verify === undefined) return [];
  const isVerifying = verify === true || (verify === undefined && isBefore(situation, [20, 10]) !== true);
  const wanted: readonly (readonly [string, RegExp])[] = [
    ...(isVerifying ? [['tlscacert', certificate] as const] : []),
    ['tlscert', certificate],
    ['tlskey', privateKey],
  ];
  return wanted.flatMap(([key, kind]) => tlsFile(situation, key, kind));
}

const tlsKeys = ['tls', 'tlsverify'];

function tlsFile(situation: Situation, key: string, kind: RegExp): Finding[] {
  const path = textOf(situation, key);
  const keys = [key, ...tlsKeys];
  const advice = {
    en: 'Put the certificate of the authority, the certificate of this host and its key in place first, readable for root, and name all three by their full paths.',
    zh: '请先备好 CA 证书、本机证书及其私钥（root 可读），并以完整路径写明三者。',
  };
  if (path === undefined) {
    // Without them in the file, dockerd looks in the home of root, where hardly anybody keeps them.
    return situation.has('tls') || situation.has('tlsverify')
      ? [
          start(
            keys,
            {
              en: `${key} is not set, and dockerd does not start with TLS without it`,
              zh: `未设置 ${key}，启用 TLS 后 dockerd 会因此无法启动`,
            },
            advice,
          ),
        ]
      : [];
  }
  const state = readPem(situation, path, kind);
  if (state === 'right') return [];
  const reason =
    state === 'missing'
      ? {
          en: `${key}: there is no ${path}, and dockerd does not start without it`,
          zh: `${key}：${path} 不存在，dockerd 会因此无法启动`,
        }
      : {
          en: `${key}: ${path} is not in the form that dockerd reads (PEM, not encrypted), and it does not start`,
          zh: `${key}：${path} 不是 dockerd 可读的格式（未加密的 PEM），dockerd 无法启动`,
        };
  return [start(keys, reason, advice, [`ls -l ${path}`])];
}

/** Listening on TCP without TLS: older engines do it, newer ones wait first or refuse. */
export function plainListener(situation: Situation): Finding[] {
  const remote = textsOf(situation.setting('hosts')).filter((host) => host.startsWith('tcp://'));
  if (remote.length === 0 || !situation.isChanged('hosts', 'tls', 'tlsverify')) return [];
  if (situation.setting('tls') !== undefined || situation.setting('tlsverify') !== undefined) return [];
  const shown = someOf(remote);
  return [
    use(
      ['hosts', 'tls', 'tlsverify'],
      {
        en: `${shown.en} would be open to anybody who reaches it, and that is root on this host`,
        zh: `${shown.zh} 将对所有能连到的人开放，等同于交出本机 root`,
      },
      {
        en: 'Set tlsverify with its three files, or take the address out of hosts.',
        zh: '请设置 tlsverify 及其三个文件，或从 hosts 中移除该地址。',
      },
    ),
  ];
}
