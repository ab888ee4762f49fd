/** What lifecycle policies do, by ECR's published rules. */
export { inUse, preview, production } from './images.ts';
export { allPatterns, deadRule, missing, untagged } from './rules.ts';
export { signatures } from './signatures.ts';
export { invalid } from './texts.ts';
