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
      const at = pair.indexOf('=');
      // As it is written: Trino decodes the value alone.
      if ((at < 0 ? pair : pair.slice(0, at)) === name)
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
  if (matched === undefined || /[[\]]/.test(path) || fragment?.includes('#')) return undefined;
  if (authority === undefined && (scheme === undefined ? /^[^/]*:/.test(path) : path === ''))
    return undefined;
  if (authority === '' && path === '' && query === undefined && fragment === undefined) return undefined;
  const behind = fragment !== undefined && { fragment };
  // What is not hierarchical, such as a mail address, has a scheme and a fragment only.
  if (scheme !== undefined && authority === undefined && !path.startsWith('/'))
    return { scheme, path: '', ...behind };
  const server = serverOf(authority ?? '');
  return {
    path,
    ...(scheme !== undefined && { scheme }),
    ...server,
    ...(query !== undefined && { query }),
    ...behind,
  };
}

/** The host and the port, where what is between slashes is a server, and not another name that an URI may have there. */
function serverOf(authority: string): Pick<Parts, 'host' | 'port'> {
  const [, host = '', port = ''] =
    /^(?:[^@]*@)?(\[[^\]]*\]|[A-Za-z0-9.-]*)(?::(\d*))?$/.exec(authority) ?? [];
  if (Number(port) > 2_147_483_647 || !(host.startsWith('[') || isHostName(host))) return {};
  return { host, ...(port && { port }) };
}

/** Labels, of which the last of several begins with a letter, or the four numbers of an address. */
function isHostName(host: string): boolean {
  const labels = host.replace(/\.$/, '').split('.');
  if (labels.length === 4 && labels.every((label) => /^\d{1,3}$/.test(label) && Number(label) < 256))
    return true;
  if (!labels.every((label) => /^[A-Za-z0-9-]+$/.test(label) && !/^-|-$/.test(label))) return false;
  return labels.length === 1 || /^[A-Za-z]/.test(labels.at(-1) ?? '');
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
