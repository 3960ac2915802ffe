import { PlimsollError } from '../../model/error.ts';
import type { JsonObject, JsonValue } from '../../model/json.ts';
import { isObject } from './reading.ts';

/*
 * A field that is odd can be left out, but an answer that is odd as a whole must not be read as an empty one: an
 * engine whose list of containers makes no sense would look like one without any.
 */

/** The answer as the list that the API promises; throws a PlimsollError when it is none. */
export function promisedList(answer: JsonValue, path: string): readonly JsonValue[] {
  if (Array.isArray(answer)) return answer as readonly JsonValue[];
  throw brokenPromise(path, 'a list', '列表');
}

/** The answer as the object that the API promises; throws a PlimsollError when it is none. */
export function promisedObject(answer: JsonValue, path: string): JsonObject {
  if (isObject(answer)) return answer;
  throw brokenPromise(path, 'an object', '对象');
}

/** An answer that is not what the API promises. */
export function brokenPromise(path: string, en: string, zh: string): PlimsollError {
  return new PlimsollError(
    'engine-answer',
    { en: `the engine answered GET ${path} with something else than ${en}`, zh: `引擎对 GET ${path} 的应答不是${zh}` },
    {
      en: 'See whether a proxy stands between, or whether the engine is damaged.',
      zh: '请检查中间是否有代理，或引擎是否损坏。',
    },
  );
}
