import { filled, unfilled } from './contact-merging.service';
import type { MergedFields } from './merges.repository';

const fields = (given: Partial<MergedFields> = {}) => ({
  id: 'x',
  name: null,
  username: null,
  phone: null,
  email: null,
  attributes: {},
  ...given,
});

describe('a merged contact', () => {
  const contact = fields({ name: 'Ana', attributes: { plan: 'gold' } });
  const merged = fields({ name: 'A.', phone: '34600', attributes: { plan: 'silver', orders: 3 } });

  it('keeps its own values and takes those it lacked', () => {
    expect(filled({ contact, merged })).toEqual({
      name: 'Ana',
      username: null,
      phone: '34600',
      email: null,
      attributes: { plan: 'gold', orders: 3 },
    });
  });

  it('is as before when the merge is taken back', () => {
    const { id: _, ...before } = contact;
    expect(unfilled(filled({ contact, merged }), { contact, merged })).toEqual(before);
  });

  it('keeps what was changed since', () => {
    const now = {
      ...filled({ contact, merged }),
      phone: '49151',
      attributes: { plan: 'gold', orders: 4, note: 'new' },
    };
    expect(unfilled(now, { contact, merged })).toMatchObject({
      phone: '49151',
      attributes: { plan: 'gold', orders: 4, note: 'new' },
    });
  });
});
