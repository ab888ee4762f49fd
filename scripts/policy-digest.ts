/**
 * Prints the digests of policies, as the input policy-digest of the verify action and admission policies expect them:
 *
 *     node scripts/policy-digest.ts FILE…
 */
import { readFileSync } from 'node:fs';
import { policySha256 } from '../src/policy/canonical.ts';
import { parsePolicy } from '../src/policy/document.ts';

try {
  const files = process.argv.slice(2);
  if (files.length === 0) throw new Error('usage: node scripts/policy-digest.ts FILE…');
  for (const file of files) {
    console.log(`sha256:${policySha256(parsePolicy(readFileSync(file), file))}  ${file}`);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
