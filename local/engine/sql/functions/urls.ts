import type { FunctionGroup } from './call-site.js';

export const URL_FUNCTIONS: FunctionGroup = {
  title: 'URLs',
  scalars: `
url_extract_fragment(varchar(x)): varchar(x) = trino_url_part($1, 'fragment')
url_extract_host(varchar(x)): varchar(x) = trino_url_part($1, 'host')
url_extract_path(varchar(x)): varchar(x) = trino_url_part($1, 'path')
url_extract_protocol(varchar(x)): varchar(x) = trino_url_part($1, 'protocol')
url_extract_query(varchar(x)): varchar(x) = trino_url_part($1, 'query')
url_extract_port(varchar): bigint = CAST(trino_url_part($1, 'port') AS BIGINT)
url_extract_parameter(varchar(x), varchar): varchar(x) = trino_url_parameter($1, $2)
url_encode(varchar(x)): varchar(x*12) = trino_url_encode($1)
url_decode(varchar(x)): varchar(x) = trino_url_decode($1)
`,
};
