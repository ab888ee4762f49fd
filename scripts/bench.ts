/**
 * Measures the gate and the audit on the emulator: size and start-up of the bundle, calls to AWS, times, processor time and
 * memory. It asserts nothing, because times on a shared machine vary. `npm run bench -- audit` and `-- gate` measure one
 * of the two.
 *
 * `--peer DIR` runs the bundle of check-aws-inspector, from a checkout in that directory, on the same scenarios.
 * `--growth` measures how the costs of the gate grow with the number of findings and of images.
 */
import { parseArgs } from 'node:util';
import { measureAudits } from './bench/audit.ts';
import { measureGate } from './bench/gate.ts';

const { values, positionals } = parseArgs({
  options: { peer: { type: 'string' }, growth: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const [only] = positionals;
if (only !== 'audit') await measureGate({ peer: values.peer, growth: values.growth });
if (only !== 'gate') await measureAudits();
