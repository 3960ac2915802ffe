import { isObject, type JsonObject, type JsonValue, listIn, objectIn, textIn } from '../../model/json.ts';

/** Whether a selector with `matchLabels` and `matchExpressions` fits labels. One that is empty or absent fits all. */
export function selectorFits(selector: JsonValue | undefined, labels: JsonObject): boolean {
  return (
    Object.entries(objectIn(selector, 'matchLabels')).every(([key, value]) => labelIs(labels, key, value)) &&
    listIn(selector, 'matchExpressions').every((each) => isObject(each) && expressionFits(each, labels))
  );
}

/** Whether a plain map of labels, as a Service has one, fits labels. An empty one fits none. */
export function labelMapFits(map: JsonObject, labels: JsonObject): boolean {
  const wanted = Object.entries(map);
  return wanted.length > 0 && wanted.every(([key, value]) => labelIs(labels, key, value));
}

/** Whether a selector asks for nothing, and so selects everything. */
export function isEmptySelector(selector: JsonValue | undefined): boolean {
  return (
    Object.keys(objectIn(selector, 'matchLabels')).length === 0 && listIn(selector, 'matchExpressions').length === 0
  );
}

function expressionFits(expression: JsonObject, labels: JsonObject): boolean {
  const key = textIn(expression, 'key') ?? '';
  const isOneOf = () => listIn(expression, 'values').some((value) => labelIs(labels, key, value));
  switch (expression.operator) {
    case 'In':
      return isOneOf();
    case 'NotIn':
      return !isOneOf();
    case 'Exists':
      return hasLabel(labels, key);
    case 'DoesNotExist':
      return !hasLabel(labels, key);
    default:
      return false;
  }
}

function hasLabel(labels: JsonObject, key: string): boolean {
  return Object.hasOwn(labels, key) && labels[key] !== undefined;
}

/** Values are texts to the API; a number that was written without quotes is compared as one. */
function labelIs(labels: JsonObject, key: string, value: JsonValue | undefined): boolean {
  return hasLabel(labels, key) && labelText(labels[key]) === labelText(value);
}

function labelText(value: JsonValue | undefined): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
