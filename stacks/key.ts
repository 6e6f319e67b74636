import { KmsAlias } from '@cdktf/provider-aws/lib/kms-alias/index.js';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key/index.js';
import { Construct } from 'constructs';
import type { Account } from './account.js';
import { policyDocument, type ResourceStatement, type Statement } from './policy-document.js';

/** What a key is made from. */
export interface KeyProps {
  /** The account that owns the key. */
  readonly account: Account;
  /** The key's readable name, with `alias/` in front. */
  readonly alias: string;
  /** What the key is for, in a sentence. */
  readonly description: string;
  /** The log groups that CloudWatch Logs may encrypt with the key: a name, with `*` for any. */
  readonly logGroups: string;
}

/**
 * The key that everything of a lakehouse is encrypted with. AWS renews its material every year.
 *
 * @example
 * const key = new Key(this, 'key', { account, alias: 'alias/lake', description: 'The lake.', logGroups: '/lake/*' });
 */
export class Key extends Construct {
  readonly arn: string;
  private readonly region: string;

  constructor(scope: Construct, id: string, { account, alias, description, logGroups }: KeyProps) {
    super(scope, id);
    const key = new KmsKey(this, 'Default', {
      description,
      enableKeyRotation: true,
      policy: policyDocument([accountStatement(account), logsStatement(account, logGroups)]),
    });
    new KmsAlias(this, 'alias', { name: alias, targetKeyId: key.keyId });
    this.arn = key.arn;
    this.region = account.region;
  }

  /**
   * The permission to read and write what is encrypted with this key, through `services` only. Who writes needs
   * GenerateDataKey besides Decrypt.
   */
  useStatement(services: readonly ('kinesis' | 's3')[]): Statement {
    return {
      sid: 'UseKey',
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      resources: [this.arn],
      conditions: {
        StringEquals: {
          'kms:ViaService': services.map((service) => `${service}.${this.region}.amazonaws.com`),
        },
      },
    };
  }
}

/** In a key's policy the key itself is called `*`. */
const THIS_KEY = ['*'];

/**
 * Leaves it to IAM who in the account may do what with the key. Without this statement nobody could ever change the
 * key or its policy again, so it is the one place with an action of `*`.
 */
function accountStatement(account: Account): ResourceStatement {
  return {
    sid: 'AccountDecidesByIam',
    principals: { AWS: account.rootArn },
    actions: ['kms:*'],
    resources: THIS_KEY,
  };
}

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html */
function logsStatement(account: Account, logGroups: string): ResourceStatement {
  return {
    sid: 'LogsEncrypt',
    principals: { Service: `logs.${account.region}.amazonaws.com` },
    actions: [
      'kms:Encrypt',
      'kms:Decrypt',
      'kms:ReEncryptFrom',
      'kms:ReEncryptTo',
      'kms:GenerateDataKey',
      'kms:GenerateDataKeyWithoutPlaintext',
      'kms:DescribeKey',
    ],
    resources: THIS_KEY,
    conditions: {
      ArnLike: { 'kms:EncryptionContext:aws:logs:arn': account.arn('logs', `log-group:${logGroups}`) },
    },
  };
}
