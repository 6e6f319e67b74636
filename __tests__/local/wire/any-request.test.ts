import { afterAll, beforeAll, it } from 'vitest';
import { SERVICES, type ServiceName } from '../../../local/wire/service-model.js';
import type { RunningLocalAws } from '../running-local-aws.js';
import { askAnything, someLocalAws } from './any-request.js';

let aws: RunningLocalAws;
beforeAll(async () => {
  aws = await someLocalAws();
});
afterAll(() => aws.end());

const services = (Object.keys(SERVICES) as ServiceName[]).filter((service) => service !== 's3');

it.each(services)('whatever is asked of %s is answered in the shape of its protocol', async (service) => {
  await askAnything(aws, service, 150);
});
