import type { Finding } from '../scan/findings.ts';
import type { ImageIdentity, VexProduct } from './exceptions.ts';

export function matchesProducts(
  _products: readonly VexProduct[],
  _finding: Finding,
  _image: ImageIdentity,
): boolean {
  return false;
}
