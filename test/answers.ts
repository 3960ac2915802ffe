import type { ServerResponse } from 'node:http';
import type { JsonValue } from '../src/model/json.ts';

/** What a fake engine sends when a path is asked for: a value as JSON, or something stranger. */
export type Answer = JsonValue | Behaviour;
export type Behaviour = (response: ServerResponse) => void;
/** By path without the version's prefix. A path with its query outranks the same path without. */
export type Answers = Readonly<Record<string, Answer>>;

export function behaviourOf(answer: Answer): Behaviour {
  return typeof answer === 'function' ? answer : raw(JSON.stringify(answer), 'application/json');
}

/** A refusal, or another status. */
export function status(code: number, body: JsonValue = { message: 'refused' }): Behaviour {
  return (response) => {
    response.writeHead(code, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  };
}

/** Bytes as they are. */
export function raw(bytes: string | Uint8Array, contentType = 'text/html'): Behaviour {
  return (response) => {
    response.writeHead(200, { 'content-type': contentType, 'content-length': Buffer.byteLength(bytes) });
    response.end(bytes);
  };
}

/** The same answer, milliseconds later. */
export function delayed(milliseconds: number, answer: Answer): Behaviour {
  return (response) => {
    const timer = setTimeout(() => behaviourOf(answer)(response), milliseconds);
    response.on('close', () => clearTimeout(timer));
  };
}

/** Takes the question and never answers. */
export function hang(): void {}

/** Begins an answer and never ends it. */
export function hangHalfWay(response: ServerResponse): void {
  beginAnswer(response);
}

/** Closes the connection instead of answering. */
export function hangUp(response: ServerResponse): void {
  response.socket?.destroy();
}

/** Closes the connection in the middle of an answer. */
export function hangUpHalfWay(response: ServerResponse): void {
  beginAnswer(response);
  // Not before what was written has left: else it would be the same as `hangUp`.
  setTimeout(() => response.socket?.destroy(), 20);
}

function beginAnswer(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1000 });
  response.write('{"Name": "half of an ans');
}

/** Each answer once, and the last one for ever after. */
export function inTurn(first: Answer, ...rest: readonly Answer[]): Behaviour {
  let current = first;
  const following = [...rest];
  return (response) => {
    const answer = current;
    current = following.shift() ?? current;
    behaviourOf(answer)(response);
  };
}
