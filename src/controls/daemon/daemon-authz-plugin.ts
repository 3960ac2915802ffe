import { defineControl } from '../../model/control.ts';
import { evidenceOf } from '../../model/fact.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, pass, unknown, unknownFrom } from '../../model/verdict.ts';
import { advisoriesOf, isTakenOver, packagedComponent, parseRelease } from './engine-version.ts';
import { changeSettings } from './setting-change.ts';

export const daemonAuthzPlugin = defineControl({
  id: 'daemon-authz-plugin',
  subject: 'engine',
  severity: 'medium',
  title: { en: 'Calls to the API pass an authorization plugin', zh: 'API 调用须经授权插件放行' },
  why: {
    en: 'Without a plugin the API knows only all or nothing: whoever may list containers may also start a privileged one and take over the host.',
    zh: '没有授权插件时，API 权限只有全有或全无：能列出容器的人也能启动特权容器并接管主机。',
  },
  how: {
    en: 'Asks the running engine for its authorization plugins, then looks whether its version has a fault by which requests get past them. Whether a plugin denies the right calls is not tested.',
    zh: '查询运行中引擎的授权插件，再检查其版本是否存在可绕过插件的缺陷。不测试插件是否拒绝了应当拒绝的调用。',
  },
  references: {
    cisDocker: ['2.12'],
    nist800190: ['4.3.1'],
    links: ['https://docs.docker.com/engine/extend/plugins_authorization/'],
  },
  parameters: {
    plugin: {
      default: '',
      description: {
        en: 'The name of a plugin that is installed here, for the remedy to switch on.',
        zh: '本机已安装的插件名称，供修复时启用。',
      },
    },
  },
  engines: ['docker'],
  counterexample: { 'authorization-plugins': null },

  judge({ info, version }, { now }) {
    if (!info.known) return unknownFrom(info);
    const plugins = info.value.authorizationPlugins;
    const evidence = evidenceOf(info, plugins, `${info.path} Plugins.Authorization`);
    if (plugins.length === 0) {
      return fail(
        { en: 'Every call to the API is allowed.', zh: '所有 API 调用均被放行。' },
        evidence,
        'authorization-plugins',
      );
    }
    if (!version.known) return unknownFrom(version);
    const both = [evidence, evidenceOf(version, version.value.version, `${version.path} Version`)];
    const release = parseRelease(version.value.version);
    const faults = release ? advisoriesOf(release, now).filter((each) => each.bypassesAuthorization) : [];
    const ids = faults.flatMap((fault) => fault.ids);
    if (!release || (ids.length > 0 && (isTakenOver(release) || packagedComponent(version.value)))) {
      return unknown(
        {
          en: `Whether ${version.value.version} lets requests get past the plugin cannot be told from its number.`,
          zh: `仅凭版本号 ${version.value.version} 无法判断请求能否绕过插件。`,
        },
        {
          en: `compare the installed package with the advisories of whoever built it${ids.length > 0 ? ` (${ids.join(', ')})` : ''}`,
          zh: `请对照构建方的安全公告核对已安装的软件包${ids.length > 0 ? `（${ids.join('、')}）` : ''}`,
        },
        both,
      );
    }
    return ids.length > 0
      ? fail(
          {
            en: `Requests can get past ${plugins.join(', ')}: ${version.value.version} is affected by ${ids.join(', ')}.`,
            zh: `请求可绕过 ${plugins.join('、')}：${version.value.version} 受 ${ids.join('、')} 影响。`,
          },
          both,
        )
      : pass({ en: `Calls pass ${plugins.join(', ')}.`, zh: `调用须经 ${plugins.join('、')} 放行。` }, both);
  },

  remedy(engine, { parameters }) {
    const { info } = engine;
    if (info.known && info.value.authorizationPlugins.length > 0) {
      return byHand({
        en: 'Upgrade the engine to a version in which requests cannot get past its plugins.',
        zh: '将引擎升级到请求无法绕过插件的版本。',
      });
    }
    if (parameters.plugin !== '') {
      return changeSettings(
        engine,
        { 'authorization-plugins': [parameters.plugin] },
        {
          en: `Switch ${parameters.plugin} on. It must be running: while it does not answer, the engine refuses every call.`,
          zh: `启用 ${parameters.plugin}。插件必须处于运行状态：若无响应，引擎会拒绝所有调用。`,
        },
      );
    }
    return byHand(
      {
        en: 'Install an authorization plugin, try it, and only then name it in "authorization-plugins": with a plugin that it cannot find, dockerd does not start.',
        zh: '先安装并试用授权插件，再将其名称写入 "authorization-plugins"：若找不到该插件，dockerd 无法启动。',
      },
      ['docker plugin ls'],
    );
  },
});
