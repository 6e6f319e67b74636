/** Something that has to be so before Terraform can do its work, and is not: a line for what is wrong, then what to do. */
export class WorkflowError extends Error {
  override readonly name = 'WorkflowError';
  constructor(readonly lines: readonly string[]) {
    super(lines.join('\n'));
  }
}
