import { expect, test } from 'vitest';
import { oneLine, plainText } from './plain-text.ts';

test.each([
  ['\u001b[31mred\u001b[0m', 'red'],
  ['\u001b]0;title\u0007text', 'text'],
  ['\u001b]8;;https://example.org\u001b\\link\u001b]8;;\u001b\\', 'link'],
  ['a\u001b[2J\u001b[Hb', 'ab'],
  ['50 %\r100 %\r\nend', '50 %100 %\nend'],
  ['bell\u0007 back\u0008', 'bell back'],
  ['\u009b31mc1', 'c1'],
  ['abc\u202etxt.exe', 'abctxt.exe'],
  ['tab\tand\nline', 'tab\tand\nline'],
  ['Grüße 世界 🎉', 'Grüße 世界 🎉'],
])('%j becomes %j', (text, plain) => expect(plainText(text)).toBe(plain));

test('one line joins lines and blanks', () => expect(oneLine(' a\n\tb  \u001b[1mc ')).toBe('a b c'));
