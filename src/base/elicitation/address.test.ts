import { expect, test } from 'vitest';
import { readAddress } from './address.ts';

test.each([
  ['https://example.org/a?b=c#d', { href: 'https://example.org/a?b=c#d', host: 'example.org' }],
  ['http://127.0.0.1:8080/x', { href: 'http://127.0.0.1:8080/x', host: '127.0.0.1:8080' }],
  ['http://example.org', { href: 'http://example.org/', host: 'example.org', doubtful: 'http' }],
  [
    'https://bank.example@evil.example/',
    { href: 'https://bank.example@evil.example/', host: 'evil.example', doubtful: 'user' },
  ],
  // A letter of another alphabet that looks like one of ours is spelled out.
  ['https://аpple.com/', { href: 'https://xn--pple-43d.com/', host: 'xn--pple-43d.com' }],
  ['javascript:alert(1)', undefined],
  ['data:text/html,x', undefined],
  ['file:///etc/passwd', undefined],
  ['/relative', undefined],
  ['', undefined],
  [undefined, undefined],
])('%s', (text, address) => expect(readAddress(text)).toEqual(address));
