import { defineControl } from '../../model/control.ts';
import { daemonSetting } from '../../model/daemon-setting.ts';
import { evidenceOf } from '../../model/fact.ts';
import { fail, notApplicable, pass, unknownFrom } from '../../model/verdict.ts';
import { changeSettings } from './setting-change.ts';
import { listOf } from './setting-value.ts';

export const daemonBaseDeviceSize = defineControl({
  id: 'daemon-base-device-size',
  subject: 'engine',
  severity: 'info',
  title: { en: 'devicemapper keeps its default base device size', zh: 'devicemapper 使用默认的基础设备大小' },
  why: {
    en: 'Every image and container of devicemapper may grow to the base device size. It can only be raised, and a larger one lets a single container fill the pool.',
    zh: 'devicemapper 的每个镜像和容器都可增长到基础设备大小。该值只能调大，调大后单个容器就可能占满存储池。',
  },
  how: {
    en: 'Looks for dm.basesize in storage-opts where the running engine uses devicemapper, which went out of Docker with 25.0; other drivers are not asked.',
    zh: '仅当运行中的引擎使用 devicemapper（Docker 25.0 起已移除）时，检查 storage-opts 中是否有 dm.basesize；其他驱动不作判断。',
  },
  references: { cisDocker: ['2.11'], links: ['https://docs.docker.com/engine/deprecated/'] },
  engines: ['docker'],
  counterexample: { 'storage-driver': 'devicemapper', 'storage-opts': ['dm.basesize=50G'] },

  judge(engine) {
    const { info } = engine;
    if (!info.known) return unknownFrom(info);
    const driver = info.value.storageDriver ?? null;
    if (driver !== 'devicemapper') {
      return notApplicable(
        { en: 'Only devicemapper has a base device.', zh: '只有 devicemapper 使用基础设备。' },
        evidenceOf(info, driver, `${info.path} Driver`),
      );
    }
    const options = daemonSetting(engine, 'storage-opts');
    if (!options.known) return unknownFrom(options);
    const size = listOf(options.value).find(isBaseSize);
    const evidence = evidenceOf(options, size ?? null);
    return size === undefined
      ? pass({ en: 'The base device has its default size.', zh: '基础设备为默认大小。' }, evidence)
      : fail(
          { en: `The base device is resized: ${size}.`, zh: `基础设备大小被修改：${size}。` },
          evidence,
          'storage-opts',
        );
  },

  remedy(engine) {
    const options = daemonSetting(engine, 'storage-opts');
    const kept = options.known ? listOf(options.value).filter((option) => !isBaseSize(option)) : [];
    return changeSettings(
      engine,
      { 'storage-opts': kept.length > 0 ? kept : null },
      {
        en: 'Remove dm.basesize. What is as large already stays so; better still, leave devicemapper behind.',
        zh: '移除 dm.basesize。已扩大的设备不会缩小；更好的做法是弃用 devicemapper。',
      },
    );
  },
});

/** dockerd does not mind the case of an option's name. */
function isBaseSize(option: string): boolean {
  return /^\s*dm\.basesize\s*=/i.test(option);
}
