import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { LONGEST } from '../../scripts/longest-first.ts';

it('names test files that exist, each once', () => {
  const exists = (name: string) => existsSync(join(import.meta.dirname, '..', `${name}.test.ts`));
  expect(LONGEST.filter((name) => !exists(name))).toEqual([]);
  expect(new Set(LONGEST).size).toBe(LONGEST.length);
});
