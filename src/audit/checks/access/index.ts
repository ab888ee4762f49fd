/** Who can do what, against what is expected. */
export { ciTrust, ciWide } from './ci.ts';
export { escalation } from './escalation.ts';
export { expectations, externalPull } from './external.ts';
export { administer, pull, push } from './repository.ts';
export { workloadDangers, workloadWrites } from './workloads.ts';
