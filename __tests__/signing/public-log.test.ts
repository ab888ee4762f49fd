import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { SigningPorts } from '../../src/signing/ports.ts';
import { isPublicRepository, warnOfPublicLog } from '../../src/signing/public-log.ts';

describe('isPublicRepository', () => {
  it.each([
    [{ repository: { visibility: 'public', private: false } }, true],
    [{ repository: { private: false } }, true],
    [{ repository: { visibility: 'internal', private: false } }, false],
    [{ repository: { visibility: 'private', private: true } }, false],
    [{ repository: { private: true } }, false],
    [{ repository: { private: 'false' } }, false],
    [{ repository: {} }, false],
    [{ repository: null }, false],
    [{}, false],
    [null, false],
    [undefined, false],
    ['public', false],
  ])('of %j is %s', (event, expected) => {
    expect(isPublicRepository(event)).toBe(expected);
  });
});

describe('warnOfPublicLog', () => {
  it.each([
    ['{"repository":{"visibility":"public"}}', 0],
    ['{"repository":{"visibility":"private"}}', 1],
    ['not JSON', 1],
    [undefined, 1],
  ])('with the event %s warns %d times', async (event, times) => {
    const directory = await mkdtemp(join(tmpdir(), 'gate-event-'));
    onTestFinished(() => rm(directory, { recursive: true, force: true }));
    const path = join(directory, 'event.json');
    if (event !== undefined) await writeFile(path, event);
    const warnings: string[] = [];
    const ports: Pick<SigningPorts, 'environment' | 'warn'> = {
      environment: { GITHUB_EVENT_PATH: path },
      warn: (text) => warnings.push(text),
    };
    await warnOfPublicLog(ports);
    expect(warnings).toHaveLength(times);
  });
});
