import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity/index.js';
import { DataAwsPartition } from '@cdktf/provider-aws/lib/data-aws-partition/index.js';
import { Construct } from 'constructs';

/** Where the stack is deployed to. */
export interface AccountProps {
  /** The region, such as `us-east-1`. */
  readonly region: string;
}

/**
 * The AWS account that the stack is deployed to, asked of the credentials that deploy it, and the ARNs in it.
 *
 * @example
 * new Account(this, 'account', { region: 'us-east-1' }).arn('glue', 'catalog');
 */
export class Account extends Construct {
  /** The account's twelve digits, a reference until Terraform runs. */
  readonly id: string;
  readonly region: string;
  private readonly partition: string;

  constructor(scope: Construct, id: string, { region }: AccountProps) {
    super(scope, id);
    this.id = new DataAwsCallerIdentity(this, 'Default').accountId;
    this.partition = new DataAwsPartition(this, 'partition').partition;
    this.region = region;
  }

  /** The ARN of something regional in this account; `resource` is what follows the account's number. */
  arn(service: string, resource: string): string {
    return `arn:${this.partition}:${service}:${this.region}:${this.id}:${resource}`;
  }

  /** The ARN of a bucket of that name: buckets are all of AWS's, so neither region nor account stand in it. */
  bucketArn(name: string): string {
    return `arn:${this.partition}:s3:::${name}`;
  }

  /** The ARN of something that all regions share, such as a role of IAM. */
  globalArn(service: string, resource: string): string {
    return `arn:${this.partition}:${service}::${this.id}:${resource}`;
  }

  /** The ARN by which a policy names everyone in this account whom IAM lets through. */
  get rootArn(): string {
    return this.globalArn('iam', 'root');
  }
}
