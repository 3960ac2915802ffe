import { defineControl } from '../../model/control.ts';
import { daemonSetting } from '../../model/daemon-setting.ts';
import { evidenceOf } from '../../model/fact.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, notApplicable, pass, unknown, unknownFrom } from '../../model/verdict.ts';
import { isOlder } from './engine-service.ts';

export const daemonLegacyRegistryV1 = defineControl({
  id: 'daemon-legacy-registry-v1',
  subject: 'engine',
  severity: 'info',
  title: { en: 'The engine does not talk to registries of version 1', zh: '引擎不与 v1 镜像仓库通信' },
  why: {
    en: 'The first registry protocol does not tie an image to a digest, so that a client cannot tell whether it got what was published.',
    zh: '第一版镜像仓库协议不以摘要标识镜像，客户端无法判断收到的内容是否就是发布的内容。',
  },
  how: {
    en: 'Engines from 17.12 on cannot. Before, disable-legacy-registry decides; it is on by default from 17.06 on.',
    zh: '17.12 及以后的引擎已不支持该协议。此前取决于 disable-legacy-registry，该选项自 17.06 起默认启用。',
  },
  references: { cisDocker: ['C.2'], links: ['https://docs.docker.com/engine/deprecated/'] },
  engines: ['docker'],

  judge(engine) {
    const { version } = engine;
    if (!version.known) return unknownFrom(version);
    const release = version.value.version;
    const seen = evidenceOf(version, release, `${version.path} Version`);
    const isCapable = isOlder(release, 17, 12);
    if (isCapable === undefined) {
      return unknown(
        { en: `The version "${release}" is no release.`, zh: `版本“${release}”不是正式发行版。` },
        { en: 'an engine of a numbered release', zh: '需要带正式版本号的引擎' },
        seen,
      );
    }
    if (!isCapable) {
      return notApplicable(
        { en: `Engine ${release} cannot talk to such registries.`, zh: `引擎 ${release} 已不支持 v1 镜像仓库。` },
        seen,
      );
    }
    const setting = daemonSetting(engine, 'disable-legacy-registry');
    if (!setting.known) return unknownFrom(setting);
    const evidence = [seen, evidenceOf(setting, setting.value ?? null)];
    const isDisabled = setting.value ?? isOlder(release, 17, 6) === false;
    return isDisabled === true || isDisabled === 'true'
      ? pass({ en: 'Registries of version 1 are disabled.', zh: '已禁用 v1 镜像仓库。' }, evidence)
      : fail(
          {
            en: `Engine ${release} still talks to registries of version 1.`,
            zh: `引擎 ${release} 仍会与 v1 镜像仓库通信。`,
          },
          evidence,
          'disable-legacy-registry',
        );
  },

  remedy() {
    return byHand({
      en: 'Upgrade the engine. Until then set disable-legacy-registry to true, and take it out again before the upgrade: newer engines do not know the key and do not start with it.',
      zh: '升级引擎。升级前可先将 disable-legacy-registry 设为 true，但升级时须移除：新版引擎不认识该键，会因此无法启动。',
    });
  },
});
