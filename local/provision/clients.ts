import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { AthenaClient } from '@aws-sdk/client-athena';
import { FirehoseClient } from '@aws-sdk/client-firehose';
import { GlueClient } from '@aws-sdk/client-glue';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { S3Client } from '@aws-sdk/client-s3';
import { STSClient } from '@aws-sdk/client-sts';
import { NodeHttpHandler } from '@smithy/node-http-handler';

/** How to reach the AWS that a stack is provisioned in. */
export interface ProvisionConnection {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** A client for each service that the data's path needs. */
export interface Clients {
  readonly athena: AthenaClient;
  readonly firehose: FirehoseClient;
  readonly glue: GlueClient;
  readonly kinesis: KinesisClient;
  readonly s3: S3Client;
  readonly sts: STSClient;
  /** Closes the connections. */
  close(): void;
}

/** Clients that share kept-alive HTTP/1.1 connections. The Kinesis client would speak HTTP/2 if it were not told. */
export function connect({ endpoint, region, credentials }: ProvisionConnection): Clients {
  const requestHandler = new NodeHttpHandler({
    httpAgent: new HttpAgent({ keepAlive: true }),
    httpsAgent: new HttpsAgent({ keepAlive: true }),
  });
  const options = { endpoint, region, credentials, requestHandler };
  return {
    athena: new AthenaClient(options),
    firehose: new FirehoseClient(options),
    glue: new GlueClient(options),
    kinesis: new KinesisClient(options),
    s3: new S3Client({ ...options, forcePathStyle: true }),
    sts: new STSClient(options),
    close: () => requestHandler.destroy(),
  };
}
