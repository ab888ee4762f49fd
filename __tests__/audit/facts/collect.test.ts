import { it } from 'vitest';
import { everything } from './everything.ts';
import { collect, entriesOf } from './stage.ts';

it('x', async () => {
  const clock = () => 1795000000000;
  const base = await collect(everything, { clock });
  const before = entriesOf(base.facts);
  const apis = new Set(base.aws.calls.map(({ service, api }) => `${service}:${api}`));
  for (const api of apis) {
    for (const kind of ['deny', 'hang', 'empty'] as const) {
      try {
        const t = performance.now();
        const now = await collect(
          { ...everything, faults: [{ api, kind }] },
          kind === 'hang' ? { clock, failing: (n) => n === api } : { clock },
        );
        const after = entriesOf(now.facts);
        const lost = [...before]
          .filter(([path, value]) => value !== 'unknown' && after.get(path) === 'unknown')
          .map(([p]) =>
            p
              .replace(/sha256:(.{6})[0-9a-f]+/g, '$1')
              .replace('registries[0]', 'R')
              .replace('repositories', ''),
          );
        const changed = [...before]
          .filter(
            ([path, value]) =>
              value !== 'unknown' &&
              after.has(path) &&
              after.get(path) !== 'unknown' &&
              after.get(path) !== value,
          )
          .map(([p]) => p);
        process.stdout.write(
          [
            api,
            kind,
            Math.round(performance.now() - t),
            lost.length < 15 ? lost : [lost.length, ...lost.slice(0, 15)],
            changed.length ? 'CHANGED' + changed : '',
          ].join(' ') + '\n',
        );
      } catch (e) {
        process.stdout.write([api, kind, 'THROWS', (e as Error).message].join(' ') + '\n');
      }
    }
  }
}, 300000);
