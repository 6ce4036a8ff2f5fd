import { faultOf, objectOf } from './refused-webhook';

describe('a webhook that is refused', () => {
  it.each([
    [undefined, 'is missing'],
    ['', 'is no signature'],
    [`sha256=${'A'.repeat(64)}`, 'is no signature'],
    [`sha256=${'a'.repeat(64)}`, 'matches no secret'],
  ])('is told of %p that it %s', (header, fault) => {
    expect(faultOf(header)).toContain(fault);
  });

  it.each([
    ['{"entry": [], "object" : "page"}', 'object page'],
    ['{"object":"pa\\nge"}', 'no object'],
    [`{"object":"${'x'.repeat(100)}"}`, 'no object'],
    ['', 'no object'],
  ])('is logged by what it says it is about, and nothing that breaks a line: %s', (body, object) => {
    expect(objectOf(Buffer.from(body))).toBe(object);
  });
});
