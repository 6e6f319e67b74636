import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic/index.js';
import { SnsTopicSubscription } from '@cdktf/provider-aws/lib/sns-topic-subscription/index.js';
import { Construct } from 'constructs';
import type { Account } from './account.js';
import type { Key, Publisher } from './key.js';
import { checkName } from './limits.js';
import { policyDocument, type ResourceStatement } from './policy-document.js';

/** What a topic is made from. */
export interface AlarmTopicProps {
  /** The topic's name. */
  readonly name: string;
  /** The key that its messages are encrypted with; it has to let the publishers use it. */
  readonly key: Key;
  /** The account whose alarms may publish here. */
  readonly account: Account;
  /** The services that publish here. */
  readonly publishers: readonly Publisher[];
  /**
   * Who gets an e-mail for each message.
   * @default - nobody
   */
  readonly email?: string | undefined;
}

/**
 * The topic that alarms go to, encrypted, which only services on behalf of this account can publish to.
 *
 * @example
 * new AlarmTopic(this, 'topic', { name: 'lake-alarms', key, account, publishers: ['cloudwatch'] });
 */
export class AlarmTopic extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: AlarmTopicProps) {
    super(scope, id);
    const { name, key, account, publishers, email } = props;
    checkName(this, 'topic', name);
    const own = account.arn('sns', name);
    const topic = new SnsTopic(this, 'Default', {
      name,
      kmsMasterKeyId: key.arn,
      policy: policyDocument([
        tlsOnly(own),
        ...publishers.map((publisher) => publishStatement(own, account, publisher)),
      ]),
    });
    if (email !== undefined) {
      // AWS asks the address once whether it wants the e-mails, and sends none until it has said yes.
      new SnsTopicSubscription(this, 'email', { topicArn: topic.arn, protocol: 'email', endpoint: email });
    }
    this.arn = topic.arn;
  }
}

function publishStatement(topicArn: string, account: Account, publisher: Publisher): ResourceStatement {
  return {
    sid: publisher === 'cloudwatch' ? 'AlarmsOfThisAccount' : 'BudgetsOfThisAccount',
    principals: { Service: `${publisher}.amazonaws.com` },
    actions: ['sns:Publish'],
    resources: [topicArn],
    conditions: { StringEquals: { 'aws:SourceAccount': account.id } },
  };
}

function tlsOnly(topicArn: string): ResourceStatement {
  return {
    sid: 'TlsOnly',
    effect: 'Deny',
    principals: { AWS: '*' },
    actions: ['sns:Publish'],
    resources: [topicArn],
    conditions: { Bool: { 'aws:SecureTransport': 'false' } },
  };
}
