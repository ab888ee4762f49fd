import { expect } from 'vitest';
import { GateError } from '../../src/errors.ts';

export function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** The GateError that something throws; whatever else it does fails the test. */
export function gateError(work: () => unknown): GateError {
  let thrown: unknown;
  try {
    work();
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(GateError);
  return thrown as GateError;
}

export async function rejection(work: Promise<unknown>): Promise<GateError> {
  const thrown: unknown = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(GateError);
  return thrown as GateError;
}
