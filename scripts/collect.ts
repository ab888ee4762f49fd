/** Collects the facts of an audit in a process of its own, for measuring: the last line is JSON. */
import { NO_EXPECTATIONS } from '../src/audit/expectations.ts';
import { collectFacts } from '../src/audit/facts/collect.ts';
import { Fact } from '../src/audit/facts.ts';
import { startDeadline, systemClock } from '../src/deadline.ts';
import { limitHeap } from '../src/memory.ts';

const SAMPLE_MS = 20;

// As the action does.
limitHeap();
const started = performance.now();
let peak = 0;
// The system's own record begins with what the parent had when it started this process.
const sample = () => {
  peak = Math.max(peak, process.memoryUsage.rss());
};
setInterval(sample, SAMPLE_MS).unref();
const deadline = startDeadline(30 * 60_000, systemClock, new AbortController().signal);
const facts = await collectFacts(
  {
    registries: [],
    role: undefined,
    repositories: ['**'],
    expectations: NO_EXPECTATIONS,
    levels: [],
    access: true,
    validateCache: false,
    lifecyclePreview: false,
  },
  { deadline, environment: process.env, log: (line) => console.log(line) },
);
deadline.clear();
sample();
const images = facts.registries.flatMap(({ repositories }) => {
  const content = Fact.open(repositories);
  if ('gap' in content) throw new Error(content.gap.reason);
  return content.known.map((repository) => Fact.open(repository.images));
});
console.log(
  JSON.stringify({
    seconds: (performance.now() - started) / 1000,
    cpuSeconds: (process.cpuUsage().user + process.cpuUsage().system) / 1e6,
    peakMiB: peak / 1024 / 1024,
    repositories: images.length,
    images: images.reduce((sum, all) => sum + ('known' in all ? all.known.length : Number.NaN), 0),
  }),
);
