/** Every named scenario. */
import type { Scenario } from '../scenario.ts';
import { accounts } from './accounts.ts';
import { faults } from './faults.ts';
import { images } from './images.ts';
import { policies } from './policies.ts';
import { scans } from './scans.ts';
import { sizes } from './sizes.ts';

export const scenarios: Readonly<Record<string, Scenario>> = Object.fromEntries(
  [...images, ...scans, ...policies, ...faults, ...sizes, ...accounts].map((scenario) => [
    scenario.name,
    scenario,
  ]),
);
