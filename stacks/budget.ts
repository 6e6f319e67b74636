import { BudgetsBudget } from '@cdktf/provider-aws/lib/budgets-budget/index.js';
import { Construct } from 'constructs';
import type { Settings } from '../settings/index.js';
import type { AlarmTopic } from './alarm-topic.js';

/** What a budget is made from. */
export interface BudgetProps extends NonNullable<Settings['monitoring']['budget']> {
  /** The budget's name, unique in the account. */
  readonly name: string;
  /** Who is told. */
  readonly topic: AlarmTopic;
}

/**
 * A limit for what the account costs a month, and an alert when a part of it is spent, and when all of it will be. It
 * is about the whole account: AWS tells costs by tag only once somebody has switched the tag on for billing, and a
 * budget of a tag that is not on would see nothing and never say so.
 *
 * @example
 * new Budget(this, 'budget', { name: 'lake', monthlyDollars: 100, alertPercent: 80, topic });
 */
export class Budget extends Construct {
  constructor(scope: Construct, id: string, { name, monthlyDollars, alertPercent, topic }: BudgetProps) {
    super(scope, id);
    const alert = {
      comparisonOperator: 'GREATER_THAN',
      thresholdType: 'PERCENTAGE',
      subscriberSnsTopicArns: [topic.arn],
    };
    new BudgetsBudget(this, 'Default', {
      name,
      budgetType: 'COST',
      timeUnit: 'MONTHLY',
      limitAmount: `${monthlyDollars}`,
      limitUnit: 'USD',
      notification: [
        { ...alert, notificationType: 'ACTUAL', threshold: alertPercent },
        { ...alert, notificationType: 'FORECASTED', threshold: 100 },
      ],
    });
  }
}
