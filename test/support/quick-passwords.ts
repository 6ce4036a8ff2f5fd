import argon2 from 'argon2';

// Loaded into the servers under test by `--require`. Hashing a password takes 30 ms of CPU by design, and nearly every test makes users of
// its own who sign in: a third of what the server took in the suite (measured). passwords.spec.ts has the parameters that count.
const { hash } = argon2;
const least = { memoryCost: 1024, timeCost: 1, parallelism: 1 };

argon2.hash = ((password: string, options: object) => hash(password, { ...options, ...least })) as typeof argon2.hash;
