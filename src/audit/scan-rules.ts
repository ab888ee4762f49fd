/**
 * What the scanning rules of a registry say about a repository
 * (https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning-filters.html): "Any filter that does not contain a
 * wildcard (*) matches on all repository names that contain the filter."
 */
import type { RegistryScanning } from './facts.ts';
import { includes } from './lifecycle/patterns.ts';
import type { Json } from './result.ts';

/** How often images are scanned. Continuous scanning takes precedence over scanning on push. */
export const FREQUENCIES = ['CONTINUOUS_SCAN', 'SCAN_ON_PUSH', 'MANUAL'] as const;
export type Frequency = (typeof FREQUENCIES)[number];

export function asFrequency(word: string): Frequency | undefined {
  return FREQUENCIES.find((known) => known === word);
}

/**
 * How often images are scanned according to the filters of the rules.
 * @param names a name, or a pattern of names, all of which have to be covered by one filter
 * @returns undefined if a rule with an unknown frequency covers them
 */
export function frequencyByRules({ rules }: RegistryScanning, names: string): Frequency | undefined {
  const covering = rules.filter(({ filters }) => filters.some((filter) => covers(filter, names)));
  const found = covering.map(({ frequency }) => asFrequency(frequency));
  if (found.includes('CONTINUOUS_SCAN')) return 'CONTINUOUS_SCAN';
  if (found.includes(undefined)) return undefined;
  return found.includes('SCAN_ON_PUSH') ? 'SCAN_ON_PUSH' : 'MANUAL';
}

function covers(filter: string, names: string): boolean {
  return includes(filter.includes('*') ? filter : `*${filter}*`, names);
}

/** The rules with one more filter: a new rule where there is none of that frequency. */
export function rulesWith({ rules }: RegistryScanning, frequency: Frequency, filter: string): Json {
  const at = rules.findIndex((rule) => rule.frequency === frequency);
  const all =
    at === -1
      ? [...rules, { frequency, filters: [filter] }]
      : rules.map((rule, index) => (index === at ? { ...rule, filters: [...rule.filters, filter] } : rule));
  return asJson(all);
}

/** The rules in the form of put-registry-scanning-configuration. */
export function asJson(rules: RegistryScanning['rules']): Json {
  return rules.map(({ frequency, filters }) => ({
    scanFrequency: frequency,
    repositoryFilters: filters.map((filter) => ({ filter, filterType: 'WILDCARD' })),
  }));
}
