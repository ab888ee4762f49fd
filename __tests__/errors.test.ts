import { expect, it } from 'vitest';
import { GateError, toGateError } from '../src/errors.ts';

it('reports a defect as such, and asks the reader to report it', () => {
  const defect = new TypeError('undefined is not a function');
  expect(toGateError(defect)).toMatchObject({
    code: 'internal',
    message: 'Unexpected failure: undefined is not a function',
    nextStep: expect.stringContaining('report'),
    cause: defect,
  });
  const known = new GateError('timeout', 'over');
  expect(toGateError(known)).toBe(known);
});
