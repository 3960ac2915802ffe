import { isObject, type JsonObject, type JsonValue, listIn, objectIn, textIn } from '../../model/json.ts';
import type { MembershipStep } from '../../model/plan.ts';
import { ActionError } from '../action-error.ts';
import type { EngineControl } from '../engine-control.ts';
import { findContainer, isMadeName } from '../made-by-fix.ts';
import type { StepKind } from '../step-kind.ts';

/**
 * Places of containers in networks; on one of the two sides there is none. Compared is what a place was asked to be
 * (fixed addresses, aliases, links): the addresses that the engine chose are its own affair.
 */
export function membershipSteps(engine: EngineControl): StepKind<MembershipStep> {
  return {
    async side({ network, container, before, after }) {
      const found = await findContainer(engine, container);
      if (found === null && !isMadeName(container)) return 'other';
      const now = found === null ? null : placeIn(found, network);
      if (isSame(now, after)) return 'after';
      return isSame(now, before) ? 'before' : 'other';
    },
    async bring(step, side) {
      const found = await findContainer(engine, step.container);
      const wanted = step[side];
      if (found === null) {
        if (wanted !== null) throw new ActionError(gone(step.container));
        return;
      }
      const id = textIn(found, 'Id') ?? '';
      const isIn = placeIn(found, step.network) !== null;
      const path = `/networks/${encodeURIComponent(step.network)}`;
      if (wanted === null && isIn) await engine.post(`${path}/disconnect`, { Container: id });
      if (wanted !== null && !isIn) await engine.post(`${path}/connect`, { Container: id, EndpointConfig: wanted });
    },
  };
}

function placeIn(container: JsonObject, network: string): JsonObject | null {
  const place = objectIn(objectIn(container, 'NetworkSettings'), 'Networks')[network];
  return isObject(place) ? place : null;
}

function isSame(now: JsonObject | null, wanted: JsonObject | null): boolean {
  if (now === null || wanted === null) return now === wanted;
  return addressesOf(now) === addressesOf(wanted) && holdsAll(now, wanted, 'Aliases') && holdsAll(now, wanted, 'Links');
}

function addressesOf(place: JsonObject): string {
  const asked = objectIn(place, 'IPAMConfig');
  return [textIn(asked, 'IPv4Address') ?? '', textIn(asked, 'IPv6Address') ?? ''].join(' ');
}

/** The engine adds aliases of its own. */
function holdsAll(now: JsonObject, wanted: JsonObject, key: string): boolean {
  const there: readonly JsonValue[] = listIn(now, key);
  return listIn(wanted, key).every((each) => there.includes(each));
}

function gone(container: string) {
  return { en: `there is no container ${container}`, zh: `容器 ${container} 不存在` };
}
