import { defineControl } from '../../model/control.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, pass } from '../../model/verdict.ts';
import { listed } from '../container/listing.ts';
import { bareConfiguration, inspected } from './names-of-image.ts';

/** Of the kernel: nothing below them either. */
const kernelFolders = ['/dev', '/proc', '/sys'];
/** Of the system as a whole; one folder of a service below them is usual. */
const systemFolders = new Set([
  '/',
  '/bin',
  '/boot',
  '/etc',
  '/lib',
  '/lib64',
  '/run',
  '/sbin',
  '/usr',
  '/usr/bin',
  '/usr/lib',
  '/usr/libexec',
  '/usr/local',
  '/usr/local/bin',
  '/usr/local/lib',
  '/usr/local/sbin',
  '/usr/sbin',
  '/var',
  '/var/lib',
  '/var/run',
]);

export const imageVolumeSensitive = defineControl({
  id: 'image-volume-sensitive',
  subject: 'image',
  severity: 'high',
  title: { en: 'No system folder is a volume of the image', zh: '镜像未将系统目录声明为 volume' },
  why: {
    en: 'A volume is filled once from the image and kept from then on: programs and settings in it are not replaced by a new image, stay writable under a read-only root, and hide what the kernel shows there.',
    zh: 'volume 仅首次由镜像填充，此后一直保留：其中的程序与配置不会随新镜像更新，在只读根文件系统下仍可写，还会遮住内核在该处提供的内容。',
  },
  how: {
    en: 'Looks among the declared volumes for /dev, /proc and /sys and anything below them, and for the folders of the system as a whole, such as /etc and /usr.',
    zh: '在声明的 volume 中查找 /dev、/proc、/sys 及其下的路径，以及 /etc、/usr 等整个系统目录。',
  },
  references: {
    nist800190: ['4.1.2'],
    aliases: ['DKL-DI-0002'],
    links: ['https://docs.docker.com/reference/dockerfile/#volume'],
  },
  counterexample: { configuration: { ...bareConfiguration, volumes: ['/etc'] } },

  judge({ configuration: { volumes } }) {
    const wrong = volumes.filter((volume) => isSensitive(normalised(volume)));
    const evidence = inspected('Config.Volumes', volumes);
    if (wrong.length === 0)
      return pass({ en: 'No system folder is a volume.', zh: '没有系统目录被声明为 volume。' }, evidence);
    const names = listed(wrong);
    return fail(
      { en: `Declared as volumes: ${names.en}.`, zh: `被声明为 volume：${names.zh}。` },
      evidence,
      'configuration.volumes',
    );
  },

  remedy() {
    return byHand(
      {
        en: 'Take the folder out of VOLUME, and declare only folders of data.',
        zh: '从 VOLUME 中移除该目录，只声明数据目录。',
      },
      ['VOLUME /data'],
      'rebuild',
    );
  },
});

function isSensitive(path: string): boolean {
  return systemFolders.has(path) || kernelFolders.some((each) => path === each || path.startsWith(`${each}/`));
}

/** `/proc/`, `//etc/.`: one spelling for each folder. */
function normalised(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}
