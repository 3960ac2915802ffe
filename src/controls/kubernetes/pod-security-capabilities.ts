import { type JsonValue, listIn, objectIn } from '../../model/json.ts';
import type { PodTemplate } from '../../model/kubernetes.ts';
import type { FieldChange } from '../../model/remedy.ts';
import type { Breach } from './pod-security-breach.ts';
import { withoutEntries } from './pod-security-list.ts';
import { containerHoldersIn, type Holder } from './security-context.ts';

/** Capabilities that containers add and that are not among `allowed`, written exactly so: `CAP_CHOWN` is not `CHOWN`. */
export function addedBeyond(pod: PodTemplate | undefined, allowed: ReadonlySet<string>): Breach[] {
  return containerHoldersIn(pod).flatMap((holder) =>
    addedIn(holder).flatMap((value, index): Breach[] => {
      if (isAmong(allowed, value)) return [];
      const name = typeof value === 'string' ? value : JSON.stringify(value);
      const message = { en: `${holder.words.en} adds ${name}.`, zh: `${holder.words.zh} 添加了 ${name}。` };
      return [{ path: [...holder.path, 'capabilities', 'add', index], value, message }];
    }),
  );
}

/** Takes those away that are not among `allowed`. */
export function withoutAddedBeyond(pod: PodTemplate | undefined, allowed: ReadonlySet<string>): FieldChange[] {
  return containerHoldersIn(pod).flatMap((holder) =>
    withoutEntries([...holder.path, 'capabilities', 'add'], addedIn(holder), (value) => !isAmong(allowed, value)),
  );
}

function addedIn({ context }: Holder): readonly JsonValue[] {
  return listIn(objectIn(context, 'capabilities'), 'add');
}

function isAmong(allowed: ReadonlySet<string>, value: JsonValue): boolean {
  return typeof value === 'string' && allowed.has(value);
}
