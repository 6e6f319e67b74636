import { AwsError } from '../wire/aws-error.js';

/** What an error of S3's is about, by the names of its elements. */
type About = Readonly<
  Partial<Record<'BucketName' | 'Condition' | 'Key' | 'ResourceType' | 'UploadId' | 'VersionId', string>>
>;

/** An error of S3's that says what it is about, which clients show. */
export class S3Error extends AwsError {
  constructor(
    code: string,
    message: string,
    status: number,
    private readonly about: About,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(code, message, status, code, headers);
  }

  override get details(): Readonly<Record<string, string>> {
    return { message: this.message, ...this.about };
  }
}
