import { docs, from, type Row } from './table.js';

export const URLS: readonly Row[] = [
  ...from('TestUrlFunctions', [
    ["url_extract_protocol('http://example.com/path1/p.php?k1=v1#Ref1')", 'http'],
    ["url_extract_host('http://example.com:8080/path')", 'example.com'],
    ["url_extract_port('http://example.com:8080/path')", '8080'],
    ["url_extract_port('http://example.com/path')", null],
    ["url_extract_path('http://example.com/path1/p.php?k1=v1#Ref1')", '/path1/p.php'],
    ["url_extract_query('http://example.com/path1/p.php?k1=v1&k2=v2#Ref1')", 'k1=v1&k2=v2'],
    ["url_extract_query('http://example.com/path')", ''],
    ["url_extract_fragment('http://example.com/path1/p.php?k1=v1#Ref1')", 'Ref1'],
    ["url_extract_host('mailto:test@example.com')", ''],
    ["url_extract_protocol('mailto:test@example.com')", 'mailto'],
    ["url_extract_host('foo bar')", null],
    ["url_extract_parameter('http://example.com/path1/p.php?k1=v1&k2=v2&k3&k4#Ref1', 'k2')", 'v2'],
    ["url_extract_parameter('http://example.com/path1/p.php?k1=v1&k2=v2&k3&k4#Ref1', 'k3')", ''],
    ["url_extract_parameter('http://example.com/path1/p.php?k1=v1&k2=v2&k3&k4#Ref1', 'k6')", null],
    ["url_extract_parameter('http://example.com/path1/p.php?k1=v1&k1=v2&k1&k1#Ref1', 'k1')", 'v1'],
    ["url_extract_parameter('http://example.com/path1/p.php', 'k1')", null],
    ["url_encode('http://test')", 'http%3A%2F%2Ftest'],
    ["url_encode('http://test?a=b&c=d')", 'http%3A%2F%2Ftest%3Fa%3Db%26c%3Dd'],
    ["url_encode('~@:.-*_+ ☃')", '%7E%40%3A.-*_%2B+%E2%98%83'],
    ["url_decode('http%3A%2F%2Ftest')", 'http://test'],
    ["url_decode('%7E%40%3A.-*_%2B+%E2%98%83')", '~@:.-*_+ ☃'],
  ]),
  ...from(docs('url'), [["url_extract_parameter('https://example.com/path?foo=bar', 'foo')", 'bar']]),
];
