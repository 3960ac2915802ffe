import { defineControl } from '../../model/control.ts';
import { noMoreThan } from './file-mode.ts';

export const hostFileDaemonJsonMode = defineControl({
  ...noMoreThan('engine-configuration', 0o644),
  id: 'host-file-daemon-json-mode',
  severity: 'medium',
  title: {
    en: "The engine's configuration file can be written to by nobody but its owner",
    zh: '引擎的配置文件仅属主可写',
  },
  why: {
    en: 'Whoever can write to the file can name a runtime of their own, and root runs it at the next start.',
    zh: '能写入该文件的人可指定自己的运行时，下次启动时由 root 运行。',
  },
  references: { cisDocker: ['3.18'], nist800190: ['4.5.4'] },
});
