import type { PutRecordsCommandOutput } from '@aws-sdk/client-kinesis';
import type { SendPutRecords } from '../../../producer/index.js';
import { sdkError } from '../scripted-stream.js';
import type { VirtualTimers } from '../virtual-timers.js';
import { seededRandom } from './random.js';
import type { Reply } from './reply.js';
import type { ScriptedKinesis } from './scripted-kinesis.js';

/**
 * Sends to a scripted stream with no socket in between, and gets what the AWS SDK makes of its replies. A request takes
 * between half the round trip and half as much again, so that requests overtake each other.
 *
 * @param roundTrip milliseconds.
 */
export function sendTo(
  kinesis: Pick<ScriptedKinesis, 'take'>,
  timers: VirtualTimers,
  { roundTrip = 20, seed = 1 } = {},
): SendPutRecords {
  const random = seededRandom(seed);
  const oneWay = () => timers.sleep((roundTrip / 2) * (0.5 + random()));
  return async (input) => {
    await oneWay();
    const reply = kinesis.take(input);
    await oneWay();
    return answerOf(reply);
  };
}

/** @throws what the AWS SDK throws. */
function answerOf(reply: Reply): PutRecordsCommandOutput {
  const $metadata = { httpStatusCode: 200 };
  switch (reply.kind) {
    case 'answer':
      return { Records: [...reply.records], $metadata };
    case 'body':
      return { ...parsed(reply.body), $metadata };
    case 'error':
      // A load balancer's 503 is no JSON.
      if (reply.status === 503) throw sdkError('SyntaxError', { status: 503 });
      throw Object.assign(sdkError(reply.name, { status: reply.status }), { message: reply.message });
    case 'reset':
      throw sdkError('TimeoutError', { code: 'ECONNRESET' });
  }
}

/** An empty body is an empty object to the SDK. */
function parsed(body: string): PutRecordsCommandOutput {
  try {
    return JSON.parse(body || '{}') as PutRecordsCommandOutput;
  } catch {
    throw sdkError('SyntaxError', { status: 200 });
  }
}
