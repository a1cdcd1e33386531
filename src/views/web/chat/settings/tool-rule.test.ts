import { expect, test } from 'vitest';
import { allowedOf, isAllowed, isEverything, withServer, withTool } from './tool-rule.ts';

const lab = { name: 'lab', tools: ['echo', 'steps', 'fail'] };

test('without a rule everything may be used', () => {
  expect(isAllowed({}, 'lab', 'echo')).toBe(true);
  expect(isEverything({})).toBe(true);
  expect(allowedOf({}, lab)).toBe(3);
});

test('a server is taken out as a whole, and let in again', () => {
  const out = withServer({ except: ['lab.echo', 'notes'] }, lab, false);
  expect(out).toEqual({ except: ['notes', 'lab'] });
  expect(allowedOf(out, lab)).toBe(0);
  expect(withServer(out, lab, true)).toEqual({ except: ['notes'] });
});

test('a tool is taken out, and let in again', () => {
  const out = withTool({}, lab, 'fail', false);
  expect(out).toEqual({ except: ['lab.fail'] });
  expect(withTool(out, lab, 'fail', true)).toEqual({});
  expect(withTool(out, lab, 'fail', false)).toBe(out);
});

test('one tool of a server that is kept out leaves the others out', () => {
  const one = withTool({ except: ['lab'] }, lab, 'echo', true);
  expect(one).toEqual({ except: ['lab.steps', 'lab.fail'] });
  expect(allowedOf(one, lab)).toBe(1);
});

test('a rule that names what may be used stays one', () => {
  expect(withTool({ only: ['notes'] }, lab, 'echo', true)).toEqual({ only: ['notes', 'lab.echo'] });
  expect(withServer({ only: ['notes', 'lab.echo'] }, lab, true)).toEqual({ only: ['notes', 'lab'] });
  expect(withServer({ only: ['notes', 'lab.echo'] }, lab, false)).toEqual({
    only: ['notes'],
    except: ['lab'],
  });
  expect(isEverything({ only: [] })).toBe(false);
});
