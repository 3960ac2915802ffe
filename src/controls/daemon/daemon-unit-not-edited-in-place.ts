import { defineControl } from '../../model/control.ts';
import type { DaemonUnits } from '../../model/engine.ts';
import { type Evidence, evidenceOf } from '../../model/fact.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, notApplicable, pass, unknown, unknownFrom } from '../../model/verdict.ts';
import { editUnitCommands } from './engine-service.ts';

export const daemonUnitNotEditedInPlace = defineControl({
  id: 'daemon-unit-not-edited-in-place',
  subject: 'engine',
  severity: 'low',
  title: {
    en: 'The vendor’s unit file is as its package installed it',
    zh: '厂商的 unit 文件与软件包安装时一致',
  },
  why: {
    en: 'The next upgrade of the package writes the unit file anew, and every option that was edited into it is gone without a word.',
    zh: '下次升级软件包时 unit 文件会被重写，直接改在其中的选项会悄然消失。',
  },
  how: {
    en: 'Compares the unit file with the checksum that dpkg keeps; with other package managers it is unknown. Drop-ins and a unit of one’s own under /etc/systemd/system survive an upgrade and are in order.',
    zh: '将 unit 文件与 dpkg 记录的校验和比较；使用其他包管理器时判为未知。/etc/systemd/system 下的 drop-in 和自建 unit 升级后仍在，属正常做法。',
  },
  references: { links: ['https://docs.docker.com/engine/daemon/'] },

  judge({ units }) {
    if (!units.known) return unknownFrom(units);
    if (units.value === null) {
      return notApplicable(
        { en: 'systemd does not run this engine.', zh: '该引擎不由 systemd 运行。' },
        evidenceOf(units),
      );
    }
    const own = units.value.files.find(({ kind }) => kind === 'override');
    if (own) {
      return pass(
        { en: `${own.path} is a unit of your own.`, zh: `${own.path} 是自建 unit。` },
        { source: units.source, path: own.path, value: own.kind },
      );
    }
    const { vendorFileIntact } = units.value;
    const path = vendorFile(units.value);
    const evidence: Evidence = { source: units.source, path: `${path} as packaged`, value: vendorFileIntact };
    if (vendorFileIntact === null) {
      return unknown(
        { en: `No checksum of ${path} was found.`, zh: `未找到 ${path} 的校验和。` },
        {
          en: `an engine that dpkg installed as a package; with RPM, run rpm --verify --file ${path}`,
          zh: `需要由 dpkg 以软件包方式安装的引擎；使用 RPM 时请执行 rpm --verify --file ${path}`,
        },
        evidence,
      );
    }
    return vendorFileIntact
      ? pass({ en: `${path} is as packaged.`, zh: `${path} 与软件包一致。` }, evidence)
      : fail({ en: `${path} was edited in place.`, zh: `${path} 被直接修改过。` }, evidence);
  },

  remedy(engine) {
    const path = engine.units.known && engine.units.value ? vendorFile(engine.units.value) : 'docker.service';
    return byHand(
      {
        en: `Move your changes into a drop-in or into daemon.json, then reinstall the package that owns ${path}, which puts the original back.`,
        zh: `将改动移到 drop-in 或 daemon.json 中，再重装 ${path} 所属的软件包以恢复原文件。`,
      },
      [...editUnitCommands(engine), `dpkg --search ${path} || rpm --query --file ${path}`],
    );
  },
});

function vendorFile({ name, files }: DaemonUnits): string {
  return files.find(({ kind }) => kind === 'vendor')?.path ?? name;
}
