import { parseFields, project } from './fields';

describe('fields', () => {
  it('are names, with what is asked of them', () => {
    expect(parseFields('id, a.limit(2).after(x){b,c{d}}')).toEqual([
      { name: 'id', modifiers: {}, fields: undefined },
      {
        name: 'a',
        modifiers: { limit: '2', after: 'x' },
        fields: [
          { name: 'b', modifiers: {}, fields: undefined },
          { name: 'c', modifiers: {}, fields: [{ name: 'd', modifiers: {}, fields: undefined }] },
        ],
      },
    ]);
  });

  it.each(['', ',', 'a,', 'a{', 'a{}', 'a}', 'a.b', 'a.b(', 'a b c{'])('are not %j', (given) => {
    expect(() => parseFields(given)).toThrow(/Syntax error/);
  });

  it('leave out what has no value, and refuse what does not exist', () => {
    const readable = { id: '1', name: undefined, picture: ({ modifiers }: { modifiers: object }) => modifiers };

    expect(project(readable, parseFields('name,picture.type(large)'), 'Page')).toEqual({
      id: '1',
      picture: { type: 'large' },
    });
    expect(() => project(readable, parseFields('birthday'), 'Page')).toThrow(
      'nonexisting field (birthday) on node type (Page)',
    );
  });
});
