import { it } from 'vitest';
import { gateSubjects } from './gate-subjects.ts';
import { record, search, singleCases } from './search.ts';

it('plays', async () => {
  for (const s of gateSubjects) {
    const t = performance.now();
    try {
      const all = singleCases(await record(s)).length;
      const r = await search(s, {
        seed: 1,
        singles: Number(process.env.N ?? 150),
        pairs: Number(process.env.P ?? 30),
      });
      console.log(s.name, all, r.runs, Math.round(performance.now() - t), r.finds.length);
      for (const f of r.finds.slice(0, 8))
        console.log('   ', f.case, '=>', f.wrong.join(' | ').slice(0, 600));
    } catch (e) {
      console.log(s.name, String(e).slice(0, 500));
    }
  }
}, 3_600_000);
