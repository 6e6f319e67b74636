import { type Native, native, TrinoError } from './native.js';

/** What Trino's URL functions do, which read URLs as java.net.URI does: NULL for what is none. */
export const URL_NATIVES: readonly Native[] = [
  native('trino_url_part', ['text', 'text'], 'text', (url, part) => {
    const parts = partsOf(url);
    if (!parts) return null;
    switch (part) {
      case 'protocol':
        return parts.scheme ?? '';
      case 'host':
        return parts.host ?? '';
      case 'port':
        return parts.port ?? null;
      case 'path':
        return decoded(parts.path);
      case 'query':
        return parts.query === undefined ? '' : decoded(parts.query);
      default:
        return parts.fragment === undefined ? '' : decoded(parts.fragment);
    }
  }),
  native('trino_url_parameter', ['text', 'text'], 'text', (url, name) => {
    const query = partsOf(url)?.query;
    if (query === undefined) return null;
    for (const pair of query.split('&')) {
      if (pair === '') continue;
      const at = pair.indexOf('=');
      if (formDecoded(at < 0 ? pair : pair.slice(0, at)) === name)
        return at < 0 ? '' : (formDecoded(pair.slice(at + 1)) ?? null);
    }
    return null;
  }),
  native('trino_url_encode', ['text'], 'text', (text) =>
    encodeURIComponent(text)
      .replace(/[!'()~]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
      .replaceAll('%20', '+'),
  ),
  native('trino_url_decode', ['text'], 'text', (text) => {
    const result = formDecoded(text);
    if (result === undefined)
      throw new TrinoError('INVALID_FUNCTION_ARGUMENT', `Illegal hex characters in escape (%) pattern`);
    return result;
  }),
];

interface Parts {
  readonly scheme?: string;
  readonly host?: string;
  readonly port?: string;
  readonly path: string;
  readonly query?: string;
  readonly fragment?: string;
}

const URI = /^(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s;

function partsOf(url: string): Parts | undefined {
  if (/[\s"<>\\^`{|}]|%(?![0-9a-fA-F]{2})/.test(url)) return undefined;
  const [matched, scheme, authority, path = '', query, fragment] = URI.exec(url) ?? [];
  if (matched === undefined || (scheme !== undefined && authority === undefined && path === ''))
    return undefined;
  const [, host, port] = /^(?:[^@]*@)?(\[[^\]]*\]|[A-Za-z0-9.-]*)(?::(\d*))?$/.exec(authority ?? '') ?? [];
  return {
    path,
    ...(scheme !== undefined && { scheme }),
    ...(host && { host }),
    ...(port && { port }),
    ...(query !== undefined && { query }),
    ...(fragment !== undefined && { fragment }),
  };
}

/** Percent signs decoded as java.net.URI does: what is no UTF-8 becomes the replacement character. */
function decoded(text: string): string {
  return text.replace(/(?:%[0-9a-fA-F]{2})+/g, (bytes) =>
    Buffer.from(bytes.replaceAll('%', ''), 'hex').toString('utf8'),
  );
}

function formDecoded(text: string): string | undefined {
  if (/%(?![0-9a-fA-F]{2})/.test(text)) return undefined;
  return decoded(text.replaceAll('+', ' '));
}
