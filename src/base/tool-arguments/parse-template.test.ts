import { expect, test } from 'vitest';
import { parseTemplateArguments, parseTemplateLine } from './parse-template.ts';

const schema = {
  properties: { count: { type: 'integer' }, other: { type: 'integer' }, paths: { type: 'array' } },
};

test('only the keys that hold a template are not read by the schema', () => {
  expect(parseTemplateLine('count={{event.size}} other=3', schema)).toEqual({
    count: '{{event.size}}',
    other: 3,
  });
  expect(() => parseTemplateLine('count={{event.size}} other=many', schema)).toThrow('other');
  expect(parseTemplateArguments(['count={{ event.size }}', 'other=3'], schema)).toEqual({
    count: '{{ event.size }}',
    other: 3,
  });
});

test('JSON stays JSON, and without a template nothing changes', () => {
  expect(parseTemplateLine('{"count": "{{event.size}}"}', schema)).toEqual({ count: '{{event.size}}' });
  expect(parseTemplateLine('count=3 paths=a paths=b', schema)).toEqual({ count: 3, paths: ['a', 'b'] });
  expect(parseTemplateLine('x={{run.id}}')).toEqual({ x: '{{run.id}}' });
});
