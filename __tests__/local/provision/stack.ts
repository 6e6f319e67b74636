import { type Configuration, readConfiguration } from '../../../local/provision/configuration.js';
import { placeOf } from '../../../local/provision/place.js';
import { Resolver } from '../../../local/provision/resolver.js';

export const place = placeOf({
  account: '000000000000',
  arn: 'arn:aws:iam::000000000000:root',
  user: 'root',
  region: 'eu-west-1',
});

/** What a stack with these parts, in Terraform's JSON, reads as. */
export function stackOf(root: Record<string, unknown>): Promise<Configuration> {
  return readConfiguration({ resource: {}, ...root });
}

/** What `template` is in a stack with these parts. */
export async function resolved(template: string, root: Record<string, unknown> = {}): Promise<unknown> {
  return new Resolver(await stackOf(root), place).value(template, 'the test');
}
