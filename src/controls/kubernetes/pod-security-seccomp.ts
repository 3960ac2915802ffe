import { isObject } from '../../model/json.ts';
import type { FieldChange } from '../../model/remedy.ts';
import { type Holder, settingOf, type Worth } from './security-context.ts';

/** What a `seccompProfile` is worth: only these two types leave a filter on. */
export function worthOfSeccomp(holder: Holder): Worth {
  if (settingOf(holder, ['seccompProfile']) === undefined) return 'absent';
  const type = settingOf(holder, ['seccompProfile', 'type']);
  return type === 'RuntimeDefault' || type === 'Localhost' ? 'good' : 'bad';
}

/** Sets the runtime's own profile. */
export function runtimeDefault(holder: Holder): FieldChange[] {
  const profile = settingOf(holder, ['seccompProfile']);
  const path = [...holder.path, 'seccompProfile'];
  if (!isObject(profile)) return [{ path, value: { type: 'RuntimeDefault' } }];
  const type = { path: [...path, 'type'], value: 'RuntimeDefault' };
  // The API only takes a file's name together with the type Localhost.
  return 'localhostProfile' in profile ? [type, { path: [...path, 'localhostProfile'] }] : [type];
}
