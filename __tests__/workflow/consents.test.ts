import { describe, expect, it } from 'vitest';
import { requireConsents } from '../../workflow/consents.js';
import { settingsOf } from '../stacks/synthesized.js';

const stateWith = (...consented: boolean[]) => ({
  place: 'terraform.lakehouse-dev.tfstate',
  resources: consented.map((force_destroy, index) => ({
    type: 'aws_s3_bucket',
    attributes: { bucket: `bucket-${index}`, force_destroy },
  })),
});
const settings = (destroyData: boolean, destroyDataConfirmed: boolean) => ({
  ...settingsOf('dev'),
  destroyData,
  destroyDataConfirmed,
});

describe('a destroy', () => {
  it('goes on where both consents are there and have been deployed', () => {
    expect(() => requireConsents(settings(true, true), stateWith(true, true))).not.toThrow();
  });

  it('goes on where there is no bucket whose data could go', () => {
    expect(() => requireConsents(settings(false, false), stateWith())).not.toThrow();
  });

  it('stops without any consent, and says what to set and that it is deploy first', () => {
    expect(() => requireConsents(settings(false, false), stateWith(false, false))).toThrow(
      [
        'Nothing was destroyed. The data of dev would go too (bucket-0, bucket-1), which takes two consents that have been deployed.',
        '1. set destroyData: true for dev in settings/environments.ts',
        '2. deploy the consent: LAKEHOUSE_ENV=dev LAKEHOUSE_DESTROY_DATA=dev npm run deploy',
        '3. then destroy: LAKEHOUSE_ENV=dev LAKEHOUSE_DESTROY_DATA=dev npm run destroy',
      ].join('\n'),
    );
  });

  it.each([
    [true, false],
    [true, true],
  ])('stops where consents (%s, %s) have not been deployed, even for one bucket', (setting, confirmed) => {
    expect(() => requireConsents(settings(setting, confirmed), stateWith(true, false))).toThrow(
      /^Nothing was destroyed.*\n1\. deploy the consent: .*\n2\. then destroy: /,
    );
  });

  it('stops where the consent that was deployed is not repeated, and only that is asked for', () => {
    expect(() => requireConsents(settings(true, false), stateWith(true))).toThrow(
      /\n1\. then destroy: LAKEHOUSE_ENV=dev LAKEHOUSE_DESTROY_DATA=dev npm run destroy$/,
    );
  });
});
