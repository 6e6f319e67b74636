import { jsonDocument } from '../resources/json-document.js';
import { pageOf } from '../resources/page.js';
import { AwsError } from '../wire/aws-error.js';
import { refuse } from '../wire/refuse.js';
import type { CloudWatch, CloudWatchOperations } from './cloudwatch.js';

/** A dashboard as the store keeps it. */
export interface DashboardEntry {
  readonly name: string;
  readonly arn: string;
  /** Its widgets, as JSON. */
  readonly body: string;
  /** Milliseconds since 1970. */
  readonly updatedAt: number;
}

export const dashboardOperations = ({ store, clock, dashboards }: CloudWatch): CloudWatchOperations => ({
  async PutDashboard(input, context) {
    refuse(input, 'Tags');
    const { DashboardName: name, DashboardBody: body } = input;
    if (!/^[\w-]{1,255}$/.test(name)) throw invalid(`The dashboard name ${name} is not valid.`);
    await dashboards.replace(context, name, {
      name,
      arn: `arn:aws:cloudwatch::${context.account}:dashboard/${name}`,
      body: jsonDocument(body, invalid('The field DashboardBody must be a valid JSON object')),
      updatedAt: clock.now(),
    });
    return { DashboardValidationMessages: [] };
  },

  GetDashboard({ DashboardName: name }, context) {
    const { arn, body } = dashboards.find(context, name);
    return { DashboardArn: arn, DashboardBody: body, DashboardName: name };
  },

  ListDashboards({ DashboardNamePrefix: prefix = '', NextToken: token }, context) {
    const found = dashboards.list(context).filter(({ name }) => name.startsWith(prefix));
    const { items, next } = pageOf(found, ({ name }) => name, { limit: 1000, token });
    return {
      DashboardEntries: items.map(({ name, arn, body, updatedAt }) => ({
        DashboardName: name,
        DashboardArn: arn,
        LastModified: new Date(updatedAt),
        Size: Buffer.byteLength(body),
      })),
      NextToken: next,
    };
  },

  /** All of them, or none where one is not there. */
  async DeleteDashboards({ DashboardNames: names }, context) {
    await store.transaction(() => {
      for (const name of names) dashboards.find(context, name);
      for (const name of names) dashboards.discard(context, name);
    });
    return {};
  },
});

const invalid = (message: string) =>
  new AwsError('DashboardInvalidInputError', message, 400, 'InvalidParameterInput');
