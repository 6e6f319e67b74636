import { randomUUID } from 'node:crypto';
import { Exchange, type ExchangeOptions } from './exchange.js';
import type { WireRequest, WireResponse } from './listener.js';
import { send } from './send.js';

/** A request that was answered, for whoever keeps a log. */
export interface Answered {
  readonly service: string;
  readonly operation: string;
  readonly status: number;
  readonly milliseconds: number;
}

export interface RequestHandlerOptions extends ExchangeOptions {
  /** Hears of every request that was answered. */
  readonly onAnswered?: (answered: Answered) => void;
}

export interface RequestHandler {
  /** Answers one request: finds its operation, decodes it by AWS's schema, runs it, and encodes what it gives. */
  handle(request: WireRequest, response: WireResponse): void;
  /** Resolves when no request is under way. */
  settled(): Promise<unknown>;
}

export function requestHandler(options: RequestHandlerOptions): RequestHandler {
  const underWay = new Set<Promise<void>>();
  const handle = (request: WireRequest, response: WireResponse): void => {
    const started = performance.now();
    const requestId = randomUUID();
    const exchange = new Exchange(options, request, requestId);
    const answered = exchange
      .answer()
      .catch((error: unknown) => exchange.encodeError(exchange.asAwsError(error)))
      .then((answer) => send(request, response, answer, requestId))
      .then((status) =>
        options.onAnswered?.({ ...exchange.named, status, milliseconds: performance.now() - started }),
      )
      // The caller has gone, or gone wrong, while the answer was sent: there is nobody left to tell.
      .catch(() => {
        response.destroy();
      })
      .finally(() => underWay.delete(answered));
    underWay.add(answered);
  };
  return { handle, settled: () => Promise.all(underWay) };
}
