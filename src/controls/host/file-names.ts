import type { HostFileRole } from '../../model/host-file.ts';
import type { Text } from '../../model/text.ts';

/** What the files of a role are called in the middle of a sentence. */
export const fileNames: Readonly<Record<HostFileRole, Text>> = {
  'engine-service-unit': { en: 'service unit of the engine', zh: '引擎的 service 单元' },
  'engine-socket-unit': { en: 'socket unit of the engine', zh: '引擎的 socket 单元' },
  'engine-configuration-folder': { en: 'configuration folder of the engine', zh: '引擎的配置目录' },
  'engine-configuration': { en: 'configuration file of the engine', zh: '引擎的配置文件' },
  'engine-defaults': { en: '/etc/default/docker', zh: ' /etc/default/docker' },
  'engine-sysconfig': { en: '/etc/sysconfig/docker', zh: ' /etc/sysconfig/docker' },
  'engine-socket': { en: 'unix socket of the engine', zh: '引擎的 unix 套接字' },
  'engine-data': { en: 'data folder of the engine', zh: '引擎的数据目录' },
  'engine-program': { en: 'program of the engine', zh: '引擎的程序文件' },
  'containerd-program': { en: 'program of containerd', zh: ' containerd 的程序文件' },
  'containerd-shim': { en: 'shim of containerd', zh: ' containerd 的 shim' },
  'containerd-socket': { en: 'socket of containerd', zh: ' containerd 的套接字' },
  'containerd-run': { en: 'runtime folder of containerd', zh: ' containerd 的运行时目录' },
  'containerd-configuration': { en: 'configuration file of containerd', zh: ' containerd 的配置文件' },
  'runc-program': { en: 'program of runc', zh: ' runc 的程序文件' },
  'registry-certificate': { en: "registry's certificate", zh: '镜像仓库的证书' },
  'tls-ca-certificate': { en: 'certificate of an authority for TLS', zh: ' TLS 的 CA 证书' },
  'tls-certificate': { en: 'certificate for TLS', zh: ' TLS 证书' },
  'tls-key': { en: 'key for TLS', zh: ' TLS 私钥' },
};
