import { Type } from 'class-transformer';
import { IsEmail, IsObject, IsOptional, Length, ValidateNested } from 'class-validator';
import { restValidation } from './validation';

class Owner {
  @IsEmail()
  email!: string;
}

class Workspace {
  @Length(1, 5)
  name!: string;

  @IsObject()
  @ValidateNested()
  @Type(() => Owner)
  owner!: Owner;

  @IsOptional()
  @Length(2, 3, { each: true })
  labels?: string[];
}

const body = { type: 'body', metatype: Workspace } as const;
const right = { name: 'Acme', owner: { email: 'ann@example.com' } };

async function told(value: unknown): Promise<{ message: string; details?: { field: string; problems: string[] }[] }> {
  try {
    await restValidation.transform(value, body);
  } catch (error) {
    return (error as { getResponse: () => never }).getResponse();
  }
  throw new Error('It was taken.');
}

describe('a body', () => {
  it('that is right is taken', async () => {
    expect(await restValidation.transform(right, body)).toEqual(right);
  });

  it.each([undefined, null, {}])('that is %p is told what it needs, and only that', async (value) => {
    expect(await told(value)).toMatchObject({
      message: 'name is required; owner is required.',
      details: [
        { field: 'name', problems: ['name is required'] },
        { field: 'owner', problems: ['owner is required'] },
      ],
    });
  });

  it.each([['x'], [[]], [[{ email: 'ann@example.com' }]]])('with %j for an object says so', async (owner) => {
    const { details } = await told({ ...right, owner });
    expect(details).toEqual([{ field: 'owner', problems: ['owner must be an object'] }]);
  });

  it('names what is wrong once, and where it stands', async () => {
    expect((await told({ ...right, owner: { email: 'x' }, colour: 'red', labels: ['x'] })).message).toBe(
      'colour is not known here; owner.email must be an email; each value in labels must be longer than or equal to 2 characters.',
    );
  });
});
