import { it, onTestFinished } from 'vitest';
import { SERVICES, type ServiceName } from '../../../local/wire/service-model.js';
import { askAnything, someLocalAws } from './any-request.js';

const services = (Object.keys(SERVICES) as ServiceName[]).filter((service) => service !== 's3');

it.each(services)('whatever is asked of %s, 10,000 times, is answered in shape', async (service) => {
  const aws = await someLocalAws();
  onTestFinished(() => aws.end());
  await askAnything(aws, service, 10_000);
});
