import type { Construct } from 'constructs';

/** A property that AWS would refuse although Terraform lets it pass. Names the construct, the property and the rule. */
export class InvalidConstructError extends Error {
  override readonly name = 'InvalidConstructError';
  /** The construct's path in the tree, such as `lakehouse-dev/datasets/customers/delivery`. */
  readonly path: string;
  constructor(
    construct: Construct,
    readonly property: string,
    readonly value: unknown,
    readonly allowed: string,
  ) {
    const { path } = construct.node;
    super(`${path}: ${property} is ${JSON.stringify(value)}, but must be ${allowed}.`);
    this.path = path;
  }
}
