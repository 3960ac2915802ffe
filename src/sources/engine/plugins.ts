import type { PluginFacts } from '../../model/engine.ts';
import type { JsonValue } from '../../model/json.ts';
import { promisedList } from './promised.ts';
import { booleanAt, fieldAt, isObject, listAt, objectAt, stringAt, stringsAt, textAt } from './reading.ts';

/** Reads the answer of `GET /plugins`. */
export function readPlugins(answer: JsonValue): PluginFacts[] {
  return promisedList(answer, '/plugins')
    .filter((plugin) => isObject(plugin))
    .map((plugin) => {
      const configuration = objectAt(plugin, 'Config');
      const linux = objectAt(configuration, 'Linux');
      return {
        name: textAt(plugin, 'Name') ?? stringAt(plugin, 'Id') ?? '',
        // One that does not say is looked at as if it ran.
        enabled: booleanAt(plugin, 'Enabled') ?? true,
        interfaces: interfacesOf(configuration),
        network: stringAt(objectAt(configuration, 'Network'), 'Type') ?? '',
        hostPid: booleanAt(configuration, 'PidHost') ?? false,
        hostIpc: booleanAt(configuration, 'IpcHost') ?? false,
        allDevices: booleanAt(linux, 'AllowAllDevices') ?? false,
        devices: settled(plugin, linux, 'Devices').flatMap((device) => textAt(device, 'Path') ?? []),
        capabilities: stringsAt(linux, 'Capabilities'),
        mounts: settled(plugin, configuration, 'Mounts').flatMap((mount) => textAt(mount, 'Source') ?? []),
      };
    });
}

/** What its settings made of what it was configured with: whoever installed it may have changed a path. */
function settled(plugin: JsonValue, configuration: JsonValue, key: string): readonly JsonValue[] {
  const settings = objectAt(plugin, 'Settings');
  return Array.isArray(fieldAt(settings, key)) ? listAt(settings, key) : listAt(configuration, key);
}

/** Written as `docker.volumedriver/1.0`, or taken apart. */
function interfacesOf(configuration: JsonValue): string[] {
  return listAt(objectAt(configuration, 'Interface'), 'Types').flatMap((type) => {
    if (typeof type === 'string') return [type];
    const [prefix, capability, version] = ['Prefix', 'Capability', 'Version'].map((key) => textAt(type, key) ?? '');
    return capability ? [`${prefix}.${capability}/${version}`] : [];
  });
}
