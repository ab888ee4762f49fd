import { it } from 'vitest';
import { gateSubjects } from './gate-subjects.ts';
import { record, search, singleCases } from './search.ts';
import { verifySubjects } from './verify-subjects.ts';

it('plays', async () => {
  const only = new RegExp(process.env.ONLY ?? '.');
  for (const s of [...verifySubjects, ...gateSubjects].filter(({ name }) => only.test(name))) {
    const t = performance.now();
    const cpu = process.cpuUsage();
    try {
      const all = singleCases(await record(s)).length;
      const r = await search(s, {
        seed: Number(process.env.SEED ?? 1),
        singles: Number(process.env.N ?? 150),
        pairs: Number(process.env.P ?? 30),
      });
      console.log(
        s.name,
        all,
        r.runs,
        Math.round(performance.now() - t),
        'cpu/run',
        Math.round(process.cpuUsage(cpu).user / 1000 / (r.runs + 3)),
        r.finds.length,
      );
      for (const f of r.finds.slice(0, 12))
        console.log('   ', f.case, '=>', f.wrong.join(' | ').slice(0, 500));
    } catch (e) {
      console.log(s.name, String(e).slice(0, 900));
    }
  }
}, 3_600_000);
