import { expect } from 'vitest';
import type { PlimsollError } from '../src/model/error.ts';

/** The error that a user would be shown, checked to be one and to speak both languages. */
export async function failureOf(action: () => unknown): Promise<PlimsollError> {
  const error: unknown = await Promise.try(action).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toMatchObject({ name: 'PlimsollError' });
  const { text, advice } = error as PlimsollError;
  expect(text.zh).toMatch(/\p{Script=Han}/u);
  expect(advice?.zh ?? '无').toMatch(/\p{Script=Han}/u);
  return error as PlimsollError;
}
