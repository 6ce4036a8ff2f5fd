import type { SendContent } from './content';
import { ownMedia, replaceMedia } from './own-media';

const media = { mediaId: 'm1', size: 5 };

describe('files of ours in content', () => {
  it.each<[string, unknown, string]>([
    ['itself', { type: 'voice', media }, 'voice'],
    ['the header of buttons', { type: 'buttons', text: 'x', header: { type: 'image', media }, buttons: [] }, 'image'],
    ['a media template', { type: 'media_template', mediaType: 'video', media }, 'video'],
    [
      'a card of a template',
      {
        type: 'template',
        components: [
          {
            type: 'carousel',
            cards: [{ components: [{ type: 'header', parameters: [{ type: 'document', media }] }] }],
          },
        ],
      },
      'document',
    ],
  ])('are found in %s, and put in their place', (_, content, kind) => {
    expect(ownMedia(content)).toEqual([{ mediaId: 'm1', kind }]);
    const replaced = replaceMedia(content as SendContent, (one) => ({ id: `meta-${one.mediaId}` }));
    expect(ownMedia(replaced)).toEqual([]);
    expect(JSON.stringify(replaced)).toBe(JSON.stringify(content).replace(JSON.stringify(media), '{"id":"meta-m1"}'));
  });

  it('are told from those of others, which stay as they are', () => {
    for (const content of [
      { type: 'image', media: { id: '1' } },
      { type: 'image', media: { link: 'https://x' } },
    ]) {
      expect(ownMedia(content)).toEqual([]);
      expect(replaceMedia(content, () => ({ id: 'never' }))).toEqual(content);
    }
  });

  it('are looked for in any JSON without a throw', () => {
    let deep: unknown = { type: 'image', media };
    for (let level = 0; level < 100_000; level += 1) deep = [deep];
    for (const content of [
      undefined,
      null,
      7,
      'text',
      [],
      { media },
      { type: 'image', media: [media] },
      { type: 'image', media: { mediaId: 7 } },
      deep,
    ]) {
      expect(ownMedia(content)).toEqual([]);
    }
  });
});
