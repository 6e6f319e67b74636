import type { TerraformFound } from './terraform.js';

/**
 * Whether tests that need Terraform are left out, and what to say of it in their names. Where `CI` is set nothing is
 * left out: a gate that skips what it is there for is none.
 */
export function whyLeftOut({ missing }: TerraformFound): { reason: string; isLeftOut: boolean } {
  const isCi = process.env.CI === 'true';
  const reason = missing === undefined ? '' : ` (${isCi ? 'cannot run' : 'left out'}: ${missing})`;
  return { reason, isLeftOut: missing !== undefined && !isCi };
}
